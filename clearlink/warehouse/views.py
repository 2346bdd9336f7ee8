"""The two faces of a build: `whole`, every table as it stands, and `seen`, what a scope may read.

What both say in one way (what runs, what reaches a place, what money lies there) is a file in sql/both, made
in each.

A view of `seen` is a file in sql/seen. A table without a file there that names projects leaves out those that
are withheld, so that a table added tomorrow is scoped before anybody thinks of it; a table that names no
project is the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from clearlink.warehouse.settled_file import IN_PLACE_OF, PROJECTS

SEEN: Final = Path(__file__).parent / "sql" / "seen"
BOTH: Final = Path(__file__).parent / "sql" / "both"
# a view is made after those it reads
FIRST: Final = ("withheld_project", "withheld_cell", "project")
# views that stand for no table of the build
OUR_OWN: Final = ("withheld_project", "withheld_cell", "cited_priority")
# ids of withheld projects, found once for a build and scope; where the variable is not set nothing is shown
# at all
WITHHELD: Final = "getvariable('scope_withheld')::varchar[]"
# without these a build cannot say what runs or what lies where
NEEDED: Final = frozenset(
    {"project_now", "place_within", "place_money", "funding_share"}
)
# the faces of the real records alone are called whole_real and seen_real
OF_REAL: Final = "_real"
_FACE: Final = re.compile(r"\bmemory\.(whole|seen)\.")
NAMES_A_PROJECT: Final = ("project_id", "project_a", "project_b")


class OlderBuild(LookupError):
    """The file was built before the tables that are named, so most questions have no answer in it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The tables of the files beside the build. `tables`: what people settled, attached as `s`; `is_whole`:
    they stand for the build's own, else for its settled records. `real`: those of the real records alone,
    attached as `r`; none where the build does not mix them with others.
    """

    tables: frozenset[str] = frozenset()
    is_whole: bool = False
    real: frozenset[str] = frozenset()


def make_views(
    con: duckdb.DuckDBPyConnection,
    beside: Beside = Beside(),
    withdrawn: Collection[str] = (),
) -> bool:
    """Makes both faces in the connection's own memory, and where the build mixes records both of the real
    ones alone; answers whether it holds projects. Names here are those of our tables and files, never a value
    but the ids of statements that were withdrawn. What people settled since is read from the file `beside`.
    Raises OlderBuild.
    """
    tables = {
        str(name)
        for (name,) in con.execute(
            "select table_name from duckdb_tables() where database_name = 'w'"
        ).fetchall()
    }
    columns: dict[str, list[str]] = {}
    for table, column in con.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'w' order by column_index"
    ).fetchall():
        columns.setdefault(
            str(table),
            [],
        ).append(str(column))
    if "project" in tables and not tables >= NEEDED:
        raise OlderBuild(", ".join(sorted(NEEDED - tables)))
    for of in ("", OF_REAL) if beside.real else ("",):
        _make_faces(
            con,
            tables,
            columns,
            beside,
            withdrawn,
            of,
        )
    return "project" in tables


def _make_faces(
    con: duckdb.DuckDBPyConnection,
    tables: set[str],
    columns: dict[str, list[str]],
    beside: Beside,
    withdrawn: Collection[str],
    of: str,
) -> None:
    whole, seen = f"memory.whole{of}", f"memory.seen{of}"
    con.execute(f"create schema {whole}")
    con.execute(f"create schema {seen}")
    for table in sorted(tables):
        rows = (
            _real_rows_of(table, beside)
            if of
            else _rows_of(
                table,
                _added(table, columns),
                beside,
            )
        )
        rows += _without_withdrawn(table, withdrawn)
        con.execute(f'create view {whole}."{table}" as {rows}')
    if "project" not in tables:  # nothing that could be withheld
        for table in sorted(tables):
            con.execute(
                f'create view {seen}."{table}" as from {whole}."{table}"'
            )
        return
    _make_seen(con, tables, columns, of)
    for face in (whole, seen):
        con.execute(f"use {face}")
        for path in sorted(BOTH.glob("*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
    con.execute("use memory.main")


def _added(table: str, columns: dict[str, list[str]]) -> str:
    """Columns that the build lacks: one of before the embargo knows of none."""
    if table == "project" and "embargo_until" not in columns[table]:
        return ", null::date as embargo_until"
    return ""


def _without_withdrawn(table: str, withdrawn: Collection[str]) -> str:
    if table != "statement" or not withdrawn:
        return ""
    # ids are of letters, digits and marks that end no text (withdrawn.py)
    gone = ", ".join(f"'{each}'" for each in sorted(withdrawn))
    return f" where statement_id not in ({gone})"


def _real_rows_of(table: str, beside: Beside) -> str:
    """Rows of a table where the real records answer alone. What was settled without money and gaps stands
    over them, as over the build's own.
    """
    if table not in beside.real:
        return f'select * from w.main."{table}"'  # noqa: S608 - names of our own tables
    real = f'select * from r.main."{table}"'  # noqa: S608
    if (
        beside.is_whole
        or table not in beside.tables
        or table not in IN_PLACE_OF
    ):
        return real
    settled = f"(select project_id from s.main.{PROJECTS})"  # noqa: S608
    held = "(select project_id from r.main.project)"
    return (
        f"{real} where project_id not in {settled} union all by name"  # noqa: S608
        f' select * from s.main."{table}" where project_id in {held}'
    )


def _rows_of(
    table: str,
    more: str,
    beside: Beside,
) -> str:
    built = f'select *{more} from w.main."{table}"'  # noqa: S608 - names of our own tables
    if beside.is_whole and table in beside.tables:
        return f'select *{more} from s.main."{table}"'  # noqa: S608
    if table not in beside.tables or table not in IN_PLACE_OF:
        return built
    settled = f"(select project_id from s.main.{PROJECTS})"  # noqa: S608
    return f'{built} where project_id not in {settled} union all by name from s.main."{table}"'


def _make_seen(
    con: duckdb.DuckDBPyConnection,
    tables: set[str],
    columns: dict[str, list[str]],
    of: str,
) -> None:
    written = {
        path.stem: _FACE.sub(
            rf"memory.\1{of}.",
            path.read_text(encoding="utf-8"),
        )
        for path in sorted(SEEN.glob("*.sql"))
    }
    for name in (
        *FIRST,
        *sorted(written.keys() - set(FIRST)),
    ):
        if name in tables or name in OUR_OWN:
            con.execute(
                f'create view memory.seen{of}."{name}" as {written[name]}'
            )
    for table in sorted(tables - written.keys()):
        con.execute(
            f'create view memory.seen{of}."{table}" as from memory.whole{of}."{table}"'
            + _without_withheld(columns[table])
        )
    # two that a query may read under any scope
    con.execute(
        f"create view memory.whole{of}.cited_priority as from memory.seen{of}.cited_priority"
    )
    con.execute(
        f"create view memory.whole{of}.withheld_cell as from memory.seen{of}.withheld_cell where false"
    )


def _without_withheld(columns: Collection[str]) -> str:
    """The condition that no column names a project which is withheld; empty where none names any."""
    left_out = " and ".join(
        f"({c} is null or not list_contains({WITHHELD}, {c}))"
        for c in NAMES_A_PROJECT
        if c in columns
    )
    return f" where {left_out}" if left_out else ""
