"""Writes `data/sample/`, the embedded default: `python -m tests.sample_maker.make_sample [--shared DIR]`.

With `--shared` the real figures are first carried over from the shared folder. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from tests.sample_maker import (
    area_files,
    authority_figures,
    documents,
    faults,
    small_area_counts,
    statements,
)
from tests.sample_maker.carried import carry_real_figures
from tests.sample_maker.citing import Shelf
from tests.sample_maker.folders import (
    CATALOGUE,
    FAULTS,
    SAMPLE,
    read_rows,
    write_rows,
)
from tests.sample_maker.layers import write_layers
from tests.sample_maker.outlines import old_areas, old_layer, outlines_2021
from tests.sample_maker.patches import PatchFinder, neighbours
from tests.sample_maker.places import read_wales
from tests.sample_maker.plans import write_plans
from tests.sample_maker.projects import Made, Maker
from tests.sample_maker.register_rows import register_rows
from tests.sample_maker.returns import COLUMNS as RETURN_COLUMNS
from tests.sample_maker.returns import return_rows

EDITION_COLUMNS = (
    "source_id",
    "edition",
    "published",
    "reference_end",
    "slow_moving",
    "is_illustrative",
)
_EDITIONS = (
    ("sample", "illustrative 2014", "2014-11-26", "2014-03-31", "no", "yes"),
    ("sample", "illustrative 2019", "2019-11-27", "2019-03-31", "no", "yes"),
    ("sample", "illustrative 2025", "2025-11-27", "2025-03-31", "no", "yes"),
    ("wimd_2025", "2025", "2025-11-27", "2025-03-31", "no", "no"),
)


def make_sample(sample: Path, fault_folder: Path) -> None:
    """Writes every derived file of the sample, and the register with planted faults beside the tests."""
    wales = read_wales(sample)
    layer = old_layer()
    outlines, old = outlines_2021(layer, wales), old_areas(layer, wales)
    authority_of = {o.code: o.la_code for o in outlines}
    shapes = write_layers(sample / "geometry", outlines, wales)

    people = small_area_counts.residents(outlines, wales)
    ranks = {
        row["lsoa21_code"]: {
            domain: int(rank)
            for domain, rank in row.items()
            if domain != "lsoa21_code"
        }
        for row in read_rows(sample / "wimd2025_ranks.csv")
    }
    counts = {
        e.year: small_area_counts.counts_of(e, people, ranks)
        for e in small_area_counts.EDITIONS
    }
    withheld: set[str] = set()
    for edition in small_area_counts.EDITIONS:
        rows = small_area_counts.with_markers(
            counts[edition.year], edition.year
        )
        withheld |= {
            code
            for code, row in rows.items()
            if {"c", "x"} & set(map(str, row.values()))
        }
        write_rows(
            sample / edition.file, small_area_counts.COLUMNS, rows.values()
        )
    figures = authority_figures.authority_rows(wales, counts, authority_of)
    write_rows(
        sample / "illustrative_authority.csv",
        authority_figures.COLUMNS,
        figures,
    )
    write_rows(
        sample / "editions.csv",
        EDITION_COLUMNS,
        [dict(zip(EDITION_COLUMNS, e, strict=True)) for e in _EDITIONS],
    )

    retired = [
        area
        for area in old
        if area.code in wales.successors and area.code not in authority_of
    ]
    area_files.write_areas(
        sample / "areas.csv", wales, outlines, retired, shapes, people
    )
    area_files.write_links(
        sample / "area_links.csv", wales, outlines, old, people
    )

    shelf_documents = documents.documents(wales)
    shelf = Shelf(
        wales, shelf_documents, documents.priorities(shelf_documents, wales)
    )
    finder = PatchFinder(
        wales, authority_of, counts, neighbours(outlines), withheld
    )
    made = Maker(wales, finder, shelf, authority_of).all_projects()
    columns = [
        row["column"] for row in read_rows(CATALOGUE / "register_columns.csv")
    ]
    register, citations = register_rows(made, wales, outlines, shapes)
    write_rows(sample / "register.csv", columns, register)
    write_rows(sample / "citations.csv", tuple(citations[0]), citations)
    _write_documents(sample, shelf, made)
    write_plans(sample)
    write_rows(
        sample / "statements.csv",
        statements.COLUMNS,
        statements.statement_rows(outlines),
    )
    write_rows(
        sample / "programme_returns.csv",
        RETURN_COLUMNS,
        return_rows(wales, outlines),
    )
    write_rows(
        fault_folder / "register_with_faults.csv",
        columns,
        faults.faulty_rows(wales, outlines),
    )


def _write_documents(sample: Path, shelf: Shelf, made: list[Made]) -> None:
    """The priorities that are cited, others of documents in date that nobody has taken up, and the
    documents of both.
    """
    cited = {project.cited.priority_id for project in made if project.cited}
    kept = [
        need
        for needs in shelf.named.values()
        for need in needs
        if need.priority_id in cited or documents.is_orphan(need)
    ]
    used = {need.document.assessment_id for need in kept}
    write_rows(
        sample / "assessments.csv",
        documents.ASSESSMENT_COLUMNS,
        [d.row() for d in shelf.documents if d.assessment_id in used],
    )
    write_rows(
        sample / "priorities.csv",
        documents.PRIORITY_COLUMNS,
        [need.row() for need in sorted(kept, key=lambda n: n.priority_id)],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: see the module's own words."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.sample_maker.make_sample",
        description="Writes data/sample/.",
    )
    parser.add_argument(
        "--shared",
        type=Path,
        help="folder with figures/ and design/fixtures/, to carry the real figures over again",
    )
    parser.add_argument(
        "--sample",
        type=Path,
        default=SAMPLE,
        help="folder to write; its carried real figures must be there",
    )
    parser.add_argument(
        "--faults",
        type=Path,
        default=FAULTS,
        help="folder for the register with planted faults",
    )
    chosen = parser.parse_args(arguments)
    if chosen.shared:
        carry_real_figures(chosen.shared, chosen.sample)
    make_sample(chosen.sample, chosen.faults)


if __name__ == "__main__":
    main()
