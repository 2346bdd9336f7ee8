"""Finds a place of the served build by postcode or name. What was typed is neither kept nor written
anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from clearlink.rules.place_words import (
    Asked,
    NamedPlace,
    Postcodes,
    places_asked,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build


def find_places(text: str) -> Asked:
    """The places of this build that somebody may mean."""
    districts = reader.postcode_districts()
    held = Postcodes(
        districts=frozenset(d["district"] for d in districts),
        ended=frozenset(d["district"] for d in districts if d["is_ended"]),
        of_district=_of_district,
    )
    return places_asked(text, named_places(), held)


def place_of(area_code: str) -> Row | None:
    """Names, kind and authority of a place that can be found."""
    return places_by_code().get(area_code)


@once_a_build
def named_places() -> tuple[NamedPlace, ...]:
    """Every place of the build that has a name."""
    return tuple(
        NamedPlace(
            row["area_code"],
            row["area_type"],
            tuple(name for name in (row["name_en"], row["name_cy"]) if name),
            tuple(row["within"]),
            tuple(row["small"]),
        )
        for row in reader.place_names()
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
