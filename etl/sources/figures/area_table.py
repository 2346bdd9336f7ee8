"""Plain tables with a row per authority or small area and a figure per column, saved as CSV."""

from __future__ import annotations

from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.wide import read_wide
from etl.sources.opening import tables
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """The figures of every column that the source lists."""
    reading = Reading(source)
    for table, sheet, header_row in tables(source, data):
        read_wide(reading, table, sheet, header_row)
    return reading.finish()
