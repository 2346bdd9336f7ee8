"""Late, withdrawn and revised: said of each source in the build, by `clearlink check`, and kept with what
changed.
"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from clearlink import folders
from clearlink.commands import checks, runs
from etl.build import builder
from etl.build.intake import Intake, SnapshotRow
from etl.fetch.fetch import Fetched, FetchReport, Outcome
from etl.fetch.fetch_note import keep_outcomes, not_renewed
from etl.files.refusal import problem
from etl.pipeline import builds
from etl.pipeline.sample import sample_intake
from etl.pipeline.source_states import source_states
from etl.records import Marker, Observation
from etl.sources.catalogue import load_sources
from tests.oracle.random_wales import random_intake

SETTINGS = builds.settings().with_changes(draws=10)
SOURCE = "wimd_2025_ranks"


def _failed(
    source_id: str, outcome: Outcome, code: str, **facts: str
) -> Fetched:
    return Fetched(
        source_id,
        outcome,
        None,
        None,
        (problem(source_id, "a.csv", code, "whole file", **facts),),
    )


def test_what_came_of_an_attempt_is_kept_until_it_comes_well(
    data_dir: Path,
) -> None:
    gone = _failed(
        SOURCE,
        Outcome.WITHDRAWN,
        "source_withdrawn",
        when="2026-10-01",
        successor="a-newer-id",
    )
    slow = _failed(
        "census_2021_ts011", Outcome.LATE, "server_too_slow", seconds="60"
    )
    keep_outcomes(data_dir, FetchReport([gone, slow]))
    assert {
        name: each.outcome for name, each in not_renewed(data_dir).items()
    } == {
        SOURCE: Outcome.WITHDRAWN,
        "census_2021_ts011": Outcome.LATE,
    }
    keep_outcomes(
        data_dir,
        FetchReport(
            [
                Fetched("census_2021_ts011", Outcome.FETCHED, None, 0),
                Fetched(SOURCE, Outcome.NOT_OFFERED, None, None),
            ]
        ),
    )
    assert list(not_renewed(data_dir)) == [SOURCE]


def test_every_source_has_a_state(data_dir: Path) -> None:
    keep_outcomes(
        data_dir,
        FetchReport(
            [
                _failed(
                    SOURCE,
                    Outcome.WITHDRAWN,
                    "source_withdrawn",
                    when="2026-10-01",
                    successor="–",
                )
            ]
        ),
    )
    held = [
        _snapshot(SOURCE, "a"),
        _snapshot("statswales_rough_sleepers", "b"),
        _snapshot("authorities", "c"),
    ]
    states = {
        s.source_id: s for s in source_states(held, not_renewed(data_dir))
    }
    assert states.keys() == load_sources().keys()
    assert [
        states[name].state
        for name in (
            SOURCE,
            "statswales_rough_sleepers",
            "authorities",
            "nomis_claimant_count",
        )
    ] == ["withdrawn", "awaiting", "current", "not_fetched"]
    assert (
        states[SOURCE].snapshot_id,
        states[SOURCE].reason_code,
        json.loads(states[SOURCE].facts)["when"],
    ) == ("wimd_2025_ranks@a", "source_withdrawn", "2026-10-01")
    assert states["nomis_claimant_count"].reason_code == "no_fixed_address"


def _snapshot(source_id: str, sha256: str) -> SnapshotRow:
    return SnapshotRow(
        f"{source_id}@{sha256}",
        source_id,
        f"Title of {source_id}",
        f"Teitl {source_id}",
        "2025",
        None,
        sha256,
        "OGL",
        "A publisher",
        "",
        "",
        "current",
        1,
        1,
        "",
        False,
    )


@pytest.fixture(scope="module")
def small() -> Intake:
    intake = sample_intake(folders.SAMPLE)
    intake.layers = []
    return intake


@pytest.fixture(scope="module")
def smallest() -> Intake:
    """Ninety small areas: what a newer file changed is told of them as of all Wales."""
    return random_intake(3, 20)


def _build(intake: Intake) -> builder.Built:
    return builder.build(copy.deepcopy(intake), SETTINGS, "x", lambda *_: None)


def test_a_newer_file_says_what_it_changed(
    smallest: Intake, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def with_file(sha256: str, figures: dict[str, float | None]) -> Intake:
        intake = copy.deepcopy(smallest)
        intake.snapshots.append(_snapshot("wimd_2025_groups", sha256))
        intake.observations.append(
            (
                f"wimd_2025_groups@{sha256}",
                [
                    Observation(
                        "wimd_decile_overall",
                        code,
                        "2025",
                        "revised",
                        value,
                        None if value is not None else Marker.CONFIDENTIAL,
                        "row 2",
                    )
                    for code, value in figures.items()
                ],
            )
        )
        intake.source_states = source_states(intake.snapshots, {})
        return intake

    first = _build(
        with_file(
            "aaaa", {"W01900003": 1.0, "W01900004": 2.0, "W01900005": 3.0}
        )
    )
    assert first.changes is None
    second = _build(
        with_file(
            "bbbb", {"W01900003": 1.0, "W01900004": None, "W01900006": 4.0}
        )
    )
    assert second.changes is not None
    assert {
        k: n for k, n in second.changes.items() if k.startswith("figure_")
    } == {
        "figure_added": 1,
        "figure_removed": 1,
        "figure_changed": 1,
    }
    assert "1 figure revised" in runs._said(second)
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        rows = con.execute(
            "select kind, area_code, before, after from figure_change order by kind"
        ).fetchall()
    assert rows == [
        ("added", "W01900006", None, "4"),
        ("changed", "W01900004", "2", "confidential"),
        ("removed", "W01900005", "3", None),
    ]
    assert checks.print_checks(as_json=False) == 0
    told = capsys.readouterr().out
    assert (
        "revised  Title of wimd_2025_groups" in told
        and "W01900004), 2025: 2 → confidential" in told
    )
    assert (
        "not fetched  Claimant count by small area" in told
        and "covered  WIMD decile" in told
    )
    # the same file again, or the same build again, says nothing
    again = _build(
        replace_snapshot(
            with_file(
                "bbbb", {"W01900003": 1.0, "W01900004": None, "W01900006": 4.0}
            )
        )
    )
    assert again.changes is not None and not any(
        k.startswith("figure_") for k in again.changes
    )
    assert again.content_hash == second.content_hash


def replace_snapshot(intake: Intake) -> Intake:
    """The same intake, fetched at another moment."""
    intake.snapshots = [replace(s, retrieved_at=None) for s in intake.snapshots]
    return intake


def test_an_authority_total_with_a_withheld_part_is_withheld(
    small: Intake, data_dir: Path
) -> None:
    withheld = [
        (
            name,
            [
                replace(o, value=None, marker=Marker.CONFIDENTIAL)
                if (o.indicator_id, o.area_code)
                == ("population_0_3", "W01000003")
                else o
                for o in rows
            ],
        )
        for name, rows in small.observations
    ]
    _build(replace(small, observations=withheld))
    with duckdb.connect(str(folders.warehouse_file()), read_only=True) as con:
        got = con.execute(
            "select distinct value, marker, cell from observation where indicator_id = 'population_0_3' "
            "and area_code = 'W06000001'"
        ).fetchall()
        others = con.execute(
            "select count(*) from observation where indicator_id = 'population_0_3' and area_code like "
            "'W06%' and value is not null"
        ).fetchall()
    assert [(value, marker) for value, marker, _ in got] == [
        (None, "confidential")
    ]
    assert all(" of " in cell.removeprefix("sum of ") for _, _, cell in got)
    assert others[0][0] >= 21
