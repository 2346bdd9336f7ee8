"""How like each other the areas of a level are, and which are most like one of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from clearlink.place_finder import places_by_code
from clearlink.report.voice import Voice
from clearlink.rules.need.similar import NEAREST, Likeness, Similar, likeness
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build

# levels of which the Census publishes characteristics
LEVELS: Final = ("LSOA21", "MSOA21", "LA")
# how many of them a sentence names
MOST_NAMED: Final = 3


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


def like_here(
    area_code: str,
    area_type: str,
    asked: Collection[str] = (),
) -> list[Similar]:
    """The areas that were `asked` for, with how near they are, the nearest first; the nearest ten where none
    of them is of this level. None where the area lacks a characteristic or its level has none.
    """
    if area_type not in LEVELS:
        return []
    held = likeness_of(area_type)
    if not asked:
        return held.like(area_code)
    every = held.like(area_code, len(held.areas))
    chosen = [s for s in every if s.area_code in asked]
    return chosen or every[:NEAREST]


def most_like(area_code: str, area_type: str) -> list[str]:
    """The areas most like one, the nearest first, as its own page lists them; none where it lacks a
    characteristic or its level has none.
    """
    return [s.area_code for s in like_here(area_code, area_type)]


@dataclass(frozen=True, slots=True)
class BesideSimilar:
    """Need on one theme here beside areas like this one: it is higher here than in `more` of the `of` that
    are ranked by the same measure.
    """

    more: int
    of: int


def beside_similar(
    need: Row,
    codes: Sequence[str],
) -> BesideSimilar | None:
    """`need`: a row of this area's need, with its rank; None where it has none, or none of `codes` has one
    of the same measure and edition.
    """
    if need["rank"] is None or not codes:
        return None
    measure = ("theme_id", "definition", "edition", "area_type")
    ranks = [
        row["rank"]
        for row in reader.ranks_of_areas(codes)
        if all(row[name] == need[name] for name in measure)
    ]
    if not ranks:
        return None
    return BesideSimilar(
        sum(need["rank"] < rank for rank in ranks),
        len(ranks),
    )


def nearest_words(say: Voice, near: Sequence[Similar]) -> str:
    """The nearest few by name, each with its distance and what makes it near."""
    known = places_by_code()
    return say.names(
        [
            say(
                "similar.one_near",
                area=say.of(known.get(s.area_code) or {}) or s.area_code,
                distance=f"{s.distance:.2f}",
                near=say(f"similar.characteristic.{s.nearest_in}"),
            )
            for s in near[:MOST_NAMED]
        ]
    )
