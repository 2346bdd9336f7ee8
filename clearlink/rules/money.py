"""Where the money went: financial years, placing on small areas, buckets that add up to the penny (method C).

Money is whole pence here, so that nothing is lost in rounding: parts are shared by largest remainder and
always add up to what was shared. Spend is placed by users or by population, never by need: that would assume
what is being tested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction

from clearlink.rules.codes import DeliveryModel
from clearlink.rules.dates import (
    days_inclusive,
    financial_year_bounds,
    financial_years,
)


class Bucket(StrEnum):
    """Where a sum stands. The four add up to the ledger."""

    PLACED = "placed"
    AREA_WIDE = "area_wide"
    PROTECTED = "protected"
    UNPLACED = "unplaced"


class Placing(StrEnum):
    """What a project's spend was shared by; the first available counts."""

    USERS = "users"
    POPULATION_AT_RISK = "population_at_risk"
    POPULATION = "population"


def to_pence(amount_gbp: Decimal | float | int | str) -> int:
    """Pounds as whole pence, half a penny to the even one."""
    return int(
        (Decimal(str(amount_gbp)) * 100).quantize(
            Decimal(1),
            rounding=ROUND_HALF_EVEN,
        )
    )


def apportion(pence: int, weights: Mapping[str, float]) -> dict[str, int]:
    """A sum shared in proportion to weights, in whole pence that add up to it.

    The pennies left over go to the largest remainders, and between equal ones to the first code, so the order
    of the file does not matter. Weights below 0, or none above 0, raise ValueError.
    """
    exact = {code: Fraction(weight) for code, weight in weights.items()}
    total = sum(
        exact.values(),
        Fraction(0),
    )
    if total <= 0 or any(weight < 0 for weight in exact.values()):
        raise ValueError(
            f"weights: found {dict(weights)!r}, expected none below 0 and one above; give the weights"
        )
    shares = {code: pence * weight / total for code, weight in exact.items()}
    whole = {code: share.__floor__() for code, share in shares.items()}
    left = pence - sum(whole.values())
    for code in sorted(
        shares,
        key=lambda code: (
            whole[code] - shares[code],
            code,
        ),
    )[:left]:
        whole[code] += 1
    return whole


def financial_year_pence(
    pence: int,
    start: date,
    end: date,
) -> dict[str, int]:
    """A project's whole amount by financial year: amount × days in the year ÷ all its days, both ends
    counted.
    """
    if end < start:
        raise ValueError(
            f"project dates: found {start} to {end}, expected the end on or after the start; correct them"
        )
    days = {}
    for year in financial_years(start, end):
        first, last = financial_year_bounds(year)
        days[year] = float(
            days_inclusive(
                max(first, start),
                min(last, end),
            )
        )
    return apportion(pence, days)


def annual_value_pence(
    annual_pence: int,
    start: date,
    end: date | None,
    year: str,
) -> int:
    """What a project with a yearly value spent in one financial year: the value × days it ran in it ÷ days
    of the year.
    """
    first, last = financial_year_bounds(year)
    ran = days_inclusive(
        max(first, start),
        min(last, end) if end else last,
    )
    return round(
        Fraction(
            annual_pence * ran,
            days_inclusive(first, last),
        )
    )


def placing_weights(
    areas: Iterable[str],
    users: Mapping[str, float] | None,
    at_risk: Mapping[str, float] | None,
    population: Mapping[str, float] | None,
) -> tuple[dict[str, float], Placing] | None:
    """What to share by: users by area if supplied, else population at risk, else population; None if nothing
    is known.

    A population counts only if it is known for every area served: a missing one is not a zero. Users outside
    the areas served are left out.
    """
    served = sorted(set(areas))
    given = users or {}
    counted = {code: given[code] for code in served if given.get(code, 0) > 0}
    if counted:
        return counted, Placing.USERS
    for known, method in (
        (at_risk, Placing.POPULATION_AT_RISK),
        (population, Placing.POPULATION),
    ):
        weights = _known_of_all(served, known or {})
        if sum(weights.values()) > 0:
            return weights, method
    return None


def _known_of_all(
    served: Sequence[str],
    known: Mapping[str, float],
) -> dict[str, float]:
    """What is known of the areas served; nothing where it is not known of every one."""
    if not all(code in known for code in served):
        return {}
    return {code: float(known[code]) for code in served}


@dataclass(frozen=True, slots=True)
class Placed:
    """One sum in its bucket; by area (pence) only where it is placed."""

    bucket: Bucket
    pence: int
    by_area: Mapping[str, int] = field(default_factory=dict)
    method: Placing | None = None


def place(
    pence: int,
    *,
    areas: Iterable[str],
    delivery_model: DeliveryModel | None,
    is_sensitive: bool,
    users: Mapping[str, float] | None,
    at_risk: Mapping[str, float] | None,
    population: Mapping[str, float] | None,
) -> Placed:
    """One project's sum in its bucket. Protection comes first: a refuge's areas are never looked at.

    `areas` are small areas; a service for a whole authority that is not recorded as area-wide is given all of
    its small areas.
    """
    if is_sensitive or delivery_model is DeliveryModel.CONFIDENTIAL:
        return Placed(Bucket.PROTECTED, pence)
    if delivery_model is DeliveryModel.AREA_WIDE:
        return Placed(Bucket.AREA_WIDE, pence)
    weights = placing_weights(areas, users, at_risk, population)
    if weights is None:
        return Placed(Bucket.UNPLACED, pence)
    return Placed(
        Bucket.PLACED,
        pence,
        apportion(pence, weights[0]),
        weights[1],
    )


def bucket_totals(sums: Iterable[Placed]) -> dict[Bucket, int]:
    """Pence in each bucket, every bucket named; together the ledger total to the penny."""
    totals = dict.fromkeys(Bucket, 0)
    for placed in sums:
        totals[placed.bucket] += placed.pence
    return totals


def spend_by_area(sums: Iterable[Placed]) -> dict[str, int]:
    """Placed pence by area."""
    totals: dict[str, int] = {}
    for placed in sums:
        for code, pence in placed.by_area.items():
            totals[code] = totals.get(code, 0) + pence
    return dict(sorted(totals.items()))


def unplaced_share(totals: Mapping[Bucket, int]) -> float:
    """Share (0 to 1) of a theme's spend that no area is recorded for; 0 when nothing was spent."""
    spent = sum(totals.values())
    return totals[Bucket.UNPLACED] / spent if spent else 0.0


@dataclass(frozen=True, slots=True)
class ThemeSplit:
    """A project's sum by theme (pence); `estimated` when the owner stated no split."""

    by_theme: Mapping[str, int]
    estimated: bool


def theme_split(
    pence: int,
    themes: Iterable[str],
    stated: Mapping[str, float] | None = None,
) -> ThemeSplit:
    """A project's sum by theme: as stated, else in equal parts, marked estimated where that splits it.

    A stated split must name exactly the project's themes; else ValueError.
    """
    named = sorted(set(themes))
    if stated:
        if sorted(stated) != named:
            raise ValueError(
                f"theme split: found {sorted(stated)}, expected the themes {named}; correct the split"
            )
        return ThemeSplit(
            apportion(pence, stated),
            estimated=False,
        )
    if not named:
        return ThemeSplit({}, estimated=False)
    return ThemeSplit(
        apportion(
            pence,
            dict.fromkeys(named, 1.0),
        ),
        estimated=len(named) > 1,
    )
