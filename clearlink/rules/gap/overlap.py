"""Do two projects serve the same people at the same time? A prompt to ask, never a finding of waste
(method C).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clearlink.rules.dates import common_days
from clearlink.rules.need.cuts import reaches
from clearlink.rules.settings import Settings


class OverlapKind(StrEnum):
    """Same tier: possible duplication. Different tiers (universal, targeted, intensive): a ladder, not a
    fault.
    """

    POSSIBLE_DUPLICATION = "POSSIBLE_DUPLICATION"
    LAYERED = "LAYERED"


@dataclass(frozen=True, slots=True)
class Served:
    """What overlap is judged on: theme, target group, tier, days, and people at risk by area served.

    A dispersed or protected service without areas has none and overlaps with nothing.
    """

    project_id: str
    theme_ids: frozenset[str]
    target_group: str | None
    tier: str | None
    start: date
    end: date
    people: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two projects in order of their ids, the people and days they share, and the two coefficients (0 to
    1).
    """

    project_a: str
    project_b: str
    kind: OverlapKind
    theme_ids: tuple[str, ...]
    shared_people: float
    shared_days: int
    overlap_coefficient: float
    jaccard: float


def overlap_coefficient(
    a: Mapping[str, float],
    b: Mapping[str, float],
) -> float:
    """People in both catchments ÷ people in the smaller; 1 when one lies inside the other, 0 when either
    has nobody.
    """
    smaller = min(
        sum(a.values()),
        sum(b.values()),
    )
    return shared_people(a, b) / smaller if smaller > 0 else 0.0


def jaccard(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """People in both catchments ÷ people in either."""
    shared = shared_people(a, b)
    either = sum(a.values()) + sum(b.values()) - shared
    return shared / either if either > 0 else 0.0


def shared_people(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """People at risk in the areas that both serve; where the two count an area differently, the smaller
    count.
    """
    return sum(
        min(
            a[code],
            b[code],
        )
        for code in sorted(a.keys() & b.keys())
    )


def overlap(
    one: Served,
    other: Served,
    settings: Settings,
) -> Overlap | None:
    """The overlap of two projects, or None when there is none to ask about.

    Same theme and target group, a quarter of the smaller catchment, 90 common days. Where either tier is not
    recorded the two are not known to differ, and it is shown as possible duplication. The order of the two
    does not matter.
    """
    a, b = sorted(
        (one, other),
        key=lambda project: project.project_id,
    )
    if not _are_for_the_same(a, b):
        return None
    days = common_days(
        a.start,
        a.end,
        b.start,
        b.end,
    )
    coefficient = overlap_coefficient(a.people, b.people)
    if days < settings.overlap_days_min or not reaches(
        coefficient, settings.overlap_min
    ):
        return None
    layered = a.tier is not None and b.tier is not None and a.tier != b.tier
    return Overlap(
        a.project_id,
        b.project_id,
        OverlapKind.LAYERED if layered else OverlapKind.POSSIBLE_DUPLICATION,
        tuple(sorted(a.theme_ids & b.theme_ids)),
        shared_people(a.people, b.people),
        days,
        coefficient,
        jaccard(a.people, b.people),
    )


def _are_for_the_same(a: Served, b: Served) -> bool:
    """Whether two projects share a theme and are for the same people."""
    return (
        a.project_id != b.project_id
        and not a.theme_ids.isdisjoint(b.theme_ids)
        and a.target_group is not None
        and a.target_group == b.target_group
    )
