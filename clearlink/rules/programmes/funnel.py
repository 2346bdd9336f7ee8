"""How far people get: each step of a funnel as a share of the one before, beside the same in Wales.

Twin: `etl/build/sql/build/programmes/programme_share.sql`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clearlink.rules.need.intervals import wilson


class Beside(StrEnum):
    """A share beside that of Wales: it differs by more than chance in its count, or it does not."""

    BELOW = "below"
    LIKE = "like"
    ABOVE = "above"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Conversion:
    """`share` of the step before (over 1 where people of earlier periods count), with limits where it is a
    share at all.
    """

    share: float | None
    low: float | None
    high: float | None
    beside: Beside


def share_of(part: float | None, whole: float | None) -> float | None:
    """The share, or None where a side is withheld, not told, or there is no one to be a share of."""
    return None if part is None or not whole else part / whole


def conversion(
    part: float | None,
    whole: float | None,
    wales: float | None,
) -> Conversion:
    """One step beside Wales. A share over 1 is a flow and no proportion: it has no limits and is compared
    with nothing.
    """
    share = share_of(part, whole)
    if share is None or part is None or whole is None or share > 1:
        return Conversion(share, None, None, Beside.NOT_KNOWN)
    low, high = wilson(part, whole)
    if wales is None or wales > 1:
        return Conversion(share, low, high, Beside.NOT_KNOWN)
    if high < wales:
        return Conversion(share, low, high, Beside.BELOW)
    return Conversion(
        share,
        low,
        high,
        Beside.ABOVE if low > wales else Beside.LIKE,
    )
