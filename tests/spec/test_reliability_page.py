"""data/reliability.md is what the night counted: every row is there, names tests that exist, and says
nothing of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.nightly import counts, report
from tests.nightly.counts import Counted

TESTS = Path(__file__).resolve().parents[1]


def test_every_row_is_tried_somewhere_by_tests_that_exist() -> None:
    rows = report.rows()
    assert [int(row["row"]) for row in rows] == list(range(1, 80))
    assert [
        row["row"] for row in rows if not row["tests"] and not row["night"]
    ] == []
    there = [
        f"{name}::{test}" for name in report.files() for test in _tests_of(name)
    ]
    missing = [
        (row["row"], f"{name}::{word}")
        for row in rows
        for entry in row["tests"].split()
        for name, _, words in [entry.partition("::")]
        for word in words.split("|")
        if not counts.named(there, f"{name}::{word}")
    ]
    assert missing == []


def _tests_of(name: str) -> list[str]:
    file = TESTS / name
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return re.findall(r"^def (test_\w+)", text, re.MULTILINE)


def test_the_page_is_written_from_the_counts_that_are_kept() -> None:
    page = report.written(report.kept(), counts.kept())
    assert report.REPORT.read_text(encoding="utf-8") == page


def test_what_was_not_run_is_said_to_be_not_run() -> None:
    page = report.written({}, {})
    assert page.count(report.NOT_RUN) >= 75
    counted = {"spec/test_need.py::test_bounds": Counted(3)}
    assert f"3 tests; 3 {report.NOT_RUN}" in report.written({}, counted)


def test_a_report_of_a_run_says_how_each_test_ended(tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    place = 'classname="tests.spec.test_need"'
    file.write_text(
        f"""<testsuites><testsuite>
        <testcase {place} name="test_bounds[1]"/>
        <testcase {place} name="test_bounds[2]"><failure/></testcase>
        <testcase {place} name="test_bounds[3]"><skipped/></testcase>
        <testcase {place} name="test_gone"/></testsuite></testsuites>"""
    )
    need = "spec/test_need.py::test_bounds"
    runs = counts.ended([file])
    assert runs[need] == Counted(3, 1, 1, 1)
    cases = {need: 4, "spec/test_need.py::test_new": 1}
    brought = counts.brought_up({}, cases, runs, "abc")
    assert brought[need] == Counted(4, 1, 1, 1, "abc"), (
        "a test that is gone is left out"
    )
    assert brought["spec/test_need.py::test_new"] == Counted(1)
    later = counts.brought_up(brought, cases, {}, "def")
    assert later[need].at == "abc", "how it ended before stands with its commit"
    assert (
        "5 tests; 1 passed, 1 failed, 1 skipped at abc; 1 not run"
        in report.written({}, later)
    )
