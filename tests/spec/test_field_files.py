"""Files as the public complains about them: cells merged down, columns without a heading, one object a line,
suppliers told as redacted, company numbers that lost their zero (issue 10).
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import openpyxl
import pytest

from clearlink import words
from clearlink.words.problems import problem_words
from etl.pipeline.mapped_import import read_mapped
from etl.pipeline.register import (
    read_register,
    read_register_set,
    refused_entries_of,
)
from etl.records import Problem, Register, Severity
from etl.sources.registers.register_cells import whole_company_number
from etl.sources.spreadsheets.foreign_cells import means_withheld
from tests.registers import COLUMNS, csv_of, directory, row

HEADINGS = [
    "Contract ref",
    "Contract title",
    "Supplier",
    "Start date",
    "End date",
    "Annual value",
]
ROWS: list[list[Any]] = [
    [f"C{n}", f"Club {n}", f"Body {n}", "01/04/2024", "31/03/2027", 1000 * n]
    for n in range(1, 6)
]


def mapped(data: bytes, name: str) -> Register:
    fixed = {"commissioner": "Cardiff"}
    return read_mapped(data, name, "auto", directory(), fixed).register


def of_code(register: Register, code: str) -> list[Problem]:
    return [p for p in register.problems if p.code == code]


def said_in_both(told: Problem) -> list[str]:
    """What is found, in both languages."""
    return [
        problem_words(told.code, told.facts, lang).found
        for lang in words.LANGUAGES
    ]


def workbook(merged: list[tuple[int, int, int]]) -> bytes:
    """A workbook with cells merged down: column, first and last row of ROWS, from 0."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for each in ROWS:
        sheet.append(each)
    for column, first, last in merged:
        sheet.merge_cells(
            start_row=first + 2,
            end_row=last + 2,
            start_column=column + 1,
            end_column=column + 1,
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("column", [2, 3, 4, 5])
@pytest.mark.parametrize(
    ("first", "last"), [*combinations(range(len(ROWS)), 2)]
)
def test_a_cell_merged_over_rows_is_said(
    column: int, first: int, last: int
) -> None:
    register = mapped(workbook([(column, first, last)]), "sheet.xlsx")
    (told,) = of_code(register, "cells_merged")
    assert told.severity is Severity.WARNING
    letter = "ABCDEF"[column]
    for found in said_in_both(told):
        assert f"{letter}{first + 2}–{letter}{last + 2}" in found
    assert len(register.projects) == len(ROWS)


def test_cells_merged_across_and_over_the_heading_are_none() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Cardiff Council contracts register"])
    sheet.append([])
    for each in [HEADINGS, *ROWS]:
        sheet.append(each)
    sheet.merge_cells("A1:F2")
    out = io.BytesIO()
    book.save(out)
    assert not of_code(mapped(out.getvalue(), "sheet.xlsx"), "cells_merged")


def with_extra(at: int, heading: str, cells: list[str]) -> bytes:
    """The sheet with a column more at the place `at`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*HEADINGS[:at], heading, *HEADINGS[at:]])
    for each, cell in zip(ROWS, cells, strict=True):
        writer.writerow([*each[:at], cell, *each[at:]])
    return out.getvalue().encode()


@pytest.mark.parametrize("heading", ["", " ", "\u00a0"])
@pytest.mark.parametrize("at", [1, 3, 6])
@pytest.mark.parametrize("filled", [0, 1, 3, 5])
def test_a_column_without_a_heading_is_said_where_it_holds_something(
    heading: str, at: int, filled: int
) -> None:
    cells = ["Ely"] * filled + [" "] * (len(ROWS) - filled)
    register = mapped(with_extra(at, heading, cells), "sheet.csv")
    told = of_code(register, "column_without_heading")
    assert len(told) == (filled > 0)
    for found in (f for p in told for f in said_in_both(p)):
        assert found.endswith(str(filled))
    given = [p.annual_value_gbp for p in register.projects]
    assert given == [1000.0 * n for n in range(1, 6)]


def test_the_template_says_it_too() -> None:
    data = csv_of([row(), row(project_id="P-2")], [*COLUMNS, ""])
    lines = data.decode().splitlines()
    data = "\r\n".join([*lines[:-1], f"{lines[-1]}Ely"]).encode()
    register = read_register(data, "r.csv", directory=directory())
    assert len(of_code(register, "column_without_heading")) == 1


def grant(n: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"360G-lines-{n}",
        "title": f"Club {n}",
        "description": "x",
        "currency": "GBP",
        "amountAwarded": 30000,
        "awardDate": "2024-03-01",
        "plannedDates": [{"startDate": "2024-04-01", "endDate": "2027-03-31"}],
        "recipientOrganization": [{"id": "GB-COH-1234567", "name": "Body"}],
        "fundingOrganization": [{"id": "GB-CHC-9999999", "name": "Fund"}],
        "beneficiaryLocation": [{"name": "Cardiff", "geoCode": "W06000015"}],
        **changes,
    }


def release(n: int) -> dict[str, Any]:
    buyer = {"id": "GB-LAE-CRF", "name": "Cardiff Council"}
    return {
        "ocid": f"ocds-lines-{n}",
        "id": str(n),
        "date": "2025-01-10T00:00:00Z",
        "tag": ["tender"],
        "parties": [{**buyer, "roles": ["buyer"]}],
        "buyer": buyer,
        "tender": {
            "id": "t",
            "title": f"Supported accommodation {n}",
            "status": "complete",
            "classification": {"scheme": "CPV", "id": "85311000"},
            "value": {"amount": 300000, "currency": "GBP"},
            "contractPeriod": {
                "startDate": "2025-04-01T00:00:00Z",
                "endDate": "2028-03-31T00:00:00Z",
            },
            "items": [{"id": "1", "deliveryAddresses": [{"region": "UKL22"}]}],
        },
    }


ENTRIES = {
    "grants": [grant(n) for n in range(4)],
    "releases": [release(n) for n in range(4)],
}


@pytest.mark.parametrize("name", ["g.json", "g.jsonl", "g.ndjson", "g.txt"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("kind", ENTRIES)
@pytest.mark.parametrize("packed", [0, 1, 2])
def test_one_object_a_line_is_the_list_of_them(
    name: str, end: str, kind: str, packed: int
) -> None:
    every = ENTRIES[kind]
    values: list[Any] = (
        [{kind: every[at : at + packed]} for at in range(0, 4, packed)]
        if packed
        else every
    )
    lines = end.join(json.dumps(value) for value in values) + end
    whole = json.dumps({kind: every}).encode()
    one = read_register(lines.encode(), name, directory=directory())
    other = read_register(whole, "w.json", directory=directory())
    assert [p.project_id for p in one.projects] == [
        p.project_id for p in other.projects
    ]
    assert len(one.projects) == 4


def record(n: int, holds: str) -> dict[str, Any]:
    """A record of one process: its releases are links, the whole in `compiledRelease`."""
    ocid = f"ocds-lines-{n}"
    parts = {
        "releases": [{"url": "https://a.example/r", "date": "2025-01-10"}],
        "compiledRelease": {**release(n), "tag": ["compiled"]},
    }
    if holds == "releases":
        return {"ocid": ocid, "releases": [release(n)]}
    if holds == "compiledRelease":
        parts.pop("releases")
    return {"ocid": ocid, **parts}


@pytest.mark.parametrize("holds", ["releases", "compiledRelease", "both"])
@pytest.mark.parametrize("way", ["lines", "list"])
def test_records_one_a_line_say_what_their_package_says(
    way: str, holds: str
) -> None:
    every = [record(n, holds) for n in range(3)]
    given = (
        "\n".join(map(json.dumps, every))
        if way == "lines"
        else json.dumps(every)
    )
    package = json.dumps({"records": every})
    one, other = (
        read_register(text.encode(), "r.json", directory=directory()).projects
        for text in (given, package)
    )
    assert len(one) == 3
    assert {p.annual_value_gbp for p in one} == {100_000.0}
    assert [replace(p, register_id="", source_ref="") for p in one] == [
        replace(p, register_id="", source_ref="") for p in other
    ]


@pytest.mark.parametrize("first", [True, False])
def test_a_list_may_name_a_project_of_an_exchange_file(first: bool) -> None:
    """At the door they were taken and by every build refused: the file of the project was read last."""
    project = "ocds-lines-1"
    lists = {
        "papers.csv": "project_id,document,url,paper_date,pages,read_by,read_on\n"
        f"{project},Report,https://a.example/r,2020-01-02,9,Ann,2020-02-03\n",
        "figures.csv": "figure_id,project_id,value,area,told_on,document,url\n"
        f"F1,{project},12%,Cardiff,2020-01-02,Report,https://a.example/r\n",
        "lines.csv": "line_id,project_id,funder,programme,financial_year,amount_gbp\n"
        f"L1,{project},Welsh Government,families_first,2020-21,100\n",
        "engagements.csv": "engagement_id,who,method,held,said,url,project_ids\n"
        f"E1,parents,survey,2025,more,https://a.example/e,{project}\n",
    }
    files = [(text.encode(), name) for name, text in lists.items()]
    notices = json.dumps({"releases": [release(1)]}).encode()
    files.insert(0 if first else len(files), (notices, "notices.json"))
    read = read_register_set(files, directory())
    assert [
        p.code for r in read for p in r.problems if "project" in p.code
    ] == []
    assert [len(r.projects) for r in read].count(1) == 1
    assert sum(len(r.paper_readings) for r in read) == 1
    assert sum(len(r.need_figures) for r in read) == 1
    assert sum(len(r.funding_lines) for r in read) == 1


def test_refused_lines_come_back_in_their_standard() -> None:
    lines = [grant(1), grant(2, title="")]
    data = "\n".join(map(json.dumps, lines)).encode()
    register = read_register(data, "g.jsonl", directory=directory())
    assert [p.project_id for p in register.projects] == ["360G-lines-1"]
    back, ending = refused_entries_of(register, data, "g.jsonl")
    assert ending == "json" and b"360G-lines-2" in back
    assert b"360G-lines-1" not in back


@pytest.mark.parametrize(
    "cut", ['{"id": 1}\n{"id": ', '{"id": 1}\nword', "{}x\n{}"]
)
def test_lines_that_are_cut_are_refused(cut: str) -> None:
    from etl.files.json_text import read_json_or_lines

    with pytest.raises(ValueError, match=r"."):
        read_json_or_lines(cut.encode())


@pytest.mark.parametrize(
    "text",
    [
        "Redacted Personal Data",
        "REDACTED PERSONAL INFORMATION",
        "Redacted Commercial Data",
        "[Redacted data]",
        "Redacted name",
        "Personal data redacted",
        "Name withheld",
        "Personal information is withheld",
        "Supplier details redacted",
        "Data personol wedi'i olygu",
        "Gwybodaeth bersonol wedi’i golygu",
        "Enw wedi ei olygu",
        "Data masnachol a ataliwyd",
    ],
)
def test_what_is_told_as_redacted_is_kept_back(text: str) -> None:
    assert means_withheld(text)


@pytest.mark.parametrize(
    "text",
    [
        "Data Cymru",
        "Redacted Ltd",
        "Personal Data Solutions Ltd",
        "Information and Advice Service",
        "Data redaction services",
        "Enw Da Cyf",
    ],
)
def test_a_body_of_such_a_name_stays(text: str) -> None:
    assert not means_withheld(text)


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ("GB-COH-1234567", "GB-COH-01234567"),
        ("GB-COH-512", "GB-COH-00000512"),
        ("GB-COH-01234567", "GB-COH-01234567"),
        ("GB-COH-SC12345", "GB-COH-SC12345"),
        ("GB-COH-123456789", "GB-COH-123456789"),
        ("GB-CHC-1012345", "GB-CHC-1012345"),
        ("1012345", "1012345"),
        ("", ""),
    ],
)
def test_a_company_number_has_its_zeros(given: str, whole: str) -> None:
    assert whole_company_number(given) == whole


def test_a_grant_to_a_company_that_lost_its_zero_is_to_that_company() -> None:
    data = json.dumps({"grants": [grant(1)]}).encode()
    (project,) = read_register(data, "g.json", directory=directory()).projects
    assert project.provider_org_id == "GB-COH-01234567"
