"""All 1,909 published WIMD 2019 scores, domain and index, from the published ranks (method A4).

The two tied pairs of the edition stand at their printed rank, not at the average place: only so are their
scores reproduced.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from clearlink.rules.need.need import WIMD_WEIGHTS, wimd_index, wimd_score

NEEDS = (
    Path(
        os.environ.get("CLEARLINK_MIRROR")
        or Path(__file__).parents[2].parent / "shared" / "mirror"
    )
    / "needs"
)
RANKS = NEEDS / "wimd-2019-index-and-domain-ranks-by-small-area.ods"
SCORES = NEEDS / "wimd-2019-index-and-domain-scores-by-small-area.ods"
DOMAINS = {
    "income": "Income",
    "employment": "Employment",
    "health": "Health",
    "education": "Education",
    "access": "Access to Services",
    "housing": "Housing",
    "community_safety": "Community Safety",
    "environment": "Physical Environment",
}

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(
        os.environ.get("CI") != "true"
        and not (RANKS.exists() and SCORES.exists()),
        reason="the mirror is not beside the project; CI does not skip this",
    ),
]


def published(path: Path, sheet: str) -> dict[str, dict[str, float]]:
    """Every small area of a sheet, by code: its figures under trimmed headings. The heading row is the one
    with the codes'.
    """
    cells = (
        CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    )
    top = next(
        i
        for i, row in enumerate(cells)
        if str(row[0]).strip().lower() == "lsoa code"
    )
    heads = [str(cell).strip() for cell in cells[top]]
    return {
        str(row[0]): {
            head: float(cell)
            for head, cell in zip(heads, row, strict=False)
            if isinstance(cell, float | int)
        }
        for row in cells[top + 1 :]
        if str(row[0]).startswith("W0100")
    }


@pytest.fixture(scope="module")
def ranks() -> dict[str, dict[str, float]]:
    return published(RANKS, "WIMD_2019_ranks")


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, float]]:
    return published(SCORES, "Data")


def column(
    table: dict[str, dict[str, float]], heading: str, codes: list[str]
) -> np.ndarray:
    return np.array([table[code][heading] for code in codes])


def test_both_files_name_the_same_1909_areas(
    ranks: dict[str, dict[str, float]], scores: dict[str, dict[str, float]]
) -> None:
    assert len(ranks) == 1909
    assert ranks.keys() == scores.keys()


@pytest.mark.parametrize("domain", sorted(DOMAINS))
def test_every_domain_score(
    domain: str,
    ranks: dict[str, dict[str, float]],
    scores: dict[str, dict[str, float]],
) -> None:
    codes = sorted(ranks)
    placed = column(ranks, DOMAINS[domain], codes)
    assert (
        np.abs(
            wimd_score(placed, 1909) - column(scores, DOMAINS[domain], codes)
        ).max()
        < 1e-6
    )


def test_every_index_score(
    ranks: dict[str, dict[str, float]], scores: dict[str, dict[str, float]]
) -> None:
    codes = sorted(ranks)
    ours = wimd_index(
        {d: column(ranks, heading, codes) for d, heading in DOMAINS.items()},
        WIMD_WEIGHTS["2019"],
    )
    assert np.abs(ours - column(scores, "WIMD 2019", codes)).max() < 1e-6
