"""Engagements: the closed lists that say what kind of listening it was, and when an answer to those who
spoke is owed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


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
BANDS: Final = ((1000, "1000_up"), (200, "200_999"), (50, "50_199"), (10, "10_49"), (0, "under_10"))
_DAY: Final = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_YEAR: Final = re.compile(r"\b(19|20)(\d{2})\b")
_COUNT: Final = re.compile(r"\d[\d,]*")


def people_band(how_many: str | None) -> str | None:
    """The band of a number of people as a paper prints it ("over 1,000", "320 replies; 979 young people");
    None where it says none.

    The first count is taken: a paper that prints several names the whole first. Groups are not people.
    """
    text = how_many or ""
    number = _COUNT.search(text)
    if number is None or re.search(r"\d\s*(?:focus\s+)?groups?\b|\d\s*forums?\b", text[: number.end() + 14]):
        return None
    count = int(number[0].replace(",", ""))
    return next(band for least, band in BANDS if count >= least)


def held_until(held: str) -> date | None:
    """The last day of an engagement as a paper prints it: the last day, month or year that it names; None
    where it names none.
    """
    days = _DAY.findall(held)
    if days:
        year, month, day = (int(x) if x else 0 for x in days[-1])
        if 1 <= month <= 12:
            return date(year, month, min(day or 31, monthrange(year, month)[1]))
    years = [int(a + b) for a, b in _YEAR.findall(held)]
    return date(max(years), 12, 31) if years else None


def answer_due(said_on: date, days: int) -> date:
    """By when those who spoke are owed an answer."""
    return said_on + timedelta(days=days)
