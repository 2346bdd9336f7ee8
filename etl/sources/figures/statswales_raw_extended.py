"""A StatsWales "raw extended" download, in English or Welsh: headings differ by language, so the places
count.

Layout: the value and its sort key, then four columns for each dimension (text, reference, sort, parent), then
notes. The references are the publisher's stable keys and the same in both languages. The source names its
dimensions in their order: `area` and `area_name` say where, `period` says when, the others together say which
figure it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from etl.files.refusal import FileRefused
from etl.files.sheet import Cell, Sheet, cell_name, text_cell
from etl.records import Harvest
from etl.sources.catalogue import Column, Source
from etl.sources.figures.first_look import describe
from etl.sources.figures.periods import period
from etl.sources.figures.statswales_notes import note_unlisted, noted_figure
from etl.sources.figures.wide import data_rows, row_is_ragged
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading

_BEFORE: Final = 2
_PER_DIMENSION: Final = 4
# what says where and when a figure is of, not what it counts
_NO_KEY: Final = frozenset({"area", "area_name", "period"})
_WIDER: Final = re.compile(r"W(06|92)\d{6}")


def read(source: Source, data: bytes) -> Harvest:
    """Every figure whose references the source lists, joined by "|" in the order of its dimensions."""
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    if source.awaits_columns:
        return describe(
            reading,
            _rows_as_published(sheet),
        )
    reference = _reference_columns(source, sheet)
    keys = [at for name, at in reference.items() if name not in _NO_KEY]
    columns = {column.found: column for column in source.columns}
    unlisted: Counter[str] = Counter()
    for row in data_rows(
        sheet,
        1,
        reference["area"],
    ):
        cells = sheet.rows[row]
        if row_is_ragged(reading, sheet, 1, row):
            continue
        if not _is_wanted(source, cells, reference):
            continue
        reading.harvest.rows_read += 1
        key = "|".join(text_cell(cells[at]) for at in keys)
        if key in columns:
            _take(
                reading,
                sheet,
                row,
                reference,
                columns[key],
            )
        elif source.option("only_listed"):
            unlisted[key] += 1
        else:
            reading.refuse(
                "category_unknown",
                cell_name(
                    sheet,
                    row,
                    keys[-1],
                ),
                (sheet.name, row),
                cell=key,
                known=", ".join(columns),
            )
    note_unlisted(reading, sheet, unlisted)
    return reading.finish()


def _reference_columns(source: Source, sheet: Sheet) -> dict[str, int]:
    """Dimension → the column that holds its reference. Refuses a sheet of another width."""
    dimensions: list[str] = source.option("dimensions")
    _check_width(
        sheet,
        _BEFORE + _PER_DIMENSION * len(dimensions) + 1,
    )
    return {
        name: _BEFORE + _PER_DIMENSION * n + 1
        for n, name in enumerate(dimensions)
    }


def _check_width(sheet: Sheet, width: int) -> None:
    """Raises FileRefused where the table has not the columns of the source's dimensions."""
    held = len(sheet.rows[0]) if sheet.rows else 0
    if held != width:
        raise FileRefused(
            "layout_changed",
            f"{sheet.name}, row 1",
            found=held,
            expected=width,
        )


def _take(
    reading: Reading,
    sheet: Sheet,
    row: int,
    reference: Mapping[str, int],
    column: Column,
) -> None:
    """Takes the figure of one row into the reading, or refuses what is wrong with it."""
    when = _period(
        reading,
        sheet,
        row,
        reference.get("period"),
    )
    wales_too = bool(reading.source.option("wales_line"))
    area = reading.area_of(
        sheet,
        row,
        reference["area"],
        "Area code_reference",
        wales_too=wales_too,
    )
    noted = noted_figure(
        reading,
        sheet,
        row,
        0,
        len(sheet.rows[0]) - 1,
        column,
    )
    if area is not None and when is not None and noted is not None:
        reading.observe(
            column,
            area,
            when,
            noted,
            cell_name(sheet, row, 0, "Data values"),
        )


def _is_wanted(
    source: Source,
    cells: Sequence[object],
    reference: Mapping[str, int],
) -> bool:
    """Whether a row is of an area and with the description that the source takes."""
    if source.option("skip_authorities") and _WIDER.fullmatch(
        str(cells[reference["area"]] or "").strip()
    ):
        return False
    kept = source.option("keep_description")
    if kept is None:
        return True
    described = (
        cells[reference["description"]] if "description" in reference else None
    )
    return bool(str(described or "").strip() == kept)


def _period(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: int | None,
) -> str | None:
    """The period of a row: its text as published, else its reference; the source's own period where the
    table has none.
    """
    if at is None:
        return str(reading.source.option("period", reading.source.edition))
    named = period(sheet.rows[row][at - 1]) or period(sheet.rows[row][at])
    if named is None:
        reading.refuse(
            "period_unknown",
            cell_name(
                sheet,
                row,
                at - 1,
            ),
            (sheet.name, row),
            cell=text_cell(sheet.rows[row][at - 1]),
        )
    return named


def _rows_as_published(sheet: Sheet) -> Iterator[dict[str, str]]:
    """Each row by the heading of its dimensions, text and reference together where they differ."""
    header = [text_cell(cell) for cell in sheet.rows[0]] if sheet.rows else []
    dimensions = range(
        _BEFORE,
        len(header) - 1,
        _PER_DIMENSION,
    )
    is_whole = (len(header) - _BEFORE - 1) % _PER_DIMENSION == 0
    if not dimensions or not is_whole:
        raise FileRefused(
            "layout_changed",
            f"{sheet.name}, row 1",
            found=len(header),
            expected=f"{_BEFORE} + {_PER_DIMENSION}n + 1",
        )
    for cells in sheet.rows[1:]:
        if len(cells) == len(header):
            yield {
                header[at]: _text_and_reference(
                    cells[at],
                    cells[at + 1],
                )
                for at in dimensions
            }


def _text_and_reference(text_given: Cell, reference_given: Cell) -> str:
    text, reference = text_cell(text_given), text_cell(reference_given)
    return text if text == reference else f"{text} = {reference}"
