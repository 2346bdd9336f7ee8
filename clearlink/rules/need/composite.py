"""Several needs together: one sorting score per area, and how far its place depends on how it was made
(method E).

Composites only sort and shortlist. They are never turned into pounds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clearlink.rules.need.cuts import TOLERANCE
from clearlink.rules.need.need import average_ranks, wimd_score
from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]


class Normalisation(StrEnum):
    """How indicators on different scales are made comparable."""

    EXPONENTIAL = "exponential"
    PERCENTILE = "percentile"
    Z_SCORE = "z"
    MIN_MAX = "minmax"


class Aggregation(StrEnum):
    """How they are added up; geometric lets a low score on one be made up less by a high one on another."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


class Robustness(StrEnum):
    """Whether an area's place in the neediest fifth holds under other reasonable choices."""

    ROBUST = "ROBUST"
    BORDERLINE = "BORDERLINE"
    NOT_IN_FIFTH = "NOT_IN_FIFTH"


def _exponential(values: Floats) -> Floats:
    return wimd_score(
        average_ranks(values),
        values.size,
    )


def _percentile(values: Floats) -> Floats:
    # 100(r − ½)/n with r counted from least need, so that higher is more need.
    place: Floats = (
        100 * (values.size - average_ranks(values) + 0.5) / values.size
    )
    return place


def _z_score(values: Floats) -> Floats:
    spread = values.std()
    # Mean 100, spread 10, floored at 1: the same order as plain z, and above zero, which the geometric mean
    # needs.
    scaled: Floats = (
        np.maximum(
            100 + 10 * (values - values.mean()) / spread,
            1.0,
        )
        if spread > 0
        else np.full_like(values, 100.0)
    )
    return scaled


def _min_max(values: Floats) -> Floats:
    width = np.ptp(values)
    # From 1 and not 0, for the same reason.
    scaled: Floats = (
        1 + 99 * (values - values.min()) / width
        if width > 0
        else np.full_like(values, 50.0)
    )
    return scaled


_NORMALISE: dict[Normalisation, Callable[[Floats], Floats]] = {
    Normalisation.EXPONENTIAL: _exponential,
    Normalisation.PERCENTILE: _percentile,
    Normalisation.Z_SCORE: _z_score,
    Normalisation.MIN_MAX: _min_max,
}


def normalise(values: ArrayLike, how: Normalisation) -> Floats:
    """One indicator (higher = more need) on a common scale above 0, among the areas that have it; missing
    stays missing.
    """
    column = np.asarray(values, dtype=np.float64)
    scaled = np.full(column.shape, np.nan)
    present = ~np.isnan(column)
    if present.any():
        scaled[present] = _NORMALISE[how](column[present])
    return scaled


def available(
    values: Floats,
    weights: Floats,
    weight_available_min: float,
) -> NDArray[np.bool_]:
    """Areas for which indicators with at least two thirds of the weight are there; the others get no
    composite.
    """
    held = (~np.isnan(values)) @ weights / weights.sum()
    enough: NDArray[np.bool_] = held >= weight_available_min - TOLERANCE
    return enough


def composite(
    values: ArrayLike,
    weights: ArrayLike,
    *,
    settings: Settings,
    how: Normalisation = Normalisation.EXPONENTIAL,
    aggregation: Aggregation = Aggregation.ARITHMETIC,
) -> Floats:
    """The score of each area (rows) from its indicators (columns, higher = more need); missing where too
    little is known.

    Weights are shared out again among the indicators an area has. Nothing is filled in from a larger area.
    """
    table, weight = checked_table(values, weights)
    columns = np.column_stack([normalise(column, how) for column in table.T])
    if aggregation is Aggregation.GEOMETRIC:
        columns = np.log(columns)
    present = ~np.isnan(columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(present, columns, 0.0) @ weight / (present @ weight)
    if aggregation is Aggregation.GEOMETRIC:
        score = np.exp(score)
    return np.where(
        available(table, weight, settings.weight_available_min),
        score,
        np.nan,
    )


def checked_table(
    values: ArrayLike,
    weights: ArrayLike,
) -> tuple[Floats, Floats]:
    """Areas × indicators and their weights as shares of 1; a table or weights that do not match raise
    ValueError.
    """
    table, weight = (
        np.asarray(values, dtype=np.float64),
        np.asarray(weights, dtype=np.float64),
    )
    if (
        table.ndim != 2
        or weight.shape != (table.shape[1],)
        or not bool(np.all(weight > 0))
    ):
        raise ValueError(
            f"composite: found a table of shape {table.shape} and weights {weight.tolist()}, "
            "expected areas × indicators and one weight above 0 for each indicator; correct the catalogue"
        )
    return table, weight / weight.sum()


@dataclass(frozen=True, slots=True)
class RankIntervals:
    """For each area, in the order given: median rank, 5–95% range of ranks, probability of the neediest
    fifth. Missing: NaN.
    """

    median_rank: Floats
    rank_low: Floats
    rank_high: Floats
    neediest_fifth_probability: Floats


def robustness(probability: float, settings: Settings) -> Robustness:
    """Robust from 0.8, borderline from 0.2, else not in the neediest fifth."""
    if probability >= settings.robust_probability - TOLERANCE:
        return Robustness.ROBUST
    if probability >= settings.borderline_probability - TOLERANCE:
        return Robustness.BORDERLINE
    return Robustness.NOT_IN_FIFTH
