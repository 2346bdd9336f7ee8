"""Published sums of grants in every build: the shipped table, a steward's own tables, and money that a
publisher's paper implies.

`data/sample/allocations.csv` and `$CLEARLINK_DATA/allocations/*.csv` have the columns la_code, grant, year,
amount_gbp, basis and source_url, and are read by the same rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clearlink import folders
from etl.build.intake import Intake, RowCount
from etl.directory import Directory
from etl.fetch import snapshots
from etl.records import GrantSum, Problem, Severity, SourceProblem
from etl.sources.catalogue import load_sources
from etl.sources.figures.money import (
    read_allocations,
    read_flying_start_expansion,
)

EXPANSION: Final = "flying_start_expansion"


def allocation_files() -> list[Path]:
    """Every table of sums, the shipped one first."""
    return [
        folders.SAMPLE / "allocations.csv",
        *sorted((folders.data_folder() / "allocations").glob("*.csv")),
    ]


def add_money(intake: Intake, *, from_snapshots: bool) -> None:
    """Adds every published sum to a build with what was refused; a table that cannot be read leaves the
    others whole.
    """
    directory = Directory.from_catalogue(intake.areas, intake.links)
    for path in allocation_files():
        try:
            sums, problems = read_allocations(
                path.read_bytes(),
                path.name,
                directory,
            )
        except SourceProblem as refusal:
            sums, problems = [], refusal.problems
        _add(intake, path.name, sums, problems)
    good = (
        snapshots.newest_good(
            folders.data_folder(),
            EXPANSION,
        )
        if from_snapshots
        else None
    )
    if good is not None:
        source = load_sources()[EXPANSION]
        sums, problems = read_flying_start_expansion(
            good[1],
            source.file,
            directory,
            source.landing_page,
        )
        _add(
            intake,
            f"{EXPANSION} (money)",
            sums,
            problems,
        )


def _add(
    intake: Intake,
    name: str,
    sums: list[GrantSum],
    problems: list[Problem],
) -> None:
    intake.problems += problems
    intake.allocations += sums
    refused = {p.row for p in problems if p.severity is Severity.REFUSED}
    intake.row_counts.append(
        RowCount(
            name,
            "money",
            len(sums) + len(refused),
            len(sums),
            len(refused),
        )
    )
