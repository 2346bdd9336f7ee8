"""The bad input that the evidence desk is held to, as one list: each is refused with what to do, in both
languages, and nothing is lost (issue 7).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_public_record import ROW, directory
from test_review_settled import ANN, BEN, PAPER, PRIORITY, RECORD, THEME

from clearlink import words
from clearlink.review.papers import Paper
from clearlink.review.readings import confirm_silent, read_silent
from clearlink.review.refusals import Refused
from clearlink.review.settled import Figure, accept, cite, record_figure
from clearlink.review.signs_seen import record_sign
from clearlink.review.store import Stale, Store
from clearlink.words.problems import problem_words
from etl.pipeline.register import read_register
from etl.records import Register, Severity
from tests.meetings import a_store

Act = Callable[[Store], object]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def cited(
    paper: Paper = PAPER, page: str = "3", assessment: str = "A-1"
) -> Act:
    return lambda store: cite(
        store,
        ANN,
        RECORD,
        priority=PRIORITY,
        assessment_id=assessment,
        paper=paper,
        page=page,
    )


def after_today(store: Store) -> Paper:
    return replace(PAPER, paper_date=store.today() + timedelta(days=1))


def read_twice_by_one(store: Store) -> object:
    first = read_silent(store, ANN, RECORD, PAPER)
    return confirm_silent(
        store,
        ANN,
        RECORD,
        first,
        asked_of="Conwy",
        question="Which page names it?",
    )


def settled_by_two_at_once(store: Store) -> object:
    accept(store, BEN, RECORD, THEME)
    return accept(store, ANN, RECORD, THEME)


# what is done wrong, how many lines the lawful part of it adds to the log, and the sentence given
LISTED: dict[str, tuple[Act, int, str]] = {
    "no web address": (
        cited(replace(PAPER, url="ftp://a.b/c")),
        0,
        "refused.address_not_web",
    ),
    "no address at all": (
        cited(replace(PAPER, url="")),
        0,
        "refused.address_not_web",
    ),
    "a page beyond the paper": (cited(page="13"), 0, "refused.page_beyond"),
    "a priority of another assessment": (
        cited(assessment="A-2"),
        0,
        "refused.priority_elsewhere",
    ),
    "the first reader again": (read_twice_by_one, 1, "refused.reader_same"),
    "a paper dated tomorrow": (
        lambda store: read_silent(store, ANN, RECORD, after_today(store)),
        0,
        "refused.day_after_today",
    ),
    "a figure of tomorrow": (
        lambda store: record_figure(
            store,
            ANN,
            RECORD,
            Figure(
                PAPER,
                "412 households",
                "Conwy",
                store.today() + timedelta(days=1),
            ),
        ),
        0,
        "refused.day_after_today",
    ),
    "a sign in a paper of tomorrow": (
        lambda store: record_sign(
            store,
            ANN,
            RECORD,
            sign="S2",
            paper=after_today(store),
            said="Extended twice past its terms.",
        ),
        0,
        "refused.day_after_today",
    ),
    "a project withdrawn meanwhile": (
        lambda store: accept(store, ANN, None, THEME),
        0,
        "refused.project_gone",
    ),
    "two people at once": (settled_by_two_at_once, 1, "stale"),
}


@pytest.mark.parametrize("wrong", LISTED)
def test_each_is_refused_in_both_languages_and_nothing_is_written(
    wrong: str, store: Store
) -> None:
    act, lawful, sentence = LISTED[wrong]
    begun = store.check().lines
    with pytest.raises((Refused, Stale)) as raised:
        act(store)
    assert store.check().lines == begun + lawful, (
        "what came before stands, and nothing of this"
    )
    if isinstance(raised.value, Refused):
        assert sentence == f"refused.{raised.value.codes[0]}"
    told = {
        lang: words.say(lang, f"meetings.{sentence}")
        for lang in words.LANGUAGES
    }
    assert told["en"] != told["cy"]
    # the fault, and what to do about it
    assert all(len(text.split()) >= 8 for text in told.values()), told


def read(*rows: dict[str, str]) -> Register:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, fieldnames=list(ROW | {k: "" for row in rows for k in row})
    )
    writer.writeheader()
    writer.writerows([ROW | row for row in rows])
    return read_register(
        out.getvalue().encode(), "record.csv", directory=directory()
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"commissioner": "Cardifff"},
        {"commissioner": "Cardif"},
        {"area_codes": "W06000099"},
        {"decision_date": "31/02/2024"},
        {"decision_date": "2091-03-01"},
        {"decision_date": "May 2091"},
        {"annual_value_gbp": "about 5m"},
        {"annual_value_gbp": "-5"},
    ],
    ids=lambda row: " ".join(f"{k}={v}" for k, v in row.items()),
)
def test_a_row_that_is_not_what_it_says_is_refused_and_the_others_stay(
    wrong: dict[str, Any],
) -> None:
    register = read(
        {"project_id": "PR0"},
        {"project_id": "PR1"} | wrong,
        {"project_id": "PR2"},
    )
    assert [p.project_id for p in register.projects] == ["PR0", "PR2"]
    (refused,) = [
        p for p in register.problems if p.severity is Severity.REFUSED
    ]
    assert refused.column == next(iter(wrong)) and refused.row == 3
    for lang in words.LANGUAGES:
        told = problem_words(refused.code, refused.facts, lang)
        assert told.found and told.expected and told.remedy
    english, welsh = (
        problem_words(refused.code, refused.facts, lang)
        for lang in words.LANGUAGES
    )
    assert english.remedy != welsh.remedy


def test_another_public_body_and_a_month_of_now_are_what_they_say() -> None:
    bodies = (
        "Gwent Police and Crime Commissioner",
        "Welsh Government",
        "Dyfed Area Planning Board",
    )
    this_month = date.today().strftime("%Y-%m")  # noqa: DTZ011
    rows = [
        {
            "project_id": f"PR{n}",
            "commissioner": body,
            "decision_date": this_month,
        }
        for n, body in enumerate(bodies)
    ]
    assert [p.commissioner for p in read(*rows).projects] == list(bodies)
