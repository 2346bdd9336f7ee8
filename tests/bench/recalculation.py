"""How long all verdicts, gaps, overlaps and fairness take to be worked out anew for a full country of
projects.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import duckdb

from clearlink import folders
from etl.build import builder, fairness_rows
from etl.build.intake import Intake
from etl.build.lists import catalogue_rows
from etl.build.load import insert, load_catalogue, load_intake, load_settings
from etl.build.statements import rest_on, statements
from etl.pipeline import builds
from etl.pipeline.sample import sample_intake
from tests.bench.figures import Figure
from tests.bench.made_register import Lists, add_made_projects

PROJECTS: Final = 5_000
ROUNDS: Final = 2
SLOWEST: Final = 6


def made_intake(projects: int = PROJECTS) -> Intake:
    """The areas, figures and documents of the sample with a made register over all of Wales."""
    intake = sample_intake(folders.SAMPLE)
    builds.add_registers(
        intake,
        [(folders.SAMPLE / name, name) for name in builds.SAMPLE_REGISTERS],
    )
    rows = catalogue_rows(folders.CATALOGUE)
    groups: dict[str, list[str]] = {}
    for row in rows["target_groups"]:
        groups.setdefault(row["theme_id"], []).append(row["id"])
    add_made_projects(
        intake,
        Lists(
            [r["theme_id"] for r in rows["themes"]],
            [r["programme_id"] for r in rows["programmes"]],
            groups,
        ),
        projects,
    )
    return intake


def timed() -> Iterator[Figure]:
    """Seconds to work out everything that turns on projects and thresholds, with what it rests on."""
    intake = made_intake()
    taken = []
    pairs = areas = 0
    themes = len({t.theme_id for t in intake.project_themes})
    for _ in range(ROUNDS):
        with duckdb.connect(":memory:", config=builder.ENGINE) as con:
            taken.append(_seconds(con, intake))
            pairs, areas = (
                con.table(name).shape[0] for name in ("overlap", "gap")
            )
    note = f"{PROJECTS:,} projects, {themes} themes, {areas:,} gap rows, {pairs:,} overlapping pairs"
    yield Figure(
        "verdicts, gaps, overlaps and fairness worked out anew",
        statistics.median(waited for waited, _ in taken),
        "s",
        at_most=5,
        note=note,
    )
    works = [worked for _, worked in taken]
    step_s = {
        name: statistics.median(worked[name] for worked in works)
        for name in works[0]
    }
    most = sorted(step_s, key=lambda name: -step_s[name])[:SLOWEST]
    yield Figure(
        "the same, processor time of both cores",
        statistics.median(sum(worked.values()) for worked in works),
        "s",
        note="most of it: "
        + ", ".join(f"{name} {step_s[name]:.2f}" for name in most),
    )


def _seconds(
    con: duckdb.DuckDBPyConnection, intake: Intake
) -> tuple[float, dict[str, float]]:
    """As a person waits, and of the processor by step: on a machine where others are at work only the
    second can be compared.
    """
    settings = builds.settings()
    for _, sql in statements("tables"):
        con.execute(sql)
    load_catalogue(con, folders.CATALOGUE)
    load_settings(con, settings)
    load_intake(con, intake, settings)
    insert(
        con,
        "build",
        {
            "kind": [intake.kind],
            "as_of": [intake.as_of],
            "is_illustrative": [True],
            "input_hash": ["made"],
        },
    )
    steps = statements("build")
    of_projects = rest_on("project")
    for name, sql in steps:
        if name not in of_projects:
            con.execute(sql)
    works: dict[str, Callable[[], object]] = {
        name: partial(con.execute, sql)
        for name, sql in steps
        if name in of_projects
    }
    works["fairness"] = partial(fairness_rows.fill_fairness, con, settings)
    started = time.perf_counter()
    worked = {name: _processor_seconds(work) for name, work in works.items()}
    return time.perf_counter() - started, worked


def _processor_seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def serve_made_register(folder: Path) -> None:
    """A served build of the made register, for pages to be timed on. CLEARLINK_DATA must name `folder`:
    nothing is built over another.
    """
    if not folders.warehouse_file().is_relative_to(folder.resolve()):
        raise ValueError(
            f"{folder}: found CLEARLINK_DATA naming {folders.data_folder()}, expected this folder; set "
            f"it first"
        )
    builder.build(made_intake(), builds.settings(), "made", lambda *_: None)
