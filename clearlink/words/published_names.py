"""Names of bodies and grants as their papers print them, in Cymraeg: those of the records that every build
holds, and kinds of bodies of which each place has its own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

NAMES: Final = (
    Path(__file__).resolve().parents[2]
    / "data"
    / "catalogue"
    / "published_names.csv"
)


_PLACE: Final = "{place}"


def in_welsh(name: str, places: Mapping[str, str]) -> str | None:
    """The Welsh of a printed name; None where it is not known. `places`: English names of places, folded →
    Welsh ones.
    """
    listed = _listed()
    if name in listed:
        return listed[name]
    folded = name.casefold()
    for kind, welsh in listed.items():
        ending = kind.removeprefix(_PLACE).casefold()
        place = places.get(folded.removesuffix(ending))
        if kind.startswith(_PLACE) and folded.endswith(ending) and place:
            return welsh.replace(_PLACE, place)
    return None


@cache
def _listed() -> dict[str, str]:
    """Name as printed, or the kind of a place's own body → its Welsh form."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {row["name_en"]: row["name_cy"] for row in csv.DictReader(file)}
