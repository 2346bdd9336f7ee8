"""data/reliability.md is what the night counted: every row is there, names tests that exist, and says
nothing of its own.
"""

from __future__ import annotations

from pathlib import Path

from tests.nightly import report

TESTS = Path(__file__).resolve().parents[1]


def test_every_row_is_tried_somewhere_by_tests_that_exist() -> None:
    rows = report.rows()
    assert [int(row["row"]) for row in rows] == list(range(1, 80))
    assert [row["row"] for row in rows if not row["tests"] and not row["night"]] == []
    missing = [
        name
        for row in rows
        for name in row["tests"].split()
        if not (TESTS / name).is_file()
    ]
    assert missing == []


def test_the_page_is_written_from_the_counts_that_are_kept() -> None:
    assert report.REPORT.read_text(encoding="utf-8") == report.written(report.kept())


def test_a_part_that_was_not_run_is_said_to_be_none() -> None:
    page = report.written({})
    assert page.count(report.NOT_RUN) >= 79
