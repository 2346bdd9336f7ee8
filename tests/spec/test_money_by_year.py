"""Sums in a column for each financial year: none is taken for anybody, the choice is asked for, and what is
not loaded is said (issue 10).
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from clearlink import words
from clearlink.words.problems import problem_words
from etl.pipeline.mapped_import import MappedImport, read_mapped
from etl.records import SourceProblem
from etl.sources.spreadsheets.column_mapping import (
    ColumnMapping,
    guess_mapping,
    mapping_from_json,
    mapping_to_json,
)
from etl.sources.spreadsheets.foreign_cells import day_of
from etl.sources.spreadsheets.foreign_table import ForeignTable, open_foreign
from etl.sources.spreadsheets.money_by_year import years_of_money
from tests.registers import directory

BEFORE = ["Contract ref", "Contract title", "Start date", "End date"]
ROWS = [
    ["C1", "Club", "01/04/2024", "31/03/2027"],
    ["C2", "Visits", "01/04/2024", "31/03/2027"],
]
FORMS = (
    "{a}/{b}",
    "{a}-{b}",
    "20{a}/{b}",
    "20{a}-{b}",
    "20{a}–20{b}",
    "FY 20{a}/{b}",
    "Annual value (£) 20{a}-{b}",
    "Cost 20{a}/{b}",
    "20{a}-{b} £",
    "Gwerth blynyddol 20{a}-{b}",
    "Gwariant 20{a}/{b}",
    "Budget {a}/{b} (£000s)",
    "Cost for 20{a}/{b}",
    "Cost 20{a}/{b} (ex VAT)",
    "Annual cost of contract 20{a}/{b}",
    "20{a}—{b}",
    "20{a}_{b}",
    "20{a} to 20{b}",
    "Cyllid ar gyfer 20{a}/{b}",
    "Gyllideb 20{a}/{b}",
    "FY {a}/{b}",
    "BA 20{a}/{b}",
    "Blwyddyn ariannol 20{a}-{b}",
    "Year to March 20{a}-{b}",
)
# which two years of April are meant, these do not say: they are told as they stand
LONE_FORMS = (
    "FY{a}",
    "FY {a}",
    "FY'{a}",
    "FY’{a}",
    "FY20{a}",
    "FY 20{a}",
    "fy{a}",
    "FY{a}{b}",
    "BA{a}",
    "20{a}",
    "20{a} (£)",
    "£ 20{a}",
    "£000s 20{a}",
    "Budget 20{a}",
    "20{a} spend",
    "Cost FY{a}",
    "Annual value FY{a} (£)",
    "FY{a} actual",
    "Year {n}",
    "Yr {n}",
    "Y{n}",
    "Blwyddyn {n}",
    "Year {n} cost (£)",
    "Gwerth 20{a}",
    "Cyllid BA{a}",
    "Year ending March 20{a}",
)
PLACES = (0, 2, 4)


def sheet(headings: list[str], sums: list[list[str]], at: int) -> bytes:
    """A council's sheet whose columns of sums begin at the place `at`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*BEFORE[:at], *headings, *BEFORE[at:]])
    for row, more in zip(ROWS, sums, strict=True):
        writer.writerow([*row[:at], *more, *row[at:]])
    return ("Cardiff Council register\n" + out.getvalue()).encode()


def by_year(form: str, first: int, n: int) -> list[str]:
    return [form.format(a=y, b=y + 1) for y in range(first, first + n)]


def opened(data: bytes) -> tuple[ForeignTable, ColumnMapping]:
    foreign = open_foreign(data, "sheet.csv")
    return foreign, guess_mapping(foreign, directory())


def read(data: bytes, mapping: ColumnMapping | str) -> MappedImport:
    return read_mapped(data, "sheet.csv", mapping, directory())


def with_sum(mapping: ColumnMapping, at: int | None) -> ColumnMapping:
    """The mapping as a person confirms it: the column `at` is the sum a year."""
    fixed = {**mapping.fixed, "commissioner": "Cardiff"}
    columns = tuple(
        replace(g, column="annual_value_gbp" if g.index == at else g.column)
        for g in mapping.columns
    )
    return replace(mapping, columns=columns, fixed=fixed, is_insisted=True)


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("form", FORMS)
def test_no_year_is_taken_in_silence_and_the_chosen_one_is_said(
    form: str, at: int
) -> None:
    sums = [["£10,000", "11000"], ["5,000", "5000"]]
    data = sheet(by_year(form, 24, 2), sums, at)
    foreign, guessed = opened(data)
    assert years_of_money(foreign) == {at: "2024-25", at + 1: "2025-26"}
    assert "annual_value_gbp" not in guessed.places
    with pytest.raises(SourceProblem) as stopped:
        read(data, with_sum(guessed, None))
    (told,) = stopped.value.problems
    assert told.code == "money_by_year"
    for lang in words.LANGUAGES:
        said = problem_words(told.code, told.facts, lang)
        assert "2024-25" in said.found and "2025-26" in said.found
        assert said.expected and said.remedy
    chosen = read(data, with_sum(guessed, at + 1)).register
    unit = 1000 if "000s" in form else 1
    given = [p.annual_value_gbp for p in chosen.projects]
    assert given in ([11000.0 * unit, 5000.0 * unit], [11000.0, 5000.0])
    (warned,) = [p for p in chosen.problems if p.code == "money_of_one_year"]
    facts: dict[str, Any] = dict(warned.facts)
    assert facts["count"] == "1" and "2024-25" in facts["other"]


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("form", LONE_FORMS)
def test_a_year_that_does_not_say_which_is_asked_about_as_it_stands(
    form: str, at: int
) -> None:
    headings = [form.format(a=y, b=y + 1, n=y - 23) for y in (24, 25)]
    sums = [["£10,000", "£11k"], ["5,000", "5000"]]
    data = sheet(headings, sums, at)
    foreign, guessed = opened(data)
    assert years_of_money(foreign) == dict(enumerate(headings, at))
    assert "annual_value_gbp" not in guessed.places
    assert not {at, at + 1} & {g.index for g in guessed.places.values()}
    with pytest.raises(SourceProblem) as stopped:
        read(data, with_sum(guessed, None))
    (told,) = stopped.value.problems
    assert told.code == "money_by_year"
    for lang in words.LANGUAGES:
        listed = problem_words(told.code, told.facts, lang).found
        assert all(heading in listed for heading in headings)
    chosen = read(data, with_sum(guessed, at)).register
    assert "money_of_one_year" in {p.code for p in chosen.problems}
    unit = 1000 if "000s" in form else 1
    given = [p.annual_value_gbp for p in chosen.projects]
    assert given == [10000.0, 5000.0 * unit]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("99/00", "1999-00"),
        ("1999/00", "1999-00"),
        ("1999-2000", "1999-00"),
        ("98/99 budget", "1998-99"),
        ("70/71", "1970-71"),
        ("69/70", "2069-70"),
        ("00/01", "2000-01"),
        ("FY 05/06", "2005-06"),
    ],
)
def test_the_century_of_a_year_of_two_figures(heading: str, year: str) -> None:
    foreign, _ = opened(sheet([heading], [["10000"], ["5000"]], 4))
    assert years_of_money(foreign) == {4: year}


@pytest.mark.parametrize(
    ("text", "century", "day"),
    [
        ("01/04/99", "", "01/04/1999"),
        ("31/03/00", "", "31/03/2000"),
        ("1 April 98", "", "01/04/1998"),
        ("Ebrill 99", "", "1999-04-01"),
        ("01/04/69", "", "01/04/2069"),
        ("01/04/70", "", "01/04/1970"),
        ("01/04/99", "20", "01/04/2099"),
        ("01/04/24", "19", "01/04/1924"),
        ("1999-00", "", "1999-04-01"),
    ],
)
def test_the_same_century_stands_for_days(
    text: str, century: str, day: str
) -> None:
    assert day_of(text, False, century).text == day


@pytest.mark.parametrize("other", ["2024/25", "2024", "FY25", "Cost 24/25"])
def test_years_beside_a_column_that_names_none_are_said(other: str) -> None:
    data = sheet(["Annual value", other], [["10000", "900"], ["50", "0"]], 4)
    _, guessed = opened(data)
    register = read(data, with_sum(guessed, 4)).register
    (told,) = [p for p in register.problems if p.code == "money_beside_years"]
    for lang in words.LANGUAGES:
        said = problem_words(told.code, told.facts, lang)
        assert "Annual value" in said.found and "(F)" in said.expected


@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_command_that_asks_nobody_stops(n: int) -> None:
    data = sheet(by_year("20{a}/{b}", 23, n), [["100000"] * n] * 2, 4)
    with pytest.raises(SourceProblem) as stopped:
        read_mapped(
            data,
            "sheet.csv",
            "auto",
            directory(),
            {"commissioner": "Cardiff"},
        )
    assert "money_by_year" in {p.code for p in stopped.value.problems}


@pytest.mark.parametrize(
    "headings",
    [
        ["Annual value", "Users 2024-25"],
        ["Annual value", "Notes 2024/25"],
        ["Annual value", "2024-25-26"],
        ["Annual value", "2024"],
        ["Annual value", "01/02"],
        ["Annual value", "Contract 2024/25"],
        ["Annual value", "Number of contract 2024/25"],
        ["Annual value 2024-25", "Families 2025-26"],
    ],
)
def test_what_counts_no_money_is_no_year_of_it(headings: list[str]) -> None:
    data = sheet(headings, [["10000", "7"], ["5000", "n/a"]], 4)
    _, guessed = opened(data)
    kept = mapping_from_json(mapping_to_json(guessed), "m.json")
    register = read(data, with_sum(kept, 4)).register
    assert [p.annual_value_gbp for p in register.projects] == [10000.0, 5000.0]
    told = {p.code for p in register.problems}
    assert not told & {"money_of_one_year", "money_beside_years"}
