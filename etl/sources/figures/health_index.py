"""Health Index for Wales: figures of many publishers by authority, stacked in one table by humaniverse.

The value label carries the unit, so indicator and label together name the figure; a changed label is a
changed unit.
"""

from __future__ import annotations

from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.long import read_long
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """The latest figure of each indicator for each authority."""
    reading = Reading(source)
    read_long(
        reading,
        csv_sheet(source, data),
    )
    return reading.finish()
