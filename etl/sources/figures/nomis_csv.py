"""A Nomis answer: one record a row (GEOGRAPHY_CODE, categories, OBS_VALUE), all its pages under one row of
headings.
"""

from __future__ import annotations

from etl.files.sheet import text_cell
from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.first_look import describe
from etl.sources.figures.long import read_long
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Every listed category of every Welsh area. Raises SourceProblem where a heading is missing."""
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    if source.awaits_columns:
        header = (
            [text_cell(cell) for cell in sheet.rows[0]] if sheet.rows else []
        )
        rows = (
            {
                name: text_cell(cell)
                for name, cell in zip(header, row, strict=False)
            }
            for row in sheet.rows[1:]
        )
        return describe(
            reading,
            rows,
            ("GEOGRAPHY_CODE", "GEOGRAPHY_NAME", "OBS_VALUE", "RECORD_COUNT"),
        )
    read_long(reading, sheet)
    return reading.finish()
