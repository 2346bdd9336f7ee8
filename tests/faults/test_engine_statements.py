"""Whatever is chosen, typed or written in an address, the engine is given shipped statements only, and the
value beside them.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from clearlink.warehouse import asking, connection, reader
from clearlink.warehouse.scope import Scope, everything, reading_as
from pages.frame import choices
from tests.addresses import Address

PAYLOADS = 2_000
# two thousand go through an address; of the questions, which take longer, the gate asks a quarter as many and
# `tests/run nightly` all
ASKED = int(os.environ.get("CLEARLINK_PAYLOADS_ASKED", "500"))
ENDS = (
    "'",
    '"',
    "';",
    "')",
    "'))",
    "\\'",
    "' --",
    "'/*",
    "$$",
    "$tag$",
    "%27",
    "\u2019",
    "\uff07",
    "\x00'",
    "\n'",
    "$place",
    "?",
    ":1",
    "{0}",
    "`",
)
STEMS = (
    "or 1=1",
    "or true",
    "; drop table project",
    "; delete from project",
    "; insert into project select * from project",
    "union select title from project",
    "union all select version()",
    "; attach 'x.duckdb'",
    "; copy project to 'out.csv'",
    "; install httpfs",
    "; set enable_external_access=true",
    "; pragma database_list",
    "and 1=(select count(*) from project)",
    "; select * from read_text('/etc/passwd')",
    "; create table t(a int)",
    "or project_id like '%",
    "; checkpoint",
    "; call pragma_version()",
    "and sleep(5)",
    "; begin; rollback",
    "; use memory.whole",
    "; set variable scope_withheld = []",
    "in (select project_id from memory.whole.project)",
)
TAILS = ("", " --", " /*", ";", "\x00", " or '", ' or "', ")", "#")


@pytest.fixture
def said(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, Any]]:
    """Every statement that reaches the engine through the reader, with the values beside it."""
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    log: list[tuple[str, Any]] = []
    opened = connection.Warehouse.cursor

    class Listened:
        def __init__(self, cursor: Any) -> None:
            self.cursor = cursor

        def execute(self, sql: str, values: Any = None) -> Any:
            log.append((sql, values))
            return self.cursor.execute(sql, values)

        def __getattr__(self, name: str) -> Any:
            assert name not in (
                "sql",
                "query",
                "executemany",
                "from_query",
                "read_csv",
                "table",
                "view",
            )
            return getattr(self.cursor, name)

    def listened(
        self: connection.Warehouse, scope: Any, **records: bool
    ) -> Listened:
        return Listened(opened(self, scope, **records))

    monkeypatch.setattr(connection.Warehouse, "cursor", listened)
    asking.forget_answers()
    return log


def _payloads() -> list[str]:
    every = [
        f"{before}{end} {stem}{tail}"
        for before in ("", "RCC_GWENT", "early_years")
        for end in ENDS
        for stem in STEMS
        for tail in TAILS
    ]
    return random.Random(30).sample(every, PAYLOADS)


QUESTIONS: dict[str, dict[str, Any]] = {
    "verdict_counts": {"programme": None, "theme": None},
    "projects": {"programme": None, "verdict": None, "words": None},
    "withheld": {},
    "project": {},
    "area": {},
    "areas": {},
    "statements": {},
    "grant_authorities": {},
}


@pytest.mark.parametrize(
    ("scope", "half"),
    [(Scope(), 0), (everything(), 1)],
    ids=["everybody", "everything"],
)
def test_no_value_becomes_a_statement_in_any_question(
    scope: Scope, half: int, said: list[tuple[str, Any]]
) -> None:
    shipped = {
        path.read_text(encoding="utf-8") for path in asking.SQL.rglob("*.sql")
    }
    with reading_as(scope):
        projects = {row["project_id"] for row in reader.projects()}
        for at, payload in enumerate(_payloads()[half:ASKED:2]):
            name = list(QUESTIONS)[at % len(QUESTIONS)]
            function = getattr(reader, name)
            names = function.__code__.co_varnames[
                : function.__code__.co_argcount
            ]
            rows = function(
                **{
                    n: QUESTIONS[name].get(n, payload)
                    for n in names
                    if n not in ("basis", "live")
                }
            )
            if name in (
                "projects",
                "project",
                "area",
                "areas",
                "statements",
                "withheld",
            ):
                assert not rows, f"{name} answers to {payload!r}"
        assert {row["project_id"] for row in reader.projects()} == projects
    put = [
        sql
        for sql, _ in said
        if not re.fullmatch(
            r"use memory\.(?:whole|seen)|set variable scope_[a-z]+ = \$value|select project_id from "
            r"memory\.seen\.withheld_project",
            sql,
        )
    ]
    assert len(put) >= ASKED / 3
    assert set(put) <= shipped
    assert all(
        values is None or isinstance(values, dict) for _, values in said
    ), "values go beside the statement, by name"


def test_no_text_of_an_address_becomes_a_statement(
    said: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = {
        path.read_text(encoding="utf-8") for path in asking.SQL.rglob("*.sql")
    }
    fields = [*choices.DEFAULTS.__dataclass_fields__]
    taken = 0
    with reading_as(everything()):
        for at, payload in enumerate(_payloads()):
            state: dict[str, Any] = {}
            monkeypatch.setattr(
                st, "query_params", Address({fields[at % len(fields)]: payload})
            )
            monkeypatch.setattr(st, "session_state", state)
            chosen = choices.current_choices()
            taken += any(
                getattr(chosen, f) == payload for f in fields if f != "words"
            )
    assert taken == 0
    assert {sql for sql, _ in said} <= shipped | {"use memory.whole"}
