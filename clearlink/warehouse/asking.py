"""How a question is put to the served warehouse: the query of its name, bound, under the scope of the moment,
kept per build.

A page that asks again does not ask the engine again; a new build has a new key and is never mixed with an old
one.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, wraps
from pathlib import Path
from threading import Lock, Timer
from typing import Any, Final, ParamSpec, TypeVar, cast

import duckdb

from clearlink.warehouse.connection import (
    BuiltEarlier,
    NothingBuilt,
    Warehouse,
    warehouse,
)
from clearlink.warehouse.one_run import once_a_run
from clearlink.warehouse.records import REAL_ONLY, chosen_records
from clearlink.warehouse.scope import is_said, scope_now
from clearlink.warehouse.year import chosen_year

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]
Rows = list[Row]
SQL: Final = Path(__file__).parent / "sql" / "read"
KEPT_ANSWERS: Final = 600
# What is laid out of answers is larger than they are, and a page needs fewer.
KEPT_LAID_OUT: Final = 200
# The slowest question takes a twentieth of a second; one that takes this long stands in everybody's way. A
# machine that is slow through no question's fault may be given more.
USUALLY_LONGEST_S: Final = 2.0
LONGEST_S: Final = float(
    os.environ.get("CLEARLINK_QUESTION_S") or USUALLY_LONGEST_S
)

_answers: OrderedDict[tuple[Any, ...], Rows] = OrderedDict()
_laid_out: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_guard = Lock()


class AskedTooMuch(RuntimeError):
    """A question took longer, or more memory, than any may. It says which question, never what was asked
    about.
    """


# Whatever keeps a question without its answer.
UNANSWERED: Final = (NothingBuilt, AskedTooMuch, duckdb.Error)


@cache
def queries() -> dict[str, Path]:
    """Question → the file of its query, whichever room of `sql/read` it stands in; a name stands once."""
    return {path.stem: path for path in sorted(SQL.rglob("*.sql"))}


@cache
def _query(question: str) -> str:
    return queries()[question].read_text(encoding="utf-8")


def build_key() -> tuple[int, int, int]:
    """Identifies the served build as the scope of now sees it, in the year and of the records chosen; part of
    every cache key outside this module. Raises NothingBuilt.
    """
    key = _build_key() if is_said() else once_a_run("build_key", _build_key)
    year, records = chosen_year(), chosen_records()
    return (
        (
            *key[:2],
            hash((key[2], year, records)),
        )
        if year or records == REAL_ONLY
        else key
    )


def _build_key() -> tuple[int, int, int]:
    inode, modified_ns, size = warehouse().key
    return inode, modified_ns, hash((size, scope_now()))


def answer(question: str, **values: Any) -> Rows:
    """Rows of the named query with its parameters bound. Treat the rows as read-only: they are shared.

    Raises NothingBuilt where no complete build is served, and AskedTooMuch.
    """
    served: Warehouse = warehouse()
    scope, year, records = scope_now(), chosen_year(), chosen_records()
    key = (
        served.key,
        scope,
        year,
        records,
        question,
        *sorted(values.items()),
    )
    with _guard:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]
    cursor = served.cursor(
        scope,
        real_only=records == REAL_ONLY,
    )
    try:
        if year:
            cursor.execute(
                "set variable money_year = $value",
                {"value": year},
            )
        with _within_limits(cursor, question):
            cursor.execute(
                _query(question),
                values,
            )
            names = [column[0] for column in cursor.description or ()]
            rows: Rows = [
                dict(zip(names, row, strict=True)) for row in cursor.fetchall()
            ]
    except (duckdb.BinderException, duckdb.CatalogException) as lacking:
        # the statement is ours and right for what this version builds
        raise BuiltEarlier(f"what “{question}” asks") from lacking
    finally:
        cursor.close()
    with _guard:
        _answers[key] = rows
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return rows


@contextmanager
def _within_limits(
    cursor: duckdb.DuckDBPyConnection, question: str
) -> Iterator[None]:
    def end() -> None:
        with suppress(duckdb.Error):  # it may have ended by itself just now
            cursor.interrupt()

    watch = Timer(LONGEST_S, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    except duckdb.InterruptException:
        raise AskedTooMuch(
            f"{question}: ended after {LONGEST_S:g} seconds"
        ) from None
    except duckdb.OutOfMemoryException:
        raise AskedTooMuch(
            f"{question}: the memory that a question may take was not enough"
        ) from None
    finally:
        watch.cancel()


def once_a_build(lay_out: Callable[P, T]) -> Callable[P, T]:
    """What a function lays out of answers (a dictionary, a list of options) is made once for each build,
    scope and arguments.

    Its arguments can be kept as a key. What it answers is shared: read-only.
    """
    name = f"{lay_out.__module__}.{lay_out.__qualname__}"

    @wraps(lay_out)
    def laid_out(*given: P.args, **named: P.kwargs) -> T:
        key = (
            build_key(),
            name,
            given,
            *sorted(named.items()),
        )
        with _guard:
            if key in _laid_out:
                _laid_out.move_to_end(key)
                return cast("T", _laid_out[key])
        made = lay_out(*given, **named)
        with _guard:
            _laid_out[key] = made
            while len(_laid_out) > KEPT_LAID_OUT:
                _laid_out.popitem(last=False)
        return made

    return laid_out


def forget_answers() -> None:
    """Drops every kept answer and what was laid out of them, so that the next asking asks the engine."""
    with _guard:
        _answers.clear()
        _laid_out.clear()
