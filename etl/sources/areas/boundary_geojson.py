"""Outlines from the ONS Open Geography portal: GeoJSON in longitude and latitude, one feature per area.

Outlines themselves are made into map layers by `etl.build.geometry`; here the file is judged and its names
are read.
"""

from __future__ import annotations

import unicodedata
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
    code_at, name_at, welsh_at = (
        str(source.option(name, ""))
        for name in ("code_property", "name_property", "welsh_property")
    )
    features = features_of(data)
    _check_properties(features, [name for name in (code_at, name_at, welsh_at) if name])
    wanted = codes_of(source.area_type) - codes_of(
        source.option("leave_out_codes_of", "")
    )
    seen: set[str] = set()
    for at, feature in enumerate(features):
        reading.harvest.rows_read += 1
        values = feature["properties"]
        code = (
            values[code_at]
            if isinstance(values[code_at], str)
            else str(values[code_at])
        )
        place = f"feature {at + 1}, {code_at}"
        fault = fault_of_code(code, source.area_type) or (
            (
                "row_twice",
                {
                    "key": code,
                    "first": "above",
                    "second": str(at + 1),
                },
            )
            if code in seen
            else None
        )
        if fault is None and not _inside_wales(feature.get("geometry")):
            fault = ("outline_elsewhere", {"code": code})
        if fault is not None:
            reading.refuse(
                fault[0],
                place,
                ("features", at),
                **fault[1],
            )
            continue
        seen.add(code)
        if source.option("gives_names"):
            reading.harvest.names.append(
                AreaName(
                    code,
                    _name(values, name_at),
                    _name(values, welsh_at),
                )
            )
        elif source.option("gives_areas") and code in wanted:
            welsh = _name(values, welsh_at) if welsh_at else None
            name = _name(values, name_at)
            reading.harvest.areas.append(
                Area(
                    code,
                    source.area_type,
                    name,
                    welsh,
                    None,
                    source.edition,
                )
            )
    return reading.finish()


def _name(values: dict[str, Any], at: str) -> str:
    return unicodedata.normalize("NFC", values[at])


def _check_properties(features: list[dict[str, Any]], wanted: list[str]) -> None:
    for name in wanted:
        if any(name not in feature["properties"] for feature in features):
            properties = ", ".join(features[0]["properties"]) if features else "nothing"
            raise FileRefused(
                "column_missing",
                f"property {name}",
                column=name,
                found=properties,
            )


def _inside_wales(geometry: Any) -> bool:
    if not isinstance(geometry, dict) or geometry.get("type") not in (
        "Polygon",
        "MultiPolygon",
    ):
        return False
    polygons = (
        [geometry["coordinates"]]
        if geometry["type"] == "Polygon"
        else geometry["coordinates"]
    )
    rings = [ring for polygon in polygons for ring in polygon]
    try:
        return bool(rings) and all(
            len(ring) >= 4
            and min(p[0] for p in ring) >= WEST
            and max(p[0] for p in ring) <= EAST
            and min(p[1] for p in ring) >= SOUTH
            and max(p[1] for p in ring) <= NORTH
            for ring in rings
        )
    except (TypeError, IndexError, KeyError):
        return False
