"""What people settled of records, judged by the build's own statements without a new build.

The served file is never written. Beside it stands a small file that holds, for the records settled since,
every row that the settling changes; the app reads those rows in place of the build's. The law is the build's:
the same statements, on the same needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from clearlink import folders
from clearlink.rules.settings import settings_from_toml
from clearlink.warehouse.attach import attach
from clearlink.warehouse.settled_file import (
    IN_PLACE_OF,
    NOTE,
    PROJECTS,
    keep_mark,
    settled_file,
)
from etl.build import fairness_rows
from etl.build.builder import ENGINE
from etl.build.statements import following_steps, judging_steps, statements

# what a person settles is told in these
SETTLED_IN: Final = (
    "project",
    "project_theme",
    "project_declared_area",
    "citation",
    "need_figure",
    "paper_reading",
    "sign_seen",
)
# These compare a record with all the others
OF_ALL_SIGNS: Final = ("S6", "S7", "S8")
_MAKES: Final = re.compile(
    r"create\s+(?P<temporary>temp\s+)?(?P<kind>table|macro)\s+(?P<name>\w+)",
    re.IGNORECASE,
)


class SettlingStopped(RuntimeError):
    """The served build was made by an earlier version and does not hold what the present statements ask for:
    build again.
    """


# what a person can settle: rows of these tables, by project
Settled = Mapping[str, Sequence[Mapping[str, Any]]]


def write_settled(
    served: Path,
    settled: Settled,
    mark: str,
    *,
    whole: bool = False,
) -> int:
    """Writes the file beside `served` and answers how many records it speaks of. `mark` names the state of
    the store it was made from.

    `settled`: table → rows (theme, areas, project, citation, need_figure, paper_reading, sign_seen), each
    naming its project_id. `whole`: money, gaps, overlaps and fairness of all records are worked out anew as
    well, which takes seconds; else the settled records are judged alone. A record that the build no longer
    holds is left out. Raises SettlingStopped.
    """
    target = settled_file(served)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    named = sorted(
        {row["project_id"] for rows in settled.values() for row in rows}
    )
    try:
        with duckdb.connect(
            str(part),
            config=ENGINE,
        ) as con:
            attach(con, served, "w")
            count = (
                _judge_all(con, settled, named)
                if whole
                else _judge(con, settled, named)
            )
            row = con.execute("select content_hash from w.build").fetchone()
            content_hash = str(row[0]) if row else ""
            con.execute(
                f"create table {NOTE} as select $hash as content_hash, $whole as is_whole",
                {"hash": content_hash, "whole": whole},
            )
            con.execute("detach w")
        part.replace(target)
        keep_mark(served, content_hash, mark)
    except duckdb.Error as fault:
        raise SettlingStopped(
            f"{served.name}: {str(fault).splitlines()[0]}"
        ) from fault
    finally:
        part.unlink(missing_ok=True)
    return count


def judged_as_if(served: Path, settled: Settled) -> list[dict[str, Any]]:
    """How records would stand if these were settled as well, written nowhere: project_id, basis, verdict,
    serves, on_record. For what is shown as supposed. Raises SettlingStopped.
    """
    named = sorted(
        {row["project_id"] for rows in settled.values() for row in rows}
    )
    try:
        with duckdb.connect(":memory:", config=ENGINE) as con:
            attach(con, served, "w")
            _judge(con, settled, named)
            judged = con.execute(
                "select v.project_id, v.basis, v.verdict, v.reason, v.c1, v.c2, v.c3, v.c4,"
                " s.serves, s.on_record, s.signs"
                " from main.verdict v join main.standing s using (project_id, basis)"
            )
            names = [column[0] for column in judged.description or ()]
            return [
                dict(zip(names, row, strict=True)) for row in judged.fetchall()
            ]
    except duckdb.Error as fault:
        raise SettlingStopped(
            f"{served.name}: {str(fault).splitlines()[0]}"
        ) from fault


def _judge(
    con: duckdb.DuckDBPyConnection,
    settled: Settled,
    named: list[str],
) -> int:
    _records_only(con, named)
    settle(con, settled)
    flags = con.table("criterion").filter("criterion = 5").to_arrow_table()
    compared = (
        con.table("sign").filter(f"sign in {OF_ALL_SIGNS}").to_arrow_table()
    )
    for made, sql in _wanted_statements():
        if made["kind"].lower() == "table":
            con.execute(f'drop table if exists temp."{made["name"]}"')
            sql = sql.replace(
                made[0],
                f"create temp table {made['name']}",
                1,
            )
        con.execute(sql)
        if made["name"] == "sign":
            _as_built(
                con,
                "sign",
                f"sign in {OF_ALL_SIGNS}",
                compared,
            )
    con.execute(
        "update verdict set c5 = b.c5 from w.verdict as b where b.project_id = verdict.project_id "
        "and b.basis = verdict.basis"
    )
    _as_built(
        con,
        "criterion",
        "criterion = 5",
        flags,
    )
    for table in IN_PLACE_OF:
        con.execute(f'create table main."{table}" as from temp."{table}"')
    return len(con.table(PROJECTS).fetchall())


def _judge_all(
    con: duckdb.DuckDBPyConnection,
    settled: Settled,
    named: list[str],
) -> int:
    """Every statement that asks, directly or by another, for what was settled, on all records: as a new build
    would have it.
    """
    _name_projects(con, named)
    work_anew(
        con,
        SETTLED_IN,
        lambda: settle(con, settled),
    )
    return len(con.table(PROJECTS).fetchall())


def work_anew(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    change: Callable[[], None],
) -> None:
    """Keeps in the file of the connection these tables of the build attached as `w`, as `change` leaves their
    temporary copies, and every table that follows from them.
    """
    wanted = [
        (made, step.sql)
        for step in following_steps(tables)
        if (made := _MAKES.search(step.sql))
    ]
    remade = {made["name"] for made, _ in wanted if _makes_a_table(made)}
    _bring_in(con, tables, remade)
    change()
    kept = [*tables]
    for made, sql in wanted:
        if _makes_a_table(made):
            sql = sql.replace(
                made[0],
                f"create temp table {made['name']}",
                1,
            )
            kept += [] if made["temporary"] else [made["name"]]
        con.execute(sql)
    _fairness_anew(con)
    for table in kept:
        con.execute(f'create table main."{table}" as from temp."{table}"')


def _makes_a_table(made: re.Match[str]) -> bool:
    return made["kind"].lower() == "table"


def _bring_in(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    remade: Collection[str],
) -> None:
    """Temporary copies of the tables that change, and views of those that are not made anew."""
    listed = con.execute(
        "select table_name from duckdb_tables() where database_name = 'w'"
    ).fetchall()
    for (table,) in listed:
        if table in tables:
            con.execute(f'create temp table "{table}" as from w."{table}"')
        elif table not in remade and table not in fairness_rows.TABLES:
            con.execute(f'create temp view "{table}" as from w."{table}"')


def _fairness_anew(con: duckdb.DuckDBPyConnection) -> None:
    """The measures of the themes whose pounds lie otherwise than in the build; those of the others stay."""
    # to a hundredth of a penny: who is added first decides the last digit of a sum
    sums = ("spend_gbp", "spend_by_population_gbp", "small_areas_gbp")
    money = f"select theme_id, area_code, {', '.join(f'round({gbp}, 4)' for gbp in sums)}"
    now, then = (
        f"{money} from temp.fairness_area",
        f"{money} from w.fairness_area",
    )
    touched = [
        str(theme)
        for (theme,) in con.execute(
            "select distinct theme_id from "  # noqa: S608 - names of our own tables
            f"(({now} except {then}) union all ({then} except {now})) order by theme_id"
        ).fetchall()
    ]
    for table in fairness_rows.TABLES:
        con.execute(
            f'create table main."{table}" as from w."{table}" where not list_contains($themes, theme_id)',
            {"themes": touched},
        )
    if touched:
        told = (folders.CATALOGUE / "settings.toml").read_text(encoding="utf-8")
        fairness_rows.fill_fairness(
            con,
            settings_from_toml(told),
            themes=touched,
        )


def _name_projects(con: duckdb.DuckDBPyConnection, named: list[str]) -> None:
    """Holds which of the build's records these are; one that the build does not know is left out."""
    con.execute(
        "create temp table named as select unnest($ids::varchar[]) as project_id",
        {"ids": named},
    )
    con.execute(
        f"create table {PROJECTS} as select project_id "  # noqa: S608 - a name of our own
        "from w.project semi join named using (project_id)"
    )


def _records_only(con: duckdb.DuckDBPyConnection, named: list[str]) -> None:
    """The build's tables with the settled records alone, and everything that speaks of no project whole."""
    _name_projects(con, named)
    columns: dict[str, set[str]] = {}
    for table, column in con.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'w'"
    ).fetchall():
        columns.setdefault(
            str(table),
            set(),
        ).add(str(column))
    for table, held in columns.items():
        if "project_id" in held:
            con.execute(
                f'create temp table "{table}" as select t.* '  # noqa: S608 - names of our own tables
                f'from w."{table}" t semi join {PROJECTS} using (project_id)'
            )
        else:
            con.execute(f'create temp view "{table}" as from w."{table}"')


def _wanted_statements() -> list[tuple[re.Match[str], str]]:
    """The statements that judge a record, each with what it makes."""
    return [
        (made, step.sql)
        for step in judging_steps()
        if (made := _MAKES.search(step.sql))
    ]


def _as_built(
    con: duckdb.DuckDBPyConnection,
    table: str,
    which: str,
    rows: pa.Table,
) -> None:
    """What compares a record with all the others stays as the build has it."""
    con.execute(f'delete from temp."{table}" where {which}')  # noqa: S608 - written here
    if rows.num_rows:
        con.from_arrow(rows).insert_into(f"temp.{table}")


def settle(con: duckdb.DuckDBPyConnection, settled: Settled) -> None:
    """Puts what was settled into the temporary tables of the connection."""
    # statements of one subject stand together by name: areas, areas_set, areas_state
    for name, sql in statements("settle"):
        rows = settled.get(
            name.removesuffix("_set").removesuffix("_state"),
            (),
        )
        if rows:
            con.register(
                "told",
                pa.Table.from_pylist([dict(row) for row in rows]),
            )
            con.execute(sql)
            con.unregister("told")
