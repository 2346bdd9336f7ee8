"""The real records of a build that mixes real and illustrative ones: every answer as a build without the
illustrative records would give it.

They stand in a file beside the served one, which is never written: the tables of records without what is
illustrative, and every table that follows from them, by the build's own statements. Figures of need are the
build's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb

from clearlink.warehouse.attach import attach
from clearlink.warehouse.records import real_file
from clearlink.warehouse.settled_file import NOTE
from etl.build.builder import ENGINE
from etl.build.settled import (
    SETTLED_IN,
    Settled,
    SettlingStopped,
    settle,
    work_anew,
)

# Each table of records → which of its rows are left out, in an order in which each asks only for those before
# it.
NO_PROJECT: Final = "project_id not in (select project_id from project)"
NO_PAPER: Final = "assessment_id not in (select assessment_id from assessment)"
NO_PRIORITY: Final = "priority_id not in (select priority_id from priority)"
NO_PLAN: Final = "plan_id not in (select plan_id from plan)"
NO_ACTION: Final = "action_id not in (select action_id from plan_action)"
NO_PAIR: Final = (
    "project_a not in (select project_id from project)"
    " or project_b not in (select project_id from project)"
)
NOT_REAL: Final[Mapping[str, str]] = {
    "project": "is_illustrative",
    "assessment": "is_illustrative",
    "statement": "is_illustrative",
    "programme_return": "is_illustrative",
    "assessment_area": NO_PAPER,
    "priority": f"is_illustrative or {NO_PAPER}",
    "project_theme": NO_PROJECT,
    "project_declared_area": NO_PROJECT,
    "need_figure": NO_PROJECT,
    "paper_reading": NO_PROJECT,
    "sign_seen": NO_PROJECT,
    "public_record": NO_PROJECT,
    "citation": f"{NO_PROJECT} or {NO_PRIORITY}",
    "possible_duplicate": NO_PAIR,
    "funding_line": f"is_illustrative or {NO_PROJECT}",
    "plan": "is_illustrative",
    "plan_area": NO_PLAN,
    "plan_action": f"is_illustrative or {NO_PLAN}",
    "plan_action_project": f"{NO_ACTION} or {NO_PROJECT}",
    "assessment_check": "is_illustrative",
}
assert NOT_REAL.keys() >= set(SETTLED_IN)


def keep_real(served: Path, settled: Settled | None = None) -> bool:
    """Brings the file beside `served` up to that build where it mixes real and illustrative records, and
    takes away one that speaks of another; answers whether it had to. `settled`: what people settled since,
    worked in. Raises SettlingStopped.
    """
    told = {table: rows for table, rows in (settled or {}).items() if rows}
    of_settled = json.dumps(told, sort_keys=True, default=str) if told else ""
    target = real_file(served)
    if _speaks_of(target, served, of_settled):
        return False
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with duckdb.connect(
            str(part),
            config=ENGINE,
        ) as con:
            attach(con, served, "w")
            is_mixed = _is_mixed(con)
            if is_mixed:
                work_anew(
                    con,
                    tuple(NOT_REAL),
                    lambda: _real_only(con, told),
                )
                noted = "select content_hash, input_hash, $settled as settled from w.build"
                con.execute(
                    f"create table {NOTE} as {noted}",
                    {"settled": of_settled},
                )
            con.execute("detach w")
        if is_mixed:
            part.replace(target)
        else:
            target.unlink(missing_ok=True)
    except duckdb.Error as fault:
        raise SettlingStopped(
            f"{served.name}: {str(fault).splitlines()[0]}"
        ) from fault
    finally:
        part.unlink(missing_ok=True)
    return True


def _speaks_of(
    target: Path,
    served: Path,
    of_settled: str,
) -> bool:
    """Whether the file is there and was made from this build, by the same statements, and what was settled; a
    build without illustrative records needs none.
    """
    with duckdb.connect(":memory:", config=ENGINE) as con:
        attach(con, served, "w")
        if not _is_mixed(con):
            return not target.exists()
        if not target.exists():
            return False
        try:
            attach(con, target, "r")
            row = con.execute(
                f"select settled from r.{NOTE} "  # noqa: S608 - our own name
                "join w.build using (content_hash, input_hash)"
            ).fetchone()
        except duckdb.Error:
            return False
        return row == (of_settled,)


def _is_mixed(con: duckdb.DuckDBPyConnection) -> bool:
    row: tuple[Any, ...] | None = con.execute(
        "select count(distinct is_illustrative) = 2 from w.project"
    ).fetchone()
    return bool(row and row[0])


def _real_only(con: duckdb.DuckDBPyConnection, settled: Settled) -> None:
    settle(con, settled)
    for table, left_out in NOT_REAL.items():
        con.execute(f'delete from temp."{table}" where {left_out}')  # noqa: S608 - written above
