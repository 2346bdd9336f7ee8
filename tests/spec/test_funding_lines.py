"""Funding lines: several programmes pay one project, and no sum by programme says more or less than the
project's money.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from clearlink.rules.funding import (
    LinesState,
    financial_year_of,
    lines_state,
    programme_shares,
)
from etl.pipeline.funding import lines_that_do_not_add_up, project_pence
from etl.pipeline.register import read_register, read_register_set
from etl.records import Project, Register, Severity
from tests.registers import csv_of, directory, row

HEADINGS = "line_id,project_id,funder,programme,financial_year,amount_gbp,ring_fence,match_of"


def lines(*rows: str) -> bytes:
    return ("\n".join((HEADINGS, *rows)) + "\n").encode()


def project(**changes: object) -> Project:
    (read,) = read_register(
        csv_of([row()]), "register.csv", directory=directory()
    ).projects
    return replace(read, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("in_lines", "whole", "state"),
    [
        (8_450_000, 8_450_000, LinesState.ADDS_UP),
        (8_450_100, 8_450_000, LinesState.ADDS_UP),
        (8_450_101, 8_450_000, LinesState.MORE),
        (8_449_899, 8_450_000, LinesState.LESS),
        (8_450_000, None, LinesState.NO_VALUE),
    ],
)
def test_lines_add_up_to_the_pound_or_it_is_said(
    in_lines: int, whole: int | None, state: LinesState
) -> None:
    assert lines_state(in_lines, whole) is state


@pytest.mark.parametrize(
    ("paid", "whole", "shares"),
    [
        (
            {"families_first": 60, "ccg": 40},
            100,
            {"families_first": Fraction(3, 5), "ccg": Fraction(2, 5)},
        ),
        (
            {"families_first": 60},
            100,
            {"families_first": Fraction(3, 5), None: Fraction(2, 5)},
        ),
        (
            {"families_first": 150, "ccg": 50},
            100,
            {"families_first": Fraction(3, 4), "ccg": Fraction(1, 4)},
        ),
    ],
)
def test_shares_of_the_programmes_come_to_the_whole(
    paid: dict[str, int], whole: int, shares: dict[str | None, Fraction]
) -> None:
    assert programme_shares(paid, whole) == shares
    assert sum(programme_shares(paid, whole).values()) == 1


def test_nothing_is_shared_out_of_nothing() -> None:
    with pytest.raises(ValueError, match="give the lines"):
        programme_shares({"ccg": 0}, 100)
    with pytest.raises(ValueError, match="give the lines"):
        programme_shares({"ccg": 10}, 0)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025-26", "2025-26"),
        ("2025/26", "2025-26"),
        ("2025–2026", "2025-26"),
        ("2025-27", None),
        ("2025", None),
        ("1999-00", "1999-00"),
    ],
)
def test_a_financial_year_is_two_years_that_follow(
    text: str, year: str | None
) -> None:
    assert financial_year_of(text) == year


def read_with_register(*rows: str) -> tuple[Register, list[Project]]:
    registers = read_register_set(
        [(csv_of([row()]), "register.csv"), (lines(*rows), "lines.csv")],
        directory(),
    )
    (held,) = (r for r in registers if not r.projects)
    return held, [p for r in registers for p in r.projects]


def test_a_line_is_read_and_a_line_of_nothing_is_refused_where_it_stands() -> (
    None
):
    read, _ = read_with_register(
        "L1,P-1,Welsh Government,Families First,2025-26,50700,disability,",
        "L2,P-1,Welsh Government,Children and Communities Grant,2025/26,33800,,L1",
        "L3,P-9,Welsh Government,Families First,2025-26,100,,",
        "L4,P-1,Welsh Government,No such grant,2025-26,100,,",
        "L5,P-1,Welsh Government,Families First,2025,100,,",
        "L6,P-1,Welsh Government,Families First,2025-26,-100,,",
        "L7,P-1,Welsh Government,Families First,2025-26,100,,",
        "L7,P-1,Welsh Government,Families First,2025-26,200,,",
    )
    assert [
        (line.line_id, line.programme_id, line.financial_year, line.amount_gbp)
        for line in read.funding_lines
    ] == [
        ("L1", "families_first", "2025-26", 50_700.0),
        ("L2", "ccg", "2025-26", 33_800.0),
    ]
    assert (
        read.funding_lines[0].ring_fence,
        read.funding_lines[1].match_of,
    ) == (
        "disability",
        "L1",
    )
    refused = [
        (p.row, p.code) for p in read.problems if p.severity is Severity.REFUSED
    ]
    assert refused == [
        (4, "project_unknown"),
        (5, "choice_unknown"),
        (6, "financial_year_unknown"),
        (7, "amount_negative"),
        (8, "duplicate_key"),
        (9, "duplicate_key"),
    ]


def test_lines_that_do_not_add_up_are_said_with_file_row_and_both_sums() -> (
    None
):
    read, projects = read_with_register(
        "L1,P-1,Welsh Government,Families First,2025-26,50700,,"
    )
    (said,) = lines_that_do_not_add_up(read.funding_lines, projects)
    assert (said.code, said.file, said.row, said.severity) == (
        "lines_do_not_add_up",
        "lines.csv",
        2,
        Severity.WARNING,
    )
    assert "£50,700" in said.found and "£84,500" in said.expected


def test_lines_of_a_year_without_money_are_said_to_be_in_no_sum() -> None:
    read, projects = read_with_register(
        "L1,P-1,Welsh Government,Families First,2031-32,50700,,"
    )
    (said,) = lines_that_do_not_add_up(read.funding_lines, projects)
    assert said.code == "lines_without_value"


def test_lines_that_add_up_say_nothing() -> None:
    read, projects = read_with_register(
        "L1,P-1,Welsh Government,Families First,2025-26,50000,,",
        "L2,P-1,Health board,Other programme,2025-26,34500,,",
    )
    assert lines_that_do_not_add_up(read.funding_lines, projects) == []


def test_the_money_of_a_year_is_by_days_run() -> None:
    whole = project(
        annual_value_gbp=36_500.0,
        start_date=date(2025, 4, 1),
        end_date=date(2025, 4, 10),
    )
    assert project_pence(whole, "2025-26") == 100_000
    assert project_pence(whole, "2026-27") is None
    assert (
        project_pence(replace(whole, value_kind="framework_ceiling"), "2025-26")
        is None
    )
    assert (
        project_pence(replace(whole, annual_value_gbp=None), "2025-26") is None
    )
