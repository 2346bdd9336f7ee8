"""How a question is put to the served warehouse: the query of its name, bound, under the scope of the moment, kept per build.

A page that asks again does not ask the engine again; a new build has a new key and is never mixed with an old one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Final

import duckdb

from clearlink.warehouse.connection import Warehouse, warehouse
from clearlink.warehouse.scope import scope_now

Row = dict[str, Any]
Rows = list[Row]
SQL: Final = Path(__file__).parent / "sql" / "read"
KEPT_ANSWERS: Final = 600
# The slowest question takes a twentieth of a second; one that takes this long stands in everybody's way.
LONGEST_S: Final = 2.0

_answers: OrderedDict[tuple[Any, ...], Rows] = OrderedDict()
_guard = Lock()


class AskedTooMuch(RuntimeError):
    """A question took longer, or more memory, than any may. It says which question, never what was asked about."""


@cache
def _query(question: str) -> str:
    return (SQL / f"{question}.sql").read_text(encoding="utf-8")


def build_key() -> tuple[int, int, int]:
    """Identifies the served build as the scope of now sees it; part of every cache key outside this module. Raises NothingBuilt."""
    inode, modified_ns, size = warehouse().key
    return inode, modified_ns, hash((size, scope_now()))


def answer(question: str, **values: Any) -> Rows:
    """Rows of the named query with its parameters bound. Treat the rows as read-only: they are shared.

    Raises NothingBuilt where no complete build is served, and AskedTooMuch.
    """
    served: Warehouse = warehouse()
    scope = scope_now()
    key = (served.key, scope, question, *sorted(values.items()))
    with _guard:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]
    cursor = served.cursor(scope)
    try:
        with _within_limits(cursor, question):
            cursor.execute(_query(question), values)
            names = [column[0] for column in cursor.description or ()]
            rows: Rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        cursor.close()
    with _guard:
        _answers[key] = rows
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return rows


@contextmanager
def _within_limits(cursor: duckdb.DuckDBPyConnection, question: str) -> Iterator[None]:
    def end() -> None:
        with suppress(duckdb.Error):  # it may have ended by itself just now
            cursor.interrupt()

    watch = Timer(LONGEST_S, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    except duckdb.InterruptException:
        raise AskedTooMuch(f"{question}: ended after {LONGEST_S:g} seconds") from None
    except duckdb.OutOfMemoryException:
        raise AskedTooMuch(f"{question}: the memory that a question may take was not enough") from None
    finally:
        watch.cancel()


def forget_answers() -> None:
    """Drops every kept answer, so that the next asking asks the engine."""
    with _guard:
        _answers.clear()
