"""Every write × every role × inside and outside the person's place, as the matrix says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearlink.review import (
    agenda,
    decisions,
    exceptions,
    follow,
    meetings,
    minutes,
    participation,
    readings,
    requests,
    settled,
    signs_seen,
    statements,
)
from clearlink.review.bundle import audit_bundle
from clearlink.review.codes import (
    ActionState,
    Answer,
    Field,
    Ground,
    ItemState,
    Kept,
    Outcome,
    Response,
    SettledField,
    Stance,
    Standard,
    Subject,
    Terms,
)
from clearlink.review.decisions import Resolution
from clearlink.review.papers import Paper
from clearlink.review.roles import (
    MATRIX,
    Act,
    NotPermitted,
    Role,
    Viewer,
    viewer_from_claims,
)
from clearlink.review.store import NotFound, Store
from clearlink.review.triage import Proposal
from tests.meetings import (
    HELD_ON,
    NORTH,
    NOW,
    OFFICER,
    REASON,
    SEATS,
    a_frozen_meeting,
    a_meeting,
    a_store,
    close_as_it_stands,
    facts,
)

GWENT = "RCC_GWENT"
RECORD = {"project_id": "P1", "la_code": "W06000003", "region_code": NORTH}
PAPER = Paper(
    "Cabinet report 7", "https://democracy.conwy.gov.uk/7", date(2014, 3, 4), 12
)
# written out again, not derived: a change of the matrix must be made twice, once knowing what it does
ALLOWED: dict[str, set[Role]] = {
    "set up a meeting": {Role.OFFICER, Role.CHAIR},
    "add a member": {Role.OFFICER, Role.CHAIR},
    "record presence": {Role.OFFICER, Role.CHAIR},
    "declare an interest": {Role.OFFICER, Role.CHAIR},
    "take back an interest": {Role.OFFICER, Role.CHAIR},
    "propose items": {Role.OFFICER, Role.CHAIR},
    "add an item": {Role.OFFICER, Role.CHAIR},
    "drop an item": {Role.OFFICER, Role.CHAIR},
    "move an item": {Role.OFFICER, Role.CHAIR},
    "freeze": {Role.OFFICER, Role.CHAIR},
    "decide": {Role.OFFICER, Role.CHAIR},
    "second": {Role.OFFICER, Role.CHAIR},
    "follow an action": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "propose an exception": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "end an exception": {Role.OFFICER, Role.CHAIR},
    "ask for evidence": {Role.OFFICER, Role.CHAIR, Role.STEWARD},
    "answer a request": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "record a statement": {
        Role.COMMISSIONER,
        Role.OFFICER,
        Role.CHAIR,
        Role.STEWARD,
    },
    "respond to a statement": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "answer a loaded statement": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "check participation": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "check an assessment": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "settle a record": {
        Role.COMMISSIONER,
        Role.OFFICER,
        Role.CHAIR,
        Role.STEWARD,
    },
    "reject a proposal": {
        Role.COMMISSIONER,
        Role.OFFICER,
        Role.CHAIR,
        Role.STEWARD,
    },
    "read a silent paper": {
        Role.COMMISSIONER,
        Role.OFFICER,
        Role.CHAIR,
        Role.STEWARD,
    },
    "confirm a silent paper": {
        Role.COMMISSIONER,
        Role.OFFICER,
        Role.CHAIR,
        Role.STEWARD,
    },
    "record a sign": {
        Role.COMMISSIONER,
        Role.OFFICER,
        Role.CHAIR,
        Role.STEWARD,
    },
    "reply to a sign": {Role.COMMISSIONER, Role.OFFICER, Role.CHAIR},
    "ask an owner": {Role.OFFICER, Role.CHAIR, Role.STEWARD},
    "word the minutes": {Role.OFFICER, Role.CHAIR},
    "decide before the day": {Role.CHAIR},
    "close": {Role.CHAIR},
    "read the audit bundle": {Role.CHAIR, Role.STEWARD},
}


def writes(store: Store) -> dict[str, Callable[[Viewer], Any]]:
    """Every write of the store, each ready to succeed for somebody who may."""
    open_one, frozen = a_meeting(store), a_frozen_meeting(store, number=4)
    first, _ = (
        agenda.add_item(store, OFFICER, open_one, Subject.MATTER, "", t, {})
        for t in ("one", "two")
    )
    member = meetings.members(store, OFFICER, open_one.meeting_id)[0]
    interest = agenda.declare_interest(
        store, OFFICER, open_one, first, member, "chair of the trust"
    )
    listed = agenda.items(store, OFFICER, frozen.meeting_id)
    grounds = {
        "ground": Ground.TRANSITION,
        "evidence_link": "Minute 4",
        "second_person": "Dewi Deputy",
    }
    decisions.decide(
        store,
        OFFICER,
        listed[0],
        decisions.Resolution(Outcome.EXCEPTION, REASON, **grounds),
        after=0,
    )  # type: ignore[arg-type]
    decisions.decide(
        store,
        OFFICER,
        listed[1],
        decisions.Resolution(
            Outcome.STOP, REASON, owner="Ann", due=date(2027, 1, 1)
        ),
        after=0,
    )
    elsewhere = Viewer("Elsewhere", Role.CHAIR, frozenset({NORTH}), subject="e")
    waiting = decisions.decide(
        store,
        elsewhere,
        listed[2],
        decisions.Resolution(Outcome.EXCEPTION, REASON, **grounds),
        after=0,
    )  # type: ignore[arg-type]
    todo, grant = (
        follow.actions(store, OFFICER)[0],
        exceptions.exceptions(store, OFFICER, HELD_ON)["P1"],
    )
    asked = requests.ask(
        store,
        OFFICER,
        place=NORTH,
        la_code=None,
        project_id="P1",
        field=Field.PRIORITY,
        asked_of="Conwy",
        question="Which page?",
    )
    said = statements.record_statement(
        store,
        OFFICER,
        place=NORTH,
        area_code="W06000001",
        said_on=HELD_ON,
        who="A parent",
        method="letter",
        text="No bus.",
        stance=Stance.SUPPORTS,
    )
    silent = readings.read_silent(
        store,
        OFFICER,
        RECORD,
        replace(PAPER, url="https://democracy.conwy.gov.uk/second"),
    )
    sign = signs_seen.record_sign(
        store,
        OFFICER,
        RECORD,
        sign="S1",
        paper=PAPER,
        said="Paid past its end, approved afterwards.",
    )
    closable = a_frozen_meeting(store, number=1)
    return {
        "set up a meeting": lambda v: meetings.set_up_meeting(
            store,
            v,
            place=NORTH,
            held_on=HELD_ON,
            terms=Terms.RCC,
            chair="C",
            quorum=1,
            seats=SEATS,
        ),
        "add a member": lambda v: meetings.add_member(
            store, v, open_one, meetings.Seat("New", "Org")
        ),
        "record presence": lambda v: meetings.record_presence(
            store, v, open_one, member, False
        ),
        "declare an interest": lambda v: agenda.declare_interest(
            store, v, open_one, first, member, "chair"
        ),
        "take back an interest": lambda v: agenda.take_back_interest(
            store,
            v,
            open_one,
            replace(
                interest,
                version=agenda.interests(store, OFFICER, open_one.meeting_id)[
                    0
                ].version,
            ),
        ),
        "propose items": lambda v: agenda.propose(store, v, open_one, []),
        "add an item": lambda v: agenda.add_item(
            store, v, open_one, Subject.MATTER, "", "three", {}
        ),
        "drop an item": lambda v: agenda.keep_or_drop(
            store, v, open_one, first, ItemState.KEPT
        ),
        "move an item": lambda v: agenda.move(
            store,
            v,
            open_one,
            agenda.items(store, OFFICER, open_one.meeting_id)[0],
            1,
        ),
        "freeze": lambda v: meetings.freeze(
            store,
            v,
            open_one,
            NOW,
            {
                i.item_id: {}
                for i in agenda.items(store, OFFICER, open_one.meeting_id)
            },
        ),
        "decide": lambda v: decisions.decide(
            store,
            v,
            listed[3],
            decisions.Resolution(Outcome.CONFIRM, REASON),
            after=0,
        ),
        "second": lambda v: decisions.second(store, v, waiting),
        "follow an action": lambda v: follow.change_action(
            store, v, todo, ActionState.DONE, "done"
        ),
        "propose an exception": lambda v: exceptions.propose_exception(
            store,
            v,
            place=NORTH,
            la_code=None,
            project_id="P9",
            title="Project 9",
            reason=REASON,
        ),
        "end an exception": lambda v: exceptions.end_exception(
            store, v, grant, REASON, HELD_ON
        ),
        "ask for evidence": lambda v: requests.ask(
            store,
            v,
            place=NORTH,
            la_code=None,
            project_id="P1",
            field=Field.THEME,
            asked_of="Conwy",
            question="Which theme?",
        ),
        "answer a request": lambda v: requests.answer(
            store, v, asked, Answer.CONFIRMED_NONE, "There is none."
        ),
        "record a statement": lambda v: statements.record_statement(
            store,
            v,
            place=NORTH,
            area_code="W06000001",
            said_on=HELD_ON,
            who="x",
            method="letter",
            text="y",
            stance=Stance.NEITHER,
        ),
        "respond to a statement": lambda v: statements.respond(
            store, v, said, Response.DID, "A bus runs again."
        ),
        "answer a loaded statement": lambda v: statements.answer_loaded(
            store,
            v,
            statement_id="ST-1",
            place=NORTH,
            area_code="W06000001",
            said="No bus.",
            response=Response.DID,
            text="A bus runs again.",
        ),
        "check participation": lambda v: participation.check_participation(
            store,
            v,
            project_id="P1",
            places={NORTH, "W06000003"},
            engaged_on=HELD_ON,
            standards=dict.fromkeys(Standard, Kept.YES),
            note="",
        ),
        "check an assessment": lambda v: participation.check_assessment(
            store,
            v,
            assessment_id="AS-1",
            places={NORTH, "W06000003"},
            standards=dict.fromkeys(Standard, Kept.YES),
            note="",
        ),
        "settle a record": lambda v: settled.accept(
            store, v, RECORD, settled.Value(SettledField.THEME, "isolation")
        ),
        "reject a proposal": lambda v: settled.reject(
            store, v, RECORD, settled.Value(SettledField.THEME, "isolation")
        ),
        "read a silent paper": lambda v: readings.read_silent(
            store, v, RECORD, PAPER
        ),
        "confirm a silent paper": lambda v: readings.confirm_silent(
            store, v, RECORD, silent, asked_of="Conwy", question="Which page?"
        ),
        "record a sign": lambda v: signs_seen.record_sign(
            store,
            v,
            RECORD,
            sign="S2",
            paper=PAPER,
            said="Extended past its terms.",
        ),
        "reply to a sign": lambda v: signs_seen.reply_to_sign(
            store, v, sign, "A duty had to be kept going."
        ),
        "ask an owner": lambda v: requests.ask_owner(
            store,
            v,
            records=[(RECORD, Field.AREAS)],
            asked_of="Conwy",
            question="Where?",
        ),
        "word the minutes": lambda v: minutes.reword(
            store,
            v,
            frozen,
            minutes.Passage("undecided", "undecided", {}),
            "en",
            "Nothing.",
            "Nothing yet.",
            None,
        ),
        "decide before the day": lambda v: meetings.decide_early(
            store, v, frozen, REASON
        ),
        "close": lambda v: close_as_it_stands(store, closable, v),
        "read the audit bundle": lambda v: audit_bundle(
            store, v, frozen.meeting_id
        ),
    }


def test_the_matrix_names_every_role() -> None:
    assert set(MATRIX) == set(Role)
    assert {act for acts in MATRIX.values() for act in acts} == set(Act)


@pytest.mark.parametrize("write", ALLOWED)
def test_every_write_by_every_role(tmp_path: Path, write: str) -> None:
    people = [
        (Viewer("Person", role, places, subject="p"), inside)
        for role in Role
        for places, inside in (
            (frozenset({NORTH}), True),
            (frozenset({GWENT}), False),
            (frozenset[str](), False),
        )
    ]
    store = a_store(tmp_path)
    act = writes(store)[write]
    lines = store.check().lines
    for person, inside in people:
        if not (inside and person.role in ALLOWED[write]):
            with pytest.raises((NotPermitted, NotFound)):
                act(person)
    assert store.check().lines == lines, (
        "a refused write leaves no trace in the data"
    )
    for role in ALLOWED[write]:
        folder = tmp_path / role
        folder.mkdir()
        writes(a_store(folder))[write](
            Viewer("Person", role, frozenset({NORTH}), subject="p")
        )


def test_a_meeting_is_under_embargo_until_it_is_closed(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    public, here, there = (
        Viewer("V", Role.VIEWER),
        Viewer("C", Role.COMMISSIONER, frozenset({NORTH})),
        Viewer("O", Role.OFFICER, frozenset({GWENT})),
    )
    assert (
        meetings.meetings(store, public) == []
        and meetings.meetings(store, there) == []
    )
    assert [m.meeting_id for m in meetings.meetings(store, here)] == [
        held.meeting_id
    ]
    for read in (
        agenda.items,
        meetings.members,
        decisions.decisions,
        agenda.interests,
        decisions.secondings,
    ):
        with pytest.raises(NotFound):
            read(store, public, held.meeting_id)
    close_as_it_stands(store, held)
    assert [m.meeting_id for m in meetings.meetings(store, public)] == [
        held.meeting_id
    ]


@pytest.mark.parametrize(
    "mark",
    [
        {"is_sensitive": True},
        {"delivery_model": "confidential"},
        {"embargo_until": "2099-01-01"},
    ],
)
def test_a_closed_meeting_tells_nobody_else_of_a_project_that_is_withheld(
    tmp_path: Path, mark: dict[str, Any]
) -> None:
    store = a_store(tmp_path)
    held = a_meeting(store)
    agenda.propose(
        store,
        OFFICER,
        held,
        [
            Proposal(Subject.PROJECT, p, title, "verdict", {})
            for p, title in (("P1", "Canary house"), ("P2", "Drop-in"))
        ],
    )
    listed = agenda.items(store, OFFICER, held.meeting_id)
    known = {
        i.item_id: facts()
        | {
            "project": facts()["project"]
            | {"la_code": "W06000003"}
            | (mark if i.subject_id == "P1" else {})
        }
        for i in listed
    }
    held = meetings.freeze(store, OFFICER, held, NOW, known)
    for item in agenda.items(store, OFFICER, held.meeting_id):
        decisions.decide(
            store,
            OFFICER,
            item,
            Resolution(
                Outcome.CHANGE,
                REASON,
                owner="Canary owner" if item.subject_id == "P1" else "Dewi",
                due=date(2027, 3, 1),
            ),
            0,
        )
    seats = meetings.members(store, OFFICER, held.meeting_id)
    agenda.declare_interest(
        store, OFFICER, held, listed[0], seats[0], "canary trustee"
    )
    meetings.close(store, OFFICER, held)
    public, elsewhere = (
        Viewer("V", Role.VIEWER, subject="v"),
        Viewer("O", Role.OFFICER, frozenset({GWENT}), subject="o"),
    )
    owner, chair = (
        Viewer("C", Role.COMMISSIONER, frozenset({"W06000003"}), subject="c"),
        Viewer("K", Role.CHAIR, frozenset({NORTH}), subject="k"),
    )
    for viewer in (public, elsewhere):
        told = [
            agenda.items(store, viewer, held.meeting_id, None),
            decisions.decisions(store, viewer, held.meeting_id),
            follow.actions(store, viewer),
            agenda.interests(store, viewer, held.meeting_id),
            decisions.decisions_on(store, viewer, "P1"),
            exceptions.exceptions(store, viewer, HELD_ON),
        ]
        assert "canary" not in repr(told).casefold() and "P1" not in repr(told)
        assert [len(rows) for rows in told[:3]] == [1, 1, 1]
        assert agenda.withheld_items(store, viewer, held.meeting_id) == 1
        with pytest.raises(NotFound):
            agenda.evidence(store, viewer, replace(listed[0], evidence_id="E"))
    for viewer in (owner, chair, OFFICER):
        assert (
            len(agenda.items(store, viewer, held.meeting_id)) == 2
            and agenda.withheld_items(store, viewer, held.meeting_id) == 0
        )
        assert len(decisions.decisions_on(store, viewer, "P1")) == 1


def test_an_unknown_role_is_a_viewer_without_a_place() -> None:
    forged = viewer_from_claims("X", "x", "administrator", {NORTH})
    assert forged.role is Role.VIEWER and not any(
        forged.may(act, NORTH) for act in Act
    )
