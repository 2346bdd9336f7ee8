"""The map: areas painted by class, authority outlines and names, project marks, a legend, hover words, one
selection.

`need_map(...)` in `component.py` draws it; the shapes it takes are in `shapes.py`. The boundaries and the
JavaScript are files that the browser keeps. Where colours and words depend on the build alone (`served_map`),
they are files too, fetched ahead, and the browser paints another choice by itself; elsewhere (`need_map`) a
change sends one byte an area and the hover words.
"""

from pages.area_map.component import need_map, served_map
from pages.area_map.shapes import (
    Ahead,
    CrossLegend,
    HoverLine,
    MapClass,
    MapGeometry,
    MapWords,
    MarkKind,
    MarkShape,
    OutlineName,
    Pattern,
    ProjectMark,
)

__all__ = [
    "Ahead",
    "CrossLegend",
    "HoverLine",
    "MapClass",
    "MapGeometry",
    "MapWords",
    "MarkKind",
    "MarkShape",
    "OutlineName",
    "Pattern",
    "ProjectMark",
    "need_map",
    "served_map",
]
