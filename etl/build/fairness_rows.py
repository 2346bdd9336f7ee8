"""Does each region's money follow its need? The measures of method D with their ranges, written beside the
gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from clearlink.rules.codes import FAIRNESS_DEFINITIONS, PLACINGS, WALES
from clearlink.rules.fairness import fairness as law
from clearlink.rules.fairness import leave_one_out
from clearlink.rules.fairness.fairness_measures import (
    authority_rows,
    curve_points,
    measures,
    redrawn_ranges,
)
from clearlink.rules.fairness.leave_one_out import Placed, Without
from clearlink.rules.fairness.sensitivity import depends_on_definition
from clearlink.rules.settings import Settings
from etl.build.draws import Draws
from etl.build.load import insert
from etl.build.ranks import published_limits
from etl.build.statements import statements

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
# Only money recorded for small areas: told beside the headline, no part of its range.
SMALL_AREAS_ONLY: Final = "small_areas_only"
# every definition of need with every way of placing; money of small areas alone is told of the lead
# definition only
_WAYS: Final = tuple(
    (definition, placing)
    for definition in FAIRNESS_DEFINITIONS
    for placing in (*PLACINGS, SMALL_AREAS_ONLY)
    if definition == "lead" or placing in PLACINGS
)
_OF_GRANT: Final = ("grant_name", "year", "region", "edition", "definition")
# A committee reads a handful of projects by name; the least and the most of every number are always among
# them.
PROJECTS_NAMED: Final = 5
# what is written of each theme
TABLES: Final = (
    "fairness",
    "fairness_curve",
    "fairness_authority",
    "fairness_without",
)
TEXT: Final = ("area_code", "la_code", "region_code")
REAL: Final = (
    "people_in_need",
    "population_at_risk",
    "extent",
    "spend_gbp",
    "spend_by_population_gbp",
    "small_areas_gbp",
)


@dataclass(frozen=True, slots=True)
class ThemeAreas:
    """One theme's areas as columns, in order of code: need under each definition, spend under each way of
    placing (£).

    `placed` holds the same spend project by project; `project` names its projects.
    """

    theme_id: str
    code: NDArray[np.str_]
    authority: NDArray[np.str_]
    region: NDArray[np.str_]
    at_risk: Floats
    need: Mapping[str, Floats]
    spend: Mapping[str, Floats]
    project: NDArray[np.str_]
    placed: Mapping[str, Placed]
    # None where need came without limits and is no count: then nothing says how far chance could move it
    drawn: Callable[[], Floats] | None


Rows = dict[str, list[dict[str, Any]]]


def fill_fairness(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    draws: Draws | None = None,
    themes: Collection[str] | None = None,
) -> None:
    """Writes the measures, curves, authorities and leave-one-out of every theme and region, and the same for
    published grants.

    With `themes`, of those alone, and nothing of grants.
    """
    sql = dict(statements("fairness"))
    draws = draws or Draws(settings)
    asked = [theme for (theme,) in con.execute(sql["themes"]).fetchall()]
    if themes is not None:
        asked = [theme for theme in asked if theme in themes]
    read = [_theme(con, sql, theme, draws) for theme in asked]
    with ThreadPoolExecutor(2) as pool:
        measured = list(
            pool.map(
                lambda theme: _of_theme(theme, settings),
                read,
            )
        )
    if themes is None:
        grants = con.execute(sql["grants"]).fetchnumpy()
        measured.append(_of_grants(grants, settings))
    for rows in measured:
        for table, records in rows.items():
            insert(
                con,
                table,
                _columns(records),
            )


def _columns(records: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Records as columns; what a record does not have is null."""
    names = dict.fromkeys(name for record in records for name in record)
    return {name: [record.get(name) for record in records] for name in names}


def _theme(
    con: duckdb.DuckDBPyConnection,
    sql: Mapping[str, str],
    theme: str,
    draws: Draws,
) -> ThemeAreas:
    """What one theme is measured from: its areas, the money in them and the draws of its need."""
    columns = con.execute(
        sql["areas"],
        {"theme": theme},
    ).fetchnumpy()
    text = {name: _texts(columns[name]) for name in TEXT}
    real = {name: _floats(columns[name]) for name in REAL}
    money = con.execute(
        sql["projects"],
        {"theme": theme},
    ).fetchnumpy()
    named, placed = _money_placed(money)
    has_no_range = "none" in set(
        np.ma.filled(
            columns["range_basis"],
            "",
        ).tolist()
    )
    # drawn when it is first needed, two themes at a time
    drawn = partial(
        draws.of,
        real["people_in_need"],
        real["population_at_risk"],
        published_limits(columns),
    )
    return ThemeAreas(
        theme,
        text["area_code"],
        text["la_code"],
        text["region_code"],
        real["population_at_risk"],
        {
            "lead": real["people_in_need"],
            "extent": real["extent"],
        },
        {
            "population_at_risk": real["spend_gbp"],
            "population": real["spend_by_population_gbp"],
            SMALL_AREAS_ONLY: real["small_areas_gbp"],
        },
        named,
        placed,
        None if has_no_range else drawn,
    )


def _money_placed(money: Mapping[str, Any]) -> tuple[Any, dict[str, Placed]]:
    """The projects by name, and way of placing → their money by area."""
    named, project = np.unique(
        np.asarray(
            money["project_id"],
            dtype=str,
        ),
        return_inverse=True,
    )
    area = np.asarray(
        money["area"],
        dtype=np.intp,
    )
    by_risk = np.asarray(
        money["by_risk_gbp"],
        dtype=np.float64,
    )
    by_population = np.asarray(
        money["by_population_gbp"],
        dtype=np.float64,
    )
    return named, {
        "population_at_risk": Placed(project, area, by_risk),
        "population": Placed(project, area, by_population),
    }


def _texts(column: Any) -> NDArray[np.str_]:
    """A column of words; what is not known is empty."""
    return np.asarray(
        np.ma.filled(column, ""),
        dtype=str,
    )


def _floats(column: Any) -> Floats:
    """A column of numbers; what is not known is nan."""
    masked = np.ma.asarray(column, dtype=np.float64)
    return np.asarray(
        np.ma.filled(masked, np.nan),
        dtype=np.float64,
    )


def _of_theme(theme: ThemeAreas, settings: Settings) -> Rows:
    rows: Rows = {
        "fairness": [],
        "fairness_curve": [],
        "fairness_authority": [],
        "fairness_without": [],
    }
    # One set of draws serves Wales and every region, so that a region's range is part of the same thousand
    # worlds.
    drawn = None if theme.drawn is None else theme.drawn()
    for region in (
        WALES,
        *sorted(set(theme.region) - {""}),
    ):
        _add_region(
            rows,
            theme,
            region,
            drawn,
            settings,
        )
    return rows


def _add_region(
    rows: Rows,
    theme: ThemeAreas,
    region: str,
    drawn: Floats | None,
    settings: Settings,
) -> None:
    """Adds the measures of one region by every definition of need and way of placing."""
    inside = (
        np.ones(theme.code.size, dtype=bool)
        if region == WALES
        else theme.region == region
    )
    redrawn = _redrawn(theme, inside, drawn, settings)
    gaps: list[float] = []
    for definition, placing in _WAYS:
        ranges = redrawn if definition == "lead" else {}
        gap = _add_measures(
            rows,
            theme,
            {
                "region": region,
                "theme_id": theme.theme_id,
                "definition": definition,
                "placed_by": placing,
            },
            inside,
            ranges.get(placing, {}),
            settings,
        )
        if gap is not None and placing in PLACINGS:
            gaps.append(gap)
    if gaps:
        rows["fairness"].append(_depends(region, theme, gaps, settings))


def _depends(
    region: str,
    theme: ThemeAreas,
    gaps: Sequence[float],
    settings: Settings,
) -> dict[str, Any]:
    """Whether the sign of the needs gap depends on how need is measured and money placed."""
    depends = depends_on_definition(gaps, tolerance=settings.no_direction)
    return {
        "region": region,
        "theme_id": theme.theme_id,
        "definition": "all",
        "placed_by": "all",
        "measure": "depends",
        "value": float(depends),
        "low": min(gaps),
        "high": max(gaps),
    }


def _redrawn(
    theme: ThemeAreas,
    inside: Mask,
    drawn: Floats | None,
    settings: Settings,
) -> dict[str, dict[str, tuple[float, float]]]:
    """Way of placing → measure → its range when the counts are redrawn; nothing where they cannot be."""
    counted = inside & np.isfinite(theme.need["lead"])
    if drawn is None or not theme.need["lead"][counted].sum() > 0:
        return {}
    spend = {placing: theme.spend[placing][counted] for placing in PLACINGS}
    return redrawn_ranges(
        drawn[:, counted],
        spend,
        theme.at_risk[counted],
        settings,
    )


def _add_measures(
    rows: Rows,
    theme: ThemeAreas,
    key: dict[str, str],
    inside: Mask,
    ranges: Mapping[str, tuple[float, float]],
    settings: Settings,
) -> float | None:
    """Adds every measure by one definition of need and one way of placing, and answers the needs gap; None
    where nobody is in need or nothing is placed.
    """
    placing = key["placed_by"]
    known = inside & np.isfinite(theme.need[key["definition"]])
    need = theme.need[key["definition"]][known]
    spend = theme.spend[placing][known]
    people, authority = theme.at_risk[known], theme.authority[known]
    if not (need.sum() > 0 and spend.sum() > 0):
        return None
    values = measures(
        theme.code[known],
        authority,
        need,
        spend,
        people,
        settings,
    )
    without: dict[str, tuple[float, float]] = {}
    if placing in PLACINGS:
        named, without = _without(
            theme,
            placing,
            known,
            need,
            spend,
            people,
            settings,
        )
        rows["fairness_without"] += _each_of(key, named)
    rows["fairness"] += _each_of(
        key,
        _told(values, ranges, without),
    )
    points = curve_points(need, spend, people)
    rows["fairness_curve"] += _each_of(key, points)
    of_authorities = authority_rows(authority, need, spend, people)
    rows["fairness_authority"] += _each_of(key, of_authorities)
    return values["needs_gap"]


def _told(
    values: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
    without: Mapping[str, tuple[float, float]],
) -> list[dict[str, Any]]:
    """Each measure with its range by chance and its range without each of the projects."""
    return [
        {
            "measure": name,
            "value": value,
            **_ends(
                "",
                ranges.get(name),
            ),
            **_ends(
                "without_",
                without.get(name),
            ),
        }
        for name, value in values.items()
    ]


def _each_of(
    key: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The rows, each under its region, theme, definition and way of placing."""
    return [{**key, **row} for row in rows]


def _ends(
    name: str,
    ends: tuple[float, float] | None,
) -> dict[str, float | None]:
    low, high = ends or (None, None)
    return {
        f"{name}low": low,
        f"{name}high": high,
    }


def _without(
    theme: ThemeAreas,
    placing: str,
    known: NDArray[np.bool_],
    need: Floats,
    spend: Floats,
    people: Floats,
    settings: Settings,
) -> tuple[list[dict[str, Any]], dict[str, tuple[float, float]]]:
    """The projects that matter most with the numbers without each, and the least and most of every number."""
    projects, placed = _placed_here(
        theme.placed[placing],
        known,
    )
    without = leave_one_out.without_each(
        need,
        spend,
        people,
        placed,
        projects.size,
        neediest_share=settings.neediest_share,
    )
    if not np.isfinite(without.hoover).any():
        return [], {}
    columns = _numbers_without(without, need)
    ends = {
        name: (float(np.nanmin(column)), float(np.nanmax(column)))
        for name, column in columns.items()
    }
    telling = _most_telling(
        columns,
        without,
        law.hoover(need, spend),
    )
    return [
        {
            "project_id": str(theme.project[projects[at]]),
            "spend_gbp": float(spend.sum() - without.left_gbp[at]),
            **{name: float(column[at]) for name, column in columns.items()},
        }
        for at in telling
    ], ends


def _numbers_without(without: Without, need: Floats) -> dict[str, Floats]:
    """Each number as it would be without each project; not known where nothing would be left."""
    return {
        "hoover": without.hoover,
        "money_to_move_gbp": without.money_to_move_gbp,
        "share_to_neediest_fifth": without.share_to_neediest_fifth,
        "spend_per_person_in_need": np.where(
            np.isnan(without.hoover),
            np.nan,
            without.left_gbp / need.sum(),
        ),
    }


def _placed_here(placed: Placed, known: Mask) -> tuple[Any, Placed]:
    """The projects with money in the known areas, and their money there, both counted anew from 0."""
    here = known[placed.area] & (placed.gbp > 0)
    projects, project = np.unique(
        placed.project[here],
        return_inverse=True,
    )
    area = (np.cumsum(known) - 1)[placed.area[here]]
    return projects, Placed(
        project,
        area,
        placed.gbp[here],
    )


def _most_telling(
    columns: Mapping[str, Floats],
    found: Without,
    hoover: float,
) -> list[int]:
    apart = np.where(
        np.isnan(found.hoover),
        -1.0,
        np.abs(found.hoover - hoover),
    )
    chosen = set(np.argsort(-apart, kind="stable")[:PROJECTS_NAMED].tolist())
    for column in columns.values():
        chosen |= {
            int(np.nanargmin(column)),
            int(np.nanargmax(column)),
        }
    return sorted(at for at in chosen if apart[at] >= 0)


def _of_grants(found: Mapping[str, Any], settings: Settings) -> Rows:
    """The measures of published grants, and what each authority has of them."""
    rows: Rows = {"grant_fairness": [], "grant_authority": []}
    gaps: dict[tuple[str, ...], list[float]] = {}
    for group, areas in _by_grant(found).items():
        need = _column(areas, "need")
        if not need.sum() > 0:
            continue
        key = dict(zip(_OF_GRANT, group, strict=True))
        spend = _column(areas, "amount_gbp")
        values = _measures_of_grant(
            need,
            spend,
            _column(areas, "population"),
        )
        gaps.setdefault(
            group[:4],
            [],
        ).append(values["needs_gap"])
        rows["grant_fairness"] += [
            {**key, "measure": name, "value": value}
            for name, value in values.items()
        ]
        in_need, total_gbp = float(need.sum()), values["spend_gbp"]
        rows["grant_authority"] += [
            {
                **key,
                **_authority_of_grant(area, in_need, total_gbp),
            }
            for area in areas
        ]
    rows["grant_fairness"] += [
        {
            **dict(
                zip(
                    _OF_GRANT[:4],
                    group,
                    strict=True,
                )
            ),
            "definition": "all",
            "measure": "depends",
            "value": float(
                depends_on_definition(both, tolerance=settings.no_direction)
            ),
        }
        for group, both in gaps.items()
    ]
    return rows


def _by_grant(
    found: Mapping[str, Any],
) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """The authorities of every grant, year, region, edition and definition."""
    columns = [np.ma.asarray(column).tolist() for column in found.values()]
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for values in zip(*columns, strict=True):
        row = dict(zip(found, values, strict=True))
        group = tuple(row[name] for name in _OF_GRANT)
        groups.setdefault(group, []).append(row)
    return groups


def _column(areas: Sequence[Mapping[str, Any]], name: str) -> Floats:
    return np.array(
        [area[name] for area in areas],
        dtype=np.float64,
    )


def _measures_of_grant(
    need: Floats,
    spend: Floats,
    people: Floats,
) -> dict[str, float]:
    index = law.needs_gap(law.curve(need, spend, people))
    moved, total = law.hoover(need, spend), float(spend.sum())
    return {
        "hoover": moved,
        "money_to_move_gbp": moved * total,
        "needs_gap": index.gap,
        "concentration_of_spend": index.spend_index,
        "concentration_of_need": index.need_index,
        "spend_gbp": total,
    }


def _authority_of_grant(
    area: Mapping[str, Any],
    in_need: float,
    total_gbp: float,
) -> dict[str, Any]:
    """What an authority has of a grant, and how far it is from its share by need."""
    told = (
        "la_code",
        "amount_gbp",
        "basis",
        "population",
        "need",
        "source_url",
    )
    gap_gbp = area["need"] / in_need * total_gbp - area["amount_gbp"]
    return {
        **{name: area[name] for name in told},
        "gap_gbp": gap_gbp,
    }
