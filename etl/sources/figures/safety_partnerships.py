"""Recorded crime by community safety partnership: one row an authority, and authorities that share a
partnership repeat its figures.

A partnership is an area of its own, given once: its rates are not those of the authorities in it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Final

from etl.files.sheet import Sheet, cell_name, text_cell
from etl.records import Area, AreaLink, Harvest
from etl.sources.areas.area_codes import fault_of_code
from etl.sources.catalogue import CATALOGUE, Source
from etl.sources.figures.wide import data_rows, row_is_ragged
from etl.sources.headers import locate
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading

AREA_TYPE: Final = "CSP"


def read(source: Source, data: bytes) -> Harvest:
    """The rates of each partnership, the partnerships as areas, and which authorities lie in each.

    A row whose figures differ from those of another authority in the same partnership is refused.
    """
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    code, name, authority = (
        str(source.option(f"{each}_heading"))
        for each in ("code", "name", "authority")
    )
    columns = [column.found for column in source.columns]
    at = locate(
        reading,
        sheet,
        1,
        [code, name, authority, *columns],
    )
    first: dict[str, int] = {}
    members: dict[str, list[str]] = {}
    for row in data_rows(
        sheet,
        1,
        at[code],
    ):
        reading.harvest.rows_read += 1
        if row_is_ragged(reading, sheet, 1, row):
            continue
        named = _named(
            reading,
            sheet,
            row,
            at,
            (code, authority),
        )
        if named is None:
            continue
        partnership, la = named
        if not _fits(reading, sheet, row, at, partnership, first):
            continue
        members.setdefault(partnership, []).append(la)
        reading.harvest.links.append(AreaLink(la, partnership, AREA_TYPE))
    _add_areas(
        reading,
        sheet,
        at[name],
        first,
        members,
    )
    return reading.finish()


def _fits(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: dict[str, int],
    partnership: str,
    first: dict[str, int],
) -> bool:
    """Reads a partnership's first row; whether a further one says the same as it."""
    if partnership in first:
        return _repeats(
            reading,
            sheet,
            at,
            first[partnership],
            row,
        )
    first[partnership] = row
    _read_row(reading, sheet, row, at, partnership)
    return True


def _add_areas(
    reading: Reading,
    sheet: Sheet,
    name_at: int,
    first: Mapping[str, int],
    members: Mapping[str, list[str]],
) -> None:
    """The partnerships as areas; `first`: the row in which each stands first."""
    for partnership, authorities in members.items():
        called = text_cell(sheet.rows[first[partnership]][name_at])
        reading.harvest.areas.append(_area(partnership, called, authorities))


def _named(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: dict[str, int],
    headings: tuple[str, str],
) -> tuple[str, str] | None:
    """The partnership and the authority of a row; None, and the row refused, where either is none."""
    code, authority = headings
    partnership = reading.area_of(
        sheet,
        row,
        at[code],
        code,
    )
    la = _authority(
        reading,
        sheet,
        row,
        at[authority],
        authority,
    )
    if partnership is None or la is None:
        return None
    return partnership, la


def _authority(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: int,
    heading: str,
) -> str | None:
    """The code of the authority that a row is of; None, and the row refused, where it is none."""
    la = text_cell(sheet.rows[row][at])
    fault = fault_of_code(la, "LA")
    if fault is None:
        return la
    why, facts = fault
    place = cell_name(sheet, row, at, heading)
    reading.refuse(
        why,
        place,
        (sheet.name, row),
        **facts,
    )
    return None


def _read_row(
    reading: Reading,
    sheet: Sheet,
    row: int,
    at: dict[str, int],
    partnership: str,
) -> None:
    for column in reading.source.columns:
        where = at[column.found]
        read = reading.figure(
            sheet,
            row,
            where,
            column.found,
            column,
        )
        if read is not None:
            period = str(
                reading.source.option("period", reading.source.edition)
            )
            place = cell_name(sheet, row, where, column.found)
            reading.observe(
                column,
                partnership,
                period,
                read,
                place,
            )


def _repeats(
    reading: Reading,
    sheet: Sheet,
    at: dict[str, int],
    first: int,
    row: int,
) -> bool:
    for column in reading.source.columns:
        where = at[column.found]
        kept, found = (
            text_cell(sheet.rows[first][where]),
            text_cell(sheet.rows[row][where]),
        )
        if kept != found:
            place = cell_name(sheet, row, where, column.found)
            reading.refuse(
                "fixed_value",
                place,
                (sheet.name, row),
                cell=found,
                expected=kept,
            )
            return False
    return True


def _area(
    code: str,
    name: str,
    authorities: list[str],
) -> Area:
    with (CATALOGUE / "places.csv").open(encoding="utf-8", newline="") as file:
        places = {each["area_code"]: each for each in csv.DictReader(file)}
    english = [places[la]["name_en"] for la in authorities]
    if len(authorities) == 1:
        return Area(
            code,
            AREA_TYPE,
            english[0],
            places[authorities[0]]["name_cy"],
        )
    welsh = [places[la]["name_cy"] for la in authorities]
    # "a" before a consonant; no partnership of two has a vowel there
    return Area(
        code,
        AREA_TYPE,
        f"{name} ({' and '.join(english)})",
        f"{name} ({' a '.join(welsh)})",
    )
