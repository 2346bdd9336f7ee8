"""A StatsWales "raw extended" download, in English or Welsh: headings differ by language, so the places count.

Layout: the value and its sort key, then four columns for each dimension (text, reference, sort, parent), then notes.
The references are the publisher's stable keys and the same in both languages.
"""

from __future__ import annotations

import re
from typing import Final

from etl.files.refusal import FileRefused
from etl.files.sheet import Sheet, cell_name, text_cell
from etl.records import Harvest, Marker
from etl.sources.catalogue import Source
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading
from etl.sources.shorthand import Figure, figure
from etl.sources.wide import data_rows, row_is_ragged

# With these note codes the value may be empty or 0 and means nothing.
_ABSENT: Final = {
    "c": Marker.CONFIDENTIAL,
    "k": Marker.LOW,
    "w": Marker.NONE_RECORDED,
    "x": Marker.NOT_AVAILABLE,
    "z": Marker.NOT_APPLICABLE,
}
_NOTE_CODES: Final = frozenset(("a", "b", "e", "f", "ns", "p", "r", "s", "ss", "sss", "t", "u"))
_BEFORE: Final = 2
_PER_DIMENSION: Final = 4


def read(source: Source, data: bytes) -> Harvest:
    """Every figure whose references the source lists, joined by "|" in the order of its dimensions."""
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    dimensions: list[str] = source.option("dimensions")
    width = _BEFORE + _PER_DIMENSION * len(dimensions) + 1
    if not sheet.rows or len(sheet.rows[0]) != width:
        raise FileRefused("layout_changed", f"{sheet.name}, row 1", found=len(sheet.rows[0]) if sheet.rows else 0, expected=width)
    reference = {name: _BEFORE + _PER_DIMENSION * n + 1 for n, name in enumerate(dimensions)}
    keys = [name for name in dimensions if name not in ("area", "area_name")]
    columns = {column.found: column for column in source.columns}
    for row in data_rows(sheet, 1, reference["area"]):
        cells = sheet.rows[row]
        if row_is_ragged(reading, sheet, 1, row):
            continue
        if text_cell(cells[reference["description"]]) != source.option("keep_description", text_cell(cells[reference["description"]])):
            continue
        key = "|".join(text_cell(cells[reference[name]]) for name in keys)
        if source.option("skip_authorities") and re.fullmatch(r"W(06|92)\d{6}", text_cell(cells[reference["area"]])):
            continue
        reading.harvest.rows_read += 1
        if key not in columns:
            reading.refuse("category_unknown", cell_name(sheet, row, reference[keys[-1]]), (sheet.name, row), cell=key, known=", ".join(columns))
            continue
        area = reading.area_of(sheet, row, reference["area"], "Area code_reference")
        read_value = _value(reading, sheet, row, width - 1)
        if area is not None and read_value is not None:
            period = str(source.option("period", source.edition))
            reading.observe(columns[key], area, period, read_value, cell_name(sheet, row, 0, "Data values"))
    return reading.finish()


def _value(reading: Reading, sheet: Sheet, row: int, notes_at: int) -> Figure | None:
    """The figure of a row: its note codes speak before its value, so that a suppressed 0 is never a zero."""
    codes = [code for code in re.split(r"[,\s\[\]]+", text_cell(sheet.rows[row][notes_at]).lower()) if code]
    absent = [_ABSENT[code] for code in codes if code in _ABSENT]
    unknown = [code for code in codes if code not in _ABSENT and code not in _NOTE_CODES]
    if unknown:
        reading.refuse("note_unknown", cell_name(sheet, row, notes_at, "Notes"), (sheet.name, row), cell=", ".join(unknown))
        return None
    if absent:
        return Figure(None, absent[0])
    found = figure(sheet.rows[row][0], reading.source.option("marks", "none"))
    if found is None:
        reading.refuse("figure_unknown", cell_name(sheet, row, 0, "Data values"), (sheet.name, row), cell=text_cell(sheet.rows[row][0]), column="Data values")
    return found
