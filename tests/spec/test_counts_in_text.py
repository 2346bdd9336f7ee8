"""A text that counts fewer people than a table may show is held: its number is left out, and somebody is
told to look.
"""

from __future__ import annotations

import json
import random

import pytest

from clearlink.rules.counts_in_text import LEFT_OUT, without_small_counts
from clearlink.warehouse.law import catalogue_law
from clearlink.words import LANGUAGES
from clearlink.words.problems import problem_words
from etl.pipeline.register import read_register
from tests.registers import directory, read, row
from tests.spec.test_exchange_in import grant

SETTINGS = catalogue_law()
HELD = (
    "7 of 9 people",
    "7 out of 9 people moved on",
    "7/9 families",
    "Improved for 3 women and 40 men",
    "95 of 100 tenants stayed",
    "41 of 42 of the families",
    "seven of the nine young people",
    "0 children were excluded",
    "Only two survivors came",
    "Helped 8 very young mothers",
    "7 o 9 o bobl",
    "7 o’r 9 teulu",
    "saith o deuluoedd",
    "tri phlentyn",
    "4 o ofalwyr",
    "dwy fenyw",
    "1,003 of 1,008 clients",
    "Phase 2 families and 4 carers",
)
SHOWN = (
    "41 of 52 families",
    "10 people",
    "1,200 households a year",
    "two parent group",
    "3 children’s centres",
    "One family support worker",
    "Phase 2 families",
    "parents of children under 8",
    "7 days a week",
    "20 of 30 people",
    "£5 people's lottery",
    "ages 5-11 children",
    "52 o 70 o deuluoedd",
    "3 centres for 200 people",
    "",
)


@pytest.mark.parametrize("text", HELD)
def test_what_a_table_would_not_show_is_left_out(text: str) -> None:
    left = without_small_counts(text, SETTINGS)
    assert LEFT_OUT in left and left != text
    assert without_small_counts(left, SETTINGS) == left


def test_what_stands_around_a_count_stays() -> None:
    assert (
        without_small_counts("In all 7 of 9 people did.", SETTINGS)
        == f"In all {LEFT_OUT} people did."
    )
    assert (
        without_small_counts("In all 7 people did.", SETTINGS)
        == f"In all {LEFT_OUT} people did."
    )


@pytest.mark.parametrize("text", SHOWN)
def test_what_counts_nobody_or_enough_stays_as_it_is(text: str) -> None:
    assert without_small_counts(text, SETTINGS) == text


def test_every_small_count_of_every_wording_is_found() -> None:
    draw = random.Random(11)
    for _ in range(2_000):
        count = draw.randrange(0, 400)
        whole = draw.choice([None, count + draw.randrange(0, 300)])
        noun = draw.choice(
            [
                "people",
                "families",
                "young women",
                "o bobl",
                "o deuluoedd ifanc",
                "clients",
            ]
        )
        of = draw.choice([" of ", " out of the ", "/", " o ", " allan o "])
        text = (
            f"In all {count}{of}{whole} {noun} did."
            if whole is not None
            else f"In all {count} {noun} did."
        )
        small = count < 10 or (whole is not None and whole - count < 10)
        assert (LEFT_OUT in without_small_counts(text, SETTINGS)) == small, text


@pytest.mark.parametrize(
    "column", ["title", "outcomes", "engagement_with", "engagement_change"]
)
def test_a_register_is_loaded_without_them_and_somebody_is_told(
    column: str,
) -> None:
    register = read(
        row(
            **{column: "Better for 7 of 9 people"}, engagement_date="2024-01-01"
        )
    )
    (project,) = register.projects
    assert getattr(project, column) == f"Better for {LEFT_OUT} people"
    (told,) = [p for p in register.problems if p.code == "people_counted"]
    assert (
        told.column == column
        and told.severity == "warning"
        and "7" not in told.found
    )
    for lang in LANGUAGES:
        assert problem_words(told.code, told.facts, lang, told.place).remedy


def test_the_note_of_an_exchange_file_too() -> None:
    there = [{"name": "Wales/Cardiff"}]
    data = json.dumps(
        {
            "grants": [
                grant(
                    beneficiaryLocation=there,
                    description="Helps 4 families move",
                )
            ]
        }
    )
    (project,) = read_register(
        data.encode(), "g.json", directory=directory()
    ).projects
    assert (
        project.note is not None
        and "4" not in project.note
        and LEFT_OUT in project.note
    )
