"""ONS Explore Local Statistics: one file per indicator, all areas of the UK, columns in varying order.

Period is ISO 8601 ("2024-04-01/P1Y"). Where the figure is empty, `status` says why (x missing, u unreliable).
Kept: the 22 Welsh authorities and the Wales line.
"""

from __future__ import annotations

from clearlink.rules.codes import WALES
from etl.files.refusal import FileRefused
from etl.records import Harvest
from etl.sources.areas.area_codes import codes_of
from etl.sources.catalogue import Source
from etl.sources.figures.long import read_long
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Every year of the listed indicators. Raises FileRefused when an authority or Wales is absent from
    the file.
    """
    reading = Reading(source)
    read_long(
        reading,
        csv_sheet(source, data),
    )
    if not reading.refused_rows:
        _check_every_authority(reading)
    return reading.finish()


def _check_every_authority(reading: Reading) -> None:
    everywhere = codes_of("LA") | {WALES}
    for column in reading.source.columns:
        have = {
            o.area_code
            for o in reading.harvest.observations
            if o.indicator_id == column.indicator_id
        }
        if have != everywhere:
            absent = ", ".join(sorted(everywhere - have))
            raise FileRefused(
                "areas_missing",
                column.found,
                column=column.found,
                areas=absent,
            )
