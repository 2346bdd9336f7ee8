"""How far long work has come: rows read, steps of a build done. Told to whoever waits for it, in this process
or over the error stream of a child; to nobody unless somebody listens.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, TypeVar

What = Literal["rows", "steps"]
Tell = Callable[[int, int, What], None]
Row = TypeVar("Row")

# set for a child whose parent listens
ASKED: Final = "CLEARLINK_COUNTS"
_EVERY_ROWS: Final = 250
_LINE: Final = re.compile(r"\x1e(rows|steps) (\d{1,9}) (\d{1,9})\n", re.ASCII)
_listens: ContextVar[Tell | None] = ContextVar("listens", default=None)


@contextmanager
def listening(tell: Tell | None) -> Iterator[None]:
    """Whom work within this context tells how far it has come: done, of how many, rows or steps.

    What `tell` raises (a page ends its run where it shows a count) never ends the work: the newest of it is
    raised when the work is done.
    """
    held: list[BaseException] = []
    before = _listens.set(tell and _holding(tell, held))
    try:
        yield
    finally:
        _listens.reset(before)
    if held:
        raise held[-1]


def _holding(tell: Tell, held: list[BaseException]) -> Tell:
    """Tells as `tell` does, and keeps what it raises."""

    def told(done: int, total: int, what: What) -> None:
        try:
            tell(done, total, what)
        except BaseException as raised:  # noqa: BLE001 - raised when the work is done
            held[:] = [raised]

    return told


def somebody_listens() -> bool:
    """Whether what is told reaches anybody."""
    return _listens.get() is not None


def tell(done: int, total: int, what: What) -> None:
    """Says how far the work has come."""
    listens = _listens.get()
    if listens is not None:
        listens(done, total, what)


def counted(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows one after another, counted as they are taken."""
    for at, row in enumerate(rows):
        if at % _EVERY_ROWS == 0:
            tell(at, len(rows), "rows")
        yield row
    if rows:
        tell(len(rows), len(rows), "rows")


def to_parent() -> Tell | None:
    """Tells the process that started this one, where it asked for counts."""
    return _write_line if os.environ.get(ASKED) else None


def _write_line(done: int, total: int, what: What) -> None:
    sys.stderr.write(f"\x1e{what} {done} {total}\n")
    sys.stderr.flush()


def hear(line: str) -> None:
    """Passes on a count that a child wrote; any other line says nothing here."""
    count = _LINE.fullmatch(line)
    if count is None:
        return
    what: What = "rows" if count[1] == "rows" else "steps"
    tell(int(count[2]), int(count[3]), what)
