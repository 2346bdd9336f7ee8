"""The right of reply: 28 days, then silence counts; an answer ends it and is put through the same test."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clearlink.review.codes import Answer, Field, RequestState, Response, Stance
from clearlink.review.records import ExceptionGrant
from clearlink.review.refusals import Refused
from clearlink.review.replies import after_reply, both_ways, settled_requests
from clearlink.review.requests import (
    Reference,
    answer,
    ask,
    recalculated,
    requests,
    state,
)
from clearlink.review.roles import Role, Viewer
from clearlink.review.statements import (
    record_statement,
    recorded_statements,
    respond,
)
from clearlink.review.store import Store
from clearlink.rules.codes import Result, ThemeMatch, Verdict
from clearlink.warehouse.law import catalogue_law
from tests.meetings import NORTH, OFFICER, a_store

ASKED = date(2026, 11, 2)
DUE = date(2026, 11, 30)
DECIDED = date(2014, 3, 7)
BLANK = (Result.MET, Result.NOT_MET, Result.NO_EVIDENCE, Result.NO_EVIDENCE)
PLAN = Reference(
    "Single integrated plan",
    "single_integrated_plan",
    date(2013, 4, 1),
    date(2017, 3, 31),
    "14",
    "Families who have several needs",
    ThemeMatch.SAME,
    True,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def asked_of_owner(store: Store, field: Field = Field.PRIORITY) -> None:
    ask(
        store,
        OFFICER,
        place=NORTH,
        la_code="W06000003",
        project_id="P1",
        field=field,
        asked_of="Conwy",
        question="Which assessment names this need?",
        asked_on=ASKED,
    )


def test_the_clock_runs_28_days(store: Store) -> None:
    asked_of_owner(store)
    request = requests(store, OFFICER)[0]
    assert request.due_on == DUE
    assert state(request, DUE - timedelta(days=1)) is RequestState.WAITING
    assert state(request, DUE) is RequestState.SILENT


def test_silence_counts_only_after_the_clock_and_only_against_a_blank(
    store: Store,
) -> None:
    asked_of_owner(store)
    waiting = requests(store, OFFICER)
    before = recalculated(
        BLANK, waiting, DECIDED, DUE - timedelta(days=1), catalogue_law()
    )
    assert (before.verdict, before.changed) == (Verdict.CANNOT_ASSESS, False)
    after = recalculated(BLANK, waiting, DECIDED, DUE, catalogue_law())
    assert (after.verdict, after.reason, after.changed) == (
        Verdict.NO_LINK_SHOWN,
        "V-NL4",
        True,
    )
    cited = (Result.MET, Result.NOT_MET, Result.PARTLY, Result.MET)
    assert not recalculated(
        cited, waiting, DECIDED, DUE, catalogue_law()
    ).changed


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (PLAN, Verdict.PARTIAL),
        (
            Reference(
                PLAN.title,
                PLAN.kind,
                date(2014, 6, 1),
                None,
                "14",
                "Families",
                ThemeMatch.SAME,
                True,
            ),
            Verdict.NO_LINK_SHOWN,
        ),
        (
            Reference(
                PLAN.title,
                PLAN.kind,
                PLAN.published,
                PLAN.valid_to,
                "",
                "",
                ThemeMatch.SAME,
                True,
            ),
            Verdict.PARTIAL,
        ),
    ],
    ids=["in date and quoted", "published after the decision", "no page"],
)
def test_a_supplied_reference_is_tested_like_a_citation(
    store: Store, reference: Reference, expected: Verdict
) -> None:
    asked_of_owner(store)
    answer(
        store,
        OFFICER,
        requests(store, OFFICER)[0],
        Answer.SUPPLIED,
        "See page 14",
        reference,
    )
    assert (
        recalculated(
            BLANK, requests(store, OFFICER), DECIDED, DUE, catalogue_law()
        ).verdict
        is expected
    )


def test_an_owner_may_say_that_there_is_none(store: Store) -> None:
    asked_of_owner(store)
    answer(
        store,
        OFFICER,
        requests(store, OFFICER)[0],
        Answer.CONFIRMED_NONE,
        "No assessment was used.",
    )
    found = recalculated(
        BLANK, requests(store, OFFICER), DECIDED, DUE, catalogue_law()
    )
    assert (found.verdict, found.reason) == (Verdict.NO_LINK_SHOWN, "V-NL1")


def test_an_answer_is_given_once_and_with_its_reference(store: Store) -> None:
    asked_of_owner(store)
    request = requests(store, OFFICER)[0]
    with pytest.raises(Refused, match="reference_missing"):
        answer(store, OFFICER, request, Answer.SUPPLIED, "It is somewhere")
    given = answer(store, OFFICER, request, Answer.CONFIRMED_NONE, "None")
    with pytest.raises(Refused, match="answer_had"):
        answer(store, OFFICER, given, Answer.CONFIRMED_NONE, "None again")


def test_a_commissioner_sees_and_answers_the_questions_of_their_authority_only(
    store: Store,
) -> None:
    asked_of_owner(store)
    conwy = Viewer(
        "C", Role.COMMISSIONER, frozenset({"W06000003"}), subject="c"
    )
    other = Viewer(
        "D", Role.COMMISSIONER, frozenset({"W06000004"}), subject="d"
    )
    assert requests(store, other) == []
    answer(
        store,
        conwy,
        requests(store, conwy)[0],
        Answer.CONFIRMED_NONE,
        "No assessment was used.",
    )
    assert requests(store, OFFICER)[0].answered_by == "C"


def test_we_did_not_always_says_because(store: Store) -> None:
    said = record_statement(
        store,
        OFFICER,
        place=NORTH,
        area_code="W06000001",
        said_on=ASKED,
        who="A mother of two",
        method="letter",
        text="There is no bus.",
        stance=Stance.DISPUTES,
    )
    with pytest.raises(Refused, match="because_missing"):
        respond(
            store,
            OFFICER,
            said,
            Response.DID_NOT,
            "The bus does not run on Sundays.",
        )
    respond(
        store,
        OFFICER,
        said,
        Response.DID_NOT,
        "The bus does not run on Sundays.",
        "No operator bid for it.",
    )
    assert recorded_statements(store)[0].because == "No operator bid for it."
    assert recorded_statements(store, frozenset({"W06000002"})) == []


def test_settled_questions_are_public_without_names_and_words(
    store: Store,
) -> None:
    asked_of_owner(store)
    public = Viewer("V", Role.VIEWER, subject="v")
    store.clock = lambda: datetime(2026, 11, 29, tzinfo=UTC)
    assert settled_requests(store, public) == {}, "the clock still runs"
    store.clock = lambda: datetime(2026, 11, 30, tzinfo=UTC)
    (told,) = settled_requests(store, public)["P1"]
    assert (
        "Conwy" not in repr(told)
        and "Which assessment" not in repr(told)
        and "Olwen" not in repr(told)
    )
    assert (
        after_reply(
            dict(zip(("c1", "c2", "c3", "c4"), BLANK, strict=True)),
            DECIDED,
            [told],
            store.today(),
        ).verdict
        is Verdict.NO_LINK_SHOWN
    )


def test_totals_are_told_both_ways_and_add_up_to_the_same(store: Store) -> None:
    rows = [
        {"project_id": f"P{n}", "verdict": v, "year_gbp": gbp}
        for n, (v, gbp) in enumerate(
            (("CANNOT_ASSESS", 10.1), ("NO_LINK_SHOWN", 20.2), ("CLEAR", None))
        )
    ]
    grant = ExceptionGrant(
        "X", 1, "D", NORTH, "P1", "Because", ASKED, DUE, None, None
    )
    totals = both_ways(rows, {"P0": "NO_LINK_SHOWN"}, {"P1": grant})
    assert totals.tested == {
        "CANNOT_ASSESS": (1, 10.1),
        "NO_LINK_SHOWN": (1, 20.2),
        "CLEAR": (1, 0.0),
    }
    assert totals.replied == {"NO_LINK_SHOWN": (2, 30.3), "CLEAR": (1, 0.0)}
    assert totals.excepted == {
        "NO_LINK_SHOWN": (1, 10.1),
        "EXCEPTION": (1, 20.2),
        "CLEAR": (1, 0.0),
    }
    assert totals.differ and not both_ways(rows, {}, {}).differ
    found = both_ways(
        rows,
        {"P0": "NO_LINK_SHOWN"},
        {"P1": grant},
        {"P0": "PARTIAL", "P1": "CLEAR"},
    )
    assert found.replied == totals.replied
    assert found.excepted == {
        "PARTIAL": (1, 10.1),
        "EXCEPTION": (1, 20.2),
        "CLEAR": (1, 0.0),
    }, "an exception stands before a finding"
