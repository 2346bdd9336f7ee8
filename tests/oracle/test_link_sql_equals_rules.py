"""The law is written twice, in SQL for the build and in Python for the reader: here the two are held against
each other.

Every criterion, verdict, reason and confidence of every project on both days, and every need of every area.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from clearlink.rules.codes import Reason, Result
from clearlink.rules.link.link import verdict
from clearlink.rules.link.standing import (
    ON_RECORD,
    SERVES,
    on_record,
    serves_need,
)
from clearlink.rules.need.intervals import wilson
from clearlink.rules.need.need import wimd_score
from etl.build.statements import statements
from tests.oracle.conftest import PROJECTS, Answered

CASES = (
    Path(__file__).parents[1]
    / "spec"
    / "cases"
    / "link_verdict_truth_table.csv"
)
PARTS = (
    "verdict",
    "reason",
    "confidence",
    *(f"c{n}" for n in range(1, 9)),
    *(f"reason of c{n}" for n in range(1, 9)),
)
BASES = ("at_decision", "today")
builds = pytest.mark.parametrize("which", ["random_build", "sample_build"])


def _served(
    con: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for row in con.execute(
        """select v.project_id, v.basis, v.verdict, v.reason, v.confidence,
                  v.c1, v.c2, v.c3, v.c4, v.c5, v.c6, v.c7, v.c8, list(c.reason order by c.criterion)
           from verdict v join criterion c using (project_id, basis) group by all"""
    ).fetchall():
        found[row[0], row[1]] = (*row[2:13], *row[13])
    return found


def test_the_verdict_in_sql_is_the_truth_table_700_of_700() -> None:
    macros = dict(statements("build"))
    with (
        CASES.open(encoding="utf-8", newline="") as lines,
        duckdb.connect() as con,
    ):
        rows = list(csv.DictReader(lines))
        for name in ("verdict_reason", "verdict_of_reason"):
            con.execute(macros[name])
        wrong = []
        for row in rows:
            given = [
                row[c]
                for c in ("c1_theme", "c2_area", "c3_priority", "c4_currency")
            ]
            said = con.execute(
                "select verdict_of_reason(verdict_reason($1, $2, $3, $4)), verdict_reason($1, $2, $3, $4)",
                given,
            ).fetchone()
            by_rules = tuple(
                str(x) for x in verdict(*(Result(g) for g in given))
            )
            if not (said == (row["verdict"], row["reason"]) == by_rules):
                wrong.append((given, said, by_rules))
    assert len(rows) == 700
    assert not wrong


@builds
def test_every_criterion_and_verdict_of_every_project_on_both_days(
    which: str, request: pytest.FixtureRequest
) -> None:
    answered: Answered = request.getfixturevalue(which)
    served = _served(answered.con)
    differences: Counter[str] = Counter()
    first: dict[str, str] = {}
    for project in answered.intake.projects:
        for basis in BASES:
            by_hand = answered.twin.judge(project, basis).line()
            for part, law, sql in zip(
                PARTS,
                by_hand,
                served.pop((project.project_id, basis)),
                strict=True,
            ):
                if law != sql:
                    differences[part] += 1
                    first.setdefault(
                        part,
                        f"{project.project_id} {basis}: the law says {law}, the build {sql}",
                    )
    assert not differences, f"{dict(differences)} {first}"
    assert not served


def test_enough_was_compared_and_every_reason_came_up(
    random_build: Answered, sample_build: Answered
) -> None:
    judged = [
        (p.project_id, b) for p in random_build.intake.projects for b in BASES
    ]
    assert len(judged) == 2 * PROJECTS >= 2_000
    seen = {
        r
        for (r,) in random_build.con.execute(
            "select distinct reason from criterion union select distinct reason from verdict"
        ).fetchall()
    }
    ranges = random_build.con.execute(
        "select distinct facts ->> 'range_basis' from criterion where criterion = 2 and facts ->> "
        "'ratio' is not null"
    ).fetchall()
    assert {r for (r,) in ranges} == {"counted", "published", "none"}
    never = {str(r) for r in Reason} - seen
    assert never == set(), f"the generator never made {sorted(never)}"


@builds
def test_people_in_need_ranks_and_fifths_of_every_area(
    which: str, request: pytest.FixtureRequest
) -> None:
    answered: Answered = request.getfixturevalue(which)
    columns = (
        "people_in_need, population_at_risk, score, marker, fifth_share_region, fifth_share_wales, "
        "published, reference_end, slow_moving, rate, lower, upper, range_basis"
    )
    served = {
        tuple(r[:5]): r[5:]
        for r in answered.con.execute(
            f"select theme_id, area_code, area_type, definition, edition, {columns} from need"  # noqa: S608
        ).fetchall()
    }
    wrong: list[str] = []
    for n in answered.wales.needs:
        limits = n.limits() or (None, None)
        by_hand = (
            n.people,
            n.at_risk,
            n.score,
            n.marker,
            n.fifth_region,
            n.fifth_wales,
            n.published,
            n.reference_end,
            n.slow_moving,
            n.rate if n.definition == "lead" else None,
            *limits,
            n.range_basis,
        )
        for name, law, sql in zip(
            columns.split(", "),
            by_hand,
            served.pop((n.theme, n.area, n.area_type, n.definition, n.edition)),
            strict=True,
        ):
            same = law == sql or (
                isinstance(law, float)
                and isinstance(sql, float)
                and abs(law - sql) <= 1e-9 * max(1.0, abs(law))
            )
            if not same:
                wrong.append(
                    f"{n.theme} {n.area} {n.definition} {n.edition} {name}: the law says {law!r}, the "
                    f"build {sql!r}"
                )
    assert not wrong, wrong[:5]
    assert not served


def test_scores_and_limits_in_sql_are_those_of_the_rules() -> None:
    macros = dict(statements("build"))
    with duckdb.connect() as con:
        for name in ("wimd_score", "wilson_lower", "wilson_upper"):
            con.execute(macros[name])
        scores = con.execute(
            "select r, wimd_score(r, 1917) from range(1, 1918) t(r)"
        ).fetchall()
        assert (
            max(abs(float(wimd_score(r, 1917)) - s) for r, s in scores) < 1e-9
        )
        for people, out_of in (
            (0, 10),
            (1, 3),
            (5, 5),
            (120, 1900),
            (1, 100_000),
        ):
            said = con.execute(
                "select wilson_lower($1::double, $2::double), wilson_upper($1::double, $2::double)",
                [people, out_of],
            ).fetchone()
            assert said == pytest.approx(wilson(people, out_of), abs=1e-12)


@builds
def test_people_of_an_authority_are_the_sum_of_its_small_areas(
    which: str, request: pytest.FixtureRequest
) -> None:
    con = request.getfixturevalue(which).con
    off = con.execute(
        """select la.theme_id, la.area_code, la.edition, la.people_in_need, sum(n.people_in_need) as summed
           from need la join area_link l on l.parent_code = la.area_code and l.parent_type = 'LA'
           join need n on n.area_code = l.child_code and n.theme_id = la.theme_id
                      and n.definition = 'lead' and n.edition = la.edition and n.area_type = 'LSOA21'
           where la.area_type = 'LA' and la.definition = 'lead' group by all
           having abs(summed - la.people_in_need) > 1e-9"""
    ).fetchall()
    assert off == []


def test_an_authority_with_a_small_area_withheld_has_a_mark_and_no_people(
    sample_build: Answered,
) -> None:
    """One count left out of a sum makes it too low, and a sum told with all its parts but one would tell
    that one.
    """
    found = sample_build.con.execute(
        """with part as (
               select n.theme_id, n.edition, l.parent_code as la, count(n.people_in_need) as known,
                      count(*) as n, any_value(n.marker) as marker
               from need n join area_link l on l.child_code = n.area_code and l.parent_type = 'LA'
               where n.definition = 'lead' and n.area_type = 'LSOA21' group by all)
           select p.known < p.n as is_partial, count(*), count(a.people_in_need), count(a.rate),
                  count(a.lower), count(a.rank), count(a.marker), count(*) filter (where a.marker = p.marker)
           from part p join need a on a.area_code = p.la and a.area_type = 'LA' and a.definition = 'lead'
                                  and a.theme_id = p.theme_id and a.edition = p.edition
           group by 1 order by 1"""
    ).fetchall()
    (_, whole, *told, marked, _), (_, partial, *left, marks, same) = found
    assert whole > 500 and told == [whole] * 4 and marked == 0
    assert partial > 5 and left == [0] * 4 and marks == same == partial


@builds
def test_the_bridge_from_2011_loses_and_makes_nobody(
    which: str, request: pytest.FixtureRequest
) -> None:
    answered: Answered = request.getfixturevalue(which)
    shares = [
        sum(share for _, _, share in new)
        for new in answered.wales.bridge.values()
    ]
    assert shares
    assert max(abs(total - 1) for total in shares) < 1e-9
    with duckdb.connect() as con:
        con.execute(
            "create table area_link as select * from (values ('A', 'X', 'LSOA21', 'S'), ('A', 'Y', "
            "'LSOA21', 'S'), ('B', 'Z', 'LSOA21', 'M'), ('C', 'Z', 'LSOA21', 'M'), ('D', 'U', 'LSOA21', "
            "'S'), ('D', 'V', 'LSOA21', 'S')) t(child_code, parent_code, parent_type, change)"
        )
        con.execute(
            "create table observation as select * from (values ('X', 100.0, 'population_total'), ('Y', "
            "300.0, 'population_total'), ('Z', 7.0, 'population_total')) t(area_code, value, "
            "indicator_id)"
        )
        con.execute(dict(statements("build"))["bridge"])
        assert dict(
            con.execute(
                "select lsoa21_code, share from bridge where lsoa11_code = 'A'"
            ).fetchall()
        ) == {"X": 0.25, "Y": 0.75}
        assert con.execute(
            "select max(abs(s - 1)) from (select sum(share) as s from bridge group by lsoa11_code)"
        ).fetchone() == (0.0,)
        # counts carried over a split and a merger add up to what they were
        assert con.execute(
            "select sum(share * n) from bridge join (values ('A', 41.0), ('B', 5.0), ('C', 6.0), ('D', "
            "9.0)) t(code, n) on code = lsoa11_code"
        ).fetchone() == (61.0,)


def test_the_two_questions_and_the_signs_of_citations_follow_from_the_rules(
    random_build: Answered,
) -> None:
    served = {
        (r[0], r[1]): (r[2], r[3], tuple(s for s in r[4] if s in ("S4", "S5")))
        for r in random_build.con.execute(
            "select project_id, basis, serves, on_record, signs from standing"
        ).fetchall()
    }
    read_by_one = {
        r.project_id
        for r in random_build.intake.paper_readings
        if r.second_by is None
    }
    wrong, seen = [], set()
    for project in random_build.intake.projects:
        at_decision = (
            random_build.twin.judge(project, "at_decision").outcomes[2].reason
        )
        sign = {Reason.C3_RETROFIT: ("S4",), Reason.C3_EXPIRED: ("S5",)}.get(
            at_decision, ()
        )
        for basis in BASES:
            theme, area, priority = random_build.twin.judge(
                project, basis
            ).outcomes[:3]
            law = (
                serves_need(
                    theme.result,
                    area.result,
                    met_later=area.facts.get("met_later", False),
                ),
                on_record(
                    priority.result,
                    priority.reason,
                    project.project_id in read_by_one,
                ),
                sign,
            )
            seen |= set(law[:2])
            if served[project.project_id, basis] != law:
                wrong.append(
                    (
                        project.project_id,
                        basis,
                        served[project.project_id, basis],
                        law,
                    )
                )
    assert not wrong[:5]
    assert seen == {*SERVES, *ON_RECORD}, (
        "the country at random knows every answer"
    )
