"""`python -m clearlink` is the `clearlink` command."""

import sys

from clearlink.command import main

sys.exit(main())
