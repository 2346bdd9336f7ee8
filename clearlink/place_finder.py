"""Finds a place of the served build by postcode or name. What was typed is neither kept nor written
anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from clearlink.rules.place_words import (
    Asked,
    NamedPlace,
    Postcodes,
    places_asked,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build

WARD: Final = "WD24"


def find_places(text: str, *, opens_wards: bool = False) -> Asked:
    """The places of this build that somebody may mean. `opens_wards`: a ward is one of them, else its small
    areas are.
    """
    districts = reader.postcode_districts()
    held = Postcodes(
        districts=frozenset(d["district"] for d in districts),
        ended=frozenset(d["district"] for d in districts if d["is_ended"]),
        of_district=_of_district,
    )
    return places_asked(text, named_places(opens_wards), held)


def place_of(area_code: str) -> Row | None:
    """Names, kind and authority of a place that can be found."""
    return places_by_code().get(area_code)


@once_a_build
def named_places(opens_wards: bool = False) -> tuple[NamedPlace, ...]:
    """Every place of the build that has a name; see `find_places`. A ward without a small area is no place
    to open.
    """
    rows = [
        row
        for row in reader.place_names()
        if row["area_type"] != WARD or row["small"]
    ]
    if not opens_wards:
        return tuple(_named(row, row["within"], row["small"]) for row in rows)
    ward_of = {small: r["area_code"] for r in rows for small in r["small"]}
    return tuple(
        _named(row, [*row["within"], ward_of.get(row["area_code"], "")], ())
        for row in rows
    )


def _named(
    row: Row,
    within: Iterable[str],
    small: Iterable[str],
) -> NamedPlace:
    names = (row["name_en"], row["name_cy"])
    return NamedPlace(
        row["area_code"],
        row["area_type"],
        tuple(name for name in names if name),
        tuple(code for code in within if code),
        tuple(small),
    )


@once_a_build
def places_by_code() -> dict[str, Row]:
    """Code → names, kind and authority of every place that can be found."""
    return {row["area_code"]: row for row in reader.place_names()}


def _of_district(district: str) -> Mapping[str, str]:
    # asked for by the district, so that no postcode stands among the kept answers
    return {
        row["postcode"]: row["area_code"]
        for row in reader.postcodes_of_district(district)
    }
