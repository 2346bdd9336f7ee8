"""A justified exception from proposal to end: it reaches the next agenda once, only the committee grants
it, and its end is kept.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clearlink.review.agenda import items, keep_or_drop, propose
from clearlink.review.bundle import audit_bundle, opened_bundle
from clearlink.review.codes import Ground, ItemState, Outcome, Subject
from clearlink.review.decisions import Resolution, decide
from clearlink.review.exceptions import (
    end_exception,
    exceptions,
    proposals_on,
    propose_exception,
)
from clearlink.review.meetings import freeze
from clearlink.review.records import ExceptionProposal
from clearlink.review.refusals import Refused
from clearlink.review.roles import NotPermitted, Role, Viewer
from clearlink.review.store import NotFound, Store
from clearlink.review.triage import Proposal
from tests.meetings import (
    NORTH,
    NOW,
    OFFICER,
    REASON,
    a_frozen_meeting,
    a_meeting,
    a_store,
    facts,
)

CONWY = "W06000003"
COLIN = Viewer(
    "Colin Commissioner", Role.COMMISSIONER, frozenset({CONWY}), subject="c"
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def proposed(
    store: Store,
    viewer: Viewer = COLIN,
    project_id: str = "P1",
    place: str = NORTH,
    reason: str = REASON,
) -> ExceptionProposal:
    return propose_exception(
        store,
        viewer,
        place=place,
        la_code=CONWY,
        project_id=project_id,
        title="Drop-in",
        reason=reason,
    )


def test_the_next_agenda_takes_a_proposal_up_once_and_first(
    store: Store,
) -> None:
    proposed(store)
    other = [
        Proposal(
            Subject.PROJECT,
            "P2",
            "Another",
            "verdict",
            {"verdict": "NO_LINK_SHOWN"},
        )
    ]
    meeting = a_meeting(store)
    propose(store, OFFICER, meeting, other)
    propose(store, OFFICER, meeting, other)
    listed = items(store, OFFICER, meeting.meeting_id)
    assert [(i.subject_id, i.proposed_by) for i in listed] == [
        ("P1", "Colin Commissioner"),
        ("P2", "rule"),
    ]
    why = listed[0].why
    assert (why["key"], why["who"], why["reason"]) == (
        "exception_proposed",
        "Colin Commissioner",
        REASON,
    )
    assert [p.item_id for p in proposals_on(store, COLIN, "P1")] == [
        listed[0].item_id
    ]
    later = a_meeting(store)
    propose(store, OFFICER, later, other)
    assert [i.subject_id for i in items(store, OFFICER, later.meeting_id)] == [
        "P2"
    ]


def test_a_project_that_triage_proposed_already_stays_one_item_and_comes_back_where_it_was_dropped(
    store: Store,
) -> None:
    meeting = a_meeting(store)
    rule = [
        Proposal(
            Subject.PROJECT,
            "P1",
            "Drop-in",
            "verdict",
            {"verdict": "NO_LINK_SHOWN"},
        )
    ]
    propose(store, OFFICER, meeting, rule)
    keep_or_drop(
        store,
        OFFICER,
        meeting,
        items(store, OFFICER, meeting.meeting_id)[0],
        ItemState.DROPPED,
    )
    proposed(store)
    propose(store, OFFICER, meeting, rule)
    assert [
        (i.subject_id, i.why["key"], i.state)
        for i in items(store, OFFICER, meeting.meeting_id, None)
    ] == [("P1", "exception_proposed", ItemState.KEPT)]


def test_only_the_committee_it_is_put_to_takes_it_up(store: Store) -> None:
    proposed(store)
    elsewhere = a_meeting(store, place="RCC_GWENT")
    propose(store, OFFICER, elsewhere, [])
    assert items(store, OFFICER, elsewhere.meeting_id) == []
    assert [p.item_id for p in proposals_on(store, COLIN, "P1")] == [None]


@pytest.mark.parametrize(
    ("reason", "code"),
    [("Too short.", "reason_short"), (REASON, "proposal_had")],
)
def test_a_proposal_needs_a_reason_and_waits_once(
    store: Store, reason: str, code: str
) -> None:
    proposed(store)
    with pytest.raises(Refused) as refused:
        proposed(store, reason=reason)
    assert code in refused.value.codes


def test_a_commissioner_proposes_for_their_own_authority_and_grants_nothing(
    store: Store,
) -> None:
    with pytest.raises(NotPermitted):
        propose_exception(
            store,
            COLIN,
            place=NORTH,
            la_code="W06000001",
            project_id="P1",
            title="Drop-in",
            reason=REASON,
        )
    held = a_frozen_meeting(store)
    with pytest.raises((NotPermitted, NotFound)):
        decide(
            store,
            COLIN,
            items(store, OFFICER, held.meeting_id)[0],
            Resolution(Outcome.EXCEPTION, REASON),
            after=0,
        )


def test_others_do_not_read_what_was_proposed(store: Store) -> None:
    proposed(store)
    for stranger in (
        Viewer("", Role.VIEWER),
        Viewer("G", Role.CHAIR, frozenset({"RCC_GWENT"}), subject="g"),
    ):
        assert proposals_on(store, stranger, "P1") == []


def test_the_bundle_of_the_meeting_holds_the_proposal_and_its_lines(
    store: Store,
) -> None:
    kept = proposed(store)
    meeting = a_meeting(store)
    propose(store, OFFICER, meeting, [])
    freeze(
        store,
        OFFICER,
        meeting,
        NOW,
        {i.item_id: facts() for i in items(store, OFFICER, meeting.meeting_id)},
    )
    rows = opened_bundle(audit_bundle(store, OFFICER, meeting.meeting_id))
    assert [r["proposal_id"] for r in rows["exception_proposal"]] == [
        kept.proposal_id
    ]
    assert [
        line["act"]
        for line in rows["audit_log"]
        if line["subject_id"] == kept.proposal_id
    ] == [
        "propose_exception",
        "arrange_agenda",
    ]
    assert store.check().is_intact


def test_an_exception_that_ended_is_in_force_no_more_and_its_record_stays(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    first = items(store, OFFICER, held.meeting_id)[0]
    decide(
        store,
        OFFICER,
        first,
        Resolution(
            Outcome.EXCEPTION,
            REASON,
            ground=Ground.TRANSITION,
            evidence_link="Minute 4",
            second_person="Dewi Deputy",
        ),
        after=0,
    )
    grant = exceptions(store, OFFICER, held.held_on)["P1"]
    ended = end_exception(
        store, OFFICER, grant, "The ward plan was withdrawn.", date(2027, 2, 1)
    )
    assert (
        exceptions(store, OFFICER, date(2027, 1, 31)).keys() == {"P1"}
        and exceptions(store, OFFICER, date(2027, 2, 1)) == {}
    )
    assert (ended.reason, ended.ended_because) == (
        REASON,
        "The ward plan was withdrawn.",
    )
