"""How much a region's numbers depend on how they were made (method D, intervals).

The ledger is not a sample, so nothing here is a confidence interval: the screen says "range".
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clearlink.rules.need.intervals import Z95
from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]


def redrawn_need(
    people_in_need: ArrayLike,
    population_at_risk: ArrayLike | None,
    settings: Settings,
    *,
    limits: tuple[ArrayLike, ArrayLike] | None = None,
) -> Floats:
    """Need redrawn, one row a draw: counts binomial among those at risk where known, else Poisson. The seed
    is fixed.

    `limits` are a publisher's own 95% limits, in people: then need is an estimate and is drawn from the
    spread they state, each side of it by its own limit, never below nobody.
    """
    need = np.asarray(people_in_need, dtype=np.float64)
    draw = np.random.default_rng(settings.seed)
    shape = (settings.draws, need.size)
    if limits is not None:
        lower, upper = (np.asarray(limit, dtype=np.float64) for limit in limits)
        away = draw.standard_normal(size=shape)
        spread = (
            np.where(
                away < 0,
                need - lower,
                upper - need,
            )
            / Z95
        )
        return np.maximum(
            need + away * spread,
            0.0,
        )
    if population_at_risk is None:
        return draw.poisson(need, size=shape).astype(np.float64)
    at_risk = np.rint(np.asarray(population_at_risk, dtype=np.float64)).astype(
        np.int64
    )
    rate = np.clip(
        np.divide(
            need,
            at_risk,
            out=np.zeros_like(need),
            where=at_risk > 0,
        ),
        0.0,
        1.0,
    )
    return draw.binomial(at_risk, rate, size=shape).astype(np.float64)


def sensitivity_range(
    values: ArrayLike,
    settings: Settings,
) -> tuple[float, float]:
    """The 2.5 and 97.5% points of the draws; all of them must be numbers."""
    drawn = np.asarray(values, dtype=np.float64)
    low, high = np.quantile(
        drawn,
        [settings.range_low, settings.range_high],
    )
    return float(low), float(high)


def depends_on_definition(
    values: Iterable[float],
    *,
    tolerance: float = 0.0,
) -> bool:
    """Whether a measure changes sign between definitions of need; the screen then says so instead of
    giving one answer.
    """
    signs = {(value > tolerance) - (value < -tolerance) for value in values}
    return {-1, 1} <= signs
