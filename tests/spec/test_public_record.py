"""The public record: real assessments, priorities, engagements and commissioned projects, each row with
its paper.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clearlink import folders
from clearlink.warehouse import reader
from etl.pipeline.builds import _counted_now, real_lists
from etl.pipeline.register import read_register, read_register_set
from etl.records import Register
from tests.registers import directory

ROW = {
    "project_id": "PR1",
    "title": "Floating support",
    "commissioner": "Cardiff",
    "need_evidence": "ad_hoc",
    "said_of_need": "rolled on by waiver",
    "url": "https://democracy.conwy.gov.uk/7",
    "source_kind": "council_paper",
}


def read(**cells: str) -> Register:
    row = ROW | cells
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(row))
    writer.writeheader()
    writer.writerow(row)
    return read_register(
        out.getvalue().encode(), "record.csv", directory=directory()
    )


@pytest.mark.parametrize(
    ("column", "said", "code"),
    [
        ("url", "ftp://democracy.conwy.gov.uk/7", "address_unsafe"),
        ("url", "democracy.conwy.gov.uk", "address_not_web"),
        ("need_evidence", "none", "choice_unknown"),
        ("source_kind", "hearsay", "choice_unknown"),
        ("signs", "S2;S4", "choice_unknown"),
        ("annual_value_gbp", "about 5m", "amount_not_a_number"),
        ("annual_value_gbp", "-5", "amount_negative"),
        ("decision_date", "2024-13", "date_impossible"),
        ("decision_date", "spring 2024", "date_unreadable"),
        ("area_codes", "E06000001", "area_outside_wales"),
        ("theme", "weather", "choice_unknown"),
        ("said_of_need", "", "required_blank"),
        ("commissioner", "", "required_blank"),
    ],
)
def test_a_row_that_is_not_what_it_says_is_refused_with_what_to_do(
    column: str, said: str, code: str
) -> None:
    register = read(**{column: said})
    assert register.projects == [] == register.public_records
    refused = [p for p in register.problems if p.severity == "refused"]
    assert [(p.code, p.column) for p in refused] == [(code, column)]
    assert refused[0].remedy


def test_money_is_spread_over_a_known_term_and_a_programme_line_adds_none() -> (
    None
):
    term = {
        "total_value_gbp": "300000",
        "start": "2024-04-01",
        "end": "2027-03-31",
    }
    (project,) = read(**term).projects
    assert project.annual_value_gbp == pytest.approx(100_000, rel=0.001)
    assert (
        read(total_value_gbp="300000", start="2024-04-01")
        .projects[0]
        .annual_value_gbp
        is None
    )
    line = read(level="programme", annual_value_gbp="3571000")
    assert line.projects[0].annual_value_gbp is None
    assert line.public_records[0].stated_value_gbp == 3_571_000


def test_a_month_is_over_by_its_last_day() -> None:
    (project,) = read(start="2017-04", decision_date="2017-05").projects
    assert (project.start_date, project.decision_date) == (
        date(2017, 4, 1),
        date(2017, 5, 31),
    )


def test_families_first_after_2019_is_kept_as_printed_and_counted_under_the_grant() -> (
    None
):
    with (folders.CATALOGUE / "programme_lineage.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        lineage = list(csv.DictReader(file))

    def counted(day: str) -> tuple[str | None, str | None]:
        (project,) = read(programme="Families First", start=day).projects
        now = _counted_now(project, lineage)
        return now.programme_id, now.programme_named

    assert counted("2019-03-31") == ("families_first", None)
    assert counted("2019-04-01") == ("ccg", "families_first")


def test_an_assessment_of_a_year_is_published_some_day_of_it_and_covers_every_authority_it_names() -> (
    None
):
    lines = (
        "assessment_id,kind,body,area_code,title,published\n"
        "A1,population_assessment,Board,W06000016;W06000024,Assessment,2022\n"
        "A2,population_assessment,Board,W06000016;W06009999,Assessment,2022-05\n"
    )
    register = read_register(
        lines.encode(), "assessments.csv", directory=directory()
    )
    (kept,) = register.assessments
    assert (kept.published, kept.published_by) == (
        date(2022, 1, 1),
        date(2022, 12, 31),
    )
    assert (kept.la_code, kept.area_codes) == (None, ("W06000016", "W06000024"))
    assert [p.code for p in register.problems] == ["commissioner_unknown"]


def test_the_reviewed_lists_are_whole_and_real(served: Any) -> None:
    registers = read_register_set(real_lists(), served)
    assert not [
        p for r in registers for p in r.problems if p.severity == "refused"
    ]
    assert sum(len(r.assessments) for r in registers) == 67
    assert sum(len(r.priorities) for r in registers) == 64
    assert sum(len(r.engagements) for r in registers) == 22
    assert sum(len(r.public_records) for r in registers) == 93
    assert all(p.statement_cy for r in registers for p in r.priorities)
    found = Counter(
        x.need_evidence for r in registers for x in r.public_records
    )
    assert found == {
        "shown": 6,
        "described": 19,
        "target_group_only": 14,
        "ad_hoc": 17,
        "not_stated": 37,
    }
    assert {
        bool(x.signs)
        for r in registers
        for x in r.public_records
        if x.need_evidence == "ad_hoc"
    } == {True}


@pytest.fixture(scope="module")
def served() -> Any:
    from etl.pipeline.builds import current_directory

    return current_directory()


def test_nothing_of_the_public_record_is_marked_illustrative(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    rows = [
        r
        for r in reader.projects()
        if r["source_ref"].startswith("public record")
    ]
    assert len(rows) == 93
    assert not any(r["is_illustrative"] for r in rows)


def lines_read(lines: str) -> Register:
    return read_register(lines.encode(), "desk.csv", directory=directory())


def test_what_the_desk_settled_comes_back_with_a_councils_register() -> None:
    papers = lines_read(
        "project_id,document,url,paper_date,pages,read_by,read_on,second_by,second_on\n"
        "P1,Cabinet 7,https://www.cardiff.gov.uk/7,2021-03-01,12,Ann,2026-11-01,Ben,2026-11-02\n"
        "P2,Cabinet 7,https://www.cardiff.gov.uk/7,2021-03-01,12,Ann,2026-11-01,ann,2026-11-02\n"
        "P3,Cabinet 7,cardiff.gov.uk,2021-03-01,12,Ann,2026-11-01,,\n"
    )
    assert [(r.project_id, r.second_by) for r in papers.paper_readings] == [
        ("P1", "Ben")
    ]
    assert [p.code for p in papers.problems] == [
        "reader_same",
        "address_not_web",
    ]
    figures = lines_read(
        "figure_id,project_id,value,area,told_on,document,url,page\n"
        "F1,P1,412 households,Cardiff,2020-11-01,Review,https://www.cardiff.gov.uk/r,4\n"
        "F2,P1,412 households,Cardiff,,Review,https://www.cardiff.gov.uk/r,4\n"
    )
    assert [(f.figure_id, f.told_on) for f in figures.need_figures] == [
        ("F1", date(2020, 11, 1))
    ]
    assert [p.code for p in figures.problems] == ["required_blank"]
