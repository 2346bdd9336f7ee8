"""What if: the thresholds of the build give the verdicts of the build, and others turn only what stands
near them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clearlink.rules.codes import Reason, Result, Verdict
from clearlink.rules.link.what_if import (
    AreaFigures,
    ProjectFacts,
    area_result,
    priority_result,
    supposed_verdicts,
    verdicts_around,
)
from clearlink.warehouse import reader
from clearlink.warehouse.law import catalogue_law, served_law
from pages.project.verdict_what_if import facts_of
from tests.reference_work import units_of

LAW = catalogue_law()
DAY = date(2024, 4, 1)
AVERAGE = AreaFigures(1.12, 1.02, 1.22, 1.2, anachronistic=False)
CLEAR = ProjectFacts(
    "P1",
    DAY,
    Result.MET,
    Result.MET,
    Result.MET,
    Result.MET,
    Reason.C3_OK,
    AVERAGE,
    date(2026, 1, 1),
    date(2022, 1, 1),
)


@pytest.fixture(scope="module")
def sample(sample_data: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(sample_data))
        yield sample_data


@pytest.mark.parametrize("basis", ["at_decision", "today"])
def test_the_thresholds_of_the_build_give_its_verdicts(
    sample: Path, basis: str
) -> None:
    rows = reader.what_if_facts(basis=basis)
    then = supposed_verdicts(map(facts_of, rows), served_law())
    assert len(rows) > 500
    wrong = [
        (r["project_id"], r["verdict"], r["reason"], t)
        for r, t in zip(rows, then, strict=True)
        if (r["verdict"], r["reason"]) != (t.verdict, t.reason)
    ]
    assert wrong == []


def test_five_thousand_projects_cost_little(sample: Path) -> None:
    facts = [facts_of(r) for r in reader.what_if_facts()]
    many = [
        replace(f, project_id=f"{f.project_id}-{n}")
        for n in range(9)
        for f in facts
    ][:5000]
    _, supposing = units_of(
        lambda: supposed_verdicts(many, LAW.with_changes(ratio_met=1.2))
    )
    around, looking_around = units_of(lambda: verdicts_around(many, LAW))
    assert supposing + looking_around <= 60
    assert len(around) == len(many)


def test_every_verdict_stands_among_those_around_it(sample: Path) -> None:
    rows = reader.what_if_facts()
    around = verdicts_around(map(facts_of, rows), served_law())
    assert [
        r["project_id"]
        for r in rows
        if r["verdict"] not in around[r["project_id"]]
    ] == []


def test_a_higher_ratio_turns_an_area_just_above_it() -> None:
    assert area_result(CLEAR, LAW) is Result.MET
    assert area_result(CLEAR, LAW.with_changes(ratio_met=1.15)) is Result.PARTLY
    assert (
        supposed_verdicts([CLEAR], LAW.with_changes(ratio_met=1.15))[0].verdict
        is Verdict.PARTIAL
    )
    assert verdicts_around([CLEAR], LAW) == {
        "P1": {Verdict.CLEAR, Verdict.PARTIAL}
    }


def test_a_later_edition_is_never_met_whatever_the_threshold() -> None:
    later = replace(CLEAR, area=replace(AVERAGE, anachronistic=True))
    assert area_result(later, LAW.with_changes(ratio_met=1.0)) is Result.PARTLY


def test_grace_after_a_documents_end_turns_only_a_document_past_its_end() -> (
    None
):
    past = replace(
        CLEAR,
        c3=Result.NOT_MET,
        c3_reason=Reason.C3_EXPIRED,
        valid_to=date(2023, 2, 1),
    )
    assert priority_result(past, LAW) is Result.NOT_MET
    assert (
        priority_result(past, LAW.with_changes(lapsed_months=15))
        is Result.PARTLY
    )
    assert (
        priority_result(
            replace(past, c3_reason=Reason.C3_AREA),
            LAW.with_changes(lapsed_months=15),
        )
        is Result.NOT_MET
    )


def test_what_was_not_tested_stays_as_it_is() -> None:
    blank = ProjectFacts(
        "P2",
        None,
        Result.NO_EVIDENCE,
        Result.NO_EVIDENCE,
        Result.NO_EVIDENCE,
        Result.NO_EVIDENCE,
        Reason.C3_BLANK,
    )
    assert verdicts_around([blank], LAW) == {"P2": {Verdict.CANNOT_ASSESS}}
