"""Nobody gets a withheld count of users back from a served build: two registers that differ in nothing else
give the same build.

If everything served is the same whatever a withheld count was, nothing served, and nothing worked out from
it, says which it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from clearlink import folders
from clearlink.exchange.projects import published
from clearlink.warehouse import reader
from etl.build.statements import statements
from etl.build.users_by_area import without_users
from etl.pipeline.builds import build_sample
from tests.few_draws import draw_few
from tests.registers import csv_of, row

# four small areas of one authority, and the authority
A, B, C, D = "W01001274", "W01001275", "W01001276", "W01001277"
WHOLE = "W06000016"
# The counts of each project in the one register and in the other. All that is served of a withheld row is
# that it is withheld.
COUNTS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "U-ONE": ({A: 1}, {A: 9}),
    "U-TWO": ({A: 1, B: 40, C: 60}, {A: 9, B: 59, C: 60}),
    "U-FEW-IN-ALL": ({A: 3, B: 4}, {A: 0, B: 0}),
    "U-BESIDE-TEN": ({A: 1, B: 1, C: 10}, {A: 9, B: 9, C: 10}),
    "U-WHICH": ({A: 8, B: 900, C: 12}, {A: 900, B: 12, C: 8}),
    "U-MOST": ({A: 9, B: 10, C: 33, D: 47}, {A: 0, B: 9, C: 8000, D: 11}),
    "U-INSIDE": ({A: 20, WHOLE: 25}, {A: 300, WHOLE: 12}),
    "U-NOT-NAMED": ({A: 40, B: 4}, {A: 80, B: 0}),
    "U-TOLD": ({A: 12, B: 33, C: 48}, {A: 12, B: 33, C: 48}),
}
# Areas a project names, where it does not name all that it counts.
NAMED = {"U-NOT-NAMED": [A]}
SAID_ELSEWHERE = {"build", "build_change", "figure_change"}


@dataclass(frozen=True)
class Served:
    """Two builds, of the one register and of the other."""

    one: duckdb.DuckDBPyConnection
    other: duckdb.DuckDBPyConnection
    folder: Path


def _register(which: int) -> list[dict[str, str]]:
    rows = []
    for model in ("dispersed", "place_based"):
        for name, counts in COUNTS.items():
            told = ";".join(
                f"{code}={count:g}" for code, count in counts[which].items()
            )
            areas = ";".join(NAMED.get(name, counts[which]))
            rows.append(
                row(
                    project_id=f"{name}-{model}",
                    title=f"{name} {model}",
                    users_by_area=told,
                    area_codes=areas,
                    delivery_model=model,
                    annual_value_gbp="98765.43",
                    capacity="50",
                )
            )
    return rows


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("users")
    files = []
    for which, name in enumerate(("one", "other")):
        register = folder / name / "users.csv"
        register.parent.mkdir()
        register.write_bytes(csv_of(_register(which)))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CLEARLINK_DATA", str(folder / name / "data"))
            draw_few(patch)
            build_sample([register], lambda at, total, what: None)
            files.append(folders.warehouse_file())
    one, other = (duckdb.connect(str(file), read_only=True) for file in files)
    yield Served(one, other, folder / "one" / "data")
    one.close()
    other.close()


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        name
        for (name,) in con.execute(
            "select table_name from duckdb_tables() order by 1"
        ).fetchall()
        if name not in SAID_ELSEWHERE
    ]


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    # a register goes by a hash of its whole file, which tells nothing to anybody who does not have the rest
    # of the file
    named = {"register_id"} | ({"source_id"} if table == "row_count" else set())
    columns = [c for c in con.table(table).columns if c not in named]
    return sorted(
        str(r)
        for r in con.table(table)
        .project(", ".join(f'"{c}"' for c in columns))
        .fetchall()
    )


def test_everything_served_is_the_same_whatever_a_withheld_count_was(
    served: Served,
) -> None:
    tables = _tables(served.one)
    assert tables == _tables(served.other) and {
        "project_area",
        "ledger",
        "criterion",
        "gap",
        "overlap",
        "project_declared_area",
    } <= set(tables)
    assert [
        table
        for table in tables
        if _rows(served.one, table) != _rows(served.other, table)
    ] == []


def test_the_two_registers_do_differ_and_a_count_that_is_told_does_show(
    served: Served,
) -> None:
    """The comparison above could see a count if it were there."""
    assert _register(0) != _register(1)
    shown = dict(
        served.one.execute(
            "select area_code, users from project_declared_area where project_id = 'U-TOLD-dispersed'"
        ).fetchall()
    )
    assert shown == {A: 10, B: 35, C: 50}
    weights = dict(
        served.one.execute(
            "select area_code, weight from project_area where project_id = 'U-TOLD-dispersed' and "
            "method = 'users'"
        ).fetchall()
    )
    assert weights == pytest.approx({A: 10 / 95, B: 35 / 95, C: 50 / 95})


def test_no_weight_by_users_where_one_is_withheld_and_the_money_still_adds_up(
    served: Served,
) -> None:
    methods = served.one.execute(
        "select distinct project_id, method from project_area where project_id like 'U-%' order by 1"
    ).fetchall()
    assert {project for project, method in methods if method == "users"} == {
        "U-TOLD-dispersed",
        "U-TOLD-place_based",
    }
    assert len(methods) == len(_register(0))
    years = served.one.execute(
        """with placed as (select project_id, financial_year, sum(pence) as pence from ledger
                          where project_id like 'U-%' and bucket = 'placed' group by all)
           select financial_year, count(*), count(distinct pence), max(pence) from placed group by 1"""
    ).fetchall()
    # all cost the same for the same days, so in any year each has the same pence, however they are shared out
    assert years and all(
        (projects, sums) == (len(_register(0)), 1)
        for _, projects, sums, _ in years
    )
    assert max(pence for *_, pence in years) == 9876543


def test_where_one_count_is_withheld_all_are(served: Served) -> None:
    """A register's own words, a report or a council paper may tell how many a project served in all: what
    is shown must not be taken from it.
    """
    withheld = served.one.execute(
        "select project_id, count(*), count(users_marker) from project_declared_area where project_id "
        "like 'U-%' group by 1 having count(users_marker) > 0 order by 1"
    ).fetchall()
    assert {project for project, *_ in withheld} == {
        p for p in (r["project_id"] for r in _register(0)) if "TOLD" not in p
    }
    assert [
        project for project, areas, hidden in withheld if hidden < areas
    ] == []


def test_an_export_writes_what_is_served_and_no_more(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(served.folder))
    told = {
        p.row["project_id"]: (p.row["users_by_area"], p.row["users_marker"])
        for p in published()
        if p.row["project_id"].endswith("-dispersed")
    }
    assert told["U-ONE-dispersed"] == (None, "low")
    assert told["U-TWO-dispersed"] == (None, "low")
    assert told["U-TOLD-dispersed"] == (f"{A}=10;{B}=35;{C}=50", None)
    assert reader.answer("export_register")


@pytest.mark.parametrize(
    "wrong",
    [
        "update project_declared_area set users = 9 where project_id = 'U-TOLD-dispersed' and users = 10",
        "update project_declared_area set users = 1 where project_id = 'U-ONE-dispersed'",
        "update project_declared_area set users = 33 where project_id = 'U-TOLD-dispersed' and users = 35",
        "update project_declared_area set users = null, users_marker = 'low' where project_id = "
        "'U-TOLD-dispersed' and users = 10",
        "update project set is_sensitive = true where project_id = 'U-TOLD-dispersed'",
    ],
)
def test_the_build_stops_at_a_count_under_the_rule(
    wrong: str, served: Served
) -> None:
    check = dict(statements("checks"))[
        "there_is_no_count_of_users_under_the_disclosure_rule"
    ]
    with duckdb.connect(":memory:") as con:
        for table in (
            "project",
            "project_area",
            "project_declared_area",
            "setting",
        ):
            rows: Any = served.one.table(table).to_arrow_table()
            con.from_arrow(rows).create(table)
        assert con.execute(check).fetchall() == []
        con.execute(wrong)
        assert [
            offender.split()[0] for (offender,) in con.execute(check).fetchall()
        ][:1] in (
            ["U-TOLD-dispersed"],
            ["U-ONE-dispersed"],
        )


@pytest.mark.parametrize(
    ("column", "quoted", "served_as"),
    [
        (
            "users_by_area",
            "“W01001274=25;W01001274=3”",
            "“W01001274=…;W01001274=…”",
        ),
        ("users_by_area", "“W01001274:25”", "“W01001274:…”"),
        ("users_by_area", "“W01001274=2.5”", "“W01001274=…”"),
        ("capacity", "“25 or 3”", "“25 or 3”"),
        (None, "“25”", "“25”"),
    ],
)
def test_a_refused_cell_is_quoted_without_its_counts(
    column: str | None, quoted: str, served_as: str
) -> None:
    assert without_users(column, quoted) == served_as
    assert json.dumps(served_as)
