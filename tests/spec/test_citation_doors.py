"""A register that cites a priority is told the same at both doors, the desk and the command, whatever is
wrong with the citation; and both know what is served and what is kept for the next build.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from clearlink.command import main
from clearlink.commands.desk_report import OFFER, desk_report
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from etl.pipeline.kept_registers import served_directory
from etl.pipeline.register import read_register
from etl.sources.registers.own_references import shared_references
from tests.registers import RCT, csv_of, row

KEPT: Final = (
    "priority_id,assessment_id,theme_id,statement,page\n"
    "KEPT-9,{assessment},carers,Rest for carers,4\n"
)
# accepted, refused, and of each problem of a citation: row, code, found, nearest
Told = tuple[int, int, list[tuple[int, str, str, str]]]


@pytest.fixture(scope="module")
def served(sample_copy: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(sample_copy))
        yield sample_copy


def citing(folder: Path, *cells: str) -> Path:
    """A register with a row for each cell."""
    path = folder / "register.csv"
    path.write_bytes(
        csv_of(
            [
                row(project_id=f"P-{n}", title=f"Cites {n}", priority_id=cell)
                for n, cell in enumerate(cells)
            ]
        )
    )
    return path


def at_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    capsys.readouterr()
    main(["import", str(path), "--dry-run", "--json"])
    return told(json.loads(capsys.readouterr().out))


def at_the_desk(path: Path) -> Told:
    return told(desk_report(path, OFFER, "en", None))


def told(answer: dict[str, Any]) -> Told:
    return (
        answer["accepted"],
        answer["refused"],
        [
            (
                p["row_no"],
                p["code"],
                p["found"],
                json.loads(p["facts"]).get("nearest"),
            )
            for p in answer["problems"]
            if p["column_name"] == "priority_id"
        ],
    )


def of_assessments(wanted: Callable[[Row], bool]) -> str:
    """A priority of the first assessment that is as asked."""
    held = {
        a["assessment_id"]
        for a in reader.answer("export_assessment")
        if wanted(a)
    }
    return str(
        next(
            p["priority_id"]
            for p in reader.answer("export_priority")
            if p["assessment_id"] in held
        )
    )


def is_lapsed(assessment: Row) -> bool:
    return bool(assessment["valid_to"]) and assessment["valid_to"] < date(
        2024, 1, 1
    )


def is_of_another(assessment: Row) -> bool:
    area = assessment["area_code"]
    return bool(area) and RCT not in area and len(area) == len(RCT)


def variants() -> dict[str, tuple[str, str, bool]]:
    """Kind of citation → what the cell says, the priority it means, and whether its row is taken."""
    known = of_assessments(lambda a: True)
    lapsed, elsewhere = map(of_assessments, (is_lapsed, is_of_another))
    return {
        "known": (known, known, True),
        "in small letters": (known.lower(), known, True),
        "between spaces": (f"  {known}  ", known, True),
        "with a space for its sign": (
            known.replace("-", " "),
            known,
            True,
        ),
        "lapsed": (lapsed, lapsed, True),
        "of another body": (elsewhere, elsewhere, True),
        "of another body, in small letters": (
            elsewhere.lower(),
            elsewhere,
            True,
        ),
        "unknown": ("PRIO-NOBODY-KNOWS", "", False),
        "nearly known": (f"{known}9X", "", False),
        "one of two": (f"{known}; PRIO-NOBODY-KNOWS", "", False),
    }


@pytest.mark.usefixtures("served")
def test_each_citation_is_told_the_same_at_both_doors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = variants()
    path = citing(tmp_path, *(cell for cell, *_ in asked.values()))
    command = at_the_command(path, capsys)
    assert command == at_the_desk(path)
    accepted, refused, problems = command
    # the heading is row 1
    unknown = [
        (n, kind)
        for n, (kind, (*_, is_taken)) in enumerate(asked.items(), start=2)
        if not is_taken
    ]
    assert (accepted, refused) == (len(asked) - len(unknown), len(unknown))
    assert [(n, code) for n, code, *_ in problems] == [
        (n, "priority_unknown") for n, _ in unknown
    ], unknown
    read = read_register(path, path.name, directory=served_directory())
    cited = {c.project_id: c.priority_id for c in read.citations}
    for n, (kind, (_, meant, is_taken)) in enumerate(asked.items()):
        assert not is_taken or cited[f"P-{n}"] == meant, kind


def test_a_list_that_is_kept_is_known_before_the_next_build(
    served: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cites_new = citing(tmp_path, "kept-9")
    assert at_the_command(cites_new, capsys)[:2] == (0, 1)
    assessment = reader.answer("export_assessment")[0]["assessment_id"]
    listed = tmp_path / "priorities.csv"
    listed.write_text(KEPT.format(assessment=assessment), encoding="utf-8")
    assert main(["import", str(listed)]) == 0
    assert at_the_command(cites_new, capsys) == (1, 0, [])
    assert at_the_desk(cites_new) == (1, 0, [])


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    ("file", "lines", "code"),
    [
        (
            "citations.csv",
            "project_id,priority_id\n{project},PRIO-NOBODY-KNOWS\n",
            "priority_unknown",
        ),
        (
            "citations.csv",
            "project_id,priority_id\nNOBODY-1,{priority}\n",
            "project_unknown",
        ),
        (
            "citations.csv",
            "project_id,priority_id\n{project} (nobody at all),{priority}\n",
            "project_of_another",
        ),
        (
            "papers.csv",
            "project_id,document,url,paper_date,pages,read_by,read_on\n"
            "NOBODY-1,Report,https://a.example/r,2020-01-02,9,Ann,2020-02-03\n",
            "project_unknown",
        ),
        (
            "figures.csv",
            "figure_id,project_id,value,area,told_on,document,url\n"
            "F1,NOBODY-1,12%,Cardiff,2020-01-02,Report,https://a.example/r\n",
            "project_unknown",
        ),
        (
            "lines.csv",
            "line_id,project_id,funder,programme,financial_year,amount_gbp\n"
            "L1,NOBODY-1,Welsh Government,families_first,2020-21,100\n",
            "project_unknown",
        ),
        (
            "priorities.csv",
            KEPT.format(assessment="NOBODY-WROTE-IT"),
            "assessment_unknown",
        ),
    ],
)
def test_a_list_that_names_nothing_is_refused_at_both_doors(
    file: str,
    lines: str,
    code: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / file
    named = {
        "project": reader.projects()[0]["project_id"],
        "priority": of_assessments(lambda a: True),
    }
    path.write_text(lines.format(**named), encoding="utf-8")
    capsys.readouterr()
    main(["import", str(path), "--dry-run", "--json"])
    command = json.loads(capsys.readouterr().out)
    desk = desk_report(path, OFFER, "en", None)
    for answer in (command, desk):
        assert [p["code"] for p in answer["problems"]] == [code]


@pytest.mark.usefixtures("served")
def test_a_reference_that_two_bodies_use_needs_its_body_behind_it(
    tmp_path: Path,
) -> None:
    """A council's list that cites its own A1 stood on the record of another body's A1."""
    owners = {"A1": "W06000015", f"A1 ({RCT})": RCT, "B2": RCT}
    directory = replace(
        served_directory(),
        project_owners=owners,
        shared_references=shared_references(owners),
    )
    meant = {
        "A1": (["project_of_several"], []),
        "A1 (W06000015)": ([], ["A1"]),
        f"A1 ({RCT})": ([], [f"A1 ({RCT})"]),
        "B2": ([], ["B2"]),
        "B2 (W06000015)": (["project_of_another"], []),
        "C3": (["project_unknown"], []),
    }
    priority = of_assessments(lambda a: True)
    for cell, told_and_cited in meant.items():
        path = tmp_path / "citations.csv"
        path.write_text(f"project_id,priority_id\n{cell},{priority}\n")
        read = read_register(path, path.name, directory=directory)
        codes = [p.code for p in read.problems]
        cited = [c.project_id for c in read.citations]
        assert (codes, cited) == told_and_cited, cell


LISTS_OF_WHAT_IS_SAID: Final = {
    "citations": (
        "project_id,priority_id,stated_on,quotation,page,sighted_by\n"
        "{project},{priority},2026-01-05,Need is named here,14,Ann\n"
    ),
    "papers": (
        "project_id,document,url,paper_date,pages,read_by,read_on,second_by\n"
        "{project},Cabinet report,https://example.org/a,2015-03-01,12,Ann,2026-01-05,\n"
    ),
    "figures": (
        "figure_id,project_id,value,area,told_on,document,url,page,told_by\n"
        "F-1,{project},12,W06000016,2026-01-05,Plan,https://example.org/b,14,Ann\n"
    ),
}


@pytest.mark.parametrize("name", LISTS_OF_WHAT_IS_SAID)
def test_a_list_of_what_is_said_of_projects_is_accepted_by_its_rows_and_kept(
    name: str,
    served: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = next(
        p["project_id"]
        for p in reader.projects()
        if p["la_code"] and "(" not in p["project_id"]
    )
    path = tmp_path / f"{name}.csv"
    path.write_text(
        LISTS_OF_WHAT_IS_SAID[name].format(
            project=project,
            priority=of_assessments(lambda a: True),
        ),
        encoding="utf-8",
    )
    assert at_the_command(path, capsys)[:2] == (1, 0)
    assert at_the_desk(path)[:2] == (1, 0)
    main(["import", str(path), "--json"])
    kept = [f for f in (served / "registers").iterdir() if name in f.name]
    assert len(kept) == 1
    for file in kept:
        file.unlink()
