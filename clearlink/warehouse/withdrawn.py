"""Which statements of the build were withdrawn since: a list of ids beside the served file, read wherever
statements are.

The words themselves leave the file with the next build, which reads the same list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,80}")


def withdrawn_file(served: Path) -> Path:
    """Where the list stands."""
    return served.with_name("withdrawn_statements.txt")


def withdrawn_ids(served: Path) -> frozenset[str]:
    """Ids of statements that nobody may read any more."""
    try:
        lines = withdrawn_file(served).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line for line in lines if _ID.fullmatch(line))


def withdrawn_key(served: Path) -> tuple[int, int]:
    """Changes whenever the list does; noughts where there is none."""
    try:
        status = withdrawn_file(served).stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def keep_withdrawn(served: Path, ids: Collection[str]) -> None:
    """Adds ids to the list: whole or not at all, for this account alone."""
    wanted = sorted(
        withdrawn_ids(served) | {i for i in ids if _ID.fullmatch(i)}
    )
    file = withdrawn_file(served)
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_suffix(".part")
    with os.fdopen(
        os.open(
            staged,
            os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
            0o600,
        ),
        "w",
    ) as out:
        out.write("\n".join(wanted) + "\n")
        out.flush()
        os.fsync(out.fileno())
    staged.replace(file)
