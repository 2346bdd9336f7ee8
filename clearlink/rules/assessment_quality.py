"""Whether an assessment is itself good enough to rest a plan on: a checklist, each answer with its evidence.

What is worked out from the records held can only say what is there; that something is missing from a paper
is said by a person who has read it. SQL twin: clearlink/warehouse/sql/read/plans/assessment_quality.sql.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from clearlink.rules.dates import months_between


class Check(StrEnum):
    """What a needs assessment ought to show."""

    THEMES = "themes"
    GROUPS = "groups"
    DATA_AGE = "data_age"
    ENGAGEMENT = "engagement"
    CHILDREN = "children"
    GAPS = "gaps"
    RESPONSES = "responses"


class Answer(StrEnum):
    """How an item of the checklist stands."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_KNOWN = "not_known"


# how many themes or groups count as covered, and how many as some
THEMES_COVERED: Final = 7
GROUPS_COVERED: Final = 3


def covered(held: int, enough: int) -> Answer:
    """Of themes or groups: what is held shows that they are there; none held shows nothing."""
    if held <= 0:
        return Answer.NOT_KNOWN
    return Answer.YES if held >= enough else Answer.PARTLY


def data_age(
    reference_end: date | None,
    published: date | None,
    current_months: int,
    ageing_months: int,
) -> Answer:
    """Whether its newest data was young enough on the day it was published."""
    if reference_end is None or published is None:
        return Answer.NOT_KNOWN
    months = months_between(reference_end, published)
    if months <= current_months:
        return Answer.YES
    return Answer.PARTLY if months <= ageing_months else Answer.NO


def answered(read: str | None, worked_out: Answer) -> Answer:
    """What a person read in the paper goes before what is worked out from the records."""
    return Answer(read) if read else worked_out
