"""The areas behind a fairness view, as columns that the rules read."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from clearlink.rules.fairness.fairness_what_if import AreaColumns
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows


def rows_of(theme: str, region: str) -> Rows:
    """Areas of a region with need and money; all of Wales for Wales."""
    return [
        r
        for r in reader.fairness_areas(theme)
        if region in (reader.WALES, r["region_code"])
    ]


def area_columns(theme: str, region: str) -> AreaColumns:
    """The same as columns, kept per build."""
    return _columns(
        reader.build_key(),
        theme,
        region,
    )


@lru_cache(maxsize=64)
def _columns(
    key: tuple[int, int, int],
    theme: str,
    region: str,
) -> AreaColumns:
    rows = rows_of(theme, region)

    def real(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array(
            [np.nan if r[name] is None else float(r[name]) for r in rows],
            dtype=np.float64,
        )

    return AreaColumns(
        np.array(
            [r["area_code"] for r in rows],
            dtype=str,
        ),
        np.array(
            [r["la_code"] for r in rows],
            dtype=str,
        ),
        real("population_at_risk"),
        real("people_in_need"),
        real("extent"),
        {
            "population_at_risk": real("spend_gbp"),
            "population": real("spend_by_population_gbp"),
            "small_areas_only": real("small_areas_gbp"),
        },
        np.array(
            [r["peer"] == "RURAL" for r in rows],
            dtype=bool,
        ),
    )
