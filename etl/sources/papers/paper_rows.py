"""Rows of the files that people write from papers: read alike, whatever a row is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from clearlink.rules.spoken import REFUSED, signs_in
from etl.directory import Directory, folded
from etl.records import Register
from etl.sources.registers.register_columns import Column, layout_of, rows_of
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import Table
from etl.sources.registers.repeated_rows import refuse_repeats

T = TypeVar("T")


def named_columns(required: str, optional: str = "") -> tuple[Column, ...]:
    """Columns by their names, with spaces between: those a file must have, then those it may have."""
    return tuple(Column(c, "", True) for c in required.split()) + tuple(
        Column(c, "", False) for c in optional.split()
    )


def readers_of(
    table: Table,
    columns: tuple[Column, ...],
    directory: Directory,
    register: Register,
) -> list[RowReader]:
    """A reader of each row; what is wrong with columns and lengths of rows goes to the register. Raises
    SourceProblem where a column is missing.
    """
    layout = layout_of(table, columns)
    rows, ragged = rows_of(table, layout)
    register.problems += [*layout.problems, *ragged]
    return [RowReader(row, directory) for row in rows]


def accepted_rows(
    table: Table,
    columns: tuple[Column, ...],
    directory: Directory,
    register: Register,
    read: Callable[[RowReader], T | None],
    key: str | tuple[str, ...] | None,
) -> list[T]:
    """What the rows say that are not refused; `read` answers None for a row of which nothing is made.
    Without a key nothing is a copy.
    """
    each = [
        (
            cells,
            read(cells),
        )
        for cells in readers_of(table, columns, directory, register)
    ]
    copies = _copies(
        [cells for cells, _ in each],
        key,
    )
    accepted: list[T] = []
    for cells, value in each:
        register.problems += cells.problems
        is_left = cells.is_refused or cells.row.number in copies
        if value is not None and not is_left:
            accepted.append(value)
    return accepted


def refuse_whereabouts(cells: RowReader, columns: Iterable[str]) -> None:
    """Refuses words that would lead to a person or a place."""
    for column in columns:
        if any(sign in REFUSED for sign in signs_in(cells.text(column) or "")):
            cells.refuse(column, "whereabouts", "")


def _copies(
    rows: Sequence[RowReader],
    key: str | tuple[str, ...] | None,
) -> set[int]:
    """Refuses rows whose key an earlier one has, and answers their numbers; without a key nothing is a
    copy.
    """
    if not key:
        return set()
    parts = (key,) if isinstance(key, str) else key
    named = [
        (
            cells,
            "\n".join(folded(cells.row.cells.get(part, "")) for part in parts),
        )
        for cells in rows
    ]
    return refuse_repeats(
        named,
        parts[-1],
    )
