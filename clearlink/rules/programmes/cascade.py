"""Planned, outturn, capacity, reached, in need: what of it is odd. It is said and never mended.

Twin: `etl/build/sql/build/programmes/programme_cascade.sql`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clearlink.rules.settings import Settings


class Odd(StrEnum):
    """What does not go together in one area's return of one period."""

    REACHED_OVER_CAPACITY = "reached_over_capacity"
    REACHED_OVER_NEED = "reached_over_need"
    CAPACITY_OVER_NEED = "capacity_over_need"
    OUTTURN_FAR = "outturn_far"
    SPENT_UNPLANNED = "spent_unplanned"


@dataclass(frozen=True, slots=True)
class Cascade:
    """Money in pounds, the others in people, families or places; None where it was not told."""

    planned_gbp: float | None = None
    outturn_gbp: float | None = None
    capacity: float | None = None
    reached: float | None = None
    in_need: float | None = None


def odd(cascade: Cascade, settings: Settings) -> list[Odd]:
    """Everything odd, in order. A side that was not told is never odd; counts in fives may differ by half of
    that.
    """
    slack = settings.disclosure_round_to / 2
    codes = []
    if _is_over(cascade.reached, cascade.capacity, slack):
        codes.append(Odd.REACHED_OVER_CAPACITY)
    if _is_over(cascade.reached, cascade.in_need, slack):
        codes.append(Odd.REACHED_OVER_NEED)
    if _is_over(cascade.capacity, cascade.in_need, slack):
        codes.append(Odd.CAPACITY_OVER_NEED)
    return codes + _odd_money(
        cascade.planned_gbp,
        cascade.outturn_gbp,
        settings.outturn_far,
    )


def _is_over(
    one: float | None,
    other: float | None,
    slack: float,
) -> bool:
    return one is not None and other is not None and one > other + slack


def _odd_money(
    planned: float | None,
    outturn: float | None,
    far: float,
) -> list[Odd]:
    if planned is None or outturn is None:
        return []
    codes = [Odd.OUTTURN_FAR] if abs(outturn - planned) > far * planned else []
    return codes + (
        [Odd.SPENT_UNPLANNED] if planned == 0 and outturn > 0 else []
    )
