"""A StatsWales v2 answer: an array of row objects, in English or Welsh, each value a text.

The source says which key holds the value, the area, the period, the note codes and the parts of the category;
a key may have several spellings (the keys follow the language asked for). Categories are joined by "|" in the
order of the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from etl.files.containers import check_size, plain
from etl.files.json_text import read_json_text
from etl.files.refusal import FileRefused
from etl.files.sheet import Cell, Sheet, text_cell
from etl.records import Harvest
from etl.sources.catalogue import Column, Source
from etl.sources.figures.first_look import describe
from etl.sources.figures.periods import period
from etl.sources.figures.statswales_notes import note_unlisted, noted_figure
from etl.sources.reading import Reading

_WIDER: Final = re.compile(r"W(06|92)\d{6}")


def read(source: Source, data: bytes) -> Harvest:
    """Every figure whose category the source lists. Raises FileRefused where the answer is no array of
    rows.
    """
    reading = Reading(source)
    sheet = _sheet(source, data)
    header = [text_cell(cell) for cell in sheet.rows[0]]
    if source.awaits_columns:
        return describe(
            reading,
            _rows_as_published(sheet, header),
        )
    at = _parts(source, sheet, header)
    categories = _category_places(source, header)
    columns = {column.found: column for column in source.columns}
    unlisted: Counter[str] = Counter()
    for row, cells in enumerate(
        sheet.rows[1:],
        1,
    ):
        if _is_left_out(
            source,
            cells[at.area],
        ):
            continue
        key = "|".join(text_cell(cells[place]) for place in categories)
        if key in columns:
            _take(
                reading,
                sheet,
                row,
                at,
                columns[key],
            )
        else:
            unlisted[key] += 1
    note_unlisted(reading, sheet, unlisted)
    return reading.finish()


def _rows_as_published(
    sheet: Sheet,
    header: Sequence[str],
) -> Iterator[dict[str, str]]:
    """Each row by the headings of the answer, as text."""
    for cells in sheet.rows[1:]:
        as_text = [text_cell(cell) for cell in cells]
        yield dict(zip(header, as_text, strict=True))


def _category_places(
    source: Source,
    header: list[str],
) -> list[int]:
    """Where the category of a row stands, part by part."""
    return [
        _place(header, spellings)
        for spellings in source.option("category_keys")
    ]


def _is_left_out(source: Source, area: Cell) -> bool:
    """Whether a row is of a wider area than the source is read for."""
    return bool(source.option("skip_authorities")) and bool(
        _WIDER.fullmatch(text_cell(area))
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the parts of a row stand; None for one that the source does not have."""

    value: int
    area: int
    period: int | None
    notes: int | None


def _parts(
    source: Source,
    sheet: Sheet,
    header: list[str],
) -> _Parts:
    value, area = (
        _column(source, header, "value"),
        _column(source, header, "area"),
    )
    if area is None or value is None:
        raise FileRefused(
            "layout_changed",
            sheet.name,
            found=", ".join(header),
            expected="value, area",
        )
    return _Parts(
        value,
        area,
        _column(source, header, "period"),
        _column(source, header, "notes"),
    )


def _take(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: _Parts,
    column: Column,
) -> None:
    """Takes the figure of one row into the reading, or refuses what is wrong with it."""
    source, header = reading.source, sheet.rows[0]
    reading.harvest.rows_read += 1
    when = _period(reading, sheet, row, at.period)
    area = reading.area_of(
        sheet,
        row,
        at.area,
        text_cell(header[at.area]),
        wales_too=bool(source.option("wales_line")),
    )
    noted = noted_figure(
        reading,
        sheet,
        row,
        at.value,
        at.notes,
        column,
    )
    if area is not None and when is not None and noted is not None:
        reading.observe(
            column,
            area,
            when,
            noted,
            f"row {row}, {text_cell(header[at.value])}",
        )


def _period(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: int | None,
) -> str | None:
    """The period of a row; the source's own where its rows state none."""
    if at is None:
        return str(reading.source.option("period", reading.source.edition))
    cell = sheet.rows[row][at]
    stated = period(cell)
    if stated is None:
        reading.refuse(
            "period_unknown",
            f"row {row}",
            (sheet.name, row),
            cell=text_cell(cell),
        )
    return stated


def _sheet(source: Source, data: bytes) -> Sheet:
    check_size(data)
    try:
        stated: Any = read_json_text(plain(data, ".json"))
    except ValueError as fault:
        raise FileRefused("json_broken", detail=fault) from fault
    if not isinstance(stated, list) or not all(
        isinstance(row, dict) for row in stated
    ):
        raise FileRefused(
            "rows_expected",
            found=str(stated)[:80],
        )
    header = list(stated[0]) if stated else []
    _refuse_differing(stated, header)
    rows = ([_cell(row[name]) for name in header] for row in stated)
    return Sheet(
        source.file,
        [list(header), *rows],
    )


def _refuse_differing(
    rows: Sequence[dict[str, Any]],
    header: list[str],
) -> None:
    """Raises FileRefused at the first row that has other names than the first."""
    for at, row in enumerate(rows):
        if list(row) != header:
            raise FileRefused(
                "page_differs",
                f"row {at + 1}",
                found=", ".join(row),
                expected=", ".join(header),
            )


def _cell(value: Any) -> Cell:
    return None if value is None else str(value)


def _column(
    source: Source,
    header: list[str],
    name: str,
) -> int | None:
    """Where one of the four parts stands; nothing where the source does not have it."""
    spellings = source.option("keys", {}).get(name)
    return None if spellings is None else _place(header, spellings)


def _place(header: list[str], spellings: str | list[str]) -> int:
    wanted = [spellings] if isinstance(spellings, str) else spellings
    name_used = next(
        (name for name in wanted if name in header),
        None,
    )
    if name_used is None:
        raise FileRefused(
            "layout_changed",
            "first row",
            found=", ".join(header),
            expected=" / ".join(wanted),
        )
    return header.index(name_used)
