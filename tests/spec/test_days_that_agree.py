"""Days that contradict each other or have not come: refused in a register, said in a council's own sheet."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from clearlink.rules.dates import add_months
from etl.pipeline.mapped_import import MappedImport, guess_mapping, read_mapped
from etl.pipeline.register import read_register
from etl.records import Register, Severity
from etl.sources.papers.assessments import ASSESSMENT_COLUMNS
from etl.sources.registers.register_cells import today
from etl.sources.spreadsheets.foreign_table import open_foreign
from tests.registers import directory, found, read, row

# two days at least: a run that begins before midnight ends after it
TO_COME = [today() + timedelta(days=days) for days in (2, 3, 40, 400)] + [
    date(2099, 1, 1),
    date(2100, 12, 31),
]
HAPPENED = (
    "decision_date",
    "engagement_date",
    "last_review",
    "stated_on",
    "recorded_on",
    "requested_on",
)
SHAPES = ("%Y-%m-%d", "%d/%m/%Y")


@pytest.mark.parametrize(
    ("column", "day", "shape"), [*product(HAPPENED, TO_COME, SHAPES)]
)
def test_what_has_happened_is_not_dated_after_today(
    column: str, day: date, shape: str
) -> None:
    more = {"priority_id": "P-1"} if column == "stated_on" else {}
    register = read(
        row(**{column: day.strftime(shape), **more}, end="2100-12-31")
    )
    assert not register.projects
    assert (2, column, "date_to_come") in found(register)


@pytest.mark.parametrize("column", HAPPENED)
def test_today_is_no_day_to_come(column: str) -> None:
    register = read(row(**{column: today().isoformat()}, end="2100-12-31"))
    assert "date_to_come" not in {code for _, _, code in found(register)}


@pytest.mark.parametrize(
    "published", ["2099", "2099-05", *(day.isoformat() for day in TO_COME)]
)
def test_an_assessment_is_not_published_before_it_is(published: str) -> None:
    names = ",".join(column.name for column in ASSESSMENT_COLUMNS)
    said = {
        "assessment_id": "A1",
        "kind": "area_plan",
        "body": "RCT",
        "area_code": "Rhondda Cynon Taf",
    }
    said |= {"title": "Plan", "published": published}
    line = ",".join(said.get(column.name, "") for column in ASSESSMENT_COLUMNS)
    register = read_register(
        f"{names}\n{line}\n".encode(), "assessments.csv", directory=directory()
    )
    assert not register.assessments
    assert "date_to_come" in {p.code for p in register.problems}


FIRST = date(2024, 4, 1)
LENGTHS = (1, 6, 11, 12, 24, 36, 48, 60)


def last_day(months: int) -> date:
    return add_months(FIRST, months) - timedelta(days=1)


@pytest.mark.parametrize(("months", "said"), [*product(LENGTHS, LENGTHS)])
def test_a_length_says_what_the_two_days_say(months: int, said: int) -> None:
    register = read(
        row(
            start=FIRST.isoformat(),
            end=last_day(months).isoformat(),
            length_months=str(said),
        )
    )
    is_refused = (2, "length_months", "length_contradicts") in found(register)
    assert is_refused == (abs(months - said) > 1) == (not register.projects)


def test_a_length_of_nothing_is_refused() -> None:
    assert (2, "length_months", "length_nothing") in found(
        read(row(end="", length_months="0"))
    )


def mapped(
    *lines: str, length: str = "Contract length (months)"
) -> MappedImport:
    names = f"Contract title,Supplier,Annual value,Start date,End date,{length}"
    data = "\n".join([names, *lines, ""]).encode()
    foreign = open_foreign(data, "contracts.csv")
    mapping = guess_mapping(foreign, directory())
    return read_mapped(
        data,
        "contracts.csv",
        mapping,
        directory(),
        fixed={"commissioner": "Cardiff"},
    )


def warned(register: Register, code: str) -> list[int | None]:
    return [
        p.row
        for p in register.problems
        if p.code == code and p.severity is Severity.WARNING
    ]


@pytest.mark.parametrize(("months", "said"), [*product((12, 24, 36), LENGTHS)])
def test_in_a_councils_own_sheet_the_days_stand_and_the_length_is_said(
    months: int, said: int
) -> None:
    end = last_day(months)
    register = mapped(
        f"Hostel,Org,50000,{FIRST:%d/%m/%Y},{end:%d/%m/%Y},{said}"
    ).register
    (project,) = register.projects
    assert (project.start_date, project.end_date) == (FIRST, end)
    assert warned(register, "length_beside_days") == (
        [2] if abs(months - said) > 1 else []
    )


@pytest.mark.parametrize(
    ("heading", "cell", "months"),
    [
        ("Contract length (months)", "24", 24),
        ("Length (years)", "2", 24),
        ("Duration in months", "18", 18),
        ("Hyd y contract (misoedd)", "24", 24),
        ("Duration", "2 years", 24),
        ("Contract length", "18 months", 18),
        ("Contract length", "24", None),
        ("Duration", "3", None),
    ],
)
def test_a_length_says_what_it_counts_or_is_not_used(
    heading: str, cell: str, months: int | None
) -> None:
    register = mapped(
        f"Hostel,Org,50000,{FIRST:%d/%m/%Y},,{cell}", length=heading
    ).register
    (project,) = register.projects
    assert project.end_date == (last_day(months) if months else None)
    assert warned(register, "length_unit_unsaid") == ([] if months else [2])


@pytest.mark.parametrize(
    "sums",
    [
        *product(
            (33_000, 45_292, 50_000, 73_000),
            (40_001, 60_000),
            (38_500.0, 71_250),
        )
    ],
)
def test_sums_of_five_figures_are_no_days(sums: tuple[float, ...]) -> None:
    lines = [
        f"Service {n},Org,{amount:g},{FIRST:%d/%m/%Y},,12"
        for n, amount in enumerate(sums)
    ]
    register = mapped(*lines).register
    assert [p.annual_value_gbp for p in register.projects] == [*sums]
