"""Does a region's money follow its need? The committee's three numbers (method D).

Areas come as columns: people in need, population, spend. They are ordered by need rate, most needy first, and
areas with the same rate are merged, so a result never depends on the order of a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
# Less than this is rounding, not money.
HALF_A_PENNY_GBP: Final = 0.005


@dataclass(frozen=True, slots=True)
class Curve:
    """Cumulative shares from 0 to 1, most needy first: population p, spend L, need D."""

    population: Floats
    spend: Floats
    need: Floats


def columns(
    people_in_need: ArrayLike,
    spend_gbp: ArrayLike,
    population: ArrayLike,
) -> tuple[Floats, Floats, Floats]:
    """The three columns as numbers, checked: same length, nothing missing or below 0, people wherever
    there is need or spend.
    """
    need, spend, people = (
        np.asarray(c, dtype=np.float64)
        for c in (people_in_need, spend_gbp, population)
    )
    if not (
        need.ndim == 1
        and need.shape == spend.shape == people.shape
        and need.size
    ):
        raise ValueError(
            f"areas: found columns of {need.shape}, {spend.shape}, {people.shape}, expected the same "
            f"areas in each"
        )
    table = np.vstack([need, spend, people])
    if not bool(np.all(np.isfinite(table)) and np.all(table >= 0)):
        raise ValueError(
            "areas: found a missing or negative figure, expected 0 or more; set areas that are not "
            "known apart"
        )
    if bool(np.any((people == 0) & (need + spend > 0))):
        raise ValueError(
            "areas: found need or spend where population is 0, expected people there; check the population"
        )
    return need, spend, people


def curve(
    people_in_need: ArrayLike,
    spend_gbp: ArrayLike,
    population: ArrayLike,
) -> Curve:
    """The concentration curves of spend and need. Raises ValueError where there is no need, spend or
    population at all.
    """
    need, spend, people = columns(people_in_need, spend_gbp, population)
    lived_in = people > 0
    need, spend, people = need[lived_in], spend[lived_in], people[lived_in]
    if not (need.sum() > 0 and spend.sum() > 0):
        raise ValueError(
            "areas: found no need or no spend in all of them together, expected some; there is nothing "
            "to compare"
        )
    group = rate_groups(need, people)
    shares = []
    for column in (people, spend, need):
        merged = np.bincount(group, weights=column)
        shares.append(
            np.concatenate(
                [
                    [0.0],
                    np.cumsum(merged) / merged.sum(),
                ]
            )
        )
    return Curve(*shares)


def rate_groups(need: Floats, people: Floats) -> Places:
    """The group of each area by need rate, 0 the most needy; areas with the same rate share one, those
    where nobody lives the last.
    """
    rate = np.full_like(need, -1.0)
    lived_in = people > 0
    # Rates that differ by less than twelve digits are the same rate computed twice.
    rate[lived_in] = np.round(
        need[lived_in] / people[lived_in] / (need.sum() / people.sum()),
        12,
    )
    return np.unique(-rate, return_inverse=True)[1]


def neediest_shares(areas: Curve, share: float = 0.2) -> tuple[float, float]:
    """L(0.2) and D(0.2): the shares of spend and of people in need in the neediest fifth of people
    (straight lines between).
    """
    return (
        float(
            np.interp(
                share,
                areas.population,
                areas.spend,
            )
        ),
        float(
            np.interp(
                share,
                areas.population,
                areas.need,
            )
        ),
    )


def concentration_index(population: Floats, cumulated: Floats) -> float:
    """Grouped concentration index Σ(pₜLₜ₊₁ − pₜ₊₁Lₜ) (Fuller & Lury 1977; O'Donnell et al. 2008): below 0,
    towards need.
    """
    return float(
        np.sum(
            population[:-1] * cumulated[1:] - population[1:] * cumulated[:-1]
        )
    )


@dataclass(frozen=True, slots=True)
class NeedsGap:
    """Concentration of spend and of need, and their difference (Kakwani form): above 0, need is
    under-targeted.
    """

    spend_index: float
    need_index: float
    gap: float


def needs_gap(areas: Curve) -> NeedsGap:
    """C_S, C_N and K = C_S − C_N; K is 0 when spend is proportional to need."""
    spend_index = concentration_index(areas.population, areas.spend)
    need_index = concentration_index(areas.population, areas.need)
    return NeedsGap(
        spend_index,
        need_index,
        spend_index - need_index,
    )


def hoover(people_in_need: ArrayLike, spend_gbp: ArrayLike) -> float:
    """H = ½Σ|s − n|, the share (0 to 1) of spend that would be elsewhere if it followed need."""
    need, spend = (
        np.asarray(people_in_need, dtype=np.float64),
        np.asarray(spend_gbp, dtype=np.float64),
    )
    if need.shape != spend.shape or not (need.sum() > 0 and spend.sum() > 0):
        raise ValueError(
            "areas: found no need or no spend in all of them together, expected some of each in the "
            "same areas"
        )
    return float(np.abs(spend / spend.sum() - need / need.sum()).sum() / 2)


@dataclass(frozen=True, slots=True)
class Move:
    """One area of the from-and-to list; `gap_gbp` above 0 is below its need share, below 0 above it."""

    area_code: str
    spend_gbp: float
    gbp_per_person_in_need: float | None
    gap_gbp: float


@dataclass(frozen=True, slots=True)
class FromTo:
    """Areas above their need share (largest first) and below it; both sides add to `money_to_move_gbp`."""

    money_to_move_gbp: float
    above_share: tuple[Move, ...]
    below_share: tuple[Move, ...]


def from_to(
    area_codes: Sequence[str],
    people_in_need: ArrayLike,
    spend_gbp: ArrayLike,
) -> FromTo:
    """Where the money that would move stands now, and where it would stand. A prompt for questions, not a
    target.
    """
    need, spend = (
        np.asarray(people_in_need, dtype=np.float64),
        np.asarray(spend_gbp, dtype=np.float64),
    )
    total = float(spend.sum())
    moved = hoover(need, spend) * total
    gaps = need / need.sum() * total - spend
    moves = [
        Move(
            code,
            float(spent),
            float(spent / people) if people > 0 else None,
            float(gap),
        )
        for code, people, spent, gap in zip(
            area_codes, need, spend, gaps, strict=True
        )
    ]
    above = sorted(
        (m for m in moves if m.gap_gbp < -HALF_A_PENNY_GBP),
        key=lambda m: (m.gap_gbp, m.area_code),
    )
    below = sorted(
        (m for m in moves if m.gap_gbp > HALF_A_PENNY_GBP),
        key=lambda m: (-m.gap_gbp, m.area_code),
    )
    return FromTo(
        moved,
        tuple(above),
        tuple(below),
    )


@dataclass(frozen=True, slots=True)
class Transfer:
    """Pounds from an area above its need share to one below it."""

    from_code: str
    to_code: str
    gbp: float


def transfers(moves: FromTo) -> list[Transfer]:
    """One way to move the money with few moves: the area furthest above its share gives to the one furthest
    below, and so on.

    The sums of each area are the law's; which of them are paired is not, and other pairings move the same
    pounds.
    """
    give = {m.area_code: -m.gap_gbp for m in moves.above_share}
    take = {m.area_code: m.gap_gbp for m in moves.below_share}
    listed: list[Transfer] = []
    while give and take:
        giver, taker = _largest(give), _largest(take)
        gbp = min(
            give[giver],
            take[taker],
        )
        listed.append(Transfer(giver, taker, gbp))
        for side, code in ((give, giver), (take, taker)):
            side[code] -= gbp
            if side[code] <= HALF_A_PENNY_GBP:
                del side[code]
    return listed


def _largest(gbp: Mapping[str, float]) -> str:
    return min(
        gbp,
        key=lambda code: (-gbp[code], code),
    )
