"""A small meeting of the North Wales committee, for the tests of the review store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from clearlink.review.agenda import items, propose
from clearlink.review.codes import Subject, Terms
from clearlink.review.decisions import decisions
from clearlink.review.meetings import (
    EvidenceNow,
    Seat,
    close,
    freeze,
    members,
    record_presence,
    set_up_meeting,
)
from clearlink.review.records import Meeting
from clearlink.review.roles import Viewer, local_viewer
from clearlink.review.store import Store
from clearlink.review.triage import Proposal

NORTH = "RCC_NORTH_WALES"
HELD_ON = date(2026, 11, 26)
OFFICER = local_viewer("Olwen Officer")
SEATS = (
    Seat("Carys Chair", "Conwy"),
    Seat("Dewi Deputy", "Gwynedd"),
    Seat("Eleri Evans", "Canolfan Deuluol", org_id="XI-1"),
    Seat("Ffion Adviser", "Public Health", is_voting=False),
)
NOW = EvidenceNow("sample-1", "a" * 64, "b" * 64, "0.1.0", date(2026, 11, 23))
REASON = "The provider showed the ward plan of last spring."


def a_store(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'review.sqlite'}")


def a_meeting(
    store: Store, viewer: Viewer = OFFICER, quorum: int = 2, place: str = NORTH
) -> Meeting:
    meeting = set_up_meeting(
        store,
        viewer,
        place=place,
        held_on=HELD_ON,
        terms=Terms.RCC,
        chair="Carys Chair",
        quorum=quorum,
        seats=SEATS,
    )
    everybody_comes(store, meeting)
    return meeting


def everybody_comes(store: Store, meeting: Meeting) -> None:
    for member in members(store, OFFICER, meeting.meeting_id):
        record_presence(store, OFFICER, meeting, member, True)


def close_as_it_stands(
    store: Store, meeting: Meeting, viewer: Viewer = OFFICER
) -> Meeting:
    """Closes a meeting, knowing what it leaves undecided."""
    decided = {d.item_id for d in decisions(store, OFFICER, meeting.meeting_id)}
    left = {
        i.item_id for i in items(store, OFFICER, meeting.meeting_id)
    } - decided
    return close(store, viewer, meeting, left)


def facts(verdict: str = "NO_LINK_SHOWN") -> dict[str, Any]:
    return {
        "project": {
            "project_id": "P1",
            "title": "Drop-in",
            "annual_value_gbp": 120000.0,
            "provider_name": "Canolfan Deuluol",
            "end_date": "2027-03-31",
            "capacity": 40,
        },
        "verdict": {
            "verdict": verdict,
            "reason": "V-NL1",
            "c1": "MET",
            "c2": "NOT_MET",
            "c3": "NOT_MET",
            "c4": "MET",
        },
        "today": {"verdict": verdict},
        "citations": [],
    }


def a_frozen_meeting(
    store: Store,
    viewer: Viewer = OFFICER,
    number: int = 3,
    verdict: str = "NO_LINK_SHOWN",
    quorum: int = 2,
    place: str = NORTH,
) -> Meeting:
    """A meeting with `number` items about projects P1, P2, …, all at the same verdict, ready for
    decisions.
    """
    meeting = a_meeting(store, viewer, quorum, place)
    propose(
        store,
        viewer,
        meeting,
        [
            Proposal(
                Subject.PROJECT,
                f"P{n}",
                f"Project {n}",
                "verdict",
                {"verdict": verdict},
            )
            for n in range(1, number + 1)
        ],
    )
    return freeze(
        store,
        viewer,
        meeting,
        NOW,
        {
            i.item_id: facts(verdict)
            for i in items(store, viewer, meeting.meeting_id)
        },
    )
