"""Map layers from the ONS outlines of small areas: cleaned, simplified once for all layers, dissolved
upwards.

Authorities, regions and health boards are dissolved from the same simplified small areas, so every border is
drawn on the same line. Islets under a hectare are left off where the area has other land. Coordinates are
longitude and latitude with five decimals (about a metre); simplification is done in metres (British National
Grid).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from etl.files.refusal import FileRefused

if TYPE_CHECKING:
    import numpy as np

Box = tuple[float, float, float, float, float, float]
"""A point inside the area (longitude, latitude), then west, south, east, north; degrees."""

MAX_LAYER_BYTES: Final = 950_000
TOLERANCES_M: Final = (
    150,
    180,
    200,
    210,
    220,
    230,
    240,
    250,
    280,
    320,
    400,
)
SMALLEST_ISLET_M2: Final = 10_000
MAX_AREA_CHANGE: Final = 0.01
LSOA_LAYER: Final = "lsoa21"


@dataclass(frozen=True, slots=True)
class MapLayer:
    """One layer as the browser gets it. `sha256` is of the GeoJSON before compression; features are sorted
    by code.
    """

    name: str
    gz: bytes
    sha256: str
    features: int
    boxes: dict[str, Box]


def make_layers(
    lsoa21_geojson: bytes,
    membership: Mapping[str, Mapping[str, str]],
    names: Mapping[str, tuple[str, str | None]],
    mended_codes: Iterable[str] = (),
) -> list[MapLayer]:
    """The small-area layer and one layer per entry of `membership` (layer → small area → parent), all on
    shared borders.

    `names` gives each code its English and Welsh name; each feature carries `code`, `name_en` and, where it
    differs,
    `name_cy`. `mended_codes` are the outlines whose faulty rings are a listed correction.
    Raises FileRefused for an unlisted faulty ring, a correction that is no longer needed, outlines that do
    not fit together, and cleaning that changes an area by over 1 %. The same input gives the same bytes.
    """
    codes, outlines = _outlines(lsoa21_geojson, list(mended_codes))
    simple = _within_budget(
        codes,
        _covering(codes, outlines),
        names,
    )
    layers = [_layer(LSOA_LAYER, codes, simple, names)]
    for name, parents in membership.items():
        layers.append(
            _layer(
                name,
                *_dissolved(codes, simple, parents),
                names,
            )
        )
    return layers


def _outlines(
    data: bytes,
    mended_codes: list[str],
) -> tuple[list[str], np.ndarray[Any, Any]]:
    """Codes in order and their outlines in metres. A ring is mended by the even-odd rule: a shell in a
    shell is a hole.
    """
    import numpy as np
    import shapely

    from etl.files.geojson import features_of

    features = sorted(
        features_of(data),
        key=lambda each: str(each["properties"]["LSOA21CD"]),
    )
    codes = [str(each["properties"]["LSOA21CD"]) for each in features]
    shapes = np.array(
        shapely.from_geojson(
            [json.dumps(each["geometry"]) for each in features]
        )
    )
    for at in np.flatnonzero(~shapely.is_valid(shapes)):
        if codes[at] not in mended_codes:
            raise FileRefused(
                "outline_invalid",
                codes[at],
                code=codes[at],
                reason=shapely.is_valid_reason(shapes[at]),
            )
        shapes[at] = shapely.make_valid(
            shapes[at],
            method="linework",
        )
        mended_codes = [code for code in mended_codes if code != codes[at]]
    if mended_codes:
        raise FileRefused(
            "correction_expired",
            mended_codes[0],
            correction=", ".join(mended_codes),
        )
    return codes, _moved(shapes, 4326, 27700)


def _covering(
    codes: list[str],
    outlines: np.ndarray[Any, Any],
) -> np.ndarray[Any, Any]:
    """Outlines that share their borders exactly, without islets."""
    import numpy as np
    import shapely

    clean = np.array(shapely.coverage_clean(outlines))
    if not shapely.coverage_is_valid(clean):
        raise FileRefused("outlines_overlap")
    change = np.abs(shapely.area(clean) / shapely.area(outlines) - 1)
    worst = int(np.argmax(change))
    if change[worst] > MAX_AREA_CHANGE:
        raise FileRefused(
            "outline_changed",
            codes[worst],
            code=codes[worst],
            change=f"{change[worst]:.1%}",
        )
    parts, owner = shapely.get_parts(clean, return_index=True)
    size = shapely.area(parts)
    largest = np.zeros(len(codes))
    np.maximum.at(largest, owner, size)
    kept = (size >= SMALLEST_ISLET_M2) | (size == largest[owner])
    return np.array(
        [
            shapely.multipolygons(list(parts[(owner == at) & kept]))
            for at in range(len(codes))
        ]
    )


def _within_budget(
    codes: list[str],
    covering: np.ndarray[Any, Any],
    names: Mapping[str, tuple[str, str | None]],
) -> np.ndarray[Any, Any]:
    """The finest simplification whose layer keeps within the bytes that a browser should have to fetch."""
    import numpy as np
    import shapely

    simple = covering
    for tolerance in TOLERANCES_M:
        simple = np.array(shapely.coverage_simplify(covering, tolerance))
        if (
            len(
                _geojson(
                    codes,
                    _moved(simple, 27700, 4326),
                    names,
                )
            )
            <= MAX_LAYER_BYTES
        ):
            break
    return simple


def _dissolved(
    codes: list[str],
    shapes: np.ndarray[Any, Any],
    parents: Mapping[str, str],
) -> tuple[list[str], np.ndarray[Any, Any]]:
    import numpy as np
    import shapely

    together: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        together.setdefault(
            parents[code],
            [],
        ).append(at)
    order = sorted(together)
    return order, np.array(
        [
            shapely.coverage_union_all(shapes[together[parent]])
            for parent in order
        ]
    )


def _layer(
    name: str,
    codes: list[str],
    metres: np.ndarray[Any, Any],
    names: Mapping[str, tuple[str, str | None]],
) -> MapLayer:
    import shapely

    degrees = _moved(metres, 27700, 4326)
    body = _geojson(codes, degrees, names).encode()
    inside = _moved(
        shapely.point_on_surface(metres),
        27700,
        4326,
    )
    bounds = shapely.bounds(degrees)
    boxes: dict[str, Box] = {}
    for code, point, (west, south, east, north) in zip(
        codes,
        inside,
        bounds.tolist(),
        strict=True,
    ):
        boxes[code] = (
            round(point.x, 5),
            round(point.y, 5),
            west,
            south,
            east,
            north,
        )
    return MapLayer(
        name,
        gzip.compress(body, compresslevel=9, mtime=0),
        hashlib.sha256(body).hexdigest(),
        len(codes),
        boxes,
    )


def _geojson(
    codes: list[str],
    degrees: np.ndarray[Any, Any],
    names: Mapping[str, tuple[str, str | None]],
) -> str:
    import shapely

    features = []
    for code, geometry in zip(
        codes,
        shapely.to_geojson(degrees).tolist(),
        strict=True,
    ):
        english, welsh = names[code]
        properties = {
            "code": code,
            "name_en": english,
            **({"name_cy": welsh} if welsh and welsh != english else {}),
        }
        shape = json.loads(geometry)
        features.append(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": _single(shape),
            }
        )
    return json.dumps(
        {"type": "FeatureCollection", "features": features},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _single(shape: dict[str, Any]) -> dict[str, Any]:
    """A multipolygon of one part as a plain polygon, which is shorter."""
    if shape["type"] == "MultiPolygon" and len(shape["coordinates"]) == 1:
        return {
            "type": "Polygon",
            "coordinates": shape["coordinates"][0],
        }
    return shape


def _moved(
    shapes: np.ndarray[Any, Any],
    source: int,
    target: int,
) -> np.ndarray[Any, Any]:
    """Shapes in another reference system; degrees are rounded to five decimals."""
    import numpy as np
    import pyproj
    import shapely

    change = pyproj.Transformer.from_crs(source, target, always_xy=True)

    def moved(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        at = np.column_stack(
            change.transform(
                points[:, 0],
                points[:, 1],
            )
        )
        return np.round(at, 5) if target == 4326 else at

    return np.array(shapely.transform(shapes, moved))
