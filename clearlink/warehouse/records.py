"""Which records answer where a build mixes real and illustrative ones: all of them, or the real alone.

The real alone are worked out at the build, as a build without the illustrative records would have them
(etl/build/real_records.py), and stand in a file beside the served one. Figures of need stay as the build has
them, and are marked where they are illustrative.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from clearlink.warehouse.chosen import Chosen

ALL_RECORDS: Final = "all"
REAL_ONLY: Final = "real"
WHICH_RECORDS: Final = (REAL_ONLY, ALL_RECORDS)
_RECORDS: Final = Chosen("records")


def records_of(which: str) -> AbstractContextManager[None]:
    """Every question inside is of these records. Raises ValueError."""
    return _RECORDS.inside(_checked(which))


def choose_records(which: str) -> None:
    """What the rest of this run of a page is of. Outside a run nothing is kept. Raises ValueError."""
    _RECORDS.choose(_checked(which))


def chosen_records() -> str:
    """`real` or `all`; all where nothing was chosen."""
    return _RECORDS.now() or ALL_RECORDS


def shown_first() -> str:
    """What a page of a mixed build shows before anybody chooses: the real records, unless this installation
    is set to show all (`CLEARLINK_RECORDS=all`, for training).
    """
    return (
        ALL_RECORDS
        if os.environ.get("CLEARLINK_RECORDS") == ALL_RECORDS
        else REAL_ONLY
    )


def real_file(served: Path) -> Path:
    """Where the file of the real records stands, beside the served build."""
    return served.with_name("real.duckdb")


def real_key(served: Path) -> tuple[int, int, int]:
    """Changes whenever that file does; three noughts where there is none."""
    try:
        status = real_file(served).stat()
    except FileNotFoundError:
        return 0, 0, 0
    return status.st_ino, status.st_mtime_ns, status.st_size


def _checked(which: str) -> str:
    if which not in ("", *WHICH_RECORDS):
        raise ValueError(
            f"records: found {which!r}, expected one of {', '.join(WHICH_RECORDS)}"
        )
    return which
