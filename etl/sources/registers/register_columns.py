"""The columns of each register file, and which header of a file means which column.

A header matches whatever its case, spaces, underscores and accents, in English or Welsh.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from etl.directory import CATALOGUE, folded
from etl.records import Problem, Severity, SourceProblem
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import SOURCE_ID, nearest, problem
from etl.sources.registers.register_row_reader import Row
from etl.sources.registers.register_table import Table, column_letters

# The first column of the corrected-file download: ours, so it is passed over when the file comes back.
OUR_OWN_COLUMNS = frozenset({"what to fix", "beth i w gywiro"})
LONGEST_LIST = 300


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register file: its English and Welsh header, and whether a file must have it."""

    name: str
    name_cy: str
    is_required: bool


@cache
def register_columns() -> tuple[Column, ...]:
    """The columns of the register template, from `data/catalogue/register_columns.csv`."""
    with (CATALOGUE / "register_columns.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return tuple(
            Column(
                row["column"],
                row["column_cy"],
                row["required"] == "yes",
            )
            for row in csv.DictReader(file)
        )


def spellings(columns: Iterable[Column]) -> dict[str, str]:
    """Folded header in either language → column."""
    columns = tuple(columns)
    return {folded(c.name_cy): c.name for c in columns if c.name_cy} | {
        folded(c.name): c.name for c in columns
    }


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands in a file, and which of its columns are not loaded: index → header."""

    columns: Mapping[str, int]
    unused: Mapping[int, str]
    problems: tuple[Problem, ...]


def layout_of(
    table: Table, columns: tuple[Column, ...], source_id: str = SOURCE_ID
) -> Layout:
    """Raises SourceProblem naming every required column that is missing and every one that stands twice."""
    places, unused = _headers_matched(table, columns)
    faults = [
        *_columns_missing(
            table,
            [c for c in columns if c.name not in places],
            unused,
            source_id,
        ),
        *_columns_twice(table, places, source_id),
    ]
    if faults:
        raise SourceProblem(faults)
    names = [c.name for c in columns if c.name not in places]
    notes = [
        problem(
            "column_not_used",
            table.file,
            severity=Severity.NOTE,
            source_id=source_id,
            row=table.header_row,
            letter=column_letters(index),
            column="–"
            if quoted_heading(header) == "–"
            else header[:LONGEST_LIST],
            found=quoted_heading(header),
            nearest=nearest(header, names),
        )
        for index, header in unused.items()
        if header
    ]
    notes += _without_heading(table, unused, source_id)
    return Layout(
        {name: indexes[0] for name, indexes in places.items()},
        unused,
        tuple(notes),
    )


def _without_heading(
    table: Table, unused: Mapping[int, str], source_id: str
) -> list[Problem]:
    """Columns under no name that hold something all the same: what stands in them is not loaded."""
    counts = {
        index: sum(
            1
            for _, cells in table.rows
            if index < len(cells) and cells[index].strip()
        )
        for index, header in unused.items()
        if not header.strip()
    }
    return [
        problem(
            "column_without_heading",
            table.file,
            severity=Severity.WARNING,
            source_id=source_id,
            row=table.header_row,
            letter=column_letters(index),
            column="–",
            count=str(count),
        )
        for index, count in counts.items()
        if count
    ]


def _headers_matched(
    table: Table, columns: tuple[Column, ...]
) -> tuple[dict[str, list[int]], dict[int, str]]:
    """Column → where it stands, perhaps more than once; and the headers of no column."""
    known = spellings(columns)
    places: dict[str, list[int]] = {}
    unused: dict[int, str] = {}
    for index, header in enumerate(table.header):
        if folded(header) in known:
            places.setdefault(
                known[folded(header)],
                [],
            ).append(index)
        elif folded(header) not in OUR_OWN_COLUMNS:
            unused[index] = header
    return places, unused


def _columns_missing(
    table: Table,
    absent: Iterable[Column],
    unused: Mapping[int, str],
    source_id: str,
) -> list[Problem]:
    """Each required column that no header names, with the headers that may be meant."""
    spare = [header for header in unused.values() if header]
    shown = ", ".join(
        quoted_heading(header) for header in table.header if header
    )
    shown = shown if len(shown) <= LONGEST_LIST else shown[:LONGEST_LIST] + "…"
    return [
        problem(
            "missing_column",
            table.file,
            source_id=source_id,
            found=shown,
            column=c.name,
            column_cy=c.name_cy or c.name,
            nearest=_nearest_header(c, spare),
        )
        for c in absent
        if c.is_required
    ]


def _columns_twice(
    table: Table, places: Mapping[str, list[int]], source_id: str
) -> list[Problem]:
    """Each column that more than one header names."""
    return [
        problem(
            "duplicate_column",
            table.file,
            source_id=source_id,
            found=", ".join(
                f"{column_letters(i)} {quoted_heading(table.header[i])}"
                for i in indexes
            ),
            column=name,
        )
        for name, indexes in places.items()
        if len(indexes) > 1
    ]


def _nearest_header(column: Column, spare: list[str]) -> str:
    by_fold = {folded(header): header for header in spare}
    for name in (column.name, column.name_cy):
        near = nearest(
            folded(name),
            list(by_fold),
        )
        if near != "–":
            return ", ".join(
                quoted_heading(by_fold[f.strip("“”")])
                for f in near.split(", ")
                if f.strip("“”") in by_fold
            )
    return "–"


def rows_of(
    table: Table, layout: Layout, source_id: str = SOURCE_ID
) -> tuple[list[Row], list[Problem]]:
    """The rows of `table` by column. A CSV row with more or fewer cells than the header is refused as a
    whole.
    """
    rows: list[Row] = []
    ragged: list[Problem] = []
    width = len(table.header)
    letters = {
        name: column_letters(index) for name, index in layout.columns.items()
    }
    for number, cells in table.rows:
        if any(cells[width:]) or (
            len(cells) != width and not table.is_workbook
        ):
            found, wanted = str(len(cells)), str(width)
            ragged.append(
                problem(
                    "row_ragged",
                    table.file,
                    row=number,
                    source_id=source_id,
                    found=found,
                    columns=wanted,
                )
            )
            continue
        full = [
            *cells,
            *[""] * (width - len(cells)),
        ]
        rows.append(
            Row(
                file=table.file,
                number=number,
                cells={
                    name: _trimmed(full[index])
                    for name, index in layout.columns.items()
                },
                letters=letters,
                unused=tuple(
                    (
                        column_letters(i),
                        header,
                        full[i],
                    )
                    for i, header in layout.unused.items()
                    if full[i].strip()
                ),
            )
        )
    return rows, ragged


def _trimmed(text: str) -> str:
    """Without spaces at either end; a leading tab or carriage return stays, because the guards must see
    it.
    """
    return text.strip(" \u00a0\n").rstrip()
