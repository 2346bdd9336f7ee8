"""A meeting has a name on its record, a day, and members who came; what closing leaves undecided is said
and asked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clearlink.report.minutes_text import spoken
from clearlink.report.voice import Voice
from clearlink.review.agenda import add_item, items
from clearlink.review.bundle import audit_bundle
from clearlink.review.codes import MeetingState, Outcome, Subject, Terms
from clearlink.review.decisions import Resolution, decide, decisions, secondings
from clearlink.review.meetings import (
    close,
    decide_early,
    early_start,
    freeze,
    keep_recorder,
    members,
    recorder,
    set_up_meeting,
)
from clearlink.review.minutes import passages
from clearlink.review.rebuilt import rebuilt
from clearlink.review.refusals import Refused
from clearlink.review.roles import Role, Viewer, local_viewer
from clearlink.review.store import Store
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

NOBODY = local_viewer("Person at this machine", is_named=False)
CONFIRM = Resolution(Outcome.CONFIRM, REASON)


def before_its_day(folder: Path, days: int = 1) -> Store:
    """A store whose clock stands `days` before the meeting."""
    at = datetime(
        HELD_ON.year, HELD_ON.month, HELD_ON.day, 10, tzinfo=UTC
    ) - timedelta(days=days)
    return Store(f"sqlite:///{folder / 'review.sqlite'}", lambda: at)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return set(refused.value.codes)


@pytest.mark.parametrize(
    "viewer",
    [NOBODY, local_viewer("  "), Viewer("", Role.OFFICER, frozenset({NORTH}))],
)
def test_no_decision_without_a_name(tmp_path: Path, viewer: Viewer) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    lines = store.check().lines
    with pytest.raises(Refused) as refused:
        decide(store, viewer, item, CONFIRM, after=0)
    assert codes(refused) == {"name_missing"} and store.check().lines == lines
    with pytest.raises(Refused, match="name_missing"):
        a_meeting(store, viewer)


def test_the_name_stays_with_the_meeting(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_meeting(store)
    assert (
        recorder(a_store(tmp_path), NOBODY, held.meeting_id) == "Olwen Officer"
    )
    keep_recorder(store, local_viewer("Mair"), held)
    assert recorder(a_store(tmp_path), NOBODY, held.meeting_id) == "Mair"
    with pytest.raises(Refused, match="name_missing"):
        keep_recorder(store, NOBODY, held)


def test_nobody_is_present_until_it_is_recorded(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = set_up_meeting(
        store,
        OFFICER,
        place=NORTH,
        held_on=HELD_ON,
        terms=Terms.RCC,
        chair="C",
        quorum=2,
        seats=SEATS,
    )
    seated = members(store, OFFICER, held.meeting_id)
    assert not any(m.is_present for m in seated)
    drafted = passages(held, seated, [], [], {}, [])
    for lang in ("en", "cy"):
        said = [
            spoken(Voice(lang), p, {}) for p in drafted if p.name != "opening"
        ]
        assert not any("(0)" in s or "(4)" in s for s in said), said


def test_before_its_day_a_meeting_is_rehearsed(tmp_path: Path) -> None:
    store = before_its_day(tmp_path)
    held = a_frozen_meeting(store)
    item = items(store, OFFICER, held.meeting_id)[0]
    with pytest.raises(Refused) as refused:
        decide(store, OFFICER, item, CONFIRM, after=0)
    assert codes(refused) == {"before_day"}
    with pytest.raises(Refused) as refused:
        close_as_it_stands(store, held)
    assert codes(refused) == {"before_day"}
    assert decisions(store, OFFICER, held.meeting_id) == []
    with pytest.raises(Refused, match="early_reason_short"):
        decide_early(store, OFFICER, held, "Because.")


def test_the_chair_may_give_a_reason_and_it_is_minuted(tmp_path: Path) -> None:
    store = before_its_day(tmp_path, days=11)
    held = a_frozen_meeting(store)
    why = "The tender closes before the meeting {chair}."
    decide_early(store, OFFICER, held, why)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    close_as_it_stands(store, held)
    drafted = passages(
        held,
        members(store, OFFICER, held.meeting_id),
        items(store, OFFICER, held.meeting_id),
        decisions(store, OFFICER, held.meeting_id),
        secondings(store, OFFICER, held.meeting_id),
        [],
        early_start(store, OFFICER, held.meeting_id),
    )
    for lang, day in (("en", "15 November 2026"), ("cy", "15 Tachwedd 2026")):
        said = next(
            spoken(Voice(lang), p, {}) for p in drafted if p.name == "early"
        )
        assert why in said and day in said and "Carys Chair" in said
    again = rebuilt(audit_bundle(store, OFFICER, held.meeting_id))
    assert again.early is not None and again.early.reason == why
    assert [p.name for p in again.passages()] == [p.name for p in drafted]


def test_closing_names_what_is_undecided_and_asks(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store, number=20)
    listed = items(store, OFFICER, held.meeting_id)
    decide(store, OFFICER, listed[0], CONFIRM, after=0)
    left = {i.item_id for i in listed[1:]}
    for said in ((), left - {listed[5].item_id}, left | {listed[0].item_id}):
        with pytest.raises(Refused) as refused:
            close(store, OFFICER, held, said)
        assert codes(refused) == {"undecided_left"}
    assert close(store, OFFICER, held, left).state is MeetingState.CLOSED


def test_a_meeting_can_be_prepared_and_frozen_before_its_day(
    tmp_path: Path,
) -> None:
    store = before_its_day(tmp_path, days=14)
    held = a_meeting(store)
    item = add_item(store, OFFICER, held, Subject.MATTER, "", "Winter plan", {})
    frozen = freeze(store, OFFICER, held, NOW, {item.item_id: facts()})
    assert frozen.state is MeetingState.FROZEN
