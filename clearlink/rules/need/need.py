"""Where the need is: the index of multiple deprivation from ranks, the neediest fifth, and larger areas by
share in a group.

Ranks run from 1 = most deprived. They are never averaged, subtracted or turned into pounds (method A4): a
larger area is described by the share of its small areas in the most deprived groups.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Domain weights of the published index (method A4), in the publisher's order of domains.
WIMD_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "2019": {
        "income": 0.22,
        "employment": 0.22,
        "health": 0.15,
        "education": 0.14,
        "access": 0.10,
        "housing": 0.07,
        "community_safety": 0.05,
        "environment": 0.05,
    },
    "2025": {
        "income": 0.22,
        "employment": 0.20,
        "health": 0.15,
        "education": 0.14,
        "access": 0.10,
        "housing": 0.09,
        "community_safety": 0.05,
        "environment": 0.05,
    },
}
_SCALE = 23.0


def wimd_score(rank: ArrayLike, areas: int) -> Floats:
    """A domain score, 100 at the most deprived end, from a rank among so many areas.

    R = (N − r + 1)/N, score = −23·ln(1 − R(1 − e^(−100/23))). Ranks we make ourselves give tied areas their
    average place (`average_ranks`); published ranks go in as published. A rank outside 1 to N raises
    ValueError.
    """
    ranks = np.asarray(rank, dtype=np.float64)
    if areas < 1 or not bool(np.all((ranks >= 1) & (ranks <= areas))):
        raise ValueError(
            f"rank: expected every rank from 1 to {areas}, found {_outside(ranks, areas)}; correct the ranks"
        )
    standing = (areas - ranks + 1) / areas
    # log1p and not log(1 − x): next to rank 1 the argument loses eight digits.
    scores: Floats = -_SCALE * np.log1p(standing * math.expm1(-100 / _SCALE))
    return scores


def _outside(ranks: Floats, areas: int) -> str:
    return repr(ranks[~((ranks >= 1) & (ranks <= areas))].tolist()[:3])


def average_ranks(need: ArrayLike) -> Floats:
    """Ranks with 1 = most need; areas with the same need share the average of the places they take.
    Missing stays missing.
    """
    values = np.asarray(need, dtype=np.float64)
    ranks = np.full(values.shape, np.nan)
    present = ~np.isnan(values)
    _, group, size = np.unique(
        -values[present],
        return_inverse=True,
        return_counts=True,
    )
    last_place = np.cumsum(size)
    ranks[present] = (last_place - (size - 1) / 2)[group]
    return ranks


def wimd_index(
    domain_ranks: Mapping[str, ArrayLike],
    weights: Mapping[str, float],
) -> Floats:
    """The index score: the weighted sum of the domain scores, from the published domain ranks as they stand.

    Why ties are not averaged here: the two tied pairs of the 2019 edition (employment 1600, housing 1858)
    were scored by the publisher at the printed rank, and only so are all 1,909 scores reproduced. The domains
    must be exactly those that have a weight, and the weights must add to 1; else ValueError.
    """
    if set(domain_ranks) != set(weights):
        raise ValueError(
            f"domains: found {sorted(domain_ranks)}, expected {sorted(weights)}; match them"
        )
    if abs(math.fsum(weights.values()) - 1) > 1e-9:
        raise ValueError(
            f"weights: found a sum of {math.fsum(weights.values())!r}, expected 1; correct them"
        )
    columns = []
    for domain in sorted(weights):
        ranks = np.asarray(
            domain_ranks[domain],
            dtype=np.float64,
        )
        columns.append(weights[domain] * wimd_score(ranks, ranks.size))
    total: Floats = np.sum(columns, axis=0)
    return total


def neediest_fifth(
    need: ArrayLike,
    population: ArrayLike,
    *,
    share: float = 0.2,
) -> Floats:
    """How much of each area (0 to 1) lies in the neediest fifth of people, going from the most needy area
    down.

    The area on the boundary counts pro rata, and areas with the same need share the boundary between them, so
    the answer does not depend on the order of the file. Areas without a need figure are left out and come
    back as missing.
    """
    values, people = (
        np.asarray(need, dtype=np.float64),
        np.asarray(population, dtype=np.float64),
    )
    inside = np.full(values.shape, np.nan)
    present = ~np.isnan(values) & ~np.isnan(people)
    _, group = np.unique(-values[present], return_inverse=True)
    held = np.bincount(
        group,
        weights=people[present],
    )
    wanted = share * held.sum()
    before = np.cumsum(held) - held
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(
            held > 0,
            np.clip(
                (wanted - before) / held,
                0.0,
                1.0,
            ),
            (before < wanted).astype(np.float64),
        )
    inside[present] = part[group]
    return inside


# The publisher's five groups of small areas: 1 = most deprived 10 %, 2 = to 20 %, 3 = to 30 %, 4 = to 50 %, 5
# = the rest.
GROUPS_PERCENT: Final[tuple[int, ...]] = (10, 20, 30, 50)


def group_of_decile(decile: int) -> int:
    """The publisher's group (1 to 5) that a published decile lies in; the ends of both are the same areas."""
    if not 1 <= decile <= 10:
        raise ValueError(
            f"decile: found {decile!r}, expected 1 to 10; read the published column"
        )
    if decile <= 3:
        return decile
    return 4 if decile <= 5 else 5


def share_in_most_deprived(
    groups: Sequence[int],
    larger_areas: Sequence[str],
) -> dict[str, dict[int, float]]:
    """For each larger area, the share (0 to 1) of its small areas in the most deprived 10, 20, 30 and 50% of
    all.

    This, and never an average rank, is how a larger area is described. `groups` (1 to 5) are the publisher's
    own: its cuts are not a rounding of n/10 (191, 382, 574, 958 of 1,917), so no rank is cut here.
    """
    if len(groups) != len(larger_areas):
        raise ValueError(
            f"small areas: found {len(groups)} groups and {len(larger_areas)} larger areas, expected one each"
        )
    members: dict[str, list[int]] = {}
    for group, larger in zip(groups, larger_areas, strict=True):
        members.setdefault(larger, []).append(group)
    return {
        larger: {
            percent: sum(group <= place for group in inside) / len(inside)
            for place, percent in enumerate(GROUPS_PERCENT, start=1)
        }
        for larger, inside in sorted(members.items())
    }


def extent_weight(
    rank: ArrayLike,
    last_rank_10: int,
    last_rank_30: int,
) -> Floats:
    """How far an area counts towards the extent of deprivation: 1 in the most deprived 10 %, then by rank
    from 0.95 to 0.05.

    The last area of the most deprived 30 % weighs 0.05 and the next one nothing, as the indices of
    deprivation define it. Both ends are the publisher's groups.
    """
    ranks = np.asarray(rank, dtype=np.float64)
    slide = 0.95 - 0.9 * (ranks - last_rank_10 - 1) / max(
        last_rank_30 - last_rank_10 - 1,
        1,
    )
    weight: Floats = np.where(
        ranks <= last_rank_10,
        1.0,
        np.where(
            ranks <= last_rank_30,
            slide,
            0.0,
        ),
    )
    return weight
