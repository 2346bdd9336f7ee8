"""A DataMapWales layer with figures in the properties of its features: one feature an area, one property
an indicator.
"""

from __future__ import annotations

from typing import Any

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
    properties = [each["properties"] for each in features_of(data)]
    header = list(properties[0]) if properties else []
    _check_same(properties, header)
    if source.awaits_columns:
        rows = (
            {name: _text(value) for name, value in each.items()}
            for each in properties
        )
        return describe(
            reading,
            rows,
            (str(source.option("code_heading")),),
        )
    cells: list[list[Cell]] = [
        [_cell(each[name]) for name in header] for each in properties
    ]
    read_wide(
        reading,
        "",
        Sheet(
            source.file,
            [list(header), *cells],
        ),
        1,
    )
    return reading.finish()


def _check_same(properties: list[dict[str, Any]], header: list[str]) -> None:
    """Raises FileRefused for the first feature that has not the properties of the first."""
    for number, each in enumerate(properties, 1):
        if list(each) != header:
            found, expected = ", ".join(each), ", ".join(header)
            raise FileRefused(
                "page_differs",
                f"feature {number}",
                found=found,
                expected=expected,
            )


def _cell(value: object) -> Cell:
    return (
        float(value)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else _text(value)
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
