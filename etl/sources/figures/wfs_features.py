"""A DataMapWales layer with figures in the properties of its features: one feature an area, one property
an indicator.
"""

from __future__ import annotations

from etl.files.geojson import features_of
from etl.files.refusal import FileRefused
from etl.files.sheet import Cell, Sheet
from etl.records import Harvest
from etl.sources.catalogue import Source
from etl.sources.figures.first_look import describe
from etl.sources.figures.wide import read_wide
from etl.sources.reading import Reading


def read(source: Source, data: bytes) -> Harvest:
    """Every listed property of every area of the layer; outlines are not read here."""
    reading = Reading(source)
    features = features_of(data)
    header = list(features[0]["properties"]) if features else []
    if differing := next(
        (at for at, each in enumerate(features) if list(each["properties"]) != header), None
    ):
        raise FileRefused(
            "page_differs",
            f"feature {differing + 1}",
            found=", ".join(features[differing]["properties"]),
            expected=", ".join(header),
        )
    if source.awaits_columns:
        rows = ({name: _text(value) for name, value in each["properties"].items()} for each in features)
        return describe(reading, rows, (str(source.option("code_heading")),))
    cells: list[list[Cell]] = [[_cell(each["properties"][name]) for name in header] for each in features]
    read_wide(reading, "", Sheet(source.file, [list(header), *cells]), 1)
    return reading.finish()


def _cell(value: object) -> Cell:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)
