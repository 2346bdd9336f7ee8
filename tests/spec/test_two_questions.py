"""Does it serve need, and is that on record? Sums that add up, blanks by name, and who publishes stands
first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clearlink.command import main
from clearlink.rules.codes import Reason, Result
from clearlink.rules.link import two_questions
from clearlink.rules.link.standing import (
    ON_RECORD,
    SERVES,
    SIGNS,
    on_record,
    serves_need,
)
from clearlink.rules.link.two_questions import (
    GROUP_OF,
    STATES,
    added,
    answers_that_settle,
    groups,
    holdings,
    is_held,
    shares,
    squares,
    state_of,
    verdict_by_sign,
)
from clearlink.warehouse import reader
from clearlink.words import knows


def row(**told: Any) -> dict[str, Any]:
    plain = {
        "project_id": "P",
        "title": "P",
        "verdict": "CANNOT_ASSESS",
        "reason": "V-CA2",
        "c1": "MET",
        "c2": "PARTLY",
        "c3": "NO_EVIDENCE",
        "c4": "NO_EVIDENCE",
        "serves": "above",
        "on_record": "not_recorded",
        "signs": [],
        "year_gbp": 100.0,
        "value_kind": "yearly",
        "la_code": "W1",
        "programme_id": "other",
        "decision_date": None,
        "route_to_award": None,
    }
    return plain | told


@pytest.fixture
def served(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> list[dict[str, Any]]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    return reader.projects()


def test_every_answer_of_the_two_questions_has_its_rule() -> None:
    assert serves_need(Result.NO_EVIDENCE, Result.MET) == "no_theme"
    assert serves_need(Result.PARTLY, Result.NOT_MET) == "below"
    later = serves_need(Result.MET, Result.PARTLY, met_later=True)
    assert later == "above_later"
    assert on_record(Result.NOT_MET, Reason.C3_PAPER_SILENT, True) == "silent"
    assert on_record(Result.NO_EVIDENCE, Reason.C3_BLANK, True) == "silent_one"
    assert (
        on_record(Result.NO_EVIDENCE, Reason.C3_BLANK, False) == "not_recorded"
    )
    assert on_record(Result.PARTLY, Reason.C3_FIGURE, False) == "figure"
    assert on_record(Result.NOT_MET, Reason.C3_RETROFIT, False) == "unfit"
    by_result = {serves_need(Result.MET, r) for r in Result}
    assert by_result | {"no_theme", later} == set(SERVES)


def test_squares_groups_states_and_verdicts_each_hold_every_record_once(
    served: list[dict[str, Any]],
) -> None:
    whole = added(served)
    for split in (squares(served), groups(served), shares(served)):
        assert sum(s.records for s in split.values()) == whole.records
        assert sum(s.gbp for s in split.values()) == pytest.approx(whole.gbp)
        assert sum(s.unvalued for s in split.values()) == whole.unvalued
    bearing = verdict_by_sign(served)
    assert sum(
        s.records for (_, sign), s in bearing.items() if sign == "none"
    ) == sum(not r["signs"] for r in served)
    assert any(sign in SIGNS for _, sign in bearing)


def test_a_value_that_nobody_recorded_is_not_nought_and_a_ceiling_is_no_yearly_money() -> (
    None
):
    held = added(
        [row(year_gbp=None), row(year_gbp=None, value_kind="framework_ceiling")]
    )
    assert (held.records, held.gbp, held.unvalued, held.is_valued) == (
        2,
        0,
        2,
        False,
    )


def test_a_blank_is_named_and_one_reader_is_not_a_verdict() -> None:
    rows = [
        row(serves="no_theme", reason="V-CA1", c1="NO_EVIDENCE"),
        row(on_record="silent_one"),
        row(verdict="NO_LINK_SHOWN", on_record="silent"),
        row(
            serves="not_placed",
            on_record="unfit",
            reason="V-CA3",
            c2="NO_EVIDENCE",
        ),
        row(
            serves="no_figure",
            on_record="unfit",
            reason="V-CA3",
            c2="NOT_ASSESSABLE",
        ),
        row(),
    ]
    assert {s for s, held in shares(rows).items() if held.records} == {
        "blank_theme",
        "silent_one",
        "no_link",
        "blank_areas",
        "no_figure",
        "blank_priority",
    }


def test_who_publishes_most_stands_first_and_both_shares_are_said() -> None:
    """The money of one record in ten must not hide that nine hold nothing."""
    bare = {"serves": "no_theme", "c1": "NO_EVIDENCE", "c2": "NO_EVIDENCE"}
    rows = [
        row(la_code="W1", year_gbp=900.0, route_to_award="open tender"),
        *(row(la_code="W1", year_gbp=0.0, **bare) for _ in range(9)),
        row(
            la_code="W2",
            year_gbp=None,
            route_to_award="waiver",
            decision_date="2024-01-01",
        ),
    ]
    first, second = holdings(rows, "la_code")
    assert (first.key, first.of_money, first.of_records["route"]) == (
        "W2",
        None,
        1.0,
    )
    assert second.key == "W1" and second.of_money is not None
    for what in ("theme", "place", "route"):
        assert (second.of_money[what], second.of_records[what]) == (1.0, 0.1)


def test_an_owner_who_has_no_theme_to_give_leaves_the_priority_blank_and_not_the_theme() -> (
    None
):
    without = row(serves="no_theme", c1="NOT_MET", c2="NOT_ASSESSABLE")
    assert state_of(without) == "blank_priority"


def test_a_place_is_on_record_whether_or_not_the_theme_is() -> None:
    """Held against nothing it says nothing of need, and is no less on record."""
    no_theme = {"serves": "no_theme", "reason": "V-CA1", "c1": "NO_EVIDENCE"}
    for c2 in ("NOT_APPLICABLE", "NOT_ASSESSABLE", "MET"):
        assert is_held(row(**no_theme, c2=c2), "place")
    for c2 in ("NO_EVIDENCE", "REQUESTED_NOT_SUPPLIED"):
        assert not is_held(row(**no_theme, c2=c2), "place")


def test_answers_that_settle_are_those_that_do_whatever_they_say() -> None:
    rows = [
        row(project_id="A"),
        row(
            project_id="no theme",
            serves="no_theme",
            c1="NO_EVIDENCE",
            year_gbp=9e9,
        ),
        # a paper that names none would leave it as it is
        row(project_id="no figure", c2="NOT_ASSESSABLE", year_gbp=9e9),
        row(project_id="no money", year_gbp=None),
        row(verdict="PARTIAL", c2="MET"),
    ]
    assert [r["project_id"] for r in answers_that_settle(rows)] == ["A"]


def test_signs_of_the_public_record_stand_beside_the_verdict(
    served: list[dict[str, Any]],
) -> None:
    by_id = {r["project_id"]: r for r in served}
    assert list(by_id["R011"]["signs"]) == ["S1", "S3"]
    assert list(by_id["R034"]["signs"]) == ["S2"]
    assert list(by_id["R035"]["signs"]) == [], (
        "awarded directly for a described need is no sign"
    )
    (first, *_) = reader.project_signs("R007")
    assert (first["sign"], first["known_from"], first["ground"]) == (
        "S2",
        "paper",
        "emergency",
    )
    assert first["url"].startswith("https://")


def test_every_answer_sign_and_state_has_its_words() -> None:
    keys = [
        *(f"standing.serves.{s}" for s in SERVES),
        *(f"standing.serves_said.{s}" for s in SERVES),
        *(f"standing.record.{s}" for s in ON_RECORD),
        *(f"standing.record_said.{s}" for s in ON_RECORD),
        *(f"standing.sign.{s}" for s in SIGNS),
        *(f"standing.state.{s}" for s in STATES),
        *(f"standing.held.{s}" for s in two_questions.HELD),
    ]
    assert [k for k in keys if not knows(k)] == []
    assert set(GROUP_OF) == set(ON_RECORD)


def test_the_command_prints_shares_by_blank(
    sample_data: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    assert main(["verdicts", "--format", "shares"]) == 0
    said = capsys.readouterr().out
    assert "the theme is blank" in said and "S2 Extended or rolled on" in said
