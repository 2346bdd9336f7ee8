"""Minutes: every sentence leads back to a decision; wording may change, facts may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clearlink.review.agenda import interests, items
from clearlink.review.changes import Change, changes_since
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions, secondings
from clearlink.review.meetings import members
from clearlink.review.minutes import Passage, passages, reword, wordings
from clearlink.review.refusals import Refused
from clearlink.review.store import Stale, Store
from clearlink.words import knows
from tests.meetings import (
    OFFICER,
    REASON,
    a_frozen_meeting,
    a_store,
    close_as_it_stands,
    facts,
)

STANDARD = "The committee decided to {outcome}. Reason: {reason}"


def drafted(store: Store, meeting_id: str) -> list[Passage]:
    from clearlink.review.meetings import meeting

    return passages(
        meeting(store, OFFICER, meeting_id),
        members(store, OFFICER, meeting_id),
        items(store, OFFICER, meeting_id),
        decisions(store, OFFICER, meeting_id),
        secondings(store, OFFICER, meeting_id),
        interests(store, OFFICER, meeting_id),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def test_every_passage_of_a_decision_names_its_decision_and_snapshot(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    taken = decide(
        store,
        OFFICER,
        item,
        Resolution(
            Outcome.STOP,
            REASON,
            dissent="Dewi would wait.",
            owner="Ann",
            due=date(2027, 1, 31),
        ),
        after=0,
    )
    found = drafted(store, held.meeting_id)
    assert [p.key for p in found] == [
        "opening",
        "present",
        "evidence",
        "item",
        "decided",
        "action",
        "dissent",
        "undecided",
    ]
    assert {
        (p.decision_id, p.snapshot_id)
        for p in found
        if p.key in ("decided", "action", "dissent")
    } == {(taken.decision_id, taken.snapshot_id)}
    assert all(knows(f"meetings.minutes.{p.key}") for p in found)
    assert len({p.name for p in found}) == len(found)


def test_a_committee_is_not_said_to_have_met_before_anybody_came(
    store: Store,
) -> None:
    """On 27 November the draft said that the committee met on 11 December, and that nobody was there."""
    held = a_frozen_meeting(store)
    seated = members(store, OFFICER, held.meeting_id)
    listed = items(store, OFFICER, held.meeting_id)
    for there in (True, False):
        drawn = passages(
            held,
            [replace(m, is_present=there) for m in seated],
            listed,
            [],
            {},
            [],
        )
        assert (drawn[0].key, drawn[0].name) == (
            "opening" if there else "opening_called",
            "opening",
        )
        assert knows(f"meetings.minutes.{drawn[0].key}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The committee decided. Reason: {reason}", "passage_facts"),
        ("{outcome} {reason} {owner}", "passage_facts"),
        ("{outcome} {reason} for £50,000", "passage_figures"),
        ("   ", "passage_empty"),
        ("{outcome} {reason} {", "passage_facts"),
    ],
)
def test_wording_that_would_change_a_fact_is_refused(
    store: Store, text: str, code: str
) -> None:
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        Resolution(Outcome.CONFIRM, REASON),
        after=0,
    )
    passage = next(
        p for p in drafted(store, held.meeting_id) if p.key == "decided"
    )
    with pytest.raises(Refused, match=code):
        reword(store, OFFICER, held, passage, "en", STANDARD, text, None)


def test_wording_is_kept_even_after_the_close_and_by_version(
    store: Store,
) -> None:
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        Resolution(Outcome.CONFIRM, REASON),
        after=0,
    )
    passage = next(
        p for p in drafted(store, held.meeting_id) if p.key == "decided"
    )
    close_as_it_stands(store, held)
    reword(
        store,
        OFFICER,
        held,
        passage,
        "en",
        STANDARD,
        "It was agreed to {outcome}, because: {reason}",
        None,
    )
    reword(
        store,
        OFFICER,
        held,
        passage,
        "en",
        STANDARD,
        "Agreed to {outcome}, because: {reason}",
        1,
    )
    assert wordings(store, OFFICER, held.meeting_id, "en") == {
        passage.name: ("Agreed to {outcome}, because: {reason}", 2)
    }
    assert wordings(store, OFFICER, held.meeting_id, "cy") == {}
    with pytest.raises(Stale):
        reword(
            store,
            OFFICER,
            held,
            passage,
            "en",
            STANDARD,
            "{outcome} {reason}",
            1,
        )


def test_what_changed_since_a_decision() -> None:
    before = facts()
    now = facts("PARTIAL")
    now["project"]["annual_value_gbp"] = 90000.0
    now["citations"] = [{"priority_id": "Q1"}]
    assert changes_since(before, now) == [
        Change("verdict", "NO_LINK_SHOWN", "PARTIAL"),
        Change("today", "NO_LINK_SHOWN", "PARTIAL"),
        Change("annual_value_gbp", 120000.0, 90000.0),
        Change("citations", 0, 1),
    ]
    assert changes_since(before, facts()) == []
    assert changes_since(before, None) == [Change("gone", None, None)]
    assert all(
        knows(f"meetings.change.{c.name}") for c in changes_since(before, now)
    )
