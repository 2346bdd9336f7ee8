"""Partnerships and boards, from the catalogue and from the steward's own folder, as areas of a build.

`data/catalogue/partnerships/*.csv` are reviewed and shipped; `$CLEARLINK_DATA/partnerships/*.csv` are a
steward's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from clearlink import folders
from etl.build.intake import Intake, RowCount
from etl.directory import Directory
from etl.records import Area, AreaLink, Harvest, Severity, SourceProblem
from etl.sources.areas import partnerships


def partnership_files() -> list[Path]:
    """Every list of partnerships, the shipped ones first."""
    held = (
        folders.CATALOGUE / "partnerships",
        folders.data_folder() / "partnerships",
    )
    return [path for folder in held for path in sorted(folder.glob("*.csv"))]


def read_partnerships(
    areas: Iterable[Area], links: Iterable[AreaLink]
) -> list[tuple[Path, Harvest]]:
    """What each file gives, against the areas of a build; an id that an earlier file used is refused in a
    later one.
    """
    known, linked = list(areas), list(links)
    harvests = []
    for path in partnership_files():
        try:
            harvest = partnerships.read(
                path.read_bytes(),
                path.name,
                Directory.from_catalogue(known, linked),
            )
        except SourceProblem as refusal:
            harvest = Harvest(problems=refusal.problems)
        known += harvest.areas
        harvests.append((path, harvest))
    return harvests


def add_partnerships(intake: Intake) -> None:
    """Adds the partnerships to a build with what was refused and how many rows each file gave."""
    for path, harvest in read_partnerships(intake.areas, intake.links):
        intake.areas += harvest.areas
        intake.links += harvest.links
        intake.problems += harvest.problems
        refused = len(
            {
                p.row
                for p in harvest.problems
                if p.severity is Severity.REFUSED and p.row is not None
            }
        )
        intake.row_counts.append(
            RowCount(
                path.name,
                "partnership",
                harvest.rows_read,
                len(harvest.links),
                refused,
            )
        )
