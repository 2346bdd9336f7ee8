"""The SQL of the build, one statement a file, read in the order of its names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent / "sql"


@cache
def statements(room: str) -> tuple[tuple[str, str], ...]:
    """(name, SQL) of every statement of a room: tables, build or checks, in order of name."""
    return tuple(
        (path.stem, path.read_text(encoding="utf-8")) for path in sorted((HERE / room).glob("*.sql"))
    )
