"""areas.csv and area_links.csv: every area of the sample, and which lies in which, with dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from tests.sample_maker.folders import write_rows
from tests.sample_maker.outlines import OldArea, Outline
from tests.sample_maker.places import HEALTH_BOARDS, WALES, Wales

AREA_COLUMNS = (
    "area_code",
    "area_type",
    "name_en",
    "name_cy",
    "la_code",
    "vintage",
    "population",
    "lon",
    "lat",
    "west",
    "south",
    "east",
    "north",
    "is_illustrative",
    "approximate",
)
LINK_COLUMNS = (
    "child_code",
    "parent_code",
    "parent_type",
    "weight",
    "valid_from",
    "valid_to",
    "change",
)
Row = dict[str, object]


def write_areas(
    path: Path,
    wales: Wales,
    outlines: list[Outline],
    retired: list[OldArea],
    shapes: Mapping[str, BaseGeometry],
    people: Mapping[str, int],
) -> None:
    """`people`: illustrative residents of each small area. Larger areas take the published totals of their
    authorities.
    """
    rows: list[Row] = [
        {
            "area_code": o.code,
            "area_type": "LSOA21",
            "name_en": o.name_en,
            "name_cy": o.name_cy,
            "la_code": o.la_code,
            "vintage": "2021",
            "population": people[o.code],
            "is_illustrative": "yes",
            "approximate": "yes" if o.approximate else "no",
            **_place(o.shape),
        }
        for o in outlines
    ]
    for old in retired:
        box = dict(
            zip(("west", "south", "east", "north"), old.box, strict=True)
        )
        rows.append(
            {
                "area_code": old.code,
                "area_type": "LSOA11",
                "name_en": old.name_en,
                "name_cy": old.name_cy,
                "la_code": old.la_code,
                "vintage": "2011",
                "lon": old.lon,
                "lat": old.lat,
                "is_illustrative": "no",
                "approximate": "no",
                **box,
            }
        )
    rows += _larger(wales, shapes)
    write_rows(path, AREA_COLUMNS, rows)


def _larger(wales: Wales, shapes: Mapping[str, BaseGeometry]) -> Iterable[Row]:
    authorities = wales.authorities.values()
    named: list[tuple[str, str, str, str, int]] = [
        (a.la_code, "LA", a.name_en, a.name_cy, a.residents)
        for a in authorities
    ]
    for region, (en, cy) in wales.region_names.items():
        named.append(
            (
                region,
                region[:3],
                en,
                cy,
                sum(
                    a.residents for a in authorities if region in (a.rcc, a.rpb)
                ),
            )
        )
    for board, (en, cy, members) in HEALTH_BOARDS.items():
        named.append(
            (
                board,
                "LHB",
                en,
                cy,
                sum(wales.authorities[la].residents for la in members),
            )
        )
    whole = [shapes[a.la_code] for a in authorities]
    for code, kind, en, cy, residents in named:
        yield {
            "area_code": code,
            "area_type": kind,
            "name_en": en,
            "name_cy": cy,
            "la_code": code if kind == "LA" else "",
            "vintage": {
                "LA": "2021",
                "LHB": "2019",
                "RCC": "2012",
                "RPB": "2019",
            }[kind],
            "population": residents,
            "is_illustrative": "no",
            "approximate": "no",
            **_place(shapes[code]),
        }
    boxes = [shape.bounds for shape in whole]
    yield {
        "area_code": WALES,
        "area_type": "WALES",
        "name_en": "Wales",
        "name_cy": "Cymru",
        "vintage": "2021",
        # As published; the authorities, each rounded to 100, add up to 200 more.
        "population": 3107500,
        "lon": -3.78,
        "lat": 52.35,
        "is_illustrative": "no",
        "approximate": "no",
        "west": min(b[0] for b in boxes),
        "south": min(b[1] for b in boxes),
        "east": max(b[2] for b in boxes),
        "north": max(b[3] for b in boxes),
    }


def _place(shape: BaseGeometry) -> Row:
    point = shape.representative_point()
    west, south, east, north = shape.bounds
    return {
        "lon": round(point.x, 5),
        "lat": round(point.y, 5),
        "west": round(west, 5),
        "south": round(south, 5),
        "east": round(east, 5),
        "north": round(north, 5),
    }


def write_links(
    path: Path,
    wales: Wales,
    outlines: list[Outline],
    old: list[OldArea],
    people: Mapping[str, int],
) -> None:
    """Small areas in authorities, areas of 2011 in those of 2021 (U unchanged, S split, M merged),
    authorities in regions.
    """
    rows: list[tuple[object, ...]] = [
        (o.code, o.la_code, "LA", 1, "", "", "") for o in outlines
    ]
    for area in old:
        new = wales.successors.get(area.code, (area.code,))
        total = sum(people[code] for code in new)
        for code in new:
            change = "U" if code == area.code else "S" if len(new) > 1 else "M"
            rows.append(
                (
                    area.code,
                    code,
                    "LSOA21",
                    round(people[code] / total, 6),
                    "",
                    "",
                    change,
                )
            )
    for a in wales.authorities.values():
        rows.append(
            (a.la_code, a.rcc, "RCC", 1, "2012-01-01", "2019-03-31", "")
        )
        rows.append((a.la_code, a.rpb, "RPB", 1, "2019-04-01", "", ""))
        rows += [
            (a.la_code, board, "LHB", 1, "", "", "")
            for board in HEALTH_BOARDS
            if a.la_code in HEALTH_BOARDS[board][2]
        ]
    write_rows(
        path,
        LINK_COLUMNS,
        [dict(zip(LINK_COLUMNS, row, strict=True)) for row in rows],
    )
