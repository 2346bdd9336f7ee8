"""What the committee's own rules ask of a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clearlink.review.agenda import (
    add_item,
    declare_interest,
    evidence,
    items,
    keep_or_drop,
    move,
    possible_interests,
)
from clearlink.review.codes import (
    ActionState,
    Ground,
    ItemState,
    Outcome,
    Subject,
)
from clearlink.review.decisions import (
    Resolution,
    decide,
    decisions,
    latest,
    needs_second,
    second,
    secondings,
)
from clearlink.review.exceptions import end_exception, exceptions
from clearlink.review.follow import actions, change_action
from clearlink.review.meetings import (
    EvidenceNow,
    freeze,
    meeting,
    members,
    record_presence,
    snapshot,
)
from clearlink.review.organisations import KnownNames
from clearlink.review.refusals import Refused
from clearlink.review.roles import Role, Viewer
from clearlink.review.store import Stale, Store
from tests.meetings import (
    HELD_ON,
    NORTH,
    NOW,
    OFFICER,
    REASON,
    a_frozen_meeting,
    a_meeting,
    a_store,
    close_as_it_stands,
    facts,
)

CONFIRM = Resolution(Outcome.CONFIRM, REASON)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def refused(
    store: Store, resolution: Resolution, **meeting_of: object
) -> set[str]:
    held = a_frozen_meeting(store, **meeting_of)  # type: ignore[arg-type]
    with pytest.raises(Refused) as found:
        decide(
            store,
            OFFICER,
            items(store, OFFICER, held.meeting_id)[0],
            resolution,
            after=0,
        )
    assert decisions(store, OFFICER, held.meeting_id) == []
    return set(found.value.codes)


@pytest.mark.parametrize(
    ("resolution", "codes"),
    [
        (Resolution(Outcome.CONFIRM, "nineteen characters"), {"reason_short"}),
        (
            Resolution(Outcome.CONFIRM, "  short    " + " " * 30),
            {"reason_short"},
        ),
        (Resolution(Outcome.STOP, REASON), {"owner_missing", "due_missing"}),
        (
            Resolution(
                Outcome.INVESTIGATE, REASON, owner="Ann", due=date(2026, 11, 25)
            ),
            {"due_past"},
        ),
        (
            Resolution(Outcome.CONFIRM, REASON, withdrew=("P-nobody",)),
            {"withdrew_unknown"},
        ),
        (
            Resolution(
                Outcome.EXCEPTION,
                REASON,
                second_person="Dewi Deputy",
                ground=Ground.TRANSITION,
                evidence_link="Minute 4",
                exception_until=HELD_ON,
            ),
            {"exception_until_past"},
        ),
        (
            Resolution(Outcome.EXCEPTION, REASON, second_person="Dewi Deputy"),
            {"ground_missing", "evidence_link_missing"},
        ),
        (
            Resolution(
                Outcome.CONFIRM,
                REASON,
                finding="PARTIAL",
                ground=Ground.NEW_EVIDENCE,
                evidence_link="Plan, page 4",
            ),
            {"second_missing"},
        ),
        (
            Resolution(
                Outcome.CONFIRM,
                REASON,
                finding="PARTIAL",
                ground=Ground.NEW_EVIDENCE,
                evidence_link="Plan, page 4",
                second_person="Somebody Else",
            ),
            {"second_not_present"},
        ),
        (
            Resolution(Outcome.CONFIRM, "short", finding="CLEAR"),
            {
                "reason_short",
                "ground_missing",
                "evidence_link_missing",
                "second_missing",
            },
        ),
    ],
)
def test_every_reason_for_refusal_is_said_at_once(
    store: Store, resolution: Resolution, codes: set[str]
) -> None:
    assert refused(store, resolution) == codes


def test_the_person_who_records_is_not_the_second_person(store: Store) -> None:
    told = Resolution(
        Outcome.CONFIRM,
        REASON,
        finding="PARTIAL",
        ground=Ground.NEW_EVIDENCE,
        evidence_link="Plan, page 4",
        second_person="olwen officer",
    )
    assert "second_same" in refused(store, told)


@pytest.mark.parametrize(
    ("found", "to", "needed"),
    [
        ("NO_LINK_SHOWN", "PARTIAL", True),
        ("PARTIAL", "NO_LINK_SHOWN", True),
        ("NO_LINK_SHOWN", "EXCEPTION", True),
        ("PARTIAL", "CLEAR", False),
        ("CANNOT_ASSESS", "PARTIAL", False),
        ("NO_LINK_SHOWN", None, False),
        ("PARTIAL", "EXCEPTION", False),
    ],
)
def test_a_second_person_is_needed_into_and_out_of_no_link_shown(
    found: str, to: str | None, needed: bool
) -> None:
    assert needs_second(found, to) is needed


def test_quorum_counts_voting_members_who_are_present_and_did_not_withdraw(
    store: Store,
) -> None:
    held = a_frozen_meeting(store, quorum=3)
    item = items(store, OFFICER, held.meeting_id)[0]
    carys, dewi, _, adviser = members(store, OFFICER, held.meeting_id)
    with pytest.raises(Refused, match="quorum_lost"):
        decide(
            store,
            OFFICER,
            item,
            replace(CONFIRM, withdrew=(dewi.member_id,)),
            after=0,
        )
    decide(
        store,
        OFFICER,
        item,
        replace(CONFIRM, withdrew=(adviser.member_id,)),
        after=0,
    )
    record_presence(store, OFFICER, held, carys, False)
    with pytest.raises(Refused, match="quorum_lost"):
        decide(store, OFFICER, item, CONFIRM, after=1)


def test_a_member_with_an_interest_withdraws_and_the_minutes_keep_it(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    eleri = members(store, OFFICER, held.meeting_id)[2]
    declare_interest(
        store, OFFICER, held, item, eleri, "trustee of the provider"
    )
    with pytest.raises(Refused, match="interest_stays"):
        decide(store, OFFICER, item, CONFIRM, after=0)
    taken = decide(
        store,
        OFFICER,
        item,
        replace(CONFIRM, withdrew=(eleri.member_id,)),
        after=0,
    )
    assert taken.withdrew == ["Eleri Evans"] and taken.present == [
        "Carys Chair",
        "Dewi Deputy",
        "Ffion Adviser",
    ]


def test_members_whose_organisation_delivers_an_item_are_asked(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    seated, listed = (
        members(store, OFFICER, held.meeting_id),
        items(store, OFFICER, held.meeting_id),
    )
    by_id = possible_interests(
        seated,
        listed,
        {
            listed[0].item_id: ("XI-1", None),
            listed[1].item_id: (None, "canolfan deuluol "),
            listed[2].item_id: (None, None),
        },
        KnownNames(),
    )
    assert [(p.member.name, p.item.title) for p in by_id] == [
        ("Eleri Evans", "Project 1"),
        ("Eleri Evans", "Project 2"),
    ]


def test_an_exception_ends_after_twelve_months_unless_said_otherwise(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    decide(
        store,
        OFFICER,
        item,
        Resolution(
            Outcome.EXCEPTION,
            REASON,
            ground=Ground.TRANSITION,
            evidence_link="Minute 4",
            second_person="Dewi Deputy",
        ),
        after=0,
    )
    assert exceptions(store, OFFICER, date(2027, 11, 26))["P1"].until == date(
        2027, 11, 26
    )
    assert exceptions(store, OFFICER, date(2027, 11, 27)) == {}
    grant = exceptions(store, OFFICER, HELD_ON)["P1"]
    end_exception(
        store,
        OFFICER,
        grant,
        "The service closed on this day.",
        date(2027, 2, 1),
    )
    assert exceptions(store, OFFICER, date(2027, 2, 1)) == {}


def test_a_later_decision_stands_and_the_earlier_one_stays_on_record(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    first = decide(
        store,
        OFFICER,
        item,
        Resolution(Outcome.STOP, REASON, owner="Ann", due=date(2027, 1, 31)),
        after=0,
    )
    with pytest.raises(Stale):
        decide(store, OFFICER, item, CONFIRM, after=0)
    later = decide(store, OFFICER, item, CONFIRM, after=1)
    assert decisions(store, OFFICER, held.meeting_id) == [first, later]
    assert latest(decisions(store, OFFICER, held.meeting_id)) == {
        item.item_id: later
    }
    assert [(a.state, a.note) for a in actions(store, OFFICER)] == [
        (ActionState.DROPPED, f"superseded by {later.decision_id}")
    ]


def test_signed_in_the_second_person_agrees_as_themselves(store: Store) -> None:
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    ann = Viewer("Ann", Role.OFFICER, frozenset({NORTH}), subject="1")
    bob = Viewer("Bob", Role.CHAIR, frozenset({NORTH}), subject="2")
    taken = decide(
        store,
        ann,
        item,
        Resolution(
            Outcome.EXCEPTION,
            REASON,
            ground=Ground.TRANSITION,
            evidence_link="Minute 4",
            second_person="Dewi Deputy",
        ),
        after=0,
    )
    assert (
        secondings(store, ann, held.meeting_id) == {}
        and exceptions(store, OFFICER, HELD_ON) == {}
    )
    with pytest.raises(Refused, match="second_same"):
        second(store, ann, taken)
    second(store, bob, taken)
    assert (
        secondings(store, ann, held.meeting_id)[taken.decision_id].name == "Bob"
    )
    assert (
        exceptions(store, OFFICER, HELD_ON)["P1"].decision_id
        == taken.decision_id
    )
    with pytest.raises(Refused, match="second_had"):
        second(store, bob, taken)


def test_nothing_is_decided_before_the_freeze_or_after_the_close(
    store: Store,
) -> None:
    preparing = a_meeting(store)
    asked = add_item(
        store, OFFICER, preparing, Subject.MATTER, "", "Winter fuel", {}
    )
    with pytest.raises(Refused, match="not_frozen"):
        decide(store, OFFICER, asked, CONFIRM, after=0)
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    close_as_it_stands(store, held)
    with pytest.raises(Refused, match="meeting_closed"):
        decide(store, OFFICER, item, CONFIRM, after=0)


def test_the_agenda_is_kept_dropped_and_moved_until_it_is_frozen(
    store: Store,
) -> None:
    held = a_meeting(store)
    for title in ("one", "two", "three"):
        add_item(store, OFFICER, held, Subject.MATTER, "", title, {})
    one, two, three = items(store, OFFICER, held.meeting_id)
    keep_or_drop(store, OFFICER, held, two, ItemState.DROPPED)
    move(store, OFFICER, held, three, -1)
    assert [i.title for i in items(store, OFFICER, held.meeting_id)] == [
        "three",
        "one",
    ]
    with pytest.raises(Stale):
        move(store, OFFICER, held, one, -1)
    listed = items(store, OFFICER, held.meeting_id)
    move(store, OFFICER, held, listed[0], -1)
    assert [i.title for i in items(store, OFFICER, held.meeting_id)] == [
        "three",
        "one",
    ]
    with pytest.raises(Refused, match="evidence_missing"):
        freeze(store, OFFICER, held, NOW, {})
    freeze(store, OFFICER, held, NOW, {i.item_id: {} for i in listed})
    with pytest.raises(Refused, match="not_preparing"):
        keep_or_drop(store, OFFICER, held, listed[0], ItemState.DROPPED)


def test_a_rebuild_leaves_a_decision_and_its_evidence_as_they_were(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    taken = decide(store, OFFICER, item, CONFIRM, after=0)
    later = EvidenceNow(
        "sample-2", "c" * 64, "b" * 64, "0.2.0", date(2027, 1, 1)
    )
    assert later.snapshot_id != NOW.snapshot_id
    a_frozen_meeting(store)
    kept = snapshot(store, OFFICER, meeting(store, OFFICER, held.meeting_id))
    assert (
        kept is not None
        and (kept.content_hash, kept.app_version) == ("a" * 64, "0.1.0")
        and taken.snapshot_id == kept.snapshot_id
    )
    assert evidence(store, OFFICER, item) == facts()


def test_an_action_is_followed_to_its_end(store: Store) -> None:
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        Resolution(Outcome.CHANGE, REASON, owner="Ann", due=date(2027, 1, 31)),
        after=0,
    )
    todo = actions(store, OFFICER, place=NORTH)[0]
    change_action(
        store, OFFICER, todo, ActionState.DONE, "Agreed with the provider"
    )
    assert [(a.state, a.due) for a in actions(store, OFFICER)] == [
        (ActionState.DONE, date(2027, 1, 31))
    ]
    with pytest.raises(Stale):
        change_action(store, OFFICER, todo, ActionState.OPEN, "")
    assert store.check().is_intact
