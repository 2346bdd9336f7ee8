"""What a region's numbers would be without one project: its money taken out, nothing put in its place
(method D, intervals).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearlink.rules.fairness.fairness import (
    HALF_A_PENNY_GBP,
    Floats,
    Places,
    rate_groups,
)
from clearlink.rules.need.need import neediest_fifth


@dataclass(frozen=True, slots=True)
class Placed:
    """Money of projects by area: entry k says that project `project[k]` has `gbp[k]` in area `area[k]`
    (places in the columns).
    """

    project: Places
    area: Places
    gbp: Floats


@dataclass(frozen=True, slots=True)
class Without:
    """One entry a project, not-a-number where nothing would be left: share to move, £ to move, share of
    spend in the neediest fifth.
    """

    hoover: Floats
    money_to_move_gbp: Floats
    share_to_neediest_fifth: Floats
    left_gbp: Floats


def without_each(
    need: Floats,
    spend: Floats,
    people: Floats,
    placed: Placed,
    projects: int,
    *,
    neediest_share: float,
) -> Without:
    """Each measure with each project left out in turn.

    Only areas that a project touches change but for the total, so |c·S − n| is summed over all areas from the
    sorted points n/S at which it turns, and mended where the project was: a project costs its own areas, not
    all of them.
    """
    out = _by_project(placed, placed.gbp, projects)
    left = np.asarray(
        float(spend.sum()) - out,
        dtype=np.float64,
    )
    is_left = left > HALF_A_PENNY_GBP
    scale = np.divide(
        1.0,
        left,
        out=np.zeros_like(left),
        where=is_left,
    )
    share = need / need.sum()
    c, s, n = scale[placed.project], spend[placed.area], share[placed.area]
    mend = np.abs(c * (s - placed.gbp) - n) - np.abs(c * s - n)
    apart = _summed_apart(spend, share, scale)
    hoover = (apart + _by_project(placed, mend, projects)) / 2
    part = neediest_fifth(
        -rate_groups(need, people),
        people,
        share=neediest_share,
    )
    reached_out = _by_project(
        placed,
        placed.gbp * part[placed.area],
        projects,
    )
    reached = float(part @ spend) - reached_out
    gone: Floats = np.where(is_left, 0.0, np.nan)
    shares: tuple[Floats, Floats, Floats] = (
        hoover + gone,
        hoover * left + gone,
        reached * scale + gone,
    )
    return Without(*shares, left_gbp=left)


def _by_project(
    placed: Placed,
    amounts: Floats,
    projects: int,
) -> Floats:
    """The sum of the amounts of each project over its areas."""
    return np.asarray(
        np.bincount(placed.project, weights=amounts, minlength=projects),
        dtype=np.float64,
    )


def _summed_apart(
    spend: Floats,
    share: Floats,
    scale: Floats,
) -> Floats:
    """Σ|c·S − n| over all areas, for every scale c: below the point n/S where an area turns it counts one
    way, above it the other.
    """
    turn = np.divide(
        share,
        spend,
        out=np.full_like(spend, np.inf),
        where=spend > 0,
    )
    order = np.argsort(turn, kind="stable")
    below_spend, below_need = (
        np.concatenate(
            [
                [0.0],
                np.cumsum(column[order]),
            ]
        )
        for column in (spend, share)
    )
    at = np.searchsorted(
        turn[order],
        scale,
        side="right",
    )
    total = float(spend.sum())
    spend_apart = scale * (2 * below_spend[at] - total)
    return np.asarray(
        spend_apart - (2 * below_need[at] - 1.0),
        dtype=np.float64,
    )
