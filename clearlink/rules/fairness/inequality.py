"""The analyst's measures: is the mismatch between councils or inside them, and the slope of spend across
need (method D).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clearlink.rules.fairness.fairness import columns, curve

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil of spend against need and its two parts, or the areas that leave it undefined: spend where no
    need is counted.

    `between` is defined whenever no whole authority is without need.
    """

    total: float | None
    between: float | None
    within: float | None
    undefined_areas: tuple[str, ...] = ()


def theil(
    area_codes: Sequence[str],
    authorities: Sequence[str],
    people_in_need: ArrayLike,
    spend_gbp: ArrayLike,
) -> Theil:
    """T = Σ s·ln(s/n) = between authorities ΣS_g·ln(S_g/N_g) + within them."""
    need = np.asarray(people_in_need, dtype=np.float64)
    spend = np.asarray(spend_gbp, dtype=np.float64)
    is_of_each = len(area_codes) == len(authorities) == need.size == spend.size
    if not (is_of_each and need.sum() > 0 and spend.sum() > 0):
        raise ValueError(
            "areas: expected one code, authority, need and spend for each, and some need and spend in all"
        )
    between = _theil(*_by_authority(authorities, need, spend))
    without_need = np.flatnonzero((spend > 0) & (need == 0))
    if without_need.size:
        undefined = sorted(area_codes[int(at)] for at in without_need)
        return Theil(
            None,
            between,
            None,
            tuple(undefined),
        )
    total = _theil(need, spend)
    if total is None or between is None:
        return Theil(total, between, None)
    return Theil(
        total,
        between,
        total - between,
    )


def _by_authority(
    authorities: Sequence[str],
    need: Floats,
    spend: Floats,
) -> tuple[Floats, Floats]:
    """Need and spend summed by authority."""
    _, group = np.unique(
        np.asarray(authorities, dtype=str),
        return_inverse=True,
    )
    need_of_each, spend_of_each = (
        np.asarray(
            np.bincount(group, weights=column),
            dtype=np.float64,
        )
        for column in (need, spend)
    )
    return need_of_each, spend_of_each


def _theil(need: Floats, spend: Floats) -> float | None:
    n, s = need / need.sum(), spend / spend.sum()
    spent = s > 0
    if bool(np.any(n[spent] == 0)):
        return None
    return float(np.sum(s[spent] * np.log(s[spent] / n[spent])))


@dataclass(frozen=True, slots=True)
class Slope:
    """Slope index (£ per head from the most to the least needy end) and relative index (fitted least ÷ most
    needy end).

    Slope above 0, ratio above 1: more is spent per head where need is less. The ratio runs as in the UK
    public health method, whose regression puts the most deprived at rank 0: (intercept + slope) ÷ intercept.
    It may be below 0 for well-targeted spend and is None where the fitted most needy end is 0: never a
    headline.
    """

    slope_gbp_per_head: float
    relative_index: float | None


def slope_index(
    people_in_need: ArrayLike,
    spend_gbp: ArrayLike,
    population: ArrayLike,
) -> Slope:
    """Spend per head regressed on relative rank by need, weighted by population, as the UK public health
    method states it.
    """
    _, spend, people = columns(people_in_need, spend_gbp, population)
    areas = curve(people_in_need, spend_gbp, population)
    share = np.diff(areas.population)
    middle = areas.population[:-1] + share / 2
    per_head = np.diff(areas.spend) / share * (spend.sum() / people.sum())
    centre, mean = float(share @ middle), float(share @ per_head)
    spread = float(share @ (middle - centre) ** 2)
    if spread == 0:
        return Slope(0.0, 1.0)
    slope = float(share @ ((middle - centre) * (per_head - mean))) / spread
    most, least = mean - slope * centre, mean + slope * (1 - centre)
    return Slope(
        slope,
        least / most if most != 0 else None,
    )
