"""Is it a coherent set? Holes, piles, pathways and cliff edges, and who is left where something ends.

A *hole* is a theme with assessed need on which nothing runs, where registers of its programmes are loaded for
every authority of the place: elsewhere nothing on record is *not known* to be nothing. A *pile*, several
records of one tier on one theme in one area; a *pathway*, more than one tier on a theme. A *cliff edge* is a
quarter in which half or more of what ran before it has ended. SQL twin of `left_by`:
clearlink/warehouse/sql/read/plans/left_if_ended.sql.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from clearlink.rules.dates import add_months

TIERS: Final = ("universal", "targeted", "intensive")
PILE: Final = 3
CLIFF_SHARE: Final = 0.5
# a theme with so few records has no edge to fall from but its last
CLIFF_MIN: Final = 2


class Pathway(StrEnum):
    """Whether somebody on a theme can be stepped up and down."""

    WHOLE = "whole"
    PART = "part"
    ONE_TIER = "one_tier"
    TIER_UNSAID = "tier_unsaid"
    NOTHING = "nothing"


class Left(StrEnum):
    """What is left for the people of an area and theme when a record ends."""

    SAME_TIER = "same_tier"
    OTHER_TIER = "other_tier"
    TIER_UNSAID = "tier_unsaid"
    NOT_KNOWN = "not_known"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Runs:
    """A record of one theme: its days (None: not recorded) and its tier."""

    start: date | None
    end: date | None
    tier: str | None = None


class Square(StrEnum):
    """What an empty square of the set says."""

    HOLE = "hole"
    NOT_KNOWN = "not_known"
    NOT_ASSESSED = "not_assessed"


def empty_square(
    is_assessed: bool, is_known: bool, tiers: Collection[str | None] = ()
) -> Square:
    """Of a theme (or a level of help on it) with nothing on record. `is_known`: registers of its programmes
    are loaded for every authority; `tiers`: of what runs on the theme, where the square is one of a level: a
    record without its tier may be the one that is missed.
    """
    if not is_known or None in tiers:
        return Square.NOT_KNOWN
    return Square.HOLE if is_assessed else Square.NOT_ASSESSED


def pathway(tiers: Collection[str | None]) -> Pathway:
    """From the tiers of what runs on a theme. A record without its tier may be of any level."""
    if not tiers:
        return Pathway.NOTHING
    known = {tier for tier in tiers if tier in TIERS}
    if len(known) == len(TIERS):
        return Pathway.WHOLE
    if len(known) == 0 or None in tiers:
        return Pathway.TIER_UNSAID
    return Pathway.PART if len(known) > 1 else Pathway.ONE_TIER


def quarters(first: date, count: int) -> tuple[date, ...]:
    """First days of so many quarters (January, April, July, October), from the one that `first` lies in."""
    begin = date(
        first.year,
        3 * ((first.month - 1) // 3) + 1,
        1,
    )
    return tuple(add_months(begin, 3 * at) for at in range(count))


def running_in(records: Iterable[Runs], quarter: date) -> int:
    """How many records run on the first day of a quarter. A day that is not recorded is open on that side."""
    return sum(
        (r.start is None or r.start <= quarter)
        and (r.end is None or r.end >= quarter)
        for r in records
    )


def cliff_edges(counts: Sequence[int]) -> tuple[int, ...]:
    """Places in a series of quarters at which half or more of what ran the quarter before is gone."""
    return tuple(
        at
        for at in range(1, len(counts))
        if counts[at - 1] >= CLIFF_MIN
        and counts[at - 1] - counts[at] >= CLIFF_SHARE * counts[at - 1]
    )


def left_by(
    tier: str | None, others: Collection[str | None], undated: int = 0
) -> Left:
    """What is left when a record of a tier ends, from the tiers of what goes on there on its theme.
    `undated`: records of it there without dates, of which nobody can say whether they go on.
    """
    if not others:
        return Left.NOT_KNOWN if undated else Left.NOTHING
    if tier is None or all(other is None for other in others):
        return Left.TIER_UNSAID
    return Left.SAME_TIER if tier in others else Left.OTHER_TIER
