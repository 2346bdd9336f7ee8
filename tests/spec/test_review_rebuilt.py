"""A meeting is rebuilt from its bundle alone, exactly as frozen; and every sentence of its minutes leads back
to decision and evidence.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearlink.review.agenda import declare_interest, evidence, interests, items
from clearlink.review.bundle import BundleDamaged, audit_bundle
from clearlink.review.codes import Outcome, SettledField, Subject
from clearlink.review.decisions import Resolution, decide, decisions, secondings
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.meetings import members, snapshot
from clearlink.review.minutes import passages, reword
from clearlink.review.papers import Paper
from clearlink.review.readings import read_silent
from clearlink.review.rebuilt import rebuilt
from clearlink.review.records import Meeting
from clearlink.review.settled import Value, accept, withdraw
from clearlink.review.signs_seen import record_sign
from clearlink.review.store import Store
from tests.meetings import NORTH, OFFICER, REASON, a_frozen_meeting, a_store


@pytest.fixture
def held(tmp_path: Path) -> tuple[Store, Meeting]:
    store = a_store(tmp_path)
    meeting = a_frozen_meeting(store)
    listed, seats = (
        items(store, OFFICER, meeting.meeting_id),
        members(store, OFFICER, meeting.meeting_id),
    )
    declare_interest(store, OFFICER, meeting, listed[1], seats[2], "trustee")
    decide(
        store,
        OFFICER,
        listed[0],
        Resolution(
            Outcome.CHANGE,
            REASON,
            dissent="One member would wait.",
            owner="Ann",
            due=date(2027, 3, 1),
        ),
        0,
    )
    decide(store, OFFICER, listed[0], Resolution(Outcome.CONFIRM, REASON), 1)
    decide(
        store,
        OFFICER,
        listed[1],
        Resolution(
            Outcome.STOP,
            REASON,
            owner="Dewi",
            due=date(2027, 3, 1),
            withdrew=(seats[2].member_id,),
        ),
        0,
    )
    return store, meeting


def test_the_meeting_is_as_it_was_frozen(held: tuple[Store, Meeting]) -> None:
    store, meeting = held
    found = rebuilt(audit_bundle(store, OFFICER, meeting.meeting_id))
    key = meeting.meeting_id
    assert found.meeting == one_meeting(
        store, OFFICER, key
    ) and found.snapshot == snapshot(store, OFFICER, meeting)
    assert list(found.items) == items(store, OFFICER, key)
    assert list(found.decisions) == decisions(store, OFFICER, key)
    assert list(found.interests) == interests(store, OFFICER, key)
    assert found.evidence == {
        i.item_id: evidence(store, OFFICER, i) for i in found.items
    }
    assert list(found.members) == members(store, OFFICER, key)
    assert [d.outcome for d in found.standing().values()] == [
        Outcome.CONFIRM,
        Outcome.STOP,
    ]


def test_the_committees_own_wording_is_in_the_bundle(
    held: tuple[Store, Meeting],
) -> None:
    store, meeting = held
    opening = next(
        p
        for p in rebuilt(
            audit_bundle(store, OFFICER, meeting.meeting_id)
        ).passages()
        if p.name == "opening"
    )
    reword(
        store,
        OFFICER,
        meeting,
        opening,
        "cy",
        "{place} {day} {chair}",
        "{chair}: {place}, {day}",
        None,
    )
    found = rebuilt(audit_bundle(store, OFFICER, meeting.meeting_id))
    assert found.wordings == {"cy": {"opening": ("{chair}: {place}, {day}", 1)}}


def test_every_sentence_of_the_minutes_leads_to_its_decision_and_evidence(
    held: tuple[Store, Meeting],
) -> None:
    store, meeting = held
    key = meeting.meeting_id
    found = rebuilt(audit_bundle(store, OFFICER, key))
    drafted = passages(
        one_meeting(store, OFFICER, key),
        members(store, OFFICER, key),
        items(store, OFFICER, key),
        decisions(store, OFFICER, key),
        secondings(store, OFFICER, key),
        interests(store, OFFICER, key),
    )
    again = {p.name: p for p in found.passages()}
    assert found.passages() == drafted, (
        "the same sentences with the same facts, in the same order"
    )
    about = [p for p in drafted if p.decision_id]
    assert {p.key for p in about} >= {"decided", "action", "withdrew"}
    taken = {d.decision_id: d for d in found.decisions}
    for passage in about:
        decision = taken[passage.decision_id or ""]
        assert (
            passage.snapshot_id
            == decision.snapshot_id
            == found.meeting.snapshot_id
        )
        assert found.evidence[decision.item_id], (
            "the evidence is there, word for word"
        )
        assert passage.facts == again[passage.name].facts
    # the others speak of the meeting itself, of an item by its title, or of who declared an interest in it
    assert {p.key for p in drafted if not p.decision_id} <= {
        "opening",
        "present",
        "apologies",
        "evidence",
        "item",
        "interest",
        "undecided",
    }


def _again(
    data: bytes, name: str, change: Callable[[Any], Any], relist: bool
) -> bytes:
    """The bundle with one file changed; `relist`: by somebody who also corrects the list."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        files = {n: zipped.read(n) for n in zipped.namelist()}
    rows = json.loads(files[name])
    files[name] = json.dumps(change(rows)).encode()
    if relist:
        files["LIST.json"] = json.dumps(
            {
                n: hashlib.sha256(b).hexdigest()
                for n, b in files.items()
                if n != "LIST.json"
            }
        ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for n, body in files.items():
            zipped.writestr(n, body)
    return out.getvalue()


def _other_verdict(rows: Any) -> Any:
    rows[0]["facts"]["verdict"]["verdict"] = "CLEAR"
    return rows


def _other_hash(rows: Any) -> Any:
    rows[0]["content_hash"] = "c" * 64
    return rows


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("evidence.json", _other_verdict),
        ("snapshot.json", _other_hash),
        (
            "decision.json",
            lambda rows: [
                r | {"reason": "Another reason, made up later."} for r in rows
            ],
        ),
        ("interest.json", lambda rows: [r | {"nature": "none"} for r in rows]),
        ("audit_log.json", lambda rows: [r | {"who": "Nobody"} for r in rows]),
        ("meeting.json", lambda rows: []),
        ("item.json", lambda rows: [{}]),
    ],
)
@pytest.mark.parametrize("relist", [False, True])
def test_a_changed_bundle_is_refused_even_with_its_list_corrected(
    held: tuple[Store, Meeting],
    name: str,
    change: Callable[[Any], Any],
    relist: bool,
) -> None:
    store, meeting = held
    with pytest.raises(BundleDamaged):
        rebuilt(
            _again(
                audit_bundle(store, OFFICER, meeting.meeting_id),
                name,
                change,
                relist,
            )
        )


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip" * 100, b"\0" * (11 * 1024**2)]
)
def test_what_is_no_bundle_is_refused(data: bytes) -> None:
    with pytest.raises(BundleDamaged):
        rebuilt(data)


def test_a_bomb_is_refused_before_it_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("evidence.json", b"0" * (101 * 1024**2))
    with pytest.raises(BundleDamaged):
        rebuilt(out.getvalue())


def test_a_record_is_not_changed_by_being_read(
    held: tuple[Store, Meeting],
) -> None:
    store, meeting = held
    data = audit_bundle(store, OFFICER, meeting.meeting_id)
    assert replace(rebuilt(data)) == rebuilt(data)


def test_what_the_desk_did_of_an_items_project_is_rebuilt_with_it_and_of_no_other(
    held: tuple[Store, Meeting],
) -> None:
    store, meeting = held
    on_agenda = next(
        i
        for i in items(store, OFFICER, meeting.meeting_id)
        if i.subject == Subject.PROJECT
    )
    paper = Paper(
        "Cabinet report 7",
        "https://democracy.conwy.gov.uk/7",
        date(2024, 3, 4),
        12,
    )
    for project_id in (on_agenda.subject_id, "ANOTHER"):
        row = {
            "project_id": project_id,
            "la_code": "W06000003",
            "region_code": NORTH,
        }
        accept(store, OFFICER, row, Value(SettledField.THEME, "carers"))
        withdraw(
            store,
            OFFICER,
            accept(
                store,
                OFFICER,
                row,
                Value(SettledField.PRIORITY, "P1", paper, "3"),
            ),
        )
        read_silent(store, OFFICER, row, paper)
        record_sign(
            store,
            OFFICER,
            row,
            sign="S2",
            paper=paper,
            said="Extended for a third year.",
        )
    found = rebuilt(audit_bundle(store, OFFICER, meeting.meeting_id))
    assert {
        s.project_id for s in (*found.settled, *found.readings, *found.signs)
    } == {on_agenda.subject_id}
    assert {(s.value, str(s.state)) for s in found.settled} == {
        ("carers", "accepted"),
        ("P1", "withdrawn"),
    }
    assert (len(found.readings), len(found.signs)) == (1, 1)
