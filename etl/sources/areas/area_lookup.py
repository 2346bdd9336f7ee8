"""Which area lies in which: the ONS lookups, with the Welsh names they carry.

Regions before April 2019 (collaborative committees, RCC) and after (partnership boards, RPB) differ on
purpose, so the memberships of authorities are dated. A small area's region follows from its authority and is
not repeated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from typing import Any

from clearlink.rules.codes import WALES
from etl.files.sheet import Sheet, cell_name, text_cell
from etl.records import Area, AreaLink, Harvest
from etl.sources.areas.area_codes import codes_of
from etl.sources.catalogue import CATALOGUE, Source
from etl.sources.figures.wide import data_rows, row_is_ragged
from etl.sources.headers import locate
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading

Row = dict[str, str]


def read_small_areas(source: Source, data: bytes) -> Harvest:
    """LSOA 2021 with their Welsh Government names, their MSOA, ward (best fit), authority and health
    board, and whether they are rural.
    """
    reading = Reading(source)
    parents: dict[str, Area] = {}
    sheet = csv_sheet(source, data)
    for _, row in lookup_rows(reading, sheet, "LSOA21CD"):
        name, welsh = row["WIMD25_LSOA_NAME"], _welsh_small_area(row)
        la = row["LAD24CD"]
        area = Area(
            row["LSOA21CD"],
            "LSOA21",
            name,
            welsh,
            la,
            "2021",
        )
        reading.harvest.areas.append(area)
        for parent in (_middle_area(row), _ward(row)):
            parents.setdefault(parent.area_code, parent)
        reading.harvest.links += _links_of_small_area(row)
    reading.harvest.areas += parents.values()
    return reading.finish()


def _middle_area(row: Row) -> Area:
    name, welsh = row["MSOA21HCLNM"], row["MSOA21HCLNMW"]
    return Area(
        row["MSOA21CD"],
        "MSOA21",
        name,
        welsh,
        row["LAD24CD"],
        "2021",
    )


def _ward(row: Row) -> Area:
    return Area(
        row["WD24CD"],
        "WD24",
        row["WD24NM"],
        None,
        row["LAD24CD"],
        "2024",
    )


def _links_of_small_area(row: Row) -> list[AreaLink]:
    code = row["LSOA21CD"]
    return [
        AreaLink(
            code,
            row["MSOA21CD"],
            "MSOA21",
        ),
        AreaLink(
            code,
            row["WD24CD"],
            "WD24",
            change="best fit",
        ),
        AreaLink(
            code,
            row["LAD24CD"],
            "LA",
        ),
        AreaLink(
            code,
            row["LHB22CD"],
            "LHB",
        ),
        # the class an area is in (Rural, Urban), not a place: it has no row among the areas
        AreaLink(
            code,
            row["RUC21_2FOLD"].upper(),
            "RUC21",
        ),
    ]


def _welsh_small_area(row: Row) -> str:
    """A small area's Welsh name: nobody publishes one, so its MSOA's (House of Commons Library) with the ONS
    number.

    "Nottage 2" (Bridgend 018B, in Gorllewin Porthcawl) → "Gorllewin Porthcawl 018B".
    """
    return f"{row['MSOA21HCLNMW']} {row['LSOA21NM'].rsplit(' ', 1)[-1]}"


def read_parents_2011(source: Source, data: bytes) -> Harvest:
    """LSOA 2011 and the MSOA 2011 they lay in. Only the MSOA that are no more are given as areas: the
    others stand among today's.
    """
    reading = Reading(source)
    ended: dict[str, Area] = {}
    for _, row in lookup_rows(
        reading,
        csv_sheet(source, data),
        "LSOA11CD",
    ):
        code = row["MSOA11CD"]
        if code not in codes_of("MSOA21"):
            ended.setdefault(
                code,
                Area(
                    code,
                    "MSOA11",
                    row["MSOA11NM"],
                    vintage="2011",
                ),
            )
        reading.harvest.links.append(
            AreaLink(
                row["LSOA11CD"],
                code,
                "MSOA11",
            )
        )
    reading.harvest.areas += ended.values()
    return reading.finish()


def read_authorities(source: Source, data: bytes) -> Harvest:
    """The 22 authorities, health boards, both sets of regions and Wales, with dated membership."""
    reading = Reading(source)
    parents = {
        WALES: Area(
            WALES,
            "WALES",
            *_place(WALES),
        )
    }
    sheet = csv_sheet(source, data)
    for _, row in lookup_rows(reading, sheet, "LAD24CD"):
        la, name, welsh = row["LAD24CD"], row["LAD24NM"], row["LAD24NMW"]
        reading.harvest.areas.append(
            Area(
                la,
                "LA",
                name,
                welsh,
                la,
                "2024",
            )
        )
        rcc, rpb, lhb = _wider_areas(row)
        for parent in (rcc, rpb, lhb):
            parents.setdefault(parent.area_code, parent)
        until, since = source.option("rcc_until"), source.option("rpb_since")
        reading.harvest.links += [
            AreaLink(la, lhb.area_code, "LHB", valid_from=since),
            AreaLink(
                la,
                rcc.area_code,
                "RCC",
                valid_from=source.option("rcc_since"),
                valid_to=until,
            ),
            AreaLink(la, rpb.area_code, "RPB", valid_from=since),
            AreaLink(la, WALES, "WALES"),
        ]
    reading.harvest.areas += parents.values()
    return reading.finish()


def _wider_areas(row: Row) -> tuple[Area, Area, Area]:
    """The two regions and the health board that an authority lies in."""
    rcc = region_id("RCC", row["rcc_region_2011"])
    rpb = region_id("RPB", row["rpb_region"])
    lhb = row["LHB22CD"]
    return (
        Area(
            rcc,
            "RCC",
            *_place(rcc),
            vintage="2012 to 2019",
        ),
        Area(
            rpb,
            "RPB",
            *_place(rpb),
            vintage="since April 2019",
        ),
        Area(
            lhb,
            "LHB",
            row["LHB22NM"],
            _health_boards()[lhb],
            vintage="2022",
        ),
    )


def read_nuts(source: Source, data: bytes) -> Harvest:
    """The NUTS 2018 areas that Sell2Wales names, each with the authorities in it."""
    reading = Reading(source)
    names: dict[str, str] = {}
    for _, row in lookup_rows(
        reading,
        csv_sheet(source, data),
        "LAD24CD",
    ):
        names[row["NUTS318CD"]] = row["NUTS318NM"]
        reading.harvest.links.append(
            AreaLink(
                row["LAD24CD"],
                row["NUTS318CD"],
                "NUTS3",
            )
        )
    reading.harvest.areas += [
        Area(code, "NUTS3", name, vintage="2018")
        for code, name in names.items()
    ]
    return reading.finish()


def region_id(kind: str, name: str) -> str:
    """The id of a region from its published name: ("RCC", "Vale and Cardiff") → RCC_VALE_AND_CARDIFF."""
    return f"{kind}_{name.upper().replace(' ', '_')}"


def lookup_rows(
    reading: Reading,
    sheet: Sheet,
    code_heading: str,
) -> Iterator[tuple[int, Row]]:
    """Rows whose own code and every cell are as they should be; the others are refused."""
    wanted: list[str] = list(reading.source.option("wanted"))
    at = locate(reading, sheet, 1, wanted)
    seen: dict[tuple[str, ...], int] = {}
    unique: list[str] = list(reading.source.option("unique", [code_heading]))
    for row in data_rows(
        sheet,
        1,
        at[code_heading],
    ):
        reading.harvest.rows_read += 1
        if row_is_ragged(reading, sheet, 1, row):
            continue
        values = {
            name: text_cell(sheet.rows[row][where])
            for name, where in at.items()
        }
        if _has_blank(reading, sheet, row, at, values):
            continue
        if (
            reading.area_of(
                sheet,
                row,
                at[code_heading],
                code_heading,
            )
            is None
        ):
            continue
        key = tuple(values[name] for name in unique)
        if key in seen:
            reading.refuse(
                "row_twice",
                f"row {row + 1}",
                (sheet.name, row),
                key=" ".join(key),
                first=seen[key] + 1,
                second=row + 1,
            )
            continue
        seen[key] = row
        yield row, values


def _has_blank(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: dict[str, int],
    values: Row,
) -> bool:
    """Whether a cell of the row is empty or holds a letter that was lost; the row is then refused."""
    for name, value in values.items():
        if not value or "?" in value:
            place = cell_name(
                sheet,
                row,
                at[name],
                name,
            )
            reading.refuse(
                "cell_blank",
                place,
                (sheet.name, row),
                cell=value,
            )
            return True
    return False


def _place(code: str) -> tuple[str, str]:
    return _places()[code]


@cache
def _places() -> dict[str, tuple[str, str]]:
    return {
        row["area_code"]: (row["name_en"], row["name_cy"])
        for row in _catalogue("places.csv")
    }


@cache
def _health_boards() -> dict[str, str]:
    return {
        row["area_code"]: row["name_cy"]
        for row in _catalogue("health_boards.csv")
    }


def _catalogue(name: str) -> list[dict[str, Any]]:
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
