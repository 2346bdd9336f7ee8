"""The ways in which publishers write a period → one canonical text.

Canonical: "2025" (a year, or a survey year), "2023-24" (a financial or school year), "2020 to 2022" (calendar
years taken together), "2021-22 to 2022-23", "2023-04-30" (a day), "2025 Q2".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from etl.files.sheet import Cell

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SPLIT_YEAR: Final = re.compile(
    r"(?P<first>(?:19|20)\d\d)\s?[-/–]\s?(?P<second>\d\d)"
)
_JOINED_YEAR: Final = re.compile(r"(?P<first>(?:19|20)\d\d)(?P<second>\d\d)")
_YEARS: Final = re.compile(
    r"(?P<first>(?:19|20)\d\d)\s?(?:-|–|/|to)\s?(?P<second>(?:19|20)\d\d)"
)
_ISO_SPAN: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-01(?:T00:00:00)?/P(?P<years>\d+)Y"
)
_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)"
)
_ISO_DAY: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_YEAR_ENDING: Final = re.compile(
    r"(?:YE|year ending)\s(?P<month>[A-Za-z]{3})[a-z]*\s(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTH_SPAN: Final = re.compile(
    r"Apr[a-z]*\s(?P<first>\d\d)\s?[-–]\s?Mar[a-z]*\s(?P<second>\d\d)",
    re.IGNORECASE,
)
_QUARTER: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)\sQ(?P<quarter>[1-4])(?:\s\([a-z]\))?",
    re.IGNORECASE,
)


def period(cell: Cell) -> str | None:
    """The canonical text of a period, or nothing where it is unknown or could mean two things ("03/04/05").

    Split years must follow each other: "2023-24" is a year, "2020-22" is three calendar years, "2023-19" is
    refused.
    """
    if isinstance(cell, date):
        return cell.isoformat()
    text = (
        str(int(cell))
        if isinstance(cell, float) and cell.is_integer()
        else str(cell or "").strip()
    )
    for joint in (" and ", " to "):
        if joint in text:
            first, second = (period(part) for part in text.split(joint, 1))
            return _from_to(first, second) if first and second else None
    return _single(text)


def _from_to(first: str, second: str) -> str | None:
    """Two periods of one kind as one, where the first comes first."""
    return (
        f"{first} to {second}"
        if first < second and len(first) == len(second)
        else None
    )


def _single(text: str) -> str | None:
    if _YEAR.fullmatch(text):
        return text
    for shape, read in _SHAPES:
        if parts := shape.fullmatch(text):
            return read(parts)
    return None


def _years(parts: re.Match[str]) -> str | None:
    if parts["first"] < parts["second"]:
        return f"{parts['first']} to {parts['second']}"
    return None


# The first shape that fits a text is what it is.
_SHAPES: Final[
    Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]]
] = (
    (
        _SPLIT_YEAR,
        lambda p: _split(
            int(p["first"]),
            int(p["second"]),
        ),
    ),
    (
        _JOINED_YEAR,
        lambda p: _split(
            int(p["first"]),
            int(p["second"]),
            joined=True,
        ),
    ),
    (_YEARS, _years),
    (
        _ISO_SPAN,
        lambda p: _span(
            int(p["year"]),
            int(p["month"]),
            int(p["years"]),
        ),
    ),
    (
        _DAY_FIRST,
        lambda p: _day(
            int(p["year"]),
            int(p["month"]),
            int(p["day"]),
        ),
    ),
    (
        _ISO_DAY,
        lambda p: _day(*(int(part) for part in p[0].split("-"))),
    ),
    (
        _YEAR_ENDING,
        lambda p: _year_ending(
            p["month"].lower(),
            int(p["year"]),
        ),
    ),
    (
        _MONTH_SPAN,
        lambda p: _split(
            2000 + int(p["first"]),
            int(p["second"]),
        ),
    ),
    (
        _QUARTER,
        lambda p: f"{p['year']} Q{p['quarter']}",
    ),
)


def _split(
    first: int,
    second: int,
    *,
    joined: bool = False,
) -> str | None:
    if second == (first + 1) % 100:
        return f"{first}-{second:02d}"
    if not joined and second > first % 100:
        return f"{first} to {first - first % 100 + second}"
    return None


def _span(
    year: int,
    month: int,
    years: int,
) -> str | None:
    if month == 1:
        return str(year) if years == 1 else f"{year} to {year + years - 1}"
    if month == 4:
        first, last = (
            f"{year}-{(year + 1) % 100:02d}",
            f"{year + years - 1}-{(year + years) % 100:02d}",
        )
        return first if years == 1 else f"{first} to {last}"
    return None


def _year_ending(month: str, year: int) -> str | None:
    if month not in _MONTHS:
        return None
    if month == "dec":
        return str(year)
    return f"{year - 1}-{year % 100:02d}" if month == "mar" else None


def _day(
    year: int,
    month: int,
    day: int,
) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
