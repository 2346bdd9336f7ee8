"""What is running on a day, and what money a year it has: the one rule behind every count and every sum
(method C).

Undated is not running: a record without a first and a last day may have ended long ago, so it is a state of
its own. A tender notice says what is sought, not what was bought. SQL twins: project_now and project_year in
etl/build/sql/build/projects, and project_then in clearlink/warehouse/sql/both.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from clearlink.rules.codes import DatesBasis, TimeState, ValueKind
from clearlink.rules.dates import (
    add_months,
    financial_year,
    financial_year_bounds,
    months_between,
)

_DATED: Final = (TimeState.RUNNING, TimeState.TO_COME, TimeState.ENDED)


def time_state(
    day: date,
    start: date | None,
    end: date | None,
    kind: ValueKind = ValueKind.YEARLY,
) -> TimeState:
    """How a record stands on a day; both ends count. Where one end is not recorded it is open on that
    side.
    """
    if kind is ValueKind.TENDER_NOTICE:
        return TimeState.NOTICE
    if kind is ValueKind.NEVER_BOUGHT:
        return TimeState.NEVER_BOUGHT
    if start is None and end is None:
        return TimeState.NOT_DATED
    if end is not None and end < day:
        return TimeState.ENDED
    if start is not None and start > day:
        return TimeState.TO_COME
    return TimeState.RUNNING


def is_money_a_year(kind: ValueKind, state: TimeState) -> bool:
    """Whether a record's value counts in sums of a year: paid by the year, and known to fall in some year."""
    return kind is ValueKind.YEARLY and state in _DATED


def state_in_year(
    year: str,
    day: date,
    start: date | None,
    end: date | None,
    kind: ValueKind = ValueKind.YEARLY,
) -> TimeState:
    """How a record stands in a financial year that was chosen; `day` is that of the build.

    An end that nobody recorded is open in the build's own year and not known in another: a record without a
    last day is not running for ever, nor one without a first day always was.
    """
    state = time_state(day, start, end, kind)
    if state not in _DATED:
        return state
    (first, last), own = financial_year_bounds(year), financial_year(day)
    if end is not None and end < first:
        return TimeState.ENDED
    if start is not None and start > last:
        return TimeState.TO_COME
    if (start is None and year < own) or (end is None and year > own):
        return TimeState.NOT_DATED
    return TimeState.RUNNING


def contradicts_days(
    months: int,
    start: date,
    end: date,
) -> bool:
    """Whether a length in months is another than that from the first to the last day, both counted: by more
    than a month, since both are rounded.
    """
    return (
        abs(
            months_between(
                start,
                end + timedelta(days=1),
            )
            - months
        )
        > 1
    )


def days_from_length(
    start: date | None,
    end: date | None,
    decided: date | None,
    months: int | None,
) -> tuple[date | None, date | None, DatesBasis | None]:
    """First and last day, and how they were worked out where the end is not stated and the length in months
    is.

    The start is the day of the award where none is stated. What is stated is never changed.
    """
    if end is not None or not months or months < 0:
        return start, end, None
    first = start or decided
    if first is None:
        return start, end, None
    basis = DatesBasis.END_FROM_LENGTH if start else DatesBasis.AWARD_AND_LENGTH
    return first, add_months(first, months) - timedelta(days=1), basis
