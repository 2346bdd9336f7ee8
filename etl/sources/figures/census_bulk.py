"""Census 2021 topic summaries in the layout of the Nomis bulk files: one row per small area, counts in
columns.

Some tables end each heading in "; measures: Value"; the source says so and it is taken off. Parents and
leaves of a classification stand side by side, so columns are never summed here. Cells are perturbed: totals
differ by table.
"""

from __future__ import annotations

from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.wide import read_wide
from etl.sources.opening import tables
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Households or residents per small area of Wales, as counted on 21 March 2021."""
    reading = Reading(source)
    for table, sheet, header_row in tables(source, data):
        read_wide(reading, table, sheet, header_row)
    return reading.finish()
