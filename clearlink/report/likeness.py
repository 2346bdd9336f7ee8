"""How like each other the areas of a level are, and which are most like one of them."""

from __future__ import annotations

from typing import Final

from clearlink.rules.need.similar import Likeness, likeness
from clearlink.warehouse import reader
from clearlink.warehouse.reader import once_a_build

# levels of which the Census publishes characteristics
LEVELS: Final = ("LSOA21", "MSOA21", "LA")


@once_a_build
def likeness_of(area_type: str) -> Likeness:
    """The characteristics of every area of a level, standardised once a build."""
    shares: dict[str, dict[str, float]] = {}
    for row in reader.area_characteristics(area_type):
        shares.setdefault(
            row["area_code"],
            {},
        )[row["characteristic"]] = float(row["share"])
    return likeness(shares)


def most_like(area_code: str, area_type: str) -> list[str]:
    """The areas most like one, the nearest first, as its own page lists them; none where it lacks a
    characteristic or its level has none.
    """
    if area_type not in LEVELS:
        return []
    return [s.area_code for s in likeness_of(area_type).like(area_code)]
