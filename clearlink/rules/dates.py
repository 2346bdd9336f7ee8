"""Whole months, inclusive days, the April financial year and the century of a year of two figures."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

_LAST_CENTURY_FROM = 70


def whole_year(year: str, century: str = "") -> str:
    """A year of two figures in full, 1970 to 2069 unless a person said which `century` ("19"); one of four
    as it stands.
    """
    if len(year) != 2:
        return year
    by_rule = "19" if int(year) >= _LAST_CENTURY_FROM else "20"
    return (century or by_rule) + year


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last day of the month where that day does not exist (31 March +
    1 = 30 April).
    """
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    return date(
        year,
        month + 1,
        min(
            day.day,
            monthrange(year, month + 1)[1],
        ),
    )


def months_between(earlier: date, later: date) -> int:
    """Whole months completed from one day to another; negative when `later` comes first."""
    if later < earlier:
        return -months_between(later, earlier)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if add_months(earlier, months) <= later else months - 1


def request_unanswered(
    requested_on: date,
    recorded_on: date,
    evidence_wait_days: int,
) -> bool:
    """Whether a request may be recorded as not supplied: so many days (28) must have passed since it was
    made.
    """
    return (recorded_on - requested_on).days >= evidence_wait_days


def days_inclusive(first: date, last: date) -> int:
    """Days from first to last counting both; 0 when last is before first."""
    return max(
        (last - first).days + 1,
        0,
    )


def common_days(
    first_a: date,
    last_a: date,
    first_b: date,
    last_b: date,
) -> int:
    """Days on which two projects both ran, counting both ends."""
    return days_inclusive(
        max(first_a, first_b),
        min(last_a, last_b),
    )


def financial_year(day: date) -> str:
    """The financial year a day falls in, 1 April to 31 March, written 2013-14."""
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def financial_year_bounds(year: str) -> tuple[date, date]:
    """First and last day of a financial year written 2013-14. A year that is not written so raises
    ValueError.
    """
    start_text, _, end_text = year.partition("-")
    if not (
        len(start_text) == 4
        and start_text.isdigit()
        and end_text == f"{(int(start_text) + 1) % 100:02d}"
    ):
        raise ValueError(
            f"financial year: found {year!r}, expected the form '2013-14'; correct the year"
        )
    start = int(start_text)
    return date(start, 4, 1), date(
        start + 1,
        3,
        31,
    )


def financial_years(first: date, last: date) -> list[str]:
    """Every financial year that a span of days touches, in order."""
    if last < first:
        return []
    first_start = int(financial_year(first)[:4])
    last_start = int(financial_year(last)[:4])
    return [
        f"{year}-{(year + 1) % 100:02d}"
        for year in range(first_start, last_start + 1)
    ]
