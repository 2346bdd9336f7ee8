"""Which small areas touch, and how large they are: from the outlines of the map, for spatial statistics
and for areas that are alike.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any, Final

import duckdb

from etl.build.intake import Layer
from etl.build.load import insert

LAYER: Final = "lsoa21"
KM_A_DEGREE: Final = 111.32
Ring = Sequence[Sequence[float]]
# the rings of an area, and whether each is an outer one
Outlines = Sequence[tuple[Ring, bool]]


def fill_neighbours(
    con: duckdb.DuckDBPyConnection,
    layers: Sequence[Layer],
) -> None:
    """Writes area_neighbour (both ways round) and area_outline from the small-area layer; without that
    layer they stay empty.
    """
    for layer in layers:
        if layer.name == LAYER:
            features = json.loads(gzip.decompress(layer.gz))["features"]
            rings = {
                str(each["properties"]["code"]): list(_rings(each["geometry"]))
                for each in features
            }
            _fill_pairs(con, rings)
            sizes = {
                code: _size_km2(outlines) for code, outlines in rings.items()
            }
            insert(
                con,
                "area_outline",
                {
                    "area_code": list(sizes),
                    "km2": list(sizes.values()),
                },
            )


def _fill_pairs(
    con: duckdb.DuckDBPyConnection,
    rings: Mapping[str, Outlines],
) -> None:
    """Every two areas that touch, both ways round."""
    only_rings = {
        code: [ring for ring, _ in outlines] for code, outlines in rings.items()
    }
    pairs = touching(only_rings)
    both = sorted(
        [
            *pairs,
            *((b, a) for a, b in pairs),
        ]
    )
    insert(
        con,
        "area_neighbour",
        {
            "area_code": [a for a, _ in both],
            "neighbour_code": [b for _, b in both],
        },
    )


def _size_km2(outlines: Outlines) -> float:
    """The size of an area: its outer rings without the holes in them."""
    return sum(
        size_km2(ring) * (1 if outer else -1) for ring, outer in outlines
    )


def touching(rings: dict[str, list[Ring]]) -> set[tuple[str, str]]:
    """Pairs of areas with a point in common (queen contiguity). The layer was simplified with its shared
    borders kept, so a border is the same points in both.
    """
    at: dict[tuple[float, float], set[str]] = {}
    for code, found in rings.items():
        for ring in found:
            for point in ring:
                at.setdefault(
                    (point[0], point[1]),
                    set(),
                ).add(code)
    return {
        pair
        for codes in at.values()
        if len(codes) > 1
        for pair in combinations(sorted(codes), 2)
    }


def size_km2(ring: Ring) -> float:
    """The size of a ring of longitudes and latitudes; on areas of a few miles the earth is flat enough."""
    stretch = math.cos(math.radians(ring[0][1]))
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return abs(doubled) / 2 * stretch * KM_A_DEGREE**2


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[Ring, bool]]:
    """Every ring, and whether it is an outer one."""
    for polygon in (
        [geometry["coordinates"]]
        if geometry["type"] == "Polygon"
        else geometry["coordinates"]
    ):
        for at, ring in enumerate(polygon):
            yield ring, at == 0
