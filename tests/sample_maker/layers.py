"""Map layers as compact GeoJSON. Authorities, regions and health boards are unions of the small areas, so
borders coincide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from tests.sample_maker.folders import write_gzip
from tests.sample_maker.outlines import Outline
from tests.sample_maker.places import HEALTH_BOARDS, Wales

Named = tuple[str, str, BaseGeometry]


def write_layers(
    folder: Path, outlines: list[Outline], wales: Wales
) -> dict[str, BaseGeometry]:
    """Writes every layer and returns the shape of each larger area by code."""
    by_authority = {
        code: _union(o.shape for o in outlines if o.la_code == code)
        for code in sorted(wales.authorities)
    }
    regions = {
        region: _union(
            by_authority[a.la_code]
            for a in wales.authorities.values()
            if region in (a.rcc, a.rpb)
        )
        for region in sorted(wales.region_names)
    }
    boards = {
        board: _union(by_authority[la] for la in HEALTH_BOARDS[board][2])
        for board in sorted(HEALTH_BOARDS)
    }
    _write(
        folder / "lsoa21.geojson.gz",
        [(o.code, o.name_en, o.shape) for o in outlines],
        {o.code for o in outlines if o.approximate},
    )
    _write(
        folder / "la.geojson.gz",
        [
            (code, wales.authorities[code].name_en, shape)
            for code, shape in by_authority.items()
        ],
    )
    for kind in ("rcc", "rpb"):
        named = [
            (r, wales.region_names[r][0], s)
            for r, s in regions.items()
            if r.startswith(kind.upper())
        ]
        _write(folder / f"{kind}.geojson.gz", named)
    _write(
        folder / "lhb.geojson.gz",
        [
            (board, HEALTH_BOARDS[board][0], shape)
            for board, shape in boards.items()
        ],
    )
    return by_authority | regions | boards


def _union(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.normalize(
        shapely.coverage_union_all(numpy.array(list(shapes), dtype=object))
    )


def _write(
    path: Path, named: list[Named], approximate: Iterable[str] = ()
) -> None:
    marked = set(approximate)
    features = []
    for code, name, shape in named:
        properties = {"code": code, "name": name} | (
            {"approximate": True} if code in marked else {}
        )
        features.append(
            {
                "type": "Feature",
                "id": code,
                "properties": properties,
                "geometry": shape.__geo_interface__,
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    write_gzip(
        path, json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    )
