"""The real records of a mixed build answer as a build without the illustrative ones would (issue 7, real
only).
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from clearlink.command import main
from clearlink.exit_codes import Exit
from clearlink.warehouse import reader
from clearlink.warehouse.records import REAL_ONLY, WHICH_RECORDS, real_file
from etl.build import builder
from etl.build.intake import Intake
from etl.build.real_records import NOT_REAL, keep_real

# a build of the real records alone knows another number of rows, problems and changes: none of them is an
# answer about a record
OF_THE_BUILD = {
    "build",
    "build_change",
    "figure_change",
    "row_count",
    "problem",
    "settled_note",
}


@pytest.fixture
def on_sample(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    return sample_data


def without_illustrative(intake: Intake) -> Intake:
    real = {p.project_id for p in intake.projects if not p.is_illustrative}
    papers = {
        a.assessment_id for a in intake.assessments if not a.is_illustrative
    }
    needs = {
        p.priority_id
        for p in intake.priorities
        if not p.is_illustrative and p.assessment_id in papers
    }
    plans = {p.plan_id for p in intake.plans if not p.is_illustrative}
    of_real: dict[str, Any] = {
        name: [row for row in getattr(intake, name) if row.project_id in real]
        for name in (
            "projects",
            "project_themes",
            "public_records",
            "paper_readings",
            "need_figures",
        )
    }
    return replace(
        intake,
        **of_real,
        assessments=[
            a for a in intake.assessments if a.assessment_id in papers
        ],
        priorities=[p for p in intake.priorities if p.priority_id in needs],
        citations=[
            c
            for c in intake.citations
            if c.project_id in real and c.priority_id in needs
        ],
        plans=[p for p in intake.plans if p.plan_id in plans],
        plan_actions=[
            replace(a, project_ids=tuple(p for p in a.project_ids if p in real))
            for a in intake.plan_actions
            if a.plan_id in plans and not a.is_illustrative
        ],
        funding_lines=[
            f
            for f in intake.funding_lines
            if f.project_id in real and not f.is_illustrative
        ],
        assessment_checks=[
            c for c in intake.assessment_checks if not c.is_illustrative
        ],
        programme_returns=[
            r for r in intake.programme_returns if not r.is_illustrative
        ],
        statements=[s for s in intake.statements if not s.is_illustrative],
        duplicates=[
            d for d in intake.duplicates if {d.project_a, d.project_b} <= real
        ],
    )


def test_the_real_records_stand_as_in_a_build_without_the_others(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = builder.build
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    monkeypatch.setattr(
        builder,
        "build",
        lambda intake, *rest: make(without_illustrative(intake), *rest),
    )
    assert main(["build", "--sample"]) == Exit.DONE
    alone = tmp_path / "built" / "clearlink.duckdb"
    assert not real_file(alone).exists(), (
        "a build that mixes nothing needs no second file"
    )
    mixed = sample_data / "built" / "clearlink.duckdb"
    with duckdb.connect() as con:
        for name, file in (("a", alone), ("w", mixed), ("r", real_file(mixed))):
            con.execute(f"attach '{file}' as {name} (read_only)")
        tables = {
            name: {
                t
                for (t,) in con.execute(
                    "select table_name from duckdb_tables() where database_name = $n",
                    {"n": name},
                ).fetchall()
            }
            for name in ("a", "w", "r")
        }
        assert tables["r"] - {"settled_note"} <= tables["w"]
        differ = {}
        for table in sorted(tables["a"] - OF_THE_BUILD):
            columns = [
                f'round("{c}", 6)' if kind == "DOUBLE" else f'"{c}"::varchar'
                for c, kind in con.execute(
                    "select column_name, data_type from duckdb_columns()"
                    " where database_name = 'a' and table_name = $t",
                    {"t": table},
                ).fetchall()
            ]
            rows = {
                db: f'select {", ".join(columns)} from {db}.main."{table}"'  # noqa: S608 - our own tables
                for db in ("a", "r" if table in tables["r"] else "w")
            }
            one, other = rows.values()
            n = con.execute(
                f"select (select count(*) from ({one} except all {other})),"  # noqa: S608
                f" (select count(*) from ({other} except all {one}))"
            ).fetchone()
            if n != (0, 0):
                differ[table] = n
        # the day and hour of the reading are the machine's
        assert differ.keys() <= {"snapshot"}, differ
        (real,) = con.execute("select count(*) from r.project").fetchone() or (
            0,
        )
        assert (
            0
            < real
            < (
                con.execute("select count(*) from w.project").fetchone() or (0,)
            )[0]
        )


@pytest.mark.usefixtures("on_sample")
def test_every_question_follows() -> None:
    assert reader.is_mixed()
    every = reader.projects()
    held = reader.records_held()
    with reader.records_of(REAL_ONLY):
        real = reader.projects()
        assert not any(p["is_illustrative"] for p in real)
        assert (
            len(real)
            == sum(not p["is_illustrative"] for p in every)
            == held["real"]
            > 0
        )
        assert len(every) - len(real) == held["illustrative"] > 0
        assert sum(r["projects"] for r in reader.verdict_counts()) == len(real)
        assert sum(r["projects"] for r in reader.time_states()) == len(real)
        assert not any(
            p["is_illustrative"]
            for p in reader.priorities_without_project(reader.WALES, None)
        )
        assert reader.records_held() == held, "what is left out can be said"
        # for the public too, and for a download that is made later
        with reader.reading_as(reader.Scope()):
            public = {p["project_id"] for p in reader.projects()}
            assert public and public <= {p["project_id"] for p in real}
        later = reader.under_this_scope(reader.projects)
    assert len(later()) == len(real) and len(reader.projects()) == len(every)
    keys = set()
    for which in WHICH_RECORDS:
        with reader.records_of(which):
            keys.add(reader.build_key())
    assert len(keys) == 2, (
        "what a page keeps of one is never shown for the other"
    )
    with pytest.raises(ValueError, match="expected one of real, all"):
        reader.records_of("some")


@pytest.mark.usefixtures("on_sample")
def test_gaps_and_fairness_hold_the_money_of_real_records_alone() -> None:
    sums = {}
    for which in WHICH_RECORDS:
        with reader.records_of(which):
            ids = {p["project_id"] for p in reader.projects()}
            assert {
                r[side]
                for r in reader.overlaps()
                for side in ("project_a", "project_b")
            } <= ids
            sums[which] = sum(
                r["gbp"] or 0
                for t in reader.themes()
                for r in reader.money_buckets(t)
            )
    assert 0 <= sums["real"] < sums["all"]


@pytest.mark.usefixtures("on_sample")
@pytest.mark.parametrize("which", WHICH_RECORDS)
def test_commands_and_exports_follow(
    which: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = reader.records_held()
    wanted = held["real"] + (held["illustrative"] if which == "all" else 0)
    assert (
        main(
            [
                "verdicts",
                "--format",
                "shares",
                "--everything",
                "--records",
                which,
            ]
        )
        == Exit.DONE
    )
    told = capsys.readouterr()
    assert f"{wanted:,}" in next(
        x for x in told.out.splitlines() if x.startswith("all ")
    )
    assert told.err.count(str(held["illustrative"])) == 2, "in both languages"
    assert (
        main(
            [
                "export",
                "--format",
                "csv",
                "--out",
                str(tmp_path),
                "--everything",
                "--records",
                which,
            ]
        )
        == 0
    )
    with (tmp_path / "register.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        assert sum(1 for _ in csv.DictReader(file)) == wanted
    note = (tmp_path / "EVERYTHING_not_for_publication.txt").read_text(
        encoding="utf-8"
    )
    assert str(held["illustrative"]) in note


def test_what_is_settled_acts_on_the_real_records_too(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that speaks of another build, or of another settling, is made anew; one that is up to date is
    left.
    """
    built = tmp_path / "built"
    built.mkdir()
    for file in (sample_data / "built").glob("*.duckdb"):
        if "settled" not in file.name:
            (built / file.name).write_bytes(file.read_bytes())
    served = built / "clearlink.duckdb"
    assert not keep_real(served), "it speaks of this build"
    with duckdb.connect() as con:
        con.execute(f"attach '{real_file(served)}' as r (read_only)")
        blank, theme = con.execute(
            "select p.project_id, (select min(theme_id) from r.project_theme) from r.project p"
            " where project_id not in (select project_id from r.project_theme) limit 1"
        ).fetchone() or ("", "")
    assert keep_real(
        served, {"theme": [{"project_id": blank, "theme_id": theme, "nth": 0}]}
    )
    assert not keep_real(
        served, {"theme": [{"project_id": blank, "theme_id": theme, "nth": 0}]}
    )
    with duckdb.connect(str(real_file(served)), read_only=True) as con:
        assert con.execute(
            "select theme_id from project_theme where project_id = $p",
            {"p": blank},
        ).fetchall() == [(theme,)]
    assert keep_real(served), "taken back"
    assert NOT_REAL
