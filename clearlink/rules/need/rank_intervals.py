"""How far an area's place depends on the making of the composite: 1,000 draws over the choices (OECD/JRC
2008; method E5).

Each draw takes one of four normalisations, weights from Dirichlet(20·w), all indicators or one left out, and
the arithmetic or the geometric mean. A theme of 1,917 areas takes about a tenth of a second, because a draw
is one column of a matrix product.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clearlink.rules.need.composite import (
    Normalisation,
    RankIntervals,
    available,
    checked_table,
    normalise,
)
from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]
_BLOCK = 125


def rank_intervals(
    values: ArrayLike,
    weights: ArrayLike,
    population: ArrayLike | None,
    *,
    settings: Settings,
) -> RankIntervals:
    """Rank intervals of areas (rows) from indicators (columns, higher = more need), ranked 1 = most need.

    The neediest fifth is of `population` where given, else of areas; the boundary area counts pro rata. The
    seed is fixed, and areas that agree on everything share their result, so neither a second run nor the
    order of the file changes it.
    """
    table, weight = checked_table(values, weights)
    keep = np.flatnonzero(
        available(table, weight, settings.weight_available_min)
    )
    out = np.full(
        (4, table.shape[0]),
        np.nan,
    )
    if keep.size:
        people = (
            np.ones(keep.size)
            if population is None
            else np.asarray(population, dtype=np.float64)[keep]
        )
        # Not-a-number has no place in an order, so a missing figure stands below every other while rows are
        # compared.
        marked = np.where(
            np.isnan(table[keep]),
            -np.inf,
            table[keep],
        )
        rows, group, size = np.unique(
            marked, axis=0, return_inverse=True, return_counts=True
        )
        group = group.reshape(-1)
        held = np.asarray(
            np.bincount(group, weights=people),
            dtype=np.float64,
        )
        rows = np.where(
            np.isneginf(rows),
            np.nan,
            rows,
        )
        out[:, keep] = _distinct(
            rows,
            weight,
            size,
            held,
            settings,
        )[:, group]
    return RankIntervals(*out)


def _distinct(
    rows: Floats,
    weight: Floats,
    size: NDArray[np.intp],
    people: Floats,
    settings: Settings,
) -> Floats:
    spread = np.repeat(
        np.arange(rows.shape[0]),
        size,
    )
    # Normalised among all areas, ties included, then thinned to one row for each distinct area.
    first = np.cumsum(size) - size
    layers = np.empty((8, *rows.shape))
    for layer, how in enumerate(Normalisation):
        scaled = np.column_stack(
            [normalise(column, how) for column in rows[spread].T]
        )[first]
        scaled = np.where(
            np.isnan(scaled),
            0.0,
            scaled,
        )
        layers[layer] = scaled
        layers[layer + 4] = np.log(
            np.where(
                scaled > 0,
                scaled,
                1.0,
            )
        )
    return _summarise(
        _scores(rows, layers, weight, settings),
        size,
        people,
        settings,
    )


def _scores(
    rows: Floats,
    layers: Floats,
    weight: Floats,
    settings: Settings,
) -> Floats:
    """One row per draw, one column per area: the score (or its logarithm, which ranks alike)."""
    draw = np.random.default_rng(settings.seed)
    count, indicators = settings.draws, weight.size
    drawn = draw.dirichlet(
        settings.dirichlet_concentration * weight,
        size=count,
    )
    layer = draw.integers(0, 8, size=count)
    left_out = draw.integers(
        0,
        indicators + 1,
        size=count,
    )
    present = ~np.isnan(rows)
    for indicator in range(indicators):
        others = np.delete(present, indicator, axis=1)
        # An indicator that is all some area has cannot be left out without losing the area.
        if indicators > 1 and bool(others.any(axis=1).all()):
            drawn[left_out == indicator, indicator] = 0.0
    scores = np.empty((count, rows.shape[0]))
    for which in range(8):
        mine = np.flatnonzero(layer == which)
        scores[mine] = drawn[mine] @ layers[which].T
    if not present.all():
        scores /= drawn @ present.T
    return scores


def _summarise(
    scores: Floats,
    size: NDArray[np.intp],
    people: Floats,
    settings: Settings,
) -> Floats:
    count, areas = scores.shape
    areas_each = size.astype(np.float64)
    ranks = np.empty(
        (areas, count),
        dtype=np.float32,
    )
    inside = np.zeros(areas)
    wanted = settings.neediest_share * people.sum()
    for start in range(0, count, _BLOCK):
        block = -scores[start : start + _BLOCK]
        order = np.argsort(block, axis=1)
        in_order = np.take_along_axis(block, order, axis=1)
        tied = np.diff(in_order, axis=1) == 0
        placed_before, placed_to = _spans(areas_each[order], tied)
        people_before, people_to = _spans(people[order], tied)
        middle = ((placed_before + placed_to + 1) / 2).astype(np.float32)
        ranks[:, start : start + _BLOCK] = _put_back(middle, order).T
        held = np.maximum(
            people_to - people_before,
            1e-12,
        )
        share = np.clip(
            (wanted - people_before) / held,
            0.0,
            1.0,
        )
        inside += _put_back(share, order).sum(axis=0)
    ranks.sort(axis=1)
    at = [round(part * (count - 1)) for part in (0.5, 0.05, 0.95)]
    return np.vstack(
        [
            ranks[:, at].T.astype(np.float64),
            inside / count,
        ]
    )


def _put_back(values: NDArray[Any], order: NDArray[np.intp]) -> NDArray[Any]:
    """Values of areas in order of their scores → the same by area."""
    by_area = np.empty(order.shape, dtype=values.dtype)
    np.put_along_axis(by_area, order, values, axis=1)
    return by_area


def _spans(sizes: Floats, tied: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How much stands before each area, and up to the end of it, in rank order; areas that tie share one
    span.
    """
    to: Floats = np.cumsum(sizes, axis=1)
    before: Floats = to - sizes
    if tied.any():
        first = np.zeros(sizes.shape, dtype=bool)
        first[:, 1:] = tied
        last = np.zeros(sizes.shape, dtype=bool)
        last[:, :-1] = tied
        before = np.maximum.accumulate(
            np.where(first, 0, before),
            axis=1,
        )
        to = np.minimum.accumulate(
            np.where(
                last,
                to[:, -1:],
                to,
            )[:, ::-1],
            axis=1,
        )[:, ::-1]
    return before, to
