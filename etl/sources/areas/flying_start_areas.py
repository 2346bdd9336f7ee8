"""Flying Start phases by small area of 2001, nine authorities, with the 2011 child index that the choice
rested on.

Codes are of 2001. An area keeps its code while its outline stands, so those still in use in 2011 are taken;
the others are refused by row, for there is no official lookup from 2001 to 2011 here.
"""

from __future__ import annotations

from etl.files.sheet import Sheet, cell_name, text_cell
from etl.records import Harvest
from etl.sources.catalogue import Column, Source
from etl.sources.figures.shorthand import Figure
from etl.sources.figures.wide import data_rows, row_is_ragged
from etl.sources.headers import locate
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """For each area: chosen in phase 1 or 2 (1 yes, 0 no) and its child index scores (higher = more
    deprived).
    """
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    code = str(source.option("code_heading"))
    headings = [
        code,
        *(column.found for column in source.columns),
    ]
    at = locate(reading, sheet, 1, headings)
    for row in data_rows(
        sheet,
        1,
        at[code],
    ):
        reading.harvest.rows_read += 1
        if row_is_ragged(reading, sheet, 1, row):
            continue
        area = reading.area_of(
            sheet,
            row,
            at[code],
            code,
        )
        if area is not None:
            for column in source.columns:
                _take(
                    reading,
                    sheet,
                    row,
                    at[column.found],
                    area,
                    column,
                )
    return reading.finish()


def _take(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: int,
    area: str,
    column: Column,
) -> None:
    """Takes one cell of an area into the reading, where it says anything."""
    read_cell = _flag_or_figure(reading, sheet, row, at, column)
    if read_cell is not None:
        reading.observe(
            column,
            area,
            str(reading.source.option("period")),
            read_cell,
            cell_name(sheet, row, at, column.found),
        )


def _flag_or_figure(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: int,
    column: Column,
) -> Figure | None:
    text = text_cell(sheet.rows[row][at])
    if column.unit == "yes or no" and text in ("TRUE", "FALSE"):
        return Figure(
            float(text == "TRUE"),
            None,
        )
    return reading.figure(
        sheet,
        row,
        at,
        column.found,
        column,
    )
