"""How far each area's place depends on the making of the measure, or on chance: rank limits from fixed-seed draws."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from clearlink.rules.rank_intervals import rank_intervals
from clearlink.rules.sensitivity import redrawn_need
from clearlink.rules.settings import Settings
from etl.build.load import insert
from etl.build.statements import statements

Floats = NDArray[np.float64]


def fill_rank_limits(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """For the latest edition of each theme: 5 to 95 % of 1,000 draws of rank, and the share of draws in the neediest fifth.

    Composites are redrawn over their making (method E5), lead indicators over the chance in their counts (method C).
    """
    sql = dict(statements("ranks"))
    con.execute(sql["rank_limit"])
    for theme, definition, edition in con.execute(sql["latest"]).fetchall():
        values = {"theme": theme, "edition": edition}
        found = con.execute(sql[definition], values).fetchnumpy()
        codes, low, high, probability = _composite(found, settings) if definition == "composite" else _lead(found, settings)
        n = len(codes)
        insert(
            con,
            "rank_limit",
            {
                "theme_id": [theme] * n,
                "definition": [definition] * n,
                "edition": [edition] * n,
                "area_code": codes,
                "rank_low": [int(x) for x in low],
                "rank_high": [int(x) for x in high],
                "probability": [float(x) for x in probability],
            },
        )
    con.execute(sql["fill"])


def _composite(found: dict[str, Any], settings: Settings) -> tuple[list[str], Floats, Floats, Floats]:
    codes, row = np.unique(np.asarray(found["area_code"], dtype=str), return_inverse=True)
    indicators, column = np.unique(np.asarray(found["indicator_id"], dtype=str), return_inverse=True)
    table = np.full((len(codes), len(indicators)), np.nan)
    table[row, column] = np.asarray(found["value"], dtype=np.float64)
    weights = np.zeros(len(indicators))
    weights[column] = np.asarray(found["weight"], dtype=np.float64)
    people = np.ones(len(codes))
    people[row] = np.nan_to_num(np.asarray(np.ma.filled(found["people"], np.nan), dtype=np.float64), nan=1.0)
    limits = rank_intervals(table, weights, people, settings=settings)
    return codes.tolist(), np.floor(limits.rank_low), np.ceil(limits.rank_high), limits.neediest_fifth_probability


def _lead(found: dict[str, Any], settings: Settings) -> tuple[list[str], Floats, Floats, Floats]:
    people = np.asarray(found["people_in_need"], dtype=np.float64)
    at_risk = np.asarray(found["population_at_risk"], dtype=np.float64)
    rates = redrawn_need(people, at_risk, settings) / at_risk
    order = np.argsort(-rates, axis=1, kind="stable")
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.broadcast_to(np.arange(1, len(people) + 1), order.shape), axis=1)
    before = np.cumsum(at_risk[order], axis=1) - at_risk[order]
    share = np.empty(order.shape)
    np.put_along_axis(share, order, np.clip((settings.neediest_share * at_risk.sum() - before) / at_risk[order], 0, 1), axis=1)
    low, high = np.quantile(place, (0.05, 0.95), axis=0, method="nearest")
    return list(found["area_code"]), low.astype(np.float64), high.astype(np.float64), share.mean(axis=0)
