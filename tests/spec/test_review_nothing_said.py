"""An act of the record whose words are blank is refused by name, and what the machine could not keep has its
kind.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clearlink.review.agenda import add_item, declare_interest, evidence, items
from clearlink.review.codes import Field, Stance, Subject, Terms
from clearlink.review.meetings import (
    Seat,
    add_member,
    close,
    members,
    set_up_meeting,
)
from clearlink.review.refusals import Refused
from clearlink.review.requests import ask, ask_owner
from clearlink.review.saving import NotSaved, engine_of_a_copy, saved_or_told
from clearlink.review.statements import record_statement
from clearlink.review.store import Store
from tests.meetings import (
    HELD_ON,
    NORTH,
    OFFICER,
    a_frozen_meeting,
    a_meeting,
    a_store,
)

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
        ask_owner(
            store, OFFICER, records=[], asked_of="Conwy", question="Which?"
        )


@pytest.mark.parametrize(
    ("who", "text"), [(BLANK, "No bus."), ("A parent", BLANK)]
)
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


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("database or disk is full", "full"),
        ("attempt to write a readonly database", "read_only"),
        ("database is locked", "busy"),
        ("disk I/O error", "failed"),
    ],
)
def test_what_the_machine_could_not_keep_has_its_kind(
    message: str, kind: str
) -> None:
    with pytest.raises(NotSaved) as told, saved_or_told():
        raise DBAPIError("insert", None, sqlite3.OperationalError(message))
    assert told.value.kind == kind


def test_a_connection_that_went_leaves_it_unsure_and_our_own_fault_stays_ours() -> (
    None
):
    lost = DBAPIError(
        "commit", None, OSError("gone"), connection_invalidated=True
    )
    with pytest.raises(NotSaved, match="unsure"), saved_or_told():
        raise lost
    ours = DBAPIError(
        "insert", None, sqlite3.IntegrityError("UNIQUE constraint")
    )
    with pytest.raises(DBAPIError, match="UNIQUE"), saved_or_told():
        raise ours


def test_a_copy_of_the_store_holds_what_stood_there_and_none_is_empty(
    store: Store, tmp_path: Path
) -> None:
    a_meeting(store)
    counted = text("select count(*) from meeting")
    with engine_of_a_copy(tmp_path / "review.sqlite").connect() as connection:
        assert connection.execute(counted).scalar() == 1
    with engine_of_a_copy(tmp_path / "absent.sqlite").connect() as connection:
        named = connection.execute(text("select count(*) from sqlite_master"))
        assert named.scalar() == 0
