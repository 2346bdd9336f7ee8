"""Outlines from the ONS Open Geography portal: GeoJSON in longitude and latitude, one feature per area.

Outlines themselves are made into map layers by `etl.build.geometry`; here the file is judged and its names
are read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from etl.files.geojson import features_of
from etl.files.refusal import FileRefused
from etl.records import Area, AreaName, Harvest
from etl.sources.areas.area_codes import codes_of, fault_of_code
from etl.sources.catalogue import Source
from etl.sources.reading import Reading

# Wales in degrees; a file with latitude first falls outside.
WEST: Final = -5.8
SOUTH: Final = 51.2
EAST: Final = -2.5
NORTH: Final = 53.6


def read(source: Source, data: bytes) -> Harvest:
    """The areas of the file with their names, or names alone where another file gives the areas; every
    outline inside Wales and not empty.
    """
    reading = Reading(source)
    called = _Properties(
        *(
            str(source.option(name, ""))
            for name in ("code_property", "name_property", "welsh_property")
        )
    )
    features = features_of(data)
    stated = (called.code, called.name, called.welsh)
    _check_properties(
        features,
        [name for name in stated if name],
    )
    wanted = codes_of(source.area_type) - codes_of(
        source.option("leave_out_codes_of", "")
    )
    seen: set[str] = set()
    for at, feature in enumerate(features):
        reading.harvest.rows_read += 1
        values = feature["properties"]
        code = str(values[called.code])
        fault = _fault(
            feature,
            code,
            at,
            source.area_type,
            seen,
        )
        if fault is not None:
            place = f"feature {at + 1}, {called.code}"
            why, facts = fault
            reading.refuse(
                why,
                place,
                ("features", at),
                **facts,
            )
            continue
        seen.add(code)
        if source.option("gives_names"):
            name, welsh = (
                _name(values, called.name),
                _name(values, called.welsh),
            )
            reading.harvest.names.append(AreaName(code, name, welsh))
        elif source.option("gives_areas") and code in wanted:
            reading.harvest.areas.append(_area(source, code, values, called))
    return reading.finish()


@dataclass(frozen=True, slots=True)
class _Properties:
    """What the file calls the code and the names of an area; empty where it has none."""

    code: str
    name: str
    welsh: str


def _fault(
    feature: dict[str, Any],
    code: str,
    at: int,
    area_type: str,
    seen: set[str],
) -> tuple[str, dict[str, str]] | None:
    """Why an outline is refused, and the facts of it; None for one that is good."""
    if fault := fault_of_code(code, area_type):
        return fault
    if code in seen:
        return "row_twice", {
            "key": code,
            "first": "above",
            "second": str(at + 1),
        }
    if not _inside_wales(feature.get("geometry")):
        return "outline_elsewhere", {"code": code}
    return None


def _area(
    source: Source,
    code: str,
    values: dict[str, Any],
    called: _Properties,
) -> Area:
    return Area(
        code,
        source.area_type,
        _name(values, called.name),
        _name(values, called.welsh) if called.welsh else None,
        None,
        source.edition,
    )


def _name(values: dict[str, Any], at: str) -> str:
    return unicodedata.normalize(
        "NFC",
        values[at],
    )


def _check_properties(
    features: list[dict[str, Any]], wanted: list[str]
) -> None:
    for name in wanted:
        if any(name not in feature["properties"] for feature in features):
            properties = (
                ", ".join(features[0]["properties"]) if features else "nothing"
            )
            raise FileRefused(
                "column_missing",
                f"property {name}",
                column=name,
                found=properties,
            )


def _inside_wales(geometry: Any) -> bool:
    """Whether an outline has rings, all of them closed and in Wales."""
    if not isinstance(geometry, dict):
        return False
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return False
    is_one = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if is_one else geometry["coordinates"]
    rings = [ring for polygon in polygons for ring in polygon]
    try:
        return bool(rings) and all(map(_is_in_wales, rings))
    except (TypeError, IndexError, KeyError):
        return False


def _is_in_wales(ring: Sequence[Sequence[float]]) -> bool:
    if len(ring) < 4:
        return False
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    return (
        min(lons) >= WEST
        and max(lons) <= EAST
        and min(lats) >= SOUTH
        and max(lats) <= NORTH
    )
