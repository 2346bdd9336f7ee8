"""Where each wanted column stands: by its heading, never by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from etl.files.refusal import problem
from etl.files.sheet import Sheet, text_cell
from etl.records import Problem, SourceProblem
from etl.sources.catalogue import Source
from etl.sources.reading import Reading

_WIMD_YEAR: Final = re.compile(r"WIMD (20\d\d)")


def heading(text: str) -> str:
    """A heading without surrounding or doubled space: "Income " → "Income", a line break is one space."""
    return " ".join(text.split())


def headings(
    sheet: Sheet,
    header_row: int,
    source: Source,
) -> list[str]:
    """The headings of a table; `header_row` counts from 1. A suffix that the source declares is taken off."""
    if len(sheet.rows) < header_row:
        raise SourceProblem(
            [_problem(source, sheet, "header_missing", row=header_row)]
        )
    suffix = source.option("heading_suffix", "")
    return [
        heading(text_cell(cell)).removesuffix(suffix)
        for cell in sheet.rows[header_row - 1]
    ]


def locate(
    reading: Reading,
    sheet: Sheet,
    header_row: int,
    wanted: Sequence[str],
) -> dict[str, int]:
    """Wanted heading → column counted from 0.

    Raises SourceProblem naming every heading that is missing or stands twice, and another edition in a
    heading. Headings that nobody asked for are noted, not refused.
    """
    source = reading.source
    printed = headings(sheet, header_row, source)
    offered = sorted(
        printed,
        key=lambda name: name in wanted,
    )
    faults = [
        _problem(source, sheet, "column_twice", row=header_row, column=name)
        if name in printed
        else _missing(source, sheet, header_row, name, offered)
        for name in wanted
        if printed.count(name) != 1
    ]
    if faults:
        raise SourceProblem(faults)
    if not source.option("any_other_headings"):
        _note_extra(
            reading,
            f"{sheet.name}, row {header_row}",
            printed,
            wanted,
        )
    return {name: printed.index(name) for name in wanted}


def _note_extra(
    reading: Reading,
    place: str,
    printed: Sequence[str],
    wanted: Sequence[str],
) -> None:
    """Notes the headings that nobody asked for and the source does not know of."""
    known = {
        "",
        *wanted,
        *reading.source.option("known_headings", ()),
    }
    extra = [name for name in printed if name not in known]
    if extra:
        reading.note(
            "column_new",
            place,
            columns=", ".join(f"“{name}”" for name in extra[:12]),
        )


def _missing(
    source: Source,
    sheet: Sheet,
    header_row: int,
    name: str,
    found: list[str],
) -> Problem:
    year = _WIMD_YEAR.search(name)
    other = {hit[1] for each in found if (hit := _WIMD_YEAR.search(each))}
    if year and other and year[1] not in other:
        return _problem(
            source,
            sheet,
            "wrong_edition",
            row=header_row,
            found=", ".join(sorted(other)),
            expected=year[1],
        )
    # a heading that nobody expected comes first: it may be the one that is missing, by another name
    expected = {
        *source.option("known_headings", ()),
        *(column.found for column in source.columns),
    }
    listed = ", ".join(
        f"“{each}”"
        for each in sorted(
            filter(None, found),
            key=expected.__contains__,
        )
    )[:600]
    return _problem(
        source,
        sheet,
        "column_missing",
        row=header_row,
        column=name,
        found=listed,
    )


def _problem(
    source: Source,
    sheet: Sheet,
    code: str,
    /,
    *,
    row: int,
    **facts: Any,
) -> Problem:
    return problem(
        source.source_id,
        source.file,
        code,
        f"{sheet.name}, row {row}",
        row=row,
        **facts,
    )
