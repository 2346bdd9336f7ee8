"""Signs that compare records (S6, S7, S8): the build's statement against the rules, on records made at random
so that they often meet.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from clearlink import folders
from clearlink.rules.codes import FieldState
from clearlink.rules.link.signs import (
    Term,
    commissioned_beside,
    ended_without_successor,
    renewed_without_review,
)
from clearlink.rules.settings import settings_from_toml
from etl.build.statements import statements

TODAY = date(2026, 11, 27)
SETTINGS = settings_from_toml(
    (folders.CATALOGUE / "settings.toml").read_text(encoding="utf-8")
)
LIVES = {"population_assessment": 5, "thematic_assessment": 3}
ROUNDS = 6


def day(draw: random.Random, first: int = 2019, last: int = 2028) -> date:
    return date(first, 1, 1) + timedelta(
        days=draw.randrange((last - first) * 365)
    )


def a_term(draw: random.Random, nth: int, begins: list[date]) -> Term:
    start = draw.choice([*begins, day(draw), None])
    return Term(
        project_id=f"P{nth:03d}",
        la_code=draw.choice(["W06000015", "W06000015", "W06000016", None]),
        provider=draw.choice(["A", "A", "B", None]),
        target_group=draw.choice(["carers", None]),
        theme_id=draw.choice(["carers", "carers", "disability", None]),
        commissioner=draw.choice(["Cardiff", "Rhondda Cynon Taf"]),
        programme_id=draw.choice(["ccg", "other", None]),
        start=start,
        # often just before another begins: that is where the sign is found or missed
        end=draw.choice(
            [
                None,
                day(draw),
                *(
                    b - timedelta(days=draw.choice([-1, 0, 1, 91, 92, 93]))
                    for b in begins
                ),
            ]
        ),
        decided_on=draw.choice([start, day(draw), None]),
        last_review=draw.choice([None, day(draw, 2017, 2026)]),
        outcomes_state=draw.choice(
            [FieldState.CONFIRMED_NONE, FieldState.BLANK, FieldState.PROVIDED]
        ),
    )


@pytest.fixture(scope="module")
def country() -> Iterator[
    tuple[
        list[Term],
        list[tuple[str, str, str]],
        list[tuple[str, str]],
        dict[str, Any],
        set[tuple[str, str]],
    ]
]:
    """Terms, pairs that overlap with their kind, citations, priorities with their last day, and the signs
    that the statement finds.
    """
    draw = random.Random(20261127)
    firsts = [day(draw) for _ in range(ROUNDS)]
    # and rounds that begin about a year after them
    begins = [
        *firsts,
        *(b + timedelta(days=365 + n) for b in firsts for n in range(3)),
    ]
    terms = [a_term(draw, nth, begins) for nth in range(400)]
    pairs = [
        (
            a.project_id,
            b.project_id,
            draw.choice(["POSSIBLE_DUPLICATION", "LAYERED"]),
        )
        for _ in range(4)
        for a, b in zip(terms, draw.sample(terms, len(terms)), strict=True)
        if a.project_id < b.project_id
    ]
    assessments = [
        (
            f"A{n}",
            draw.choice(list(LIVES)),
            day(draw, 2018, 2026),
            draw.choice([None, day(draw, 2024, 2028)]),
        )
        for n in range(20)
    ]
    priorities = {f"R{n}": assessments[n % len(assessments)] for n in range(40)}
    cited = sorted(
        {
            (draw.choice(terms).project_id, draw.choice(list(priorities)))
            for _ in range(120)
        }
    )
    with duckdb.connect() as con:
        fill(con, terms, pairs, assessments, priorities, cited)
        con.execute(dict(statements("build"))["setting_value"])
        con.execute(dict(statements("build"))["sign"])
        found = set(
            con.execute(
                "select project_id, sign from sign where sign in ('S6', 'S7', 'S8')"
            ).fetchall()
        )
    last_day = {
        p: valid_to
        or date(published.year + LIVES[kind], published.month, published.day)
        for p, (_, kind, published, valid_to) in priorities.items()
    }
    yield terms, pairs, cited, last_day, found


def fill(
    con: duckdb.DuckDBPyConnection, terms, pairs, assessments, priorities, cited
) -> None:  # type: ignore[no-untyped-def]
    """The tables that the statement reads, empty but for what these signs ask."""
    made = dict(statements("tables"))
    for table in (
        "project",
        "project_theme",
        "citation",
        "priority",
        "assessment",
        "assessment_life",
        "public_record",
        "sign_seen",
        "setting",
        "build",
    ):
        con.execute(made[table])
    con.execute(
        "create table overlap (project_a varchar, project_b varchar, kind varchar)"
    )
    con.execute(
        "create table c3 (project_id varchar, basis varchar, reason varchar, published date, valid_to date, "
        "priority_id varchar)"
    )
    con.execute(
        "create table project_scope (project_id varchar, decided_on date)"
    )

    def put(table: str, rows: list[dict[str, Any]]) -> None:
        con.register("rows", pa.Table.from_pylist(rows))
        con.execute(f"insert into {table} by name select * from rows")  # noqa: S608 - names of our own tables
        con.unregister("rows")

    put(
        "setting",
        [{"name": "review_months", "value": float(SETTINGS.review_months)}],
    )
    put(
        "build",
        [
            {
                "kind": "sample",
                "as_of": TODAY,
                "is_illustrative": True,
                "input_hash": "x",
            }
        ],
    )
    put("project", [project_row(t) for t in terms])
    put(
        "project_scope",
        [
            {"project_id": t.project_id, "decided_on": t.decided_on}
            for t in terms
        ],
    )
    put(
        "project_theme",
        [
            {
                "project_id": t.project_id,
                "theme_id": t.theme_id,
                "share": 1.0,
                "method": "stated",
                "is_primary": True,
            }
            for t in terms
            if t.theme_id
        ],
    )
    put(
        "overlap",
        [
            {"project_a": a, "project_b": b, "kind": kind}
            for a, b, kind in pairs
        ],
    )
    put("assessment_life", [{"kind": k, "years": y} for k, y in LIVES.items()])
    put("assessment", [assessment_row(*a) for a in assessments])
    put("priority", [priority_row(p, a[0]) for p, a in priorities.items()])
    put(
        "citation",
        [
            {"project_id": p, "priority_id": r, "is_illustrative": True}
            for p, r in cited
        ],
    )


def project_row(t: Term) -> dict[str, Any]:
    return {
        "project_id": t.project_id,
        "title": t.project_id,
        "programme_id": t.programme_id,
        "commissioner": t.commissioner,
        "la_code": t.la_code,
        "provider_name": t.provider,
        "target_group": t.target_group,
        "start_date": t.start,
        "end_date": t.end,
        "last_review": t.last_review,
        "outcomes_state": str(t.outcomes_state),
        **dict.fromkeys(
            (
                "theme_state",
                "areas_state",
                "priority_state",
                "engagement_state",
            ),
            "blank",
        ),
        "is_sensitive": False,
        "is_illustrative": True,
        "value_kind": "yearly",
        "from_register": True,
    }


def assessment_row(
    name: str, kind: str, published: date, valid_to: date | None
) -> dict[str, Any]:
    return {
        "assessment_id": name,
        "kind": kind,
        "body": "A board",
        "title": name,
        "published": published,
        "valid_to": valid_to,
        "slow_moving": False,
        "is_illustrative": True,
    }


def priority_row(name: str, assessment: str) -> dict[str, Any]:
    return {
        "priority_id": name,
        "assessment_id": assessment,
        "theme_id": "carers",
        "statement": name,
        "is_illustrative": True,
    }


def test_renewed_without_a_review(country: Any) -> None:
    terms, _, _, _, found = country
    law = {
        t.project_id
        for t in terms
        if any(
            renewed_without_review(t, earlier, SETTINGS) for earlier in terms
        )
    }
    assert {p for p, sign in found if sign == "S6"} == law
    assert 0 < len(law) < len(terms)


def test_commissioned_beside_another(country: Any) -> None:
    terms, pairs, _, _, found = country
    by_id = {t.project_id: t for t in terms}
    law = {
        p
        for a, b, kind in pairs
        if kind == "POSSIBLE_DUPLICATION"
        and commissioned_beside(by_id[a], by_id[b])
        for p in (a, b)
    }
    assert {p for p, sign in found if sign == "S7"} == law
    assert 0 < len(law) < len(terms)


def test_ended_without_a_successor(country: Any) -> None:
    terms, _, cited, last_day, found = country
    ends = {t.project_id: t.end for t in terms}
    law = {
        p
        for p, priority in cited
        if ended_without_successor(
            ends[p],
            last_day[priority],
            [ends[q] for q, r in cited if r == priority],
            TODAY,
        )
    }
    assert {p for p, sign in found if sign == "S8"} == law
    assert 0 < len(law) < len(terms)
