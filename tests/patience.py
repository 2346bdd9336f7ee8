"""How long a test waits for what must come. It is no measure of speed: a loaded machine is slow and still
right.

The bench asks how fast; the gate asks whether. What never comes is told after this long.
"""

from __future__ import annotations

from typing import Final

PATIENCE_S: Final = 300
PATIENCE_MS: Final = 1000 * PATIENCE_S
