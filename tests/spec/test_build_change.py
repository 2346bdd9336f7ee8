"""A build says what is different from the one before it, and is the same content whatever stood before it."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from clearlink import folders
from clearlink.commands import runs
from clearlink.rules.codes import FieldState
from etl.build import builder
from etl.build.builder import Built
from etl.build.intake import Intake, RowCount
from etl.pipeline import builds

SETTINGS = builds.settings().with_changes(draws=20)


def _build(intake: Intake) -> Built:
    return builder.build(copy.deepcopy(intake), SETTINGS, "x", lambda *_: None)


def _changes() -> dict[tuple[str, str], tuple[str | None, str | None]]:
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        return {
            (k, s): (b, a)
            for k, s, b, a in con.table("build_change").fetchall()
        }


@pytest.fixture(scope="module")
def small() -> Intake:
    import sys

    sys.path.insert(0, str(folders.ROOT / "tests" / "oracle"))
    from random_wales import random_intake

    return random_intake(11, 60)


def test_the_first_build_has_nothing_to_compare_with(
    small: Intake, data_dir: Path
) -> None:
    first = _build(small)
    assert first.changes is None
    assert _changes() == {}
    assert "nothing to compare with" in runs._said(first)


def test_the_difference_is_kept_said_and_no_part_of_the_hash(
    small: Intake, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy.deepcopy(small)
    before.row_counts.append(RowCount("a_source", "source", 10, 10, 0))
    first = _build(before)
    after = copy.deepcopy(before)
    gone, turned = after.projects[0], after.projects[1]
    after.projects[0] = replace(gone, project_id="NEW-1", title="A new project")
    after.project_themes = [
        replace(t, project_id="NEW-1") if t.project_id == gone.project_id else t
        for t in after.project_themes
    ]
    after.project_themes = [
        t for t in after.project_themes if t.project_id != turned.project_id
    ]
    after.projects[1] = replace(
        turned, theme_ids=(), theme_state=FieldState.BLANK
    )
    after.citations = [
        c for c in after.citations if c.project_id != gone.project_id
    ]
    after.row_counts[-1] = RowCount("a_source", "source", 12, 9, 3)
    second = _build(after)
    found = _changes()
    assert found["build", second.build_id.split("-")[0]][0] == first.build_id
    assert found["project_new", "NEW-1"] == (None, "A new project")
    assert found["project_removed", gone.project_id] == (gone.title, None)
    assert found["rows", "a_source"] == ("10", "9")
    assert found["refused", "a_source"] == ("0", "3")
    assert (
        second.changes is not None
        and second.changes["project_new"]
        == second.changes["project_removed"]
        == 1
    )
    said = runs._said(second)
    assert "1 new project, 1 project gone" in said and said.endswith(
        f"build {second.build_id}"
    )
    # the same inputs where nothing stood before
    monkeypatch.setenv("CLEARLINK_DATA", str(data_dir / "elsewhere"))
    alone = _build(after)
    assert (alone.content_hash, alone.rows) == (
        second.content_hash,
        second.rows,
    )


def test_a_verdict_that_turns_is_named_with_both_verdicts(
    small: Intake, data_dir: Path
) -> None:
    _build(small)
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        clear = con.execute(
            """select project_id, verdict from verdict v
                 where basis = 'at_decision' and verdict <> 'CANNOT_ASSESS'
                 and exists (from verdict t where t.project_id = v.project_id and t.basis = 'today'
                             and t.verdict <> 'CANNOT_ASSESS') order by 1"""
        ).fetchall()[0]
    after = copy.deepcopy(small)
    after.project_themes = [
        t for t in after.project_themes if t.project_id != clear[0]
    ]
    after.projects = [
        replace(p, theme_ids=(), theme_state=FieldState.BLANK)
        if p.project_id == clear[0]
        else p
        for p in after.projects
    ]
    built = _build(after)
    assert _changes()["verdict_at_decision", clear[0]] == (
        clear[1],
        "CANNOT_ASSESS",
    )
    assert built.changes == {"verdict_at_decision": 1, "verdict_today": 1}


def test_the_same_build_again_differs_in_nothing(
    small: Intake, data_dir: Path
) -> None:
    _build(small)
    again = _build(small)
    assert again.changes == {}
    assert "no difference" in runs._said(again)


@pytest.mark.parametrize("damage", ["older make", "damaged"])
def test_what_cannot_be_compared_with_stops_no_build(
    small: Intake, data_dir: Path, damage: str
) -> None:
    _build(small)
    served = folders.warehouse_file()
    if damage == "damaged":
        served.write_bytes(served.read_bytes()[:-100])
    else:
        served.unlink()
        (served.parent / "clearlink.sha256").unlink()
        with duckdb.connect(str(served)) as con:
            con.execute(
                "create table build as select 'old-1' as build_id, 'sample' as kind"
            )
            con.execute("create table project as select 'P' as project_id")
    again = _build(small)
    assert again.changes is None
    assert _changes() == {}
