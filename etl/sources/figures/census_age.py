"""Census 2021 usual residents by age band: the ONS custom dataset, one row per small area and band."""

from __future__ import annotations

from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.long import read_long
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Usual residents in six age bands: the people at risk behind most rates."""
    reading = Reading(source)
    read_long(
        reading,
        csv_sheet(source, data),
    )
    return reading.finish()
