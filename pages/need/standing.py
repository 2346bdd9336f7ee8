"""Where each theme stands in this build: at each level people, only a rate, only an order of areas, or no
figure of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from clearlink.warehouse import reader
from clearlink.warehouse.reader import once_a_build


class Standing(StrEnum):
    """What is known of a theme at a level, the most telling first."""

    PEOPLE = "people"
    RATE = "rate"
    RANK = "rank"
    NONE = "none"


# The overall index is of no theme: an area's place on it says nothing of the theme by itself.
_OF_DEFINITION: Final = {
    "lead": Standing.PEOPLE,
    "rate": Standing.RATE,
    "composite": Standing.RANK,
}


@once_a_build
def standings() -> Mapping[tuple[str, str], Standing]:
    """The standing of every theme and level that has one; any other pair has none."""
    order = list(Standing)
    best: dict[tuple[str, str], Standing] = {}
    for offer in reader.need_offer():
        kind = _OF_DEFINITION.get(offer["definition"])
        if kind is None or not offer["areas"]:
            continue
        if kind is Standing.PEOPLE and not offer["has_people"]:
            kind = Standing.RATE
        pair = offer["theme_id"], offer["area_type"]
        best[pair] = min(
            kind,
            best.get(pair, Standing.NONE),
            key=order.index,
        )
    return MappingProxyType(best)


def has_figure(theme: str) -> bool:
    """Whether this build holds a figure of the theme's own at any level."""
    return any(held == theme for held, _ in standings())
