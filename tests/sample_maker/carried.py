"""Real figures carried into the sample from the shared folder; after the first run the sample's own copies
are read.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.sample_maker.folders import read_rows, write_rows

_AS_THEY_ARE = (
    "wimd2025_ranks.csv",
    "authorities.csv",
    "lsoa_changes_2011_2021.csv",
)
ALLOCATION_COLUMNS = (
    "la_code",
    "grant",
    "year",
    "amount_gbp",
    "basis",
    "source_url",
)


def carry_real_figures(shared: Path, sample: Path) -> None:
    """Copies the ranks, authorities and code changes, and rewrites the real grant tables by authority
    code.
    """
    for name in _AS_THEY_ARE:
        shutil.copyfile(shared / "figures" / name, sample / name)
    codes = {
        row["name_en"]: row["la_code"]
        for row in read_rows(sample / "authorities.csv")
    } | {"Wales": "W92000004"}
    fixtures = shared / "design" / "fixtures"
    write_rows(
        sample / "allocations.csv",
        ALLOCATION_COLUMNS,
        _allocations(fixtures, codes),
    )


def _allocations(fixtures: Path, codes: dict[str, str]) -> list[dict[str, str]]:
    """Published sums only: an authority whose sum was not found has no row, and the README says so."""
    rows = []
    for row in read_rows(fixtures / "real_ukspf_2022_25_wales_by_la.csv"):
        grant = "UK Shared Prosperity Fund"
        rows.append(
            (
                row["la_code"],
                grant,
                "2022-25",
                row["ukspf_2022_25_total_gbp"],
                row["precision"],
                row["source_url"],
            )
        )
    for row in read_rows(
        fixtures / "real_communities_first_2015_16_partial.csv"
    ):
        basis = f"exact; {row['clusters']} of {row['wales_clusters']} clusters; {row['note']}"
        money = row["communities_first_2015_16_gbp"]
        rows.append(
            (
                codes[row["la_name"]],
                "Communities First",
                "2015-16",
                money,
                basis,
                row["source_url"],
            )
        )
    for row in read_rows(fixtures / "real_grant_allocations_scattered.csv"):
        rows.append(
            (
                codes[row["area"]],
                row["grant"],
                row["year"],
                row["amount_gbp"],
                row["note"],
                row["source_url"],
            )
        )
    found = [row for row in rows if row[3]]
    return [
        dict(zip(ALLOCATION_COLUMNS, row, strict=True))
        for row in sorted(found, key=lambda row: (row[1], row[2], row[0]))
    ]
