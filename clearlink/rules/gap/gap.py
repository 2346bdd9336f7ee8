"""Does spend follow need area by area? Relative provision, gap in pounds, and the class a map may show
(method C).

Provision is relative to the region's own pounds per person in need. It says nothing of adequacy, so no class
is called over-provision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clearlink.rules.need.cuts import exceeds, reaches
from clearlink.rules.settings import Settings


class GapClass(StrEnum):
    """What one area may be called: by pounds or places a person, then by whether a project is there or
    within reach.
    """

    NO_PROVISION = "NO_PROVISION"
    AREA_WIDE_ONLY = "AREA_WIDE_ONLY"
    GAP = "GAP"
    WATCH = "WATCH"
    MATCHED = "MATCHED"
    ABOVE_SHARE = "ABOVE_SHARE"
    WELL_ABOVE_SHARE = "WELL_ABOVE_SHARE"
    LOW_NEED_LOW_PROVISION = "LOW_NEED_LOW_PROVISION"
    UNCERTAIN = "UNCERTAIN"
    NOT_KNOWN = "NOT_KNOWN"
    NOT_SHOWN_SMALL = "NOT_SHOWN_SMALL"
    NOT_SHOWN_UNPLACED = "NOT_SHOWN_UNPLACED"
    NOT_SHOWN_UNKNOWN = "NOT_SHOWN_UNKNOWN"
    PRESENT = "PRESENT"
    PRESENT_BY_FIGURES = "PRESENT_BY_FIGURES"
    PROVISION_WITHHELD = "PROVISION_WITHHELD"
    REACHED = "REACHED"
    PART_REACHED = "PART_REACHED"


@dataclass(frozen=True, slots=True)
class AreaProvision:
    """One area: people in need, spend, its need share of the region's spend, and how the two differ.

    `relative_provision` is (spend per person in need) ÷ (the region's); None where nobody is in need or
    nothing was spent anywhere. `gap_gbp` is need share of spend less spend: above 0 the area has less than
    its share.
    """

    area_code: str
    people_in_need: float
    spend_gbp: float
    gbp_per_person_in_need: float | None
    relative_provision: float | None
    gap_gbp: float


def provision(
    people_in_need: Mapping[str, float],
    spend_gbp: Mapping[str, float],
) -> list[AreaProvision]:
    """Relative provision and gap of every area with a need figure, by code; gaps sum to zero.

    q = (S/N)/c̄ and G = N·c̄ − S with c̄ = ΣS/ΣN. Spend in an area without a need figure raises ValueError:
    its need is not known to be zero, and leaving it out would move money between the others.
    """
    stray = sorted(set(spend_gbp) - set(people_in_need))
    if stray:
        raise ValueError(
            f"spend: found in {stray[:5]}, expected only areas with a need figure; set these areas "
            f"apart first"
        )
    need_total, spend_total = (
        sum(people_in_need.values()),
        sum(spend_gbp.values()),
    )
    mean = spend_total / need_total if need_total > 0 else 0.0
    areas = []
    for code, people in sorted(people_in_need.items()):
        spent = spend_gbp.get(code, 0.0)
        each = spent / people if people > 0 else None
        relative = each / mean if each is not None and mean > 0 else None
        areas.append(
            AreaProvision(
                code,
                people,
                spent,
                each,
                relative,
                people * mean - spent,
            )
        )
    return areas


def money_to_move_gbp(areas: Iterable[AreaProvision]) -> float:
    """Half the absolute sum of the gaps: what would be elsewhere if every area had the region's pounds per
    person in need.
    """
    return sum(abs(area.gap_gbp) for area in areas) / 2


def gap_class(
    *,
    high_need: bool,
    relative_provision: float | None,
    people_in_need: float | None,
    need_crosses_cut: bool,
    unplaced_share: float,
    settings: Settings,
    has_area_wide_service: bool = False,
    is_known: bool = True,
    unknown: int = 0,
) -> GapClass:
    """The class of one area; what forbids showing one comes first.

    Too much spend unplaced, too few people (or their number not known), an interval across the cut of the
    neediest fifth; then the table of the method. High need means in the neediest fifth by population.
    `is_known`: a register of the theme is loaded there; without one nothing says that there is none.
    `unknown`: records that reach the area and state no value; with one an area is never called short.
    """
    if exceeds(unplaced_share, settings.unplaced_share_max):
        return GapClass.NOT_SHOWN_UNPLACED
    if people_in_need is None or not reaches(
        people_in_need, settings.small_people
    ):
        return GapClass.NOT_SHOWN_SMALL
    if not is_known:
        return GapClass.NOT_KNOWN
    if relative_provision is None:
        return GapClass.NOT_SHOWN_SMALL
    if need_crosses_cut:
        return GapClass.UNCERTAIN
    if reaches(relative_provision, settings.watch_cut):
        return _class_of_provided(relative_provision, high_need, settings)
    if unknown:
        return GapClass.NOT_SHOWN_UNKNOWN
    return _class_of_short(
        relative_provision, high_need, has_area_wide_service, settings
    )


def _class_of_provided(
    relative_provision: float,
    high_need: bool,
    settings: Settings,
) -> GapClass:
    """The class of an area with its share or more."""
    if not exceeds(relative_provision, settings.matched_cut):
        return GapClass.MATCHED
    well_above = (
        exceeds(relative_provision, settings.above_cut) and not high_need
    )
    return GapClass.WELL_ABOVE_SHARE if well_above else GapClass.ABOVE_SHARE


def _class_of_short(
    relative_provision: float,
    high_need: bool,
    has_area_wide_service: bool,
    settings: Settings,
) -> GapClass:
    """The class of an area with less than its share."""
    if not high_need:
        return GapClass.LOW_NEED_LOW_PROVISION
    if exceeds(relative_provision, 0.0):
        is_watched = reaches(relative_provision, settings.gap_cut)
        return GapClass.WATCH if is_watched else GapClass.GAP
    return (
        GapClass.AREA_WIDE_ONLY
        if has_area_wide_service
        else GapClass.NO_PROVISION
    )


def bivariate_terciles(
    need: Mapping[str, float],
    spend_per_need: Mapping[str, float],
) -> dict[str, tuple[int, int]]:
    """The 3 × 3 map: each area's third by need and by pounds per person in need, 1 lowest to 3 highest.

    Only areas with both figures; the rest are not shown. Equal figures fall in the same third.
    """
    shown = sorted(set(need) & set(spend_per_need))
    need_third = _thirds({code: need[code] for code in shown})
    spend_third = _thirds({code: spend_per_need[code] for code in shown})
    return {code: (need_third[code], spend_third[code]) for code in shown}


def _thirds(figures: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(figures.values())
    first = {
        value: place for place, value in reversed(list(enumerate(ordered)))
    }
    last = {value: place for place, value in enumerate(ordered)}
    middle = {
        value: (first[value] + last[value] + 1) / (2 * len(ordered))
        for value in first
    }
    return {
        code: 1
        + reaches(
            middle[value],
            1 / 3,
        )
        + reaches(
            middle[value],
            2 / 3,
        )
        for code, value in figures.items()
    }
