"""What came of what people said, the self-check of participation, and the verdicts that committees found:
kept, scoped and versioned.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clearlink.review.agenda import items
from clearlink.review.codes import Ground, Kept, Outcome, Response, Standard
from clearlink.review.decisions import Resolution, decide, second
from clearlink.review.findings import standing_findings
from clearlink.review.participation import (
    assessments_checked,
    check_assessment,
    check_participation,
    participation_checks,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import NotPermitted, Role, Viewer
from clearlink.review.statements import answer_loaded, loaded_answers
from clearlink.review.store import Stale, Store
from tests.meetings import (
    NORTH,
    OFFICER,
    REASON,
    a_frozen_meeting,
    a_store,
    close_as_it_stands,
)

CONWY, DAY = "W06000003", date(2026, 3, 4)
COLIN = Viewer("Colin", Role.COMMISSIONER, frozenset({CONWY}), subject="colin")
PUBLIC = Viewer("V", Role.VIEWER, subject="v")
ALL = dict.fromkeys(Standard, Kept.YES)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def test_a_loaded_statement_is_answered_and_the_answer_changed_by_whoever_saw_it(
    store: Store,
) -> None:
    said = {
        "statement_id": "ST-1",
        "place": NORTH,
        "area_code": CONWY,
        "said": "No bus.",
    }
    first = answer_loaded(
        store, COLIN, **said, response=Response.DID, text="A bus runs again."
    )
    with pytest.raises(Stale):
        answer_loaded(
            store, COLIN, **said, response=Response.DID, text="Another answer."
        )
    with pytest.raises(Refused, match="because_missing"):
        answer_loaded(
            store,
            COLIN,
            **said,
            response=Response.DID_NOT,
            text="No bus.",
            before=first,
        )
    changed = answer_loaded(
        store,
        COLIN,
        **said,
        response=Response.DID_NOT,
        text="No bus.",
        because="The tender failed.",
        before=first,
    )
    assert (
        loaded_answers(store) == {"ST-1": changed}
        and changed.because == "The tender failed."
    )
    with pytest.raises(NotPermitted):
        answer_loaded(
            store,
            COLIN,
            **{**said, "statement_id": "ST-2", "area_code": "W06000002"},
            response=Response.DID,
            text="x",
        )
    assert store.check().is_intact


def test_a_self_check_answers_all_seven_standards_and_is_public(
    store: Store,
) -> None:
    of = {"project_id": "P1", "places": {NORTH, CONWY}, "engaged_on": DAY}
    with pytest.raises(Refused, match="standards_missing"):
        check_participation(
            store, COLIN, **of, standards={Standard.RESPECT: Kept.YES}, note=""
        )
    first = check_participation(
        store, COLIN, **of, standards=ALL, note="They chose the room."
    )
    with pytest.raises(Stale):
        check_participation(store, COLIN, **of, standards=ALL, note="")
    check_participation(
        store,
        COLIN,
        **of,
        standards=ALL | {Standard.FEEDBACK: Kept.NO},
        note="",
        before=first,
    )
    (told,) = participation_checks(store, PUBLIC, {"P1", "P2"}).values()
    assert (told.standards["feedback"], len(told.standards), told.note) == (
        "no",
        7,
        None,
    )
    assert participation_checks(store, PUBLIC, {"P2"}) == {}
    with pytest.raises(NotPermitted):
        check_participation(
            store,
            Viewer("G", Role.CHAIR, frozenset({"RCC_GWENT"}), subject="g"),
            **of,
            standards=ALL,
            note="",
        )


def test_an_assessment_is_checked_against_the_seven_standards_too(
    store: Store,
) -> None:
    of = {"assessment_id": "AS-1", "places": {NORTH, CONWY}}
    with pytest.raises(Refused, match="standards_missing"):
        check_assessment(
            store, COLIN, **of, standards={Standard.RESPECT: Kept.YES}, note=""
        )
    first = check_assessment(
        store, COLIN, **of, standards=ALL, note="They chose the questions."
    )
    with pytest.raises(Stale):
        check_assessment(store, COLIN, **of, standards=ALL, note="")
    check_assessment(
        store,
        COLIN,
        **of,
        standards=ALL | {Standard.CHOICE: Kept.PARTLY},
        note="",
        before=first,
    )
    (told,) = assessments_checked(store, {"AS-1", "AS-2"}).values()
    assert (told.standards["choice"], len(told.standards), told.note) == (
        "partly",
        7,
        None,
    )
    assert assessments_checked(store, {"AS-2"}) == {}
    for stranger in (
        PUBLIC,
        Viewer("G", Role.CHAIR, frozenset({"RCC_GWENT"}), subject="g"),
    ):
        with pytest.raises(NotPermitted):
            check_assessment(store, stranger, **of, standards=ALL, note="")
    with pytest.raises(Refused, match="text_person"):
        check_assessment(
            store,
            COLIN,
            **of,
            standards=ALL,
            note="Ask jane.doe@example.org",
            before=told,
        )
    assert store.check().is_intact


def test_a_finding_counts_once_a_second_person_agreed_and_for_twelve_months(
    store: Store,
) -> None:
    by, other = (
        Viewer(n, Role.CHAIR, frozenset({NORTH}), subject=n)
        for n in ("Ann", "Ben")
    )
    held = a_frozen_meeting(store)
    first, _, third = items(store, OFFICER, held.meeting_id)
    ground = {"ground": Ground.NEW_EVIDENCE, "evidence_link": "Minute 4"}
    moved = decide(
        store,
        by,
        first,
        Resolution(Outcome.CONFIRM, REASON, finding="PARTIAL", **ground),
        after=0,
    )  # type: ignore[arg-type]
    decide(store, by, third, Resolution(Outcome.CONFIRM, REASON), after=0)
    assert standing_findings(store, by) == {}, "nobody has agreed yet"
    second(store, other, moved)
    assert standing_findings(store, by) == {"P1": "PARTIAL"}
    assert standing_findings(store, PUBLIC) == {}, (
        "the meeting is under embargo"
    )
    close_as_it_stands(store, held)
    assert standing_findings(store, PUBLIC) == {"P1": "PARTIAL"}
    store.clock = lambda: datetime(2027, 12, 2, tzinfo=UTC)
    assert standing_findings(store, by) == {}
