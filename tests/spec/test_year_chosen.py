"""The year chosen: what ran in it and its money, by one rule, in one label, on pages, packs and commands
(issue 6, money and places).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from clearlink.command import main
from clearlink.exit_codes import Exit
from clearlink.report.voice import Voice
from clearlink.rules.codes import TimeState, ValueKind
from clearlink.rules.money import annual_value_pence, to_pence
from clearlink.rules.running import state_in_year
from clearlink.warehouse import reader
from clearlink.warehouse.views import BOTH
from clearlink.words import LANGUAGES, Lang

DAY = date(2026, 11, 27)
YEARS = ("2015-16", "2025-26", "2026-27", "2027-28", "2030-31")


@pytest.fixture
def served(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    yield


@pytest.mark.parametrize(
    ("year", "start", "end", "state"),
    [
        ("2015-16", date(2014, 4, 1), date(2015, 4, 1), TimeState.RUNNING),
        ("2015-16", date(2014, 4, 1), date(2015, 3, 31), TimeState.ENDED),
        ("2015-16", date(2016, 4, 1), None, TimeState.TO_COME),
        ("2015-16", date(2014, 4, 1), None, TimeState.RUNNING),
        # a day that nobody recorded says nothing of another year
        ("2015-16", None, date(2027, 3, 31), TimeState.NOT_DATED),
        ("2015-16", None, date(2014, 3, 31), TimeState.ENDED),
        ("2027-28", date(2024, 4, 1), None, TimeState.NOT_DATED),
        ("2027-28", date(2024, 4, 1), date(2028, 3, 31), TimeState.RUNNING),
        # ended in the year of the build, before its day: it ran in the year
        ("2026-27", date(2024, 4, 1), date(2026, 6, 30), TimeState.RUNNING),
        ("2026-27", None, None, TimeState.NOT_DATED),
    ],
)
def test_how_a_record_stands_in_a_year(
    year: str, start: date | None, end: date | None, state: TimeState
) -> None:
    assert state_in_year(year, DAY, start, end) is state
    assert (
        state_in_year(year, DAY, start, end, ValueKind.TENDER_NOTICE)
        is TimeState.NOTICE
    )


def test_the_view_says_what_the_law_says() -> None:
    """300 records drawn around five years, and every year chosen in turn, through the view's own
    statement.
    """
    draw = random.Random(20261127)
    records = []
    for number in range(300):
        days = [
            date(2026, 4, 1) + timedelta(days=draw.randrange(-4400, 1800))
            for _ in range(2)
        ]
        start, end = (None if draw.random() < 0.2 else d for d in sorted(days))
        records.append(
            (f"P{number}", start, end, draw.choice(list(ValueKind)).value)
        )
    for year in YEARS:
        served = states_by_view(records, year)
        expected = {
            p: state_in_year(year, DAY, s, e, ValueKind(k)).value
            for p, s, e, k in records
        }
        assert served == expected
    assert states_by_view(records, None) != states_by_view(
        records, "2026-27"
    ), "a day is not a year"


def states_by_view(
    records: list[tuple[str, date | None, date | None, str]], year: str | None
) -> dict[str, str]:
    with duckdb.connect() as con:
        con.execute(
            "create table build as select $day::date as as_of, '2026-27' as financial_year",
            {"day": DAY},
        )
        con.execute(
            "create table project (project_id varchar, start_date date, end_date date, value_kind varchar)"
        )
        con.executemany("insert into project values (?, ?, ?, ?)", records)
        con.execute(
            "create table project_now as"
            " select project_id, true as is_money_known, false as is_counted_elsewhere,"
            " case when value_kind = 'tender_notice' then 'notice'"
            " when value_kind = 'never_bought' then 'never_bought'"
            " when start_date is null and end_date is null then 'not_dated'"
            " when end_date < as_of then 'ended'"
            " when start_date > as_of then 'to_come' else 'running' end as time_state"
            " from project cross join build"
        )
        for name in ("01_money_year", "05_project_then"):
            con.execute((BOTH / f"{name}.sql").read_text(encoding="utf-8"))
        if year:
            con.execute("set variable money_year = $year", {"year": year})
        return dict(
            con.execute(
                "select project_id, time_state from project_then"
            ).fetchall()
        )


@pytest.mark.usefixtures("served")
def test_the_money_of_a_year_is_that_of_its_days() -> None:
    """By hand from the registers' own values and days, in every year that can be chosen."""
    of_the_day = {p["project_id"]: p for p in reader.projects()}
    assert (
        len(reader.years()) > 15
        and reader.build()["financial_year"] in reader.years()
    )
    for year in reader.years():
        with reader.money_of(year):
            for p in reader.projects():
                gbp, state = p["year_gbp"], p["time_state"]
                assert (gbp is None) == (
                    p["annual_value_gbp"] is None
                    or p["value_kind"] != "yearly"
                    or state == "not_dated"
                )
                if state in ("ended", "to_come"):
                    assert gbp in (None, 0)
                elif gbp is not None and p["start_date"]:
                    by_hand = annual_value_pence(
                        to_pence(p["annual_value_gbp"]),
                        p["start_date"],
                        p["end_date"],
                        year,
                    )
                    assert round(100 * gbp) == pytest.approx(by_hand, abs=1), p[
                        "project_id"
                    ]
            assert {
                p["project_id"] for p in reader.projects()
            } == of_the_day.keys()
    assert {p["project_id"]: p for p in reader.projects()} == of_the_day, (
        "what is kept for a year stays with it"
    )


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_label_bears_the_year_that_is_chosen(lang: Lang) -> None:
    say = Voice(lang)
    assert say.year() in say.money_in_year(
        5e6
    ) and "2018-19" not in say.money_in_year(5e6)
    with reader.money_of("2018-19"):
        assert "2018-19" in say.money_in_year(5e6) and "2018-19" in say.when()
    ended = next(
        p
        for p in reader.projects()
        if p["time_state"] == "ended"
        and p["annual_value_gbp"]
        and p["year_gbp"] == 0
    )
    project = reader.project(ended["project_id"])
    assert project is not None
    told = say.money_of(project)
    assert (
        told.startswith(say("record.money_none", year=say.year(), stated=""))
        and say.stated_value(project) in told
    )


@pytest.mark.usefixtures("served")
def test_what_a_list_holds_for_one_year_is_not_served_for_another() -> None:
    kept: list[float] = []

    @reader.once_a_build
    def whole() -> float:
        kept.append(1.0)
        return sum(r["year_gbp"] for r in reader.verdict_counts())

    today = whole()
    with reader.money_of("2018-19"):
        then = whole()
        assert whole() == then != today
    assert whole() == today and len(kept) == 2


@pytest.mark.parametrize("wrong", ["2018", "2018-20", "2018-2019", "'; drop"])
def test_what_is_no_financial_year_is_refused(wrong: str) -> None:
    with (
        pytest.raises(ValueError, match="expected a financial year"),
        money_of(wrong),
    ):
        pass


@contextmanager
def money_of(year: str) -> Iterator[None]:
    with reader.money_of(year):
        yield


@pytest.mark.usefixtures("served")
def test_a_command_answers_for_a_year(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        main(["verdicts", "--region", "Wales", "--year", "2018-19"])
        == Exit.DONE
    )
    then = sum(p["year_gbp"] or 0 for p in json.loads(capsys.readouterr().out))
    with reader.reading_as(reader.Scope()), reader.money_of("2018-19"):
        assert then == pytest.approx(
            sum(r["year_gbp"] for r in reader.verdict_counts())
        )
    assert (
        main(["verdicts", "--format", "shares", "--year", "2018-19"])
        == Exit.DONE
    )
    assert "in 2018-19" in capsys.readouterr().out
    assert main(["verdicts", "--year", "1950-51"]) == Exit.USAGE
    assert "expected one of" in capsys.readouterr().err


@pytest.mark.usefixtures("served")
def test_what_is_withheld_has_no_money_of_another_year() -> None:
    """Two years beside each other would tell what the one project has that began between them."""
    with reader.reading_as(reader.Scope()):
        told = reader.withheld()
        assert told is not None and told["year_gbp"] is not None
        with reader.money_of("2018-19"):
            then = reader.withheld()
            assert (
                then is not None
                and then["year_gbp"] is None
                and then["projects"] == told["projects"]
            )
