"""The ten systems that the First Minister's letter of 2013 names, and the programmes that pay for each.

Acts itself: it has no twin.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class System(StrEnum):
    """A system of the letter, in the letter's order."""

    FAMILIES_FIRST = "families_first"
    TEAM_AROUND_THE_FAMILY = "taf"
    FLYING_START = "flying_start"
    IFSS = "ifss"
    COMMUNITIES_FIRST = "communities_first"
    HOUSING_SUPPORT = "housing_support"
    BOARDS = "boards"
    THIRD_SECTOR = "third_sector"
    CO_PRODUCTION = "co_production"
    PARTICIPATION = "participation"


# ids of `data/catalogue/programmes.csv`; a system that is no programme has none
PROGRAMMES_OF: Final[Mapping[System, tuple[str, ...]]] = {
    System.FAMILIES_FIRST: ("families_first",),
    System.TEAM_AROUND_THE_FAMILY: ("taf",),
    System.FLYING_START: ("flying_start",),
    System.IFSS: ("ifss",),
    System.COMMUNITIES_FIRST: ("communities_first", "legacy_fund"),
    System.HOUSING_SUPPORT: ("supporting_people", "housing_support_grant"),
    System.BOARDS: (),
    System.THIRD_SECTOR: (),
    System.CO_PRODUCTION: (),
    System.PARTICIPATION: (),
}

# the programme under whose name a system's returns are read
RETURNED_AS: Final[Mapping[System, str]] = {
    System.FAMILIES_FIRST: "families_first",
    System.TEAM_AROUND_THE_FAMILY: "taf",
    System.FLYING_START: "flying_start",
    System.IFSS: "ifss",
    System.COMMUNITIES_FIRST: "communities_first",
    System.HOUSING_SUPPORT: "housing_support_grant",
}
