"""95% limits for shares, counts and rates, as the UK public health method states them, and shrinkage of
small-area rates.

Wilson (1927) for proportions; Byar (Breslow & Day 1987) for counts; exact Poisson for small counts; Marshall
(1991) global empirical Bayes. No source held publishes standardised rates without their own limits, so
Dobson's are not worked out. Limits are two-sided 95% throughout.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z95 = 1.959963984540054
_TAIL = 0.025


def wilson(people: float, out_of: float) -> tuple[float, float]:
    """Limits of the proportion `people` ÷ `out_of`. Raises ValueError unless 0 ≤ people ≤ out_of and
    out_of > 0.
    """
    if not (out_of > 0 and 0 <= people <= out_of):
        raise ValueError(
            f"proportion: found {people!r} of {out_of!r}, expected 0 ≤ people ≤ total and total above 0"
        )
    lower, upper = wilson_limits(people, out_of)
    return float(lower), float(upper)


def wilson_limits(
    people: ArrayLike,
    out_of: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same for whole columns; a total of 0 gives not-a-number limits, never 0."""
    observed, total = (
        np.asarray(people, dtype=np.float64),
        np.asarray(out_of, dtype=np.float64),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        missed = total - observed
        spread = Z95 * np.sqrt(Z95**2 + 4 * observed * missed / total)
        base = 2 * (total + Z95**2)
        lower = (2 * observed + Z95**2 - spread) / base
        upper = (2 * observed + Z95**2 + spread) / base
    return np.where(
        total > 0,
        np.maximum(lower, 0.0),
        np.nan,
    ), np.where(
        total > 0,
        np.minimum(upper, 1.0),
        np.nan,
    )


def byar(count: float) -> tuple[float, float]:
    """Limits of a Poisson count, by Byar's approximation; the lower limit of 0 is 0."""
    if count < 0:
        raise ValueError(f"count: found {count!r}, expected 0 or more")
    lower, upper = byar_limits(count)
    return float(lower), float(upper)


def byar_limits(
    counts: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same for whole columns."""
    observed = np.asarray(counts, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = (
            observed
            * (1 - 1 / (9 * observed) - Z95 / (3 * np.sqrt(observed))) ** 3
        )
    raised = observed + 1
    upper = raised * (1 - 1 / (9 * raised) + Z95 / (3 * np.sqrt(raised))) ** 3
    return np.where(
        observed > 0,
        np.maximum(lower, 0.0),
        0.0,
    ), upper


@lru_cache(maxsize=4096)
def exact_poisson(count: float) -> tuple[float, float]:
    """Exact limits of a Poisson count (Garwood 1936): the rates at which a count so high, or so low, has a
    2.5% chance.

    A count that is not whole (people apportioned between areas) uses the gamma form, of which the whole
    counts are cases.
    """
    if count < 0:
        raise ValueError(f"count: found {count!r}, expected 0 or more")
    lower = (
        0.0
        if count == 0
        else _root(
            lambda rate: _gamma_share(count, rate) - _TAIL,
            count,
        )
    )
    return lower, _root(
        lambda rate: _gamma_share(count + 1, rate) - (1 - _TAIL),
        count,
    )


def count_limits(count: float, *, exact_below: float) -> tuple[float, float]:
    """Limits of a count: exact under `exact_below`, Byar from there on."""
    return exact_poisson(count) if count < exact_below else byar(count)


def empirical_bayes(
    people: ArrayLike,
    population: ArrayLike,
) -> NDArray[np.float64]:
    """Small-area rates drawn towards the rate of the whole, the more so the fewer people an area has
    (Marshall 1991).

    m = Σe/Σb, s² = Σb(r−m)²/Σb, A = max(s² − m/b̄, 0), w = A/(A + m/b), r* = m + w(r−m). Every area needs
    population.
    """
    events, base = (
        np.asarray(people, dtype=np.float64),
        np.asarray(population, dtype=np.float64),
    )
    if base.size == 0 or not (np.all(base > 0) and np.all(np.isfinite(events))):
        raise ValueError(
            "empirical Bayes: found an area without population or count, expected both everywhere; "
            "leave it out"
        )
    rate = events / base
    overall = events.sum() / base.sum()
    spread = float((base * (rate - overall) ** 2).sum() / base.sum())
    between = max(
        spread - overall / base.mean(),
        0.0,
    )
    if between == 0:
        return np.full_like(rate, overall)
    shrunk: NDArray[np.float64] = overall + between / (
        between + overall / base
    ) * (rate - overall)
    return shrunk


def _gamma_share(shape: float, rate: float) -> float:
    """P(shape, rate), the regularised lower incomplete gamma function, by its power series."""
    if rate <= 0:
        return 0.0
    term = total = 1.0 / shape
    step = shape
    while term > total * 1e-17:
        step += 1
        term *= rate / step
        total += term
    return min(
        total * math.exp(shape * math.log(rate) - rate - math.lgamma(shape)),
        1.0,
    )


def _root(above: Callable[[float], float], count: float) -> float:
    low, high = 0.0, count + 10 * math.sqrt(count + 1) + 20
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if above(middle) > 0 else (middle, high)
    return (low + high) / 2
