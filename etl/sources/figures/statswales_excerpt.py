"""Two StatsWales tables by authority, typed from the published pages: rough sleepers, and foster
placements.
"""

from __future__ import annotations

from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.long import read_long
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Counts by authority, and the Wales line as published (foster figures are rounded to 5, so parts
    differ from it).
    """
    reading = Reading(source)
    read_long(
        reading,
        csv_sheet(source, data),
    )
    return reading.finish()
