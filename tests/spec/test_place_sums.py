"""Parts and wholes of money, on the sample: every programme, year and place, by every page's reader, against
a twin that adds up by itself.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink.warehouse import asking, reader
from tests.place_sums import differences, parts_above_the_whole


@pytest.fixture(autouse=True)
def _served(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


def test_the_parts_of_a_place_never_come_to_more_than_the_place() -> None:
    assert list(differences()) == []


def test_the_law_would_be_seen_broken() -> None:
    """An authority whose one small area holds more than it does, and a region whose authorities do."""
    area = reader.areas("LSOA21")[0]
    assert (
        parts_above_the_whole({area["area_code"]: 10.0, area["la_code"]: 5.0})
        != []
    )
    assert (
        parts_above_the_whole(
            {area["area_code"]: 5.0, area["la_code"]: 5.0, reader.WALES: 5.0}
            | wider(area["la_code"], 5.0)
        )
        == []
    )


def wider(la: str, gbp: float) -> dict[str, float]:
    return {
        place: gbp
        for place, members in reader.members().items()
        if la in members
    }


# Questions that answer pounds. Held by the twin in tests/place_sums.py …
HELD = {
    "attention",
    "coherence",
    "coherent_set",
    "lineage_money",
    "paid_providers",
    "coherence_by_authority",
    "coherence_matrix",
    "fairness_areas",
    "gap_areas",
    "gap_precision",
    "meeting_candidates",
    "overlaps",
    "precision",
    "projects",
    "projects_by_area",
    "projects_reaching",
    "projects_without_priority",
    "time_states",
    "verdict_counts",
    "verdicts_by_authority",
    "what_if_facts",
}
# … by another test, or of one record, grant or pair alone, where nothing is added up.
ELSEWHERE = {
    "allocations": "published sums of grants, not of our ledger",
    "export_allocation": "published sums of grants, not of our ledger",
    "fairness_authorities": "tests/oracle/test_gap_fairness.py, from fairness_areas",
    "fairness_without": "tests/oracle/test_gap_fairness.py, from fairness_areas",
    "concentration": "shares of paid_providers: tests/spec/test_plan_answers.py",
    "export_funding_line": "one line, as it states",
    "funding_lines": "one line, as it states",
    "gaps": "pounds below a share: what would have to move, no money that is there",
    "grant_authorities": "published sums of grants, not of our ledger",
    "hourly_costs": "an hour’s cost as a return gives it, not of our ledger",
    "programme_cascade": "sums that a return gives, not of our ledger",
    "project": "one record",
    "proposal_records": "one record, as it states",
    "recorded_twice": "one record, as it states",
    "set_asides": "sums that a return gives, not of our ledger",
    "withheld": "tests/spec/test_scoped_reading.py",
}


def test_every_question_that_answers_pounds_is_held_by_the_law_or_says_where() -> (
    None
):
    answers = {
        p.stem
        for p in asking.SQL.rglob("*.sql")
        if "gbp" in p.read_text(encoding="utf-8")
    }
    assert answers - HELD - ELSEWHERE.keys() == set()
    assert (HELD | ELSEWHERE.keys()) - answers <= {"fairness_areas"}


@pytest.mark.parametrize("area", ["W01001227", "W01001274"])
def test_what_only_covers_an_area_has_no_sum_there(area: str) -> None:
    reaching = reader.projects_reaching(area, "at_decision")
    wide = [p for p in reaching if not p["is_here"]]
    assert wide and all(
        p["value_here_gbp"] is None and p["covers_code"] and p["weight"] is None
        for p in wide
    )
    assert all(p["weight"] <= 1 for p in reaching if p["is_here"])
