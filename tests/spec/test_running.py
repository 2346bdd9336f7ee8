"""Undated is not running: what a record's dates say on a day, its length, and what of its value is money
of the year (method C).
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from clearlink.rules.codes import DatesBasis, TimeState, ValueKind
from clearlink.rules.running import (
    days_from_length,
    is_money_a_year,
    time_state,
)
from etl.build.statements import HERE
from etl.pipeline.register import read_register
from tests.registers import CARDIFF, directory

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("start", "end", "kind", "state"),
    [
        (None, None, ValueKind.YEARLY, TimeState.NOT_DATED),
        (date(2026, 11, 27), None, ValueKind.YEARLY, TimeState.RUNNING),
        (None, date(2026, 11, 27), ValueKind.YEARLY, TimeState.RUNNING),
        (
            date(2020, 4, 1),
            date(2026, 11, 26),
            ValueKind.YEARLY,
            TimeState.ENDED,
        ),
        (date(2026, 11, 28), None, ValueKind.YEARLY, TimeState.TO_COME),
        (
            date(2026, 4, 1),
            date(2027, 3, 31),
            ValueKind.FRAMEWORK_CEILING,
            TimeState.RUNNING,
        ),
        (
            date(2026, 4, 1),
            date(2027, 3, 31),
            ValueKind.TENDER_NOTICE,
            TimeState.NOTICE,
        ),
        (None, None, ValueKind.TENDER_NOTICE, TimeState.NOTICE),
        (
            date(2026, 4, 1),
            date(2027, 3, 31),
            ValueKind.NEVER_BOUGHT,
            TimeState.NEVER_BOUGHT,
        ),
    ],
)
def test_how_a_record_stands(
    start: date | None, end: date | None, kind: ValueKind, state: TimeState
) -> None:
    assert time_state(DAY, start, end, kind) is state


def test_only_yearly_money_of_dated_records_is_money_of_a_year() -> None:
    counted = {
        (k, s) for k in ValueKind for s in TimeState if is_money_a_year(k, s)
    }
    assert counted == {
        (ValueKind.YEARLY, s)
        for s in (TimeState.RUNNING, TimeState.TO_COME, TimeState.ENDED)
    }


@pytest.mark.parametrize(
    ("start", "end", "decided", "months", "expected"),
    [
        (
            date(2024, 1, 31),
            None,
            None,
            1,
            (date(2024, 1, 31), date(2024, 2, 28), DatesBasis.END_FROM_LENGTH),
        ),
        (
            None,
            None,
            date(2013, 1, 18),
            12,
            (date(2013, 1, 18), date(2014, 1, 17), DatesBasis.AWARD_AND_LENGTH),
        ),
        (
            date(2024, 1, 1),
            date(2024, 6, 30),
            None,
            12,
            (date(2024, 1, 1), date(2024, 6, 30), None),
        ),
        (None, None, None, 48, (None, None, None)),
        (date(2024, 1, 1), None, None, None, (date(2024, 1, 1), None, None)),
        (date(2024, 1, 1), None, None, 0, (date(2024, 1, 1), None, None)),
    ],
)
def test_a_length_gives_the_end_and_says_so(
    start: date | None,
    end: date | None,
    decided: date | None,
    months: int | None,
    expected: tuple[date | None, date | None, DatesBasis | None],
) -> None:
    assert days_from_length(start, end, decided, months) == expected


def test_the_build_says_what_the_law_says() -> None:
    """500 records of every kind, with and without dates around the day, through the build's own statement."""
    draw = random.Random(20261127)
    records = []
    for number in range(500):
        around = [
            None,
            *(
                DAY + timedelta(days=draw.choice((-900, -1, 0, 1, 300)))
                for _ in range(2)
            ),
        ]
        start, end = draw.choice(around), draw.choice(around)
        if start and end and end < start:
            start, end = end, start
        value = draw.choice([None, 0.0, 1200.5])
        records.append(
            (
                f"P{number}",
                start,
                end,
                value,
                draw.choice(list(ValueKind)).value,
            )
        )
    with duckdb.connect() as con:
        con.execute(
            "create table build as select $day::date as as_of", {"day": DAY}
        )
        con.execute(
            "create table project (project_id varchar, start_date date, end_date date, annual_value_gbp "
            "double, value_kind varchar)"
        )
        # every seventh may be the same thing as another record whose money is counted
        con.execute(
            "create table possible_duplicate as select case when i % 7 = 0 then 'P' || i end as "
            "not_counted from range(500) r(i)"
        )
        con.executemany("insert into project values (?, ?, ?, ?, ?)", records)
        con.execute(
            (HERE / "build" / "projects" / "project_now.sql").read_text(
                encoding="utf-8"
            )
        )
        served = {
            row[0]: (row[1], row[2])
            for row in con.execute("from project_now").fetchall()
        }
    expected = {}
    for project_id, start, end, value, kind in records:
        state = time_state(DAY, start, end, ValueKind(kind))
        is_twice = int(project_id[1:]) % 7 == 0
        is_money = (
            value is not None
            and is_money_a_year(ValueKind(kind), state)
            and not is_twice
        )
        expected[project_id] = (state, is_money)
    assert served == expected


CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"


@pytest.mark.skipif(
    not CASES.is_dir(), reason="the cases are not on this machine"
)
def test_a_council_file_without_dates_is_never_running() -> None:
    """g360_council_vcse.csv: a grant of 2013 with a length of twelve months and no days; tpl_undated.csv:
    nothing but a value.
    """
    known = directory()
    # the tests' own short list of areas knows Cardiff
    grants = (
        (CASES / "g360_council_vcse.csv")
        .read_bytes()
        .replace(b"W06000002", CARDIFF.encode())
    )
    by_length, stated = read_register(
        grants, "g360_council_vcse.csv", directory=known
    ).projects
    assert (
        by_length.start_date,
        by_length.end_date,
        by_length.dates_basis,
    ) == (
        date(2013, 1, 18),
        date(2014, 1, 17),
        "award_and_length",
    )
    assert (stated.start_date, stated.end_date, stated.dates_basis) == (
        date(2013, 2, 1),
        date(2014, 1, 31),
        None,
    )
    (undated,) = read_register(
        (CASES / "tpl_undated.csv").read_bytes(),
        "tpl_undated.csv",
        directory=known,
    ).projects
    assert (
        time_state(DAY, undated.start_date, undated.end_date)
        is TimeState.NOT_DATED
    )
    assert {
        time_state(DAY, p.start_date, p.end_date) for p in (by_length, stated)
    } == {TimeState.ENDED}


@pytest.mark.parametrize("framework", [True, False])
@pytest.mark.parametrize(
    ("awards", "kind"),
    [
        ([], "tender_notice"),
        (
            [{"id": "1", "status": "active", "suppliers": [{"name": "S"}]}],
            "yearly",
        ),
        (
            [{"id": "1", "status": "cancelled", "suppliers": [{"name": "S"}]}],
            "never_bought",
        ),
        ([{"id": "1", "status": "unsuccessful"}], "never_bought"),
    ],
)
def test_a_ceiling_and_a_notice_say_what_they_are(
    framework: bool, awards: list[dict[str, object]], kind: str
) -> None:
    notice = {
        "ocid": "ocds-1",
        "buyer": {"name": "Rhondda Cynon Taf County Borough Council"},
        "tender": {
            "title": "Family support",
            "value": {"amount": 400000, "currency": "GBP"},
            "contractPeriod": {"durationInDays": 1440},
            "techniques": {"hasFrameworkAgreement": framework},
            "items": [{"deliveryAddresses": [{"region": "UKL15"}]}],
        },
        "awards": awards,
    }
    (project,) = read_register(
        json.dumps({"releases": [notice]}).encode(),
        "n.json",
        directory=directory(),
    ).projects
    if framework and kind != "never_bought":
        kind = "framework_ceiling"
    assert project.value_kind == kind and project.annual_value_gbp == 100000
    # nothing gives the day that its 48 months begin
    assert (project.start_date, project.end_date, project.dates_basis) == (
        None,
        None,
        None,
    )
