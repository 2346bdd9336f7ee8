"""Co-production: how many decisions followed people's evidence, and what children are still owed.

SQL twin: clearlink/warehouse/sql/read/partners/listening.sql.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from clearlink.rules.engagement import Level


class Followed(StrEnum):
    """How a decision stands to what people said."""

    FOLLOWED = "followed"
    HEARD = "heard"
    AFTER = "after"
    NO_DAY = "no_day"
    NONE = "none"


class Owed(StrEnum):
    """How an answer that is owed stands on a day."""

    ANSWERED = "answered"
    OVERDUE = "overdue"
    DUE = "due"
    NO_DAY = "no_day"


def followed(
    decided_on: date | None,
    engagements: Iterable[tuple[date | None, bool]],
) -> Followed:
    """From the last day and “something changed” of every engagement for a project.

    Followed: one was held by the day of the decision and says what changed. Heard: one was held by then
    and does not say. After: all were held later. No day: there are some, and the decision or all of them
    have no day.
    """
    listed = list(engagements)
    if not listed:
        return Followed.NONE
    dated = [(day, changed) for day, changed in listed if day is not None]
    if decided_on is None or not dated:
        return Followed.NO_DAY
    before = [changed for day, changed in dated if day <= decided_on]
    if not before:
        return Followed.AFTER
    return Followed.FOLLOWED if any(before) else Followed.HEARD


def highest_level(levels: Iterable[str | None]) -> str | None:
    """How much say people had at most: told, asked, designed with, decided with; None where no record
    says.
    """
    order = list(Level)
    places = [order.index(Level(level)) for level in levels if level]
    return str(order[max(places)]) if places else None


def owed_state(
    day: date,
    due: date | None,
    changed: str | None,
) -> Owed:
    """How an answer stands: given where the record says what changed, else by its day."""
    if changed:
        return Owed.ANSWERED
    if due is None:
        return Owed.NO_DAY
    return Owed.OVERDUE if due < day else Owed.DUE
