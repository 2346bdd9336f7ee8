"""Names of places as Welsh sentences write them: behind a preposition and mutated ("yng Nghaerdydd", "o Fôn",
"Sir Fôn"), and with the land they lie in behind them ("Cardiff, Wales").

Every form answered is only a form to look for: it counts where a place bears exactly that name.
"""

from __future__ import annotations

import re
from typing import Final

# what a changed beginning may have been, the longest first; by the soft, the nasal and the aspirate mutation
_BEGINNINGS: Final = (
    ("ngh", ("c",)),
    ("mh", ("p",)),
    ("nh", ("t",)),
    ("ng", ("g",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("ch", ("c",)),
    ("dd", ("d",)),
    ("m", ("b",)),
    ("n", ("d",)),
    ("f", ("m", "b")),
    ("b", ("p",)),
    ("d", ("t",)),
    ("g", ("c",)),
    ("l", ("ll", "gl")),
    ("r", ("rh", "gr")),
    ("h", ("",)),
)
_VOWELS: Final = frozenset("aeiouwy")
_BEHIND: Final = re.compile(
    r"^(?:yn|yng|ym|i|o|ar|am|at|dan|dros|drwy|trwy|hyd|a|ac|ag|gyda|gydag|ardal|in|within|across)\s+(?=\w)"
)
_COUNTY: Final = re.compile(r"^sir\s+(?=\w)")
# only behind a comma: "Gogledd Cymru" is a region and no place called Gogledd
_LAND: Final = re.compile(
    r"\s*,\s*(?:(?:south|north|mid|west|east)[\s-]+wales|(?:de|gogledd|canolbarth|gorllewin)\s+cymru|"
    r"wales|cymru|uk|united kingdom|y deyrnas unedig)\W*$",
    re.IGNORECASE,
)


def radicals(name: str) -> tuple[str, ...]:
    """What a folded name may be without its mutation; its first word alone is changed."""
    for beginning, before in _BEGINNINGS:
        if name.startswith(beginning):
            rest = name[len(beginning) :]
            return tuple(
                f"{first}{rest}"
                for first in before
                if first or rest[:1] in _VOWELS
            )
    return (f"g{name}",) if name[:1] in _VOWELS else ()


def welsh_forms(name: str) -> tuple[str, ...]:
    """Other forms to look for where no place bears a folded name: without a preposition and its mutation, and
    "Sir Fôn" as Môn.
    """
    bare = _BEHIND.sub("", name)
    forms = (bare, *radicals(bare)) if bare != name else ()
    county = _COUNTY.sub("", bare)
    if county == bare:
        return forms
    before = radicals(county)
    return (
        *forms,
        *before,
        *(f"ynys {form}" for form in before),
    )


def without_land(name: str) -> str:
    """A name without the land behind it: "Cardiff, Wales" is Cardiff. A land alone stays."""
    return _LAND.sub("", name).strip(" ,") or name
