"""Every measure of one region under one definition of need and one way of placing money, as the build keeps
them and a what-if works them out.

Columns of areas in the same order: code, authority, need (people, or people at risk in areas of
concentration), spend (£ of the year), people at risk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from clearlink.rules.fairness import fairness as law
from clearlink.rules.fairness.inequality import slope_index, theil
from clearlink.rules.fairness.sensitivity import sensitivity_range
from clearlink.rules.settings import Settings

Floats = NDArray[np.float64]
TWENTIETHS: Final = np.linspace(0, 1, 21)


def measures(
    codes: NDArray[np.str_],
    authorities: NDArray[np.str_],
    need: Floats,
    spend: Floats,
    people: Floats,
    settings: Settings,
) -> dict[str, float]:
    """Measure → value; the Theil parts and the relative index only where they are defined. Raises
    ValueError where nobody is in need or nothing is spent.
    """
    curve = law.curve(need, spend, people)
    spend_share, need_share = law.neediest_shares(
        curve, settings.neediest_share
    )
    index, moved = law.needs_gap(curve), law.hoover(need, spend)
    split = theil(
        codes.tolist(),
        authorities.tolist(),
        need,
        spend,
    )
    slope = slope_index(need, spend, people)
    parts = {
        "theil_total": split.total,
        "theil_between": split.between,
        "theil_within": split.within,
        "relative_index": slope.relative_index,
    }
    return {
        "share_to_neediest_fifth": spend_share,
        "need_share_of_neediest_fifth": need_share,
        "hoover": moved,
        "money_to_move_gbp": moved * float(spend.sum()),
        "money_between_authorities_gbp": between_authorities_gbp(
            authorities, need, spend
        ),
        "spend_gbp": float(spend.sum()),
        "people_in_need": float(need.sum()),
        "spend_per_person_in_need": float(spend.sum() / need.sum()),
        "concentration_of_spend": index.spend_index,
        "concentration_of_need": index.need_index,
        "needs_gap": index.gap,
        "slope_gbp_per_head": slope.slope_gbp_per_head,
        **{name: value for name, value in parts.items() if value is not None},
    }


def between_authorities_gbp(
    authorities: NDArray[np.str_],
    need: Floats,
    spend: Floats,
) -> float:
    """The part of the money to move that lies between authorities, not inside them (£)."""
    _, group = np.unique(authorities, return_inverse=True)
    return law.hoover(
        np.bincount(group, weights=need),
        np.bincount(group, weights=spend),
    ) * float(spend.sum())


def redrawn_ranges(
    drawn: Floats,
    spends: Mapping[str, Floats],
    people: Floats,
    settings: Settings,
) -> dict[str, dict[str, tuple[float, float]]]:
    """Way of placing → measure → its 2.5 and 97.5 % points when the need counts are redrawn. `drawn` has a
    row a draw.
    """
    counts = drawn.astype(np.float32)
    order, part = _neediest(counts, people, settings.neediest_share)
    shares = counts / counts.sum(axis=1, keepdims=True)
    of_need = sensitivity_range(
        (np.take_along_axis(shares, order, axis=1) * part).sum(axis=1),
        settings,
    )
    ranges = {}
    for placing, spend in spends.items():
        total = float(spend.sum())
        if not total > 0:
            continue
        spent = (spend / total).astype(np.float32)
        low, high = sensitivity_range(
            np.abs(shares - spent).sum(axis=1) / 2,
            settings,
        )
        to_neediest = sensitivity_range(
            (spent[order] * part).sum(axis=1),
            settings,
        )
        ranges[placing] = {
            "hoover": (low, high),
            "money_to_move_gbp": (low * total, high * total),
            "share_to_neediest_fifth": to_neediest,
            "need_share_of_neediest_fifth": of_need,
        }
    return ranges


def _neediest(
    drawn: NDArray[np.float32],
    people: Floats,
    fifth: float,
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The neediest areas of each draw up to a fifth of the people, and the part of each that counts: the
    last only in part.
    """
    order = np.argsort(
        -drawn / people.astype(np.float32),
        axis=1,
    )
    reach, target = (
        max(
            1,
            round(1.5 * fifth * people.size),
        ),
        fifth * people.sum(),
    )
    while True:
        first = order[:, :reach]
        lived = people[first]
        part = np.clip(
            (target - (np.cumsum(lived, axis=1) - lived)) / lived,
            0.0,
            1.0,
        )
        if reach >= people.size or not part[:, -1].any():
            return first, part.astype(np.float32)
        reach = min(
            people.size,
            2 * reach,
        )


def curve_points(
    need: Floats,
    spend: Floats,
    people: Floats,
) -> list[dict[str, float]]:
    """Cumulative shares of spend and need at each twentieth of the people, neediest first."""
    curve = law.curve(need, spend, people)
    spent, needed = (
        np.interp(
            TWENTIETHS,
            curve.population,
            curve.spend,
        ),
        np.interp(
            TWENTIETHS,
            curve.population,
            curve.need,
        ),
    )
    return [
        {
            "population_share": float(p),
            "spend_share": float(s),
            "need_share": float(n),
        }
        for p, s, n in zip(TWENTIETHS, spent, needed, strict=True)
    ]


def authority_rows(
    authorities: NDArray[np.str_],
    need: Floats,
    spend: Floats,
    people: Floats,
) -> list[dict[str, Any]]:
    """Need, spend, £ per person in need and gap (£, above 0 below its share) of each authority."""
    codes, group = np.unique(authorities, return_inverse=True)
    needs, spends, peoples = (
        np.bincount(group, weights=column) for column in (need, spend, people)
    )
    return [
        {
            "la_code": str(code),
            "people_in_need": float(n),
            "population": float(p),
            "spend_gbp": float(s),
            "gbp_per_person_in_need": float(s / n) if n > 0 else None,
            "gap_gbp": float(n / need.sum() * spend.sum() - s),
        }
        for code, n, s, p in zip(codes, needs, spends, peoples, strict=True)
    ]
