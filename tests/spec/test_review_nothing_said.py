"""An act of the record whose words are blank is refused by name, and nothing of it is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clearlink.review.agenda import add_item, declare_interest, evidence, items
from clearlink.review.codes import Field, Stance, Subject, Terms
from clearlink.review.meetings import Seat, add_member, close, members, set_up_meeting
from clearlink.review.refusals import Refused
from clearlink.review.requests import ask, ask_owner
from clearlink.review.statements import record_statement
from clearlink.review.store import Store
from tests.meetings import HELD_ON, NORTH, OFFICER, a_frozen_meeting, a_meeting, a_store

BLANK = " \n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def test_an_item_has_a_title_and_stands_once(store: Store) -> None:
    meeting = a_meeting(store)
    with pytest.raises(Refused, match="title_missing"):
        add_item(store, OFFICER, meeting, Subject.MATTER, "", BLANK, {})
    add_item(store, OFFICER, meeting, Subject.PROJECT, "P1", "Drop-in", {})
    add_item(store, OFFICER, meeting, Subject.PROJECT, "P1", "Again", {})
    (item,) = items(store, OFFICER, meeting.meeting_id)
    assert evidence(store, OFFICER, item) == {}, "nothing is frozen yet"


def test_an_interest_says_what_it_is(store: Store) -> None:
    meeting = a_frozen_meeting(store)
    item, *_ = items(store, OFFICER, meeting.meeting_id)
    member, *_ = members(store, OFFICER, meeting.meeting_id)
    with pytest.raises(Refused, match="nature_missing"):
        declare_interest(store, OFFICER, meeting, item, member, BLANK)


def test_a_meeting_and_its_members_are_named(store: Store) -> None:
    with pytest.raises(Refused):
        set_up_meeting(
            store,
            OFFICER,
            place=NORTH,
            held_on=HELD_ON,
            terms=Terms.RCC,
            chair=BLANK,
            quorum=0,
            seats=(),
        )
    meeting = a_meeting(store)
    with pytest.raises(Refused, match="member_nameless"):
        add_member(store, OFFICER, meeting, Seat(BLANK, "Conwy"))
    with pytest.raises(Refused, match="member_twice"):
        add_member(store, OFFICER, meeting, Seat("carys chair", "Conwy"))
    with pytest.raises(Refused, match="not_frozen"):
        close(store, OFFICER, meeting, set())
    before = len(members(store, OFFICER, meeting.meeting_id))
    add_member(store, OFFICER, meeting, Seat("Gwen Guest", "Conwy"))
    assert len(members(store, OFFICER, meeting.meeting_id)) == before + 1


def test_a_question_asks_something_of_somebody(store: Store) -> None:
    for asked_of, question in ((BLANK, "Which need?"), ("Conwy", BLANK)):
        with pytest.raises(Refused, match="question_missing"):
            ask(
                store,
                OFFICER,
                place=NORTH,
                la_code=None,
                project_id="P1",
                field=Field.PRIORITY,
                asked_of=asked_of,
                question=question,
            )
    with pytest.raises(Refused, match="question_missing"):
        ask_owner(store, OFFICER, records=[], asked_of="Conwy", question="Which?")


@pytest.mark.parametrize(("who", "text"), [(BLANK, "No bus."), ("A parent", BLANK)])
def test_a_statement_says_something_by_somebody(
    store: Store, who: str, text: str
) -> None:
    with pytest.raises(Refused, match="said_missing"):
        record_statement(
            store,
            OFFICER,
            place=NORTH,
            area_code=NORTH,
            said_on=date(2026, 11, 20),
            who=who,
            method="letter",
            text=text,
            stance=Stance.SUPPORTS,
        )
