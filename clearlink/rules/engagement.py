"""Engagements: the closed lists that say what kind of listening it was, and when an answer to those who
spoke is owed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from clearlink.rules.dates import financial_year_bounds


class Method(StrEnum):
    """How people were listened to."""

    CONSULTATION = "consultation"
    SURVEY = "survey"
    INTERVIEWS = "interviews"
    FOCUS_GROUPS = "focus_groups"
    WORKSHOP = "workshop"
    SESSIONS = "sessions"
    CONVERSATION = "conversation"
    DESIGN = "design"
    MIXED = "mixed"
    OTHER = "other"


class Group(StrEnum):
    """Who was listened to, in bands wide enough that nobody is known by one."""

    RESIDENTS = "residents"
    SERVICE_USERS = "service_users"
    CHILDREN = "children"
    YOUNG_PEOPLE = "young_people"
    PARENTS = "parents"
    CARERS = "carers"
    SURVIVORS = "survivors"
    PROVIDERS = "providers"
    PARTNERS = "partners"
    BUSINESSES = "businesses"


class Stage(StrEnum):
    """When, against what it was for."""

    BEFORE_ASSESSMENT = "before_assessment"
    BEFORE_DECISION = "before_decision"
    IN_DELIVERY = "in_delivery"
    IN_REVIEW = "in_review"


class Level(StrEnum):
    """How much say people had."""

    TOLD = "told"
    ASKED = "asked"
    DESIGNED_WITH = "designed_with"
    DECIDED_WITH = "decided_with"


CHILDREN: Final = frozenset({Group.CHILDREN, Group.YOUNG_PEOPLE})
# from the lowest count of each band; fewer than ten are never told apart
BANDS: Final = (
    (1000, "1000_up"),
    (200, "200_999"),
    (50, "50_199"),
    (10, "10_49"),
    (0, "under_10"),
)
# a day, a financial year, a month or a year, as papers print them; whatever else is in figures is no date
_PERIOD: Final = re.compile(
    r"(?<![\d/.-])(?:(?P<day>\d{1,2})[/.](?P<of>\d{1,2})[/.](?P<in>\d{4})"
    r"|(?P<year>\d{4})(?:(?P<mark>[-/–])(?P<part>\d{1,2})(?:-(?P<last>\d{1,2}))?)?)(?!\d|[-/.]\d)"
    r"|(?P<other>\d[\d/.,-]*)"
)
_BETWEEN: Final = re.compile(
    r"\s*(?:to|until|till|hyd(?:\s+at)?|i|tan|[-–—])\s*", re.IGNORECASE
)
# "(10 months)", "over 6 weeks": how long, not when
_HOW_LONG: Final = re.compile(
    r"\b\d{1,3}\s*(?:days?|weeks?|months?|sessions?|events?|diwrnod|wythnos|mis|sesiwn|digwyddiad)\b",
    re.IGNORECASE,
)
FIRST_YEAR: Final = 1990
_COUNT: Final = re.compile(r"\d[\d,]*")
# a number with its thousands parted, and neither a share, a fraction, a sum of money nor a part of a word
_WHOLE_COUNT: Final = re.compile(
    r"(?<![\w.,£$€+])(?<!\s[-−])(?<!^[-−])(?:\d{1,3}(?:,\d{3})+|\d{1,7})"
    r"(?![\w%‰,]*\d|[\w%‰]|\.\d|\s*(?:%|per\s?cent|y\s?cant))",
    re.IGNORECASE | re.ASCII,
)
# words for how many that a paper prints where it counts nobody
_UNCOUNTED: Final = re.compile(
    r"(?:many|several|some|hundreds|thousands|dozens|not (?:known|recorded|stated|counted)|unknown|llawer|"
    r"sawl un|rhai|cannoedd|miloedd|degau|anhysbys|heb ei (?:gofnodi|gyfrif))(?: o bobl| of people| people)?",
    re.IGNORECASE,
)
_SPACED_THOUSANDS: Final = re.compile(r"\d\s\d{3}(?!\d)")
MOST_PEOPLE: Final = 3_200_000


def people_band(how_many: str | None) -> str | None:
    """The band of a number of people as a paper prints it ("over 1,000", "320 replies; 979 young people");
    None where it says none.

    The first count is taken: a paper that prints several names the whole first. Groups are not people.
    """
    text = how_many or ""
    number = _COUNT.search(text)
    if number is None or re.search(
        r"\d\s*(?:focus\s+)?groups?\b|\d\s*(?:forums?|gr[wŵ]p(?:iau)?|fforwm)\b",
        text[: number.end() + 14],
    ):
        return None
    count = int(number[0].replace(",", ""))
    return next(band for least, band in BANDS if count >= least)


def people_fault(how_many: str) -> bool:
    """Whether a text says no number of people: a share, a number written otherwise than papers do, or words
    that count nobody. "over 1,000", "320 replies; 979 young people" and "many" do.
    """
    text = how_many.strip()
    if not text or _UNCOUNTED.fullmatch(text):
        return False
    counts = _WHOLE_COUNT.findall(text)
    figures = re.findall(r"\d+(?:[.,]\d+)*", text)
    is_each_whole = (
        len(counts) == len(figures)
        and "%" not in text
        and not _SPACED_THOUSANDS.search(text)
    )
    return (
        not counts
        or not is_each_whole
        or max(_number(c) for c in counts) > MOST_PEOPLE
    )


def same_numbers(how_many: str, how_many_cy: str) -> bool:
    """Whether two languages give the same figures."""
    return [
        *map(
            _number,
            _COUNT.findall(how_many),
        )
    ] == [
        *map(
            _number,
            _COUNT.findall(how_many_cy),
        )
    ]


def _number(text: str) -> int:
    return int(text.replace(",", ""))


class HeldFault(StrEnum):
    """Why a text does not say when something was held."""

    UNREADABLE = "held_unreadable"
    IMPOSSIBLE = "date_impossible"
    REVERSED = "held_reversed"
    TO_COME = "held_to_come"
    TOO_EARLY = "held_too_early"


def held_fault(held: str, today: date) -> HeldFault | None:
    """What is wrong with when an engagement is said to have been held; None for nothing, or an empty text."""
    if not held.strip():
        return None
    try:
        spans = _spans(held)
    except ValueError:
        return HeldFault.IMPOSSIBLE
    if not spans:
        return HeldFault.UNREADABLE
    if _is_reversed(held, spans):
        return HeldFault.REVERSED
    begins = sorted(span.first for span in spans)
    if begins[-1] > today:
        return HeldFault.TO_COME
    return HeldFault.TOO_EARLY if begins[0].year < FIRST_YEAR else None


def _is_reversed(held: str, spans: Sequence[_Span]) -> bool:
    """Whether "from … to …" ends before it begins."""
    return any(
        later.first < earlier.first
        for earlier, later in pairwise(spans)
        if _BETWEEN.fullmatch(held[earlier.ends : later.begins])
    )


def held_until(held: str) -> date | None:
    """The last day of an engagement as a paper prints it: the last of the days, months or years that it
    names; None where it names none.
    """
    try:
        spans = _spans(held)
    except ValueError:
        return None
    return max(span.last for span in spans) if spans else None


def same_days(held: str, held_cy: str) -> bool:
    """Whether two languages name the same days."""
    try:
        return [(s.first, s.last) for s in _spans(held)] == [
            (s.first, s.last) for s in _spans(held_cy)
        ]
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Span:
    """A day, month or year that a text names, and where it stands there."""

    first: date
    last: date
    begins: int
    ends: int


def _spans(held: str) -> list[_Span]:
    """Everything that a text names in figures. Raises ValueError for figures that are no date."""
    text = _HOW_LONG.sub(
        lambda length: " " * len(length[0]),
        held,
    )
    return [
        _Span(
            *_days(period),
            period.start(),
            period.end(),
        )
        for period in _PERIOD.finditer(text)
    ]


def _days(period: re.Match[str]) -> tuple[date, date]:
    if period["other"]:
        raise ValueError(period["other"])
    if period["day"] or period["last"]:
        day = _day(period)
        return day, day
    year, part = int(period["year"]), int(period["part"] or -1)
    if part < 0:
        return date(year, 1, 1), date(year, 12, 31)
    if part == (year + 1) % 100 and (period["mark"] == "/" or part > 12):
        return financial_year_bounds(f"{year}-{part:02d}")
    return date(year, part, 1), date(
        year,
        part,
        monthrange(year, part)[1],
    )


def _day(period: re.Match[str]) -> date:
    if period["day"]:
        return date(
            int(period["in"]),
            int(period["of"]),
            int(period["day"]),
        )
    return date(
        int(period["year"]),
        int(period["part"]),
        int(period["last"]),
    )


def answer_due(said_on: date, days: int) -> date:
    """By when those who spoke are owed an answer."""
    return said_on + timedelta(days=days)
