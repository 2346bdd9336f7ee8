"""Families First: is the year's share of the money set aside for disabled children and their families?

Twin: `etl/build/sql/build/programmes/programme_set_aside.sql`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetAside:
    """`share` 0 to 1; `missing_gbp` pounds; both None where what they rest on is not known."""

    share: float | None
    required_gbp: float | None
    missing_gbp: float | None


def set_aside(
    money_gbp: float,
    set_aside_gbp: float,
    required_share: float | None,
) -> SetAside:
    """The share that is set aside, and the sum missing; never negative: more than is required is no debt.

    Without a requirement nothing is missing and nothing is enough: the share alone is told.
    """
    share = set_aside_gbp / money_gbp if money_gbp else None
    if required_share is None:
        return SetAside(share, None, None)
    required_gbp = money_gbp * required_share
    return SetAside(
        share,
        required_gbp,
        max(0.0, required_gbp - set_aside_gbp),
    )
