"""How a command ends, for scripts."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """0 done; the rest say what kind of thing went wrong."""

    DONE = 0
    OUR_BUG = 1
    USAGE = 2
    INPUT_REFUSED = 3
    SOURCE_UNAVAILABLE = 4
    CHECKS_FAILED = 5
    NOT_PERMITTED = 6
