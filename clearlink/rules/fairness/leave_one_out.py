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
    total = float(spend.sum())
    out = np.bincount(
        placed.project,
        weights=placed.gbp,
        minlength=projects,
    )
    left = np.asarray(total - out, dtype=np.float64)
    whole = left > HALF_A_PENNY_GBP
    scale = np.divide(
        1.0,
        left,
        out=np.zeros_like(left),
        where=whole,
    )
    share = need / need.sum()
    turn = np.divide(
        share,
        spend,
        out=np.full_like(spend, np.inf),
        where=spend > 0,
    )
    order = np.argsort(turn, kind="stable")
    below_spend, below_need = (
        np.concatenate([[0.0], np.cumsum(column[order])]) for column in (spend, share)
    )
    at = np.searchsorted(
        turn[order],
        scale,
        side="right",
    )
    apart = scale * (2 * below_spend[at] - total) - (2 * below_need[at] - 1.0)
    c, s, n = scale[placed.project], spend[placed.area], share[placed.area]
    mend = np.abs(c * (s - placed.gbp) - n) - np.abs(c * s - n)
    hoover = (apart + np.bincount(placed.project, weights=mend, minlength=projects)) / 2
    part = neediest_fifth(
        -rate_groups(need, people),
        people,
        share=neediest_share,
    )
    reached = float(part @ spend) - np.bincount(
        placed.project,
        weights=placed.gbp * part[placed.area],
        minlength=projects,
    )
    gone: Floats = np.where(whole, 0.0, np.nan)
    shares: tuple[Floats, Floats, Floats] = (
        hoover + gone,
        hoover * left + gone,
        reached * scale + gone,
    )
    return Without(*shares, left_gbp=left)
