"""How far each area's place depends on the making of the measure, or on chance: rank limits from
fixed-seed draws.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from clearlink.rules.need.rank_intervals import rank_intervals
from clearlink.rules.settings import Settings
from etl.build.draws import Draws
from etl.build.load import insert
from etl.build.statements import statements

Floats = NDArray[np.float64]
# codes of areas; the ranks between which most draws put them; the chance of the neediest fifth
Limits = tuple[list[str], Floats, Floats, Floats]
ROOM: Final = "ranks"


@dataclass(frozen=True, slots=True)
class Ranked:
    """The needs of one theme, definition, level and edition, and the limits that are being drawn for them."""

    theme_id: str
    definition: str
    area_type: str
    edition: str
    limits: Future[Limits]


def begin_rank_limits(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    draws: Draws,
    pool: ThreadPoolExecutor,
) -> list[Ranked]:
    """Starts to draw, for the latest edition of each theme, 5 to 95 % of 1,000 draws of rank and the share of
    draws in the neediest fifth.

    Composites are redrawn over their making (method E5), lead indicators over the chance in their counts,
    or over the limits that their publisher states (method C). Sorting runs outside the interpreter's lock:
    the engine goes on with what rests on no rank meanwhile.
    """
    sql = dict(statements(ROOM))
    begun = []
    for theme, definition, level, edition in con.execute(
        sql["latest"]
    ).fetchall():
        asked = {"theme": theme, "edition": edition}
        if definition == "lead":
            asked["area_type"] = level
        needs = con.execute(
            sql[definition],
            asked,
        ).fetchnumpy()
        if definition == "composite":
            limits = pool.submit(_composite, needs, settings)
        else:
            limits = pool.submit(_lead, needs, settings, draws)
        begun.append(
            Ranked(
                theme,
                definition,
                level,
                edition,
                limits,
            )
        )
    return begun


def write_rank_limits(
    con: duckdb.DuckDBPyConnection,
    begun: Iterable[Ranked],
) -> None:
    """Waits for the draws and writes the limits of rank beside each need."""
    sql = dict(statements(ROOM))
    con.execute(sql["rank_limit"])
    for each in begun:
        codes, low, high, probability = each.limits.result()
        n = len(codes)
        insert(
            con,
            "rank_limit",
            {
                "theme_id": [each.theme_id] * n,
                "definition": [each.definition] * n,
                "edition": [each.edition] * n,
                "area_type": [each.area_type] * n,
                "area_code": codes,
                "rank_low": [int(x) for x in low],
                "rank_high": [int(x) for x in high],
                "probability": [float(x) for x in probability],
            },
        )
    con.execute(sql["fill"])


def _composite(found: dict[str, Any], settings: Settings) -> Limits:
    codes, row = np.unique(
        np.asarray(
            found["area_code"],
            dtype=str,
        ),
        return_inverse=True,
    )
    indicators, column = np.unique(
        np.asarray(
            found["indicator_id"],
            dtype=str,
        ),
        return_inverse=True,
    )
    table = np.full(
        (len(codes), len(indicators)),
        np.nan,
    )
    table[row, column] = np.asarray(
        found["value"],
        dtype=np.float64,
    )
    weights = np.zeros(len(indicators))
    weights[column] = np.asarray(
        found["weight"],
        dtype=np.float64,
    )
    people = np.ones(len(codes))
    people[row] = np.nan_to_num(
        np.asarray(
            np.ma.filled(
                found["people"],
                np.nan,
            ),
            dtype=np.float64,
        ),
        nan=1.0,
    )
    limits = rank_intervals(table, weights, people, settings=settings)
    return (
        codes.tolist(),
        np.floor(limits.rank_low),
        np.ceil(limits.rank_high),
        limits.neediest_fifth_probability,
    )


def _lead(
    found: dict[str, Any],
    settings: Settings,
    draws: Draws,
) -> Limits:
    people = np.asarray(
        found["people_in_need"],
        dtype=np.float64,
    )
    at_risk = np.asarray(
        found["population_at_risk"],
        dtype=np.float64,
    )
    rates = (
        draws.of(
            people,
            at_risk,
            published_limits(found),
        )
        / at_risk
    )
    order = _neediest_first(rates)
    worlds, areas = order.shape
    place = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(
        place,
        order,
        np.broadcast_to(
            np.arange(
                1,
                areas + 1,
                dtype=np.int32,
            ),
            order.shape,
        ),
        axis=1,
    )
    low, high = round(0.05 * (worlds - 1)), round(0.95 * (worlds - 1))
    kept = np.partition(
        place,
        (low, high),
        axis=0,
    )
    return (
        list(found["area_code"]),
        kept[low].astype(np.float64),
        kept[high].astype(np.float64),
        _in_neediest(order, at_risk, settings),
    )


def published_limits(found: dict[str, Any]) -> tuple[Floats, Floats] | None:
    """A publisher's limits in people, where every area of the column has them."""
    lower, upper = (
        np.asarray(
            np.ma.filled(
                np.ma.asarray(
                    found[name],
                    dtype=np.float64,
                ),
                np.nan,
            ),
            dtype=np.float64,
        )
        for name in ("people_lower", "people_upper")
    )
    return (
        (lower, upper)
        if np.isfinite(lower).all() and np.isfinite(upper).all()
        else None
    )


def _neediest_first(rates: Floats) -> NDArray[np.int64]:
    """The order of areas in each draw, most need first, ties by place in the list.

    Rate and place are packed into one whole number, so that every sort in the world gives the same order.
    """
    areas = rates.shape[1]
    packed = ((1.0 - np.minimum(rates, 1.0)) * 1e12).astype(
        np.int64
    ) * areas + np.arange(areas)
    packed.sort(axis=1)
    order: NDArray[np.int64] = packed % areas
    return order


def _in_neediest(
    order: NDArray[np.int64],
    at_risk: Floats,
    settings: Settings,
) -> Floats:
    """For each area the share of draws in which it lies in the neediest fifth of people at risk, the last
    area in part.
    """
    draws, areas = order.shape
    wanted = settings.neediest_share * at_risk.sum()
    reach = areas
    for tried in (0.3, 0.5):
        # the neediest fifth of the people is nearly always within the first third of the areas
        if np.all(
            at_risk[order[:, : int(tried * areas)]].sum(axis=1) >= wanted
        ):
            reach = int(tried * areas)
            break
    first = order[:, :reach]
    size = at_risk[first]
    inside = np.clip(
        (wanted - (np.cumsum(size, axis=1) - size)) / size,
        0,
        1,
    )
    counted: Floats = (
        np.bincount(
            first.ravel(),
            weights=inside.ravel(),
            minlength=areas,
        )
        / draws
    )
    return counted
