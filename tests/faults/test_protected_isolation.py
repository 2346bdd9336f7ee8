"""A protected place cannot be found by asking: not by a count of one or two, not by the difference of two
counts, not by what else changed.

Two builds that differ only in where a protected project is and who runs it are the same to everybody who does
not act for it. They are compared view by view, and every question reads the views, so that every path of
filters is compared at once.
"""

from __future__ import annotations

import random
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from clearlink import folders
from clearlink.warehouse import connection, reader
from clearlink.warehouse.asking import forget_answers
from clearlink.warehouse.scope import (
    Scope,
    everything,
    reading_as,
    under_this_scope,
)
from clearlink.warehouse.views import make_views
from etl.build import builder
from etl.build.intake import Intake, RowCount
from etl.pipeline import builds
from etl.records import Problem, Severity
from tests.oracle.random_wales import AUTHORITIES, DAY, REGIONS, random_intake

READ = folders.ROOT / "clearlink" / "warehouse" / "sql" / "read"
OUTSIDE = Scope(on=DAY)
SETTINGS = builds.settings().with_changes(draws=10)
# the name and the hash of a build follow from all of it; the list that is withheld is what the views leave
# out, and no question reads it
ITS_OWN = ("build", "withheld_project")
VARIANTS = 100


def _country(where: int, *, without: int | None = None) -> Intake:
    """A small country with nine protected projects; the first of them is in the authority number `where`
    of its region.
    """
    intake = random_intake(3, 60)
    for at in range(9):
        # the first three have a region to themselves, so that it is counted; the rest stand one or two in a
        # region
        la = AUTHORITIES[where if at == 0 else at % 3 if at < 3 else 3 + at % 6]
        intake.projects[at] = replace(
            intake.projects[at],
            is_sensitive=True,
            la_code=la,
            region_code=None,
            area_codes=(REGIONS[AUTHORITIES.index(la) // 3],),
            users_by_area=(),
            title=f"House {where}" if at == 0 else f"House of {at}",
            provider_name=f"Trust {where}" if at == 0 else None,
            capacity=10.0 + where if at == 0 else 4.0,
            start_date=None,
            end_date=None,
            annual_value_gbp=1000.0 * (at + 1),
        )
    if without is not None:
        del intake.projects[without]
    kept_out = [
        ("whereabouts", ()),
        ("choice_unknown", (("withheld", "yes"),)),
        ("choice_unknown", (("column", "theme"),)),
    ]
    intake.problems += [
        Problem(
            "register",
            "council.csv",
            f"C{n}",
            Severity.REFUSED,
            "–",
            "–",
            "–",
            900 + n,
            "title",
            code,
            facts,
        )
        for n, (code, facts) in enumerate(kept_out)
    ]
    intake.row_counts = [
        RowCount(
            "oracle", "register", len(intake.projects), len(intake.projects), 0
        )
    ]
    return intake


def _built(folder: Path, intake: Intake) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(folder))
        builder.build(intake, SETTINGS, "isolation", lambda *_: None)
        return folders.warehouse_file()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("isolation")
    return {
        "here": _built(folder / "here", _country(0)),
        "there": _built(folder / "there", _country(1)),
        "later": folder,
    }


def _seen(file: Path, scope: Scope = OUTSIDE) -> dict[str, list[str]]:
    """Every view as a scope reads it, its rows in an order of their own."""
    cursor = connection.warehouse(file).cursor(scope)
    names = [
        name
        for (name,) in cursor.execute(
            "select view_name from duckdb_views() where schema_name = 'seen' order by 1"
        ).fetchall()
    ]
    face = "whole" if scope.sees_all else "seen"
    return {
        n: sorted(
            map(repr, cursor.execute(f'from memory.{face}."{n}"').fetchall())
        )
        for n in names
        if n not in ITS_OWN
    }


def test_where_a_protected_project_is_changes_nothing_that_others_may_read(
    builds: dict[str, Path],
) -> None:
    here, there = _seen(builds["here"]), _seen(builds["there"])
    assert len(here) >= 60 and sum(map(len, here.values())) > 10_000
    assert [name for name in here if here[name] != there[name]] == []
    whole = [_seen(builds[name], everything()) for name in ("here", "there")]
    assert {"project", "project_authority"} <= {
        name for name in whole[0] if whole[0][name] != whole[1][name]
    }, "the two builds do differ"


def test_a_question_reads_the_views_of_its_scope_and_nothing_else() -> None:
    strays = {}
    for path in READ.rglob("*.sql"):
        sql = re.sub(r"(?m)--.*$", "", path.read_text(encoding="utf-8"))
        if found := re.findall(
            r"(?i)\b(?:memory|main|system)\.\w+|\bw\.main\b|\bw\.\w+\.\w+|withheld_project|getvariable|"
            r"duckdb_\w+|information_schema",
            sql,
        ):
            strays[path.stem] = found
    assert (
        strays == {"meeting_tables_held": strays.get("meeting_tables_held", [])}
        or strays == {}
    )


def test_that_a_refused_row_was_of_a_protected_place_is_told_to_those_who_act_for_one(
    builds: dict[str, Path],
) -> None:
    def rows(scope: Scope) -> list[int]:
        return [
            n
            for (n,) in connection.warehouse(builds["here"])
            .cursor(scope)
            .execute(
                "select row_no from problem where file = 'council.csv' order by 1"
            )
            .fetchall()
        ]

    assert rows(OUTSIDE) == [902]
    assert (
        rows(Scope(protected_places=frozenset({AUTHORITIES[8]}), on=DAY))
        == rows(everything())
        == [900, 901, 902]
    )


def test_what_came_and_went_between_two_builds_is_not_told(
    builds: dict[str, Path],
) -> None:
    """A protected project goes and comes again: the notes on what changed are the same as where nothing
    did.
    """
    folder = builds["later"] / "turns"
    shutil.copytree(builds["later"] / "here", folder)
    told = [
        {
            name: rows
            for name, rows in _seen(builds["here"]).items()
            if name in ("figure_change", "row_count", "problem")
        }
    ]
    for without in (0, None):
        file = _built(folder, _country(0, without=without))
        told.append(
            {
                name: rows
                for name, rows in _seen(file).items()
                if name
                in ("build_change", "figure_change", "row_count", "problem")
            }
        )
        with duckdb.connect(str(file), read_only=True) as con:
            whole = con.execute(
                "select kind, before, after from build_change where kind <> 'build' order by 1"
            ).fetchall()
        assert without is None or ("project_removed", "House 0", None) in whole
        assert without is None or ("rows", "60", "59") in whole
    for later in told[1:]:
        assert [
            row
            for row in later["build_change"]
            if not row.startswith("('build'")
        ] == []
        assert (
            later["row_count"],
            later["problem"],
            later["figure_change"],
        ) == (
            told[0]["row_count"],
            told[0]["problem"],
            told[0]["figure_change"],
        )


def _strays(told: dict[tuple[str, bool], int]) -> list[str]:
    """What can be had from counts by subtracting one from another that holds it: a rest of one or two."""
    found = [f"{key} is {n}" for key, n in told.items() if 0 < n < 3]
    for live in (False, True):
        wales = told.get((reader.WALES, live))
        regions = sum(
            n
            for (place, is_live), n in told.items()
            if is_live == live and place in REGIONS
        )
        if wales is not None and 0 < wales - regions < 3:
            found.append(
                f"Wales less its regions, live {live}: {wales - regions}"
            )
    both = [
        place
        for place in (reader.WALES, *REGIONS)
        if (place, True) in told and (place, False) in told
    ]
    still = {place: told[place, False] - told[place, True] for place in both}
    found += [
        f"{place}: {n} do not run" for place, n in still.items() if 0 < n < 3
    ]
    if (
        reader.WALES in still
        and 0
        < still[reader.WALES]
        - sum(n for place, n in still.items() if place in REGIONS)
        < 3
    ):
        found.append(f"the rest of Wales: {still}")
    return found


def _others_protected(
    con: duckdb.DuckDBPyConnection, dice: random.Random
) -> None:
    """The same build with other projects protected, some of them ended: one, two or many in a region, on a
    theme, in all.
    """
    ids = [
        i
        for (i,) in con.execute(
            "select project_id from w.main.project order by 1"
        ).fetchall()
    ]
    secret = dice.sample(ids, dice.randrange(1, 30))
    con.execute(
        "update w.main.project set is_sensitive = list_contains($1, project_id), delivery_model = null",
        [secret],
    )
    con.execute(
        "update w.main.ledger set bucket = case when list_contains($1, project_id) then 'protected' "
        "else 'area_wide' end",
        [secret],
    )
    homes = [AUTHORITIES[min(8, int(dice.expovariate(0.4)))] for _ in secret]
    ends = [
        DAY - timedelta(9) if dice.random() < 0.35 else None for _ in secret
    ]
    con.execute(
        "update w.main.project set la_code = x.la, region_code = null, end_date = x.last_day, "
        "start_date = null from (select unnest($1) as id, unnest($2) as la, unnest($3::date[]) as "
        "last_day) x where project_id = x.id",
        [secret, homes, ends],
    )
    con.execute(
        "update w.main.project_authority set la_code = x.la from (select unnest($1) as id, unnest($2) "
        "as la) x where project_id = x.id",
        [secret, homes],
    )


def test_no_path_of_filters_leaves_one_or_two(
    builds: dict[str, Path], tmp_path: Path
) -> None:
    """Every place, theme, year and state at once: what the counting questions filter is one view each."""
    file, dice, told_of, strays = (
        tmp_path / "variants.duckdb",
        random.Random(41),
        0,
        [],
    )
    shutil.copyfile(builds["here"], file)
    with duckdb.connect() as con:
        con.execute(f"attach '{file}' as w")
        make_views(con)
        for name, value in (
            ("scope_on", DAY),
            ("scope_protected", []),
            ("scope_embargoed", []),
            ("scope_unpublished", False),
        ):
            con.execute(f"set variable {name} = $value", {"value": value})
        con.execute("use memory.seen")
        for variant in range(VARIANTS):
            _others_protected(con, dice)
            counted = con.execute(
                "select region_code, live, projects from withheld_cell"
            ).fetchall()
            money = con.execute(
                "select theme_id, financial_year, region_code, count(distinct project_id) from ledger "
                "where bucket = 'protected' group by all"
            ).fetchall()
            wales = con.execute(
                "select theme_id, financial_year, count(distinct project_id) from ledger where bucket = "
                "'protected' group by all"
            ).fetchall()
            found = _strays({(place, live): n for place, live, n in counted})
            for theme, year, every in wales:
                told = {
                    (place, False): n
                    for t, y, place, n in money
                    if (t, y) == (theme, year) and place != reader.WALES
                }
                found += [
                    f"{theme}, {year}: {said}"
                    for said in _strays(told | {(reader.WALES, False): every})
                ]
            strays += [f"variant {variant}: {said}" for said in found]
            told_of += len(counted) + len(money)
        (themes, years) = con.execute(
            "select (select count(*) from theme), (select count(distinct financial_year) from ledger)"
        ).fetchone() or (0, 0)
    # a path leads to a count or to none: each place, running or not, and each place, theme and year
    assert VARIANTS * (1 + len(REGIONS)) * (2 + themes * years) >= 10_000
    assert told_of > 200, "too little was told to prove anything"
    assert strays == []


def test_a_day_of_a_protected_project_is_told_to_nobody_else(
    builds: dict[str, Path],
) -> None:
    """Its first and last day, its value and its name stand in no view, whatever a question asks."""
    with duckdb.connect(str(builds["here"]), read_only=True) as con:
        ids = [
            i
            for (i,) in con.execute(
                "select project_id from project where is_sensitive order by 1"
            ).fetchall()
        ]
    assert len(ids) >= 9
    told = {
        name
        for name, rows in _seen(builds["here"]).items()
        for row in rows
        if any(f"'{one}'" in row for one in ids)
        or re.search(r"House (of )?\d|Trust \d", row)
    }
    assert told == set()
    assert date(2026, 11, 23) == DAY


def test_visitors_who_ask_at_the_same_moment_never_get_each_others_answers(
    builds: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand askings of twelve visitors in random turns, some of them left for a download to do later,
    while answers are forgotten.
    """
    monkeypatch.setenv("CLEARLINK_DATA", str(builds["later"] / "here"))
    some = [AUTHORITIES[0], AUTHORITIES[4], REGIONS[0], REGIONS[2]]
    scopes = [
        OUTSIDE,
        everything(),
        *(Scope(protected_places=frozenset({place}), on=DAY) for place in some),
        Scope(protected_places=frozenset(REGIONS), on=DAY),
    ]
    questions = (
        lambda: {p["project_id"] for p in reader.projects()},
        lambda: repr(reader.withheld(REGIONS[0])),
        lambda: repr(sorted(map(repr, reader.verdict_counts(REGIONS[0])))),
        lambda: reader.build_key()[2],
    )

    def asked(at: int, scope: Scope, dice: random.Random) -> object:
        with reading_as(scope):
            if dice.random() < 0.2:
                later = under_this_scope(questions[at])
            else:
                return questions[at]()
        with reading_as(dice.choice(scopes)):
            return later()

    right = {
        (at, n): asked(at, scope, random.Random(1))
        for at in range(len(questions))
        for n, scope in enumerate(scopes)
    }
    assert (
        len(
            {
                repr(sorted(said))
                for (at, _), said in right.items()
                if at == 0 and isinstance(said, set)
            }
        )
        >= 5
    ), "the visitors do see different projects"

    def visit(visitor: int) -> list[tuple[int, int]]:
        dice, wrong = random.Random(visitor), []
        for _ in range(84):
            at, n = dice.randrange(len(questions)), dice.randrange(len(scopes))
            if dice.random() < 0.02:
                forget_answers()
            if asked(at, scopes[n], dice) != right[at, n]:
                wrong.append((at, n))
        return wrong

    with ThreadPoolExecutor(12) as visitors:
        found = list(visitors.map(visit, range(12)))
    assert sum(map(len, found)) == 0, found
