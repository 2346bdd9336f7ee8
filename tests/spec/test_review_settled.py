"""What people settle of a record at the evidence desk: kept with name and source, refused where it is not
what it says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clearlink.review.codes import (
    Field,
    PaperState,
    SettledField,
    SettledSource,
    SettledState,
)
from clearlink.review.papers import Paper, is_beyond
from clearlink.review.readings import (
    confirm_silent,
    read_silent,
    read_silent_many,
    readings,
    withdraw_reading,
    withdraw_readings,
)
from clearlink.review.refusals import REFUSALS, Refused
from clearlink.review.requests import ask_owner, requests
from clearlink.review.roles import NotPermitted, Role, Viewer, local_viewer
from clearlink.review.settled import (
    Figure,
    Value,
    accept,
    accept_many,
    cite,
    record_figure,
    reject,
    settled,
    withdraw,
    withdraw_batch,
)
from clearlink.review.signs_seen import (
    record_sign,
    reply_to_sign,
    signs_seen,
    withdraw_sign,
)
from clearlink.review.store import Stale, Store
from clearlink.rules.web_address import is_web_address
from clearlink.words import knows
from tests.meetings import NORTH, a_store

RECORD: dict[str, Any] = {
    "project_id": "P1",
    "la_code": "W06000003",
    "region_code": NORTH,
    "decision_date": date(2014, 3, 7),
}
PAPER = Paper(
    "Cabinet report 7", "https://democracy.conwy.gov.uk/7", date(2014, 3, 4), 12
)
PRIORITY = {"priority_id": "P001", "assessment_id": "A-1"}
ANN = Viewer("Ann Owen", Role.COMMISSIONER, frozenset({NORTH}), subject="ann")
BEN = Viewer("Ben Rees", Role.STEWARD, frozenset({NORTH}), subject="ben")
THEME = Value(SettledField.THEME, "isolation")
# two days: a run that begins before midnight ends after it
TO_COME = datetime.now(UTC).date() + timedelta(days=2)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path)


def refused(act: Any) -> set[str]:
    with pytest.raises(Refused) as said:
        act()
    return set(said.value.codes)


def test_an_accepted_theme_is_kept_with_name_day_and_source(
    store: Store,
) -> None:
    told = Value(
        SettledField.THEME,
        "isolation",
        PAPER,
        "3",
        SettledSource.PROPOSAL,
        {"words": ["lonely"]},
    )
    accept(store, ANN, RECORD, told)
    (kept,) = settled(store, BEN, {"P1"})
    assert (kept.value, kept.state, kept.source, kept.settled_by) == (
        "isolation",
        SettledState.ACCEPTED,
        SettledSource.PROPOSAL,
        "Ann Owen",
    )
    assert kept.settled_on == store.today()
    assert kept.detail == {"words": ["lonely"], "paper_date": "2014-03-04"}
    assert settled(store, BEN, {"P2"}) == [], (
        "nothing is told of a project that was not shown"
    )


def test_two_people_at_once_settle_once_and_the_second_is_told(
    store: Store,
) -> None:
    first = accept(store, ANN, RECORD, THEME)
    lines = store.check().lines
    with pytest.raises(Stale):
        accept(store, BEN, RECORD, Value(SettledField.THEME, "mental_health"))
    assert store.check().lines == lines
    seen = accept(
        store,
        BEN,
        RECORD,
        Value(SettledField.THEME, "mental_health"),
        before=first,
    )
    with pytest.raises(Stale):
        accept(store, ANN, RECORD, THEME, before=first)
    assert (
        [s.value for s in settled(store, ANN, {"P1"})]
        == ["mental_health"]
        == [seen.value]
    )


def test_taking_back_leaves_the_record_as_its_register_states_it_and_free(
    store: Store,
) -> None:
    withdraw(store, BEN, accept(store, ANN, RECORD, THEME))
    assert settled(store, ANN, {"P1"}) == []
    assert accept(store, BEN, RECORD, THEME).settled_by == "Ben Rees"


def test_whoever_may_settle_a_record_may_take_its_answers_back(
    store: Store,
) -> None:
    """A region's people settle the records of its authorities, so they take back what the authority answered;
    another region's do not.
    """
    conwy = Viewer(
        "Cerys", Role.COMMISSIONER, frozenset({"W06000003"}), subject="cerys"
    )
    gwent = Viewer(
        "Gwen", Role.STEWARD, frozenset({"RCC_GWENT"}), subject="gwen"
    )
    owners = ("W06000003", NORTH)
    row = RECORD | {
        "project_id": "P7",
        "region_code": None,
        "owners": ("W06000003",),
    }
    kept = accept(store, conwy, row, THEME)
    read = read_silent(store, conwy, row, PAPER)
    sign = record_sign(
        store,
        conwy,
        row,
        sign="S2",
        paper=PAPER,
        said="Extended twice past its terms.",
    )
    for take in (
        lambda who: withdraw(store, who, kept, owners),
        lambda who: withdraw_reading(store, who, read, owners),
        lambda who: withdraw_sign(store, who, sign, owners),
    ):
        with pytest.raises(NotPermitted):
            take(gwent)
        take(BEN)
    batch, _ = accept_many(store, conwy, [(row, THEME, None)])
    with pytest.raises(NotPermitted):
        withdraw_batch(store, gwent, batch, {"P7": owners})
    assert [s.project_id for s in settled(store, conwy, {"P7"})] == ["P7"]
    withdraw_batch(store, BEN, batch, {"P7": owners})
    assert (
        settled(store, conwy, {"P7"})
        == readings(store, conwy, {"P7"})
        == signs_seen(store, conwy, {"P7"})
        == []
    )


def test_a_rejection_stands_beside_an_acceptance(store: Store) -> None:
    reject(store, ANN, RECORD, THEME)
    accept(store, ANN, RECORD, Value(SettledField.THEME, "mental_health"))
    assert {(s.value, s.state) for s in settled(store, ANN, {"P1"})} == {
        ("isolation", SettledState.REJECTED),
        ("mental_health", SettledState.ACCEPTED),
    }


def test_a_batch_is_all_or_none_and_taken_back_as_one(store: Store) -> None:
    other = RECORD | {"project_id": "P2"}
    batch, kept = accept_many(
        store, ANN, [(RECORD, THEME, None), (other, THEME, None)]
    )
    assert len(kept) == 2
    withdraw_batch(store, BEN, batch)
    assert settled(store, ANN, {"P1", "P2"}) == []
    accept(store, ANN, other, THEME)
    with pytest.raises(Stale):
        accept_many(store, BEN, [(RECORD, THEME, None), (other, THEME, None)])
    assert [s.project_id for s in settled(store, ANN, {"P1", "P2"})] == ["P2"]


def test_a_paper_is_what_it_says_or_nothing_is_written(store: Store) -> None:
    def told(paper: Paper, page: str | None = None) -> set[str]:
        return refused(
            lambda: cite(
                store,
                ANN,
                RECORD,
                priority=PRIORITY,
                assessment_id="A-1",
                paper=paper,
                page=page,
            )
        )

    for address in (
        "ftp://a.b/c",
        "javascript:alert(1)",
        "democracy.conwy.gov.uk/7",
        "http://",
        "https://a b.c",
        "",
    ):
        assert told(replace(PAPER, url=address)) == {"address_not_web"}, address
    assert told(PAPER, "13") == {"page_beyond"}
    assert told(PAPER, "pp. 11-13") == {"page_beyond"}
    assert told(replace(PAPER, paper_date=TO_COME)) == {"day_after_today"}
    assert told(replace(PAPER, document=" ")) == {"document_missing"}
    assert refused(
        lambda: cite(
            store,
            ANN,
            RECORD,
            priority=PRIORITY,
            assessment_id="A-2",
            paper=PAPER,
            page="3",
        )
    ) == {"priority_elsewhere"}
    assert refused(
        lambda: cite(
            store,
            ANN,
            RECORD,
            priority=None,
            assessment_id="A-1",
            paper=PAPER,
            page="3",
        )
    ) == {"priority_elsewhere"}
    assert refused(lambda: accept(store, ANN, None, THEME)) == {"project_gone"}
    assert refused(
        lambda: accept(store, ANN, RECORD, Value(SettledField.THEME, " "))
    ) == {"value_missing"}
    assert store.check().lines == 0


def test_a_page_by_number_lies_in_the_paper_and_a_section_always_does() -> None:
    assert is_web_address("https://democracy.conwy.gov.uk/7?x=1&LLL=0")
    assert not is_beyond("objective 2", 1)
    assert (
        not is_beyond("12", 12)
        and is_beyond("0", 12)
        and is_beyond("tud. 13", 12)
    )
    assert not is_beyond("13", None)


def test_a_figure_was_published_before_the_decision(store: Store) -> None:
    figure = Figure(PAPER, "412 households", "Conwy", date(2013, 11, 1), "4")
    late = replace(figure, told_on=date(2014, 3, 8))
    assert refused(lambda: record_figure(store, ANN, RECORD, late)) == {
        "figure_not_before"
    }
    assert refused(
        lambda: record_figure(store, ANN, RECORD, replace(figure, area=""))
    ) == {"figure_missing"}
    assert "day_after_today" in refused(
        lambda: record_figure(
            store, ANN, RECORD, replace(figure, told_on=TO_COME)
        )
    )
    kept = record_figure(store, ANN, RECORD, figure)
    assert (kept.value, kept.detail["area"], kept.detail["told_on"]) == (
        "412 households",
        "Conwy",
        "2013-11-01",
    )


def silent(store: Store, viewer: Viewer = ANN) -> Any:
    return read_silent(store, viewer, RECORD, PAPER)


def test_a_second_reader_is_somebody_else_and_the_owner_is_asked(
    store: Store,
) -> None:
    first = silent(store)
    assert not first.is_confirmed

    def confirmed(viewer: Viewer, **more: str) -> Any:
        return confirm_silent(
            store,
            viewer,
            RECORD,
            first,
            asked_of="Conwy",
            question="Which page names it?",
            **more,
        )

    assert refused(lambda: confirmed(ANN)) == {"reader_same"}
    assert refused(lambda: confirmed(replace(BEN, name="ann  OWEN"))) == {
        "reader_same"
    }
    assert refused(lambda: confirmed(local_viewer("Ann Owen"))) == {
        "reader_same"
    }
    assert requests(store, local_viewer("x")) == []
    second = confirmed(BEN)
    assert second.is_confirmed and second.second_by == "Ben Rees"
    (asked,) = requests(store, local_viewer("x"))
    assert (asked.request_id, asked.field) == (
        second.request_id,
        Field.PRIORITY,
    )
    assert asked.due_on == store.today() + timedelta(days=28)
    assert refused(lambda: confirmed(BEN)) == {"reader_had"}
    assert [r.reading_id for r in readings(store, ANN, {"P1"})] == [
        first.reading_id
    ]
    withdraw_reading(store, ANN, second)
    assert readings(store, ANN, {"P1"}) == []
    assert not silent(store, BEN).is_confirmed, "read anew by one reader"


def test_readings_of_one_paper_are_taken_back_as_one_but_for_those_changed_since(
    store: Store,
) -> None:
    """A record that a second reader confirmed meanwhile stopped the act half done, and for good."""
    ids = ["P1", "P2", "P3"]
    rows = [RECORD | {"project_id": each} for each in ids]
    kept = read_silent_many(store, ANN, rows, PAPER)
    confirm_silent(
        store,
        BEN,
        rows[1],
        kept[1],
        asked_of="Conwy",
        question="Which need?",
    )
    gwent = Viewer(
        "Gwen", Role.STEWARD, frozenset({"RCC_GWENT"}), subject="gwen"
    )
    with pytest.raises(NotPermitted):
        withdraw_readings(store, gwent, kept)
    assert len(readings(store, ANN, ids)) == 3
    before = store.head().seq
    taken = withdraw_readings(store, ANN, kept)
    assert [r.project_id for r in taken] == ["P1", "P3"]
    assert {r.state for r in taken} == {PaperState.WITHDRAWN}
    assert [r.project_id for r in readings(store, ANN, ids)] == ["P2"]
    assert store.head().seq == before + 2
    assert withdraw_readings(store, ANN, kept) == []


def test_one_reading_of_a_paper_and_only_of_a_whole_one(store: Store) -> None:
    assert refused(
        lambda: read_silent(store, ANN, RECORD, replace(PAPER, pages=None))
    ) == {"pages_missing"}
    assert "document_missing" in refused(
        lambda: read_silent(store, ANN, RECORD, replace(PAPER, paper_date=None))
    )
    silent(store)
    with pytest.raises(Stale):
        silent(store, BEN)


def test_a_sign_has_its_paper_and_the_owners_reply(store: Store) -> None:
    def seen(
        said: str = "Extended twice past its terms.", sign: str = "S2"
    ) -> Any:
        return record_sign(
            store, BEN, RECORD, sign=sign, paper=PAPER, said=said
        )

    assert refused(lambda: seen("late")) == {"said_too_short"}
    assert refused(lambda: seen(sign="S9")) == {"value_missing"}
    kept = seen()
    with pytest.raises(Stale):
        seen()
    assert refused(lambda: reply_to_sign(store, ANN, kept, " ")) == {
        "reply_missing"
    }
    told = reply_to_sign(
        store, ANN, kept, "The new contract was delayed by a challenge."
    )
    assert signs_seen(store, BEN, {"P1"}) == [told]
    withdraw_sign(store, BEN, told)
    assert signs_seen(store, BEN, {"P1"}) == []


def test_one_letter_asks_for_all_records_of_an_owner_once(store: Store) -> None:
    chair = Viewer("Carys", Role.CHAIR, frozenset({NORTH}), subject="c")
    other = RECORD | {"project_id": "P2"}

    def asked(*rows: Any) -> list[Any]:
        return ask_owner(
            store,
            chair,
            records=rows,
            asked_of="Conwy",
            question="Which assessment?",
        )

    assert len(asked((RECORD, Field.PRIORITY), (other, Field.THEME))) == 2
    assert refused(
        lambda: asked((other, Field.AREAS), (RECORD, Field.PRIORITY))
    ) == {"asked_already"}
    assert refused(lambda: asked((None, Field.AREAS))) == {"project_gone"}
    assert len(requests(store, chair)) == 2


def test_every_refusal_has_its_sentence() -> None:
    assert [
        code for code in REFUSALS if not knows(f"meetings.refused.{code}")
    ] == []
