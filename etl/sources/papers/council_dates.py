"""What a council paper's title, an area's status and its start say about when a choice was made.

A date is taken only where it is printed. Nothing is decided "on" a day that only a year or a later paper
bears out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from etl.sources.registers.register_cells import CellRefused, read_date

_MONTHS: Final = {
    name: number for number, name in enumerate(calendar.month_name) if name
}
_DAY: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_MONTH: Final = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{4}})\b")
_YEAR: Final = re.compile(r"\b(20\d\d)\b")
_FINANCIAL_YEAR: Final = re.compile(r"(20\d\d)-(\d\d)")


def period_of(text: str) -> tuple[date | None, date | None]:
    """First and last day of "2013-14" (April to March), "2008" (the calendar year) or "2017-04-01" (no
    last day).
    """
    if not text:
        return None, None
    years = _FINANCIAL_YEAR.fullmatch(text)
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        return date(
            int(years[1]),
            4,
            1,
        ), date(
            int(years[1]) + 1,
            3,
            31,
        )
    if _YEAR.fullmatch(text):
        return date(
            int(text),
            1,
            1,
        ), date(
            int(text),
            12,
            31,
        )
    if years:
        raise CellRefused("date_unreadable")
    return read_date(text), None


def paper_date(title: str) -> date | None:
    """The day printed in a paper's title ("Cabinet 4 September 2013, …"); None where it gives no day."""
    printed = _DAY.search(title)
    return (
        date(
            int(printed[3]),
            _MONTHS[printed[2]],
            int(printed[1]),
        )
        if printed
        else None
    )


def paper_year(title: str) -> str | None:
    """The year printed in a paper's title, that of its full date first."""
    day = paper_date(title)
    if day:
        return str(day.year)
    years = _YEAR.findall(title)
    return years[-1] if years else None


def _stated_month(status: str) -> date | None:
    """The last day of the month in a status such as "approved December 2012": the choice was made by then."""
    month_of = _MONTH.search(status)
    if not month_of:
        return None
    year, month = int(month_of[2]), _MONTHS[month_of[1]]
    return date(
        year,
        month,
        calendar.monthrange(year, month)[1],
    )


def decided_by(cells: Mapping[str, str]) -> date | None:
    """The earliest printed date by which an area's choice had been made: status, paper or start."""
    start, _ = period_of(cells["start"])
    known = [
        day
        for day in (
            _stated_month(cells["status"]),
            paper_date(cells["source_title"]),
            start,
        )
        if day
    ]
    return min(known, default=None)


def decided_on(cells: Mapping[str, str]) -> date | None:
    """The date of the decision, only where the paper says approved or existing and a date stands for that.

    A month in the status wins ("approved December 2012", its last day). Otherwise the paper's own day counts,
    unless the area had started before: then the decision is older than the paper, and its date is not known.
    """
    status = cells["status"]
    if not status.startswith(("approved", "existing")):
        return None
    if status.startswith("approved") and (month := _stated_month(status)):
        return month
    paper = paper_date(cells["source_title"])
    start, _ = period_of(cells["start"])
    return (
        paper
        if paper
        and not (status.startswith("existing") and start and start < paper)
        else None
    )
