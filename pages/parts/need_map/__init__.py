"""The map: areas painted by class, authority outlines and names, project marks, a legend, hover words, one selection.

`need_map(...)` in `component.py` draws it; the shapes it takes are in `shapes.py`. The boundaries and the JavaScript
are files that the browser keeps; a change of indicator sends one byte an area and the hover words.
"""

from pages.parts.need_map.component import need_map
from pages.parts.need_map.shapes import (
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
]
