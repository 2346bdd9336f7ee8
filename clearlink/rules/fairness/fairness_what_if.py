"""What a region's three numbers would be if need, or the placing of money, were taken otherwise: worked out
afresh from the same areas.

Nothing is measured again and nothing is written. With the supposition of the method itself the answer is the
served one, to the penny.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from clearlink.rules.fairness.fairness_measures import authority_rows, measures
from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]
PLACINGS: Final = ("population_at_risk", "population", "small_areas_only")


@dataclass(frozen=True, slots=True)
class Supposition:
    """How need is counted and money placed.

    `concentration` from 0 (people in need, wherever they live) to 1 (everyone at risk in areas of
    concentration, nobody elsewhere).
    `neediest_share` the part of the people that counts as the neediest. `rural_cost` what a person in need in
    a rural area counts for, where 1 is like anybody else (cost-weighted need). `placed_by` the way of placing
    money.
    """

    concentration: float = 0.0
    neediest_share: float = 0.2
    rural_cost: float = 1.0
    placed_by: str = "population_at_risk"


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """Areas in one order. `spend` holds the pounds of the year under each way of placing; `is_rural` is
    False where the class is not held.
    """

    code: NDArray[np.str_]
    authority: NDArray[np.str_]
    at_risk: Floats
    people_in_need: Floats
    extent: Floats
    spend: Mapping[str, Floats]
    is_rural: NDArray[np.bool_]


def supposed_need(areas: AreaColumns, supposed: Supposition) -> Floats:
    """Need of each area; between the two definitions, shares of each are mixed. An area without one of the
    two it needs has none.
    """
    shares = []
    for part, column in (
        (1 - supposed.concentration, areas.people_in_need),
        (supposed.concentration, areas.extent),
    ):
        if part > 0:
            total = float(np.nansum(column))
            shares.append(
                part * column / total
                if total > 0
                else np.full_like(column, np.nan)
            )
    scale = float(
        np.nansum(
            areas.extent
            if supposed.concentration == 1
            else areas.people_in_need
        )
    )
    need: Floats = (
        np.sum(shares, axis=0)
        * scale
        * np.where(
            areas.is_rural,
            supposed.rural_cost,
            1.0,
        )
    )
    return need


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every measure under a supposition, and each authority with its gap (£)."""

    measures: Mapping[str, float]
    authorities: tuple[Mapping[str, Any], ...]


def supposed_fairness(
    areas: AreaColumns,
    supposed: Supposition,
    settings: Settings,
) -> Outcome | None:
    """The measures of fairness as supposed; None where nobody is in need or nothing is placed."""
    need = supposed_need(areas, supposed)
    known = np.isfinite(need)
    need, spend, people = (
        need[known],
        areas.spend[supposed.placed_by][known],
        areas.at_risk[known],
    )
    if not (need.sum() > 0 and spend.sum() > 0):
        return None
    law = settings.with_changes(neediest_share=supposed.neediest_share)
    outcome = measures(
        areas.code[known],
        areas.authority[known],
        need,
        spend,
        people,
        law,
    )
    return Outcome(
        outcome,
        tuple(
            authority_rows(
                areas.authority[known],
                need,
                spend,
                people,
            )
        ),
    )
