"""Does each region's money follow its need? The measures of method D with their ranges, written beside the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from clearlink.rules import fairness as law
from clearlink.rules.inequality import slope_index, theil
from clearlink.rules.sensitivity import depends_on_definition, redrawn_need, sensitivity_range
from clearlink.rules.settings import Settings
from etl.build.load import insert
from etl.build.statements import statements

Floats = NDArray[np.float64]
WALES: Final = "W92000004"
DEFINITIONS: Final = ("lead", "extent")
PLACINGS: Final = ("population_at_risk", "population")
# Only money recorded for small areas: told beside the headline, no part of its range.
SMALL_AREAS_ONLY: Final = "small_areas_only"
# A needs gap nearer to 0 than this points nowhere, so it cannot change its sign: a hundredth of the widest possible is less than
# a pound in a hundred for the regions of this size. Our judgement, to be agreed like the other thresholds.
NO_DIRECTION: Final = 0.01
TWENTIETHS: Final = np.linspace(0, 1, 21)


@dataclass(frozen=True, slots=True)
class ThemeAreas:
    """One theme's areas as columns, in order of code: need under each definition, spend under each way of placing (£)."""

    theme_id: str
    code: NDArray[np.str_]
    authority: NDArray[np.str_]
    region: NDArray[np.str_]
    at_risk: Floats
    need: Mapping[str, Floats]
    spend: Mapping[str, Floats]


Rows = dict[str, list[dict[str, Any]]]


def fill_fairness(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Writes fairness, fairness_curve, fairness_authority for every theme and region, and the same for published grants."""
    sql = dict(statements("fairness"))
    themes = list(_themes(con.execute(sql["areas"]).fetchnumpy()))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda theme: _of_theme(theme, settings), themes))
    found.append(_of_grants(con.execute(sql["grants"]).fetchnumpy()))
    for rows in found:
        for table, records in rows.items():
            if records:
                insert(con, table, {name: [r.get(name) for r in records] for name in records[0]})


def _themes(found: Mapping[str, Any]) -> Iterator[ThemeAreas]:
    text = {name: np.asarray(np.ma.filled(found[name], ""), dtype=str) for name in ("theme_id", "area_code", "la_code", "region_code")}
    real = {
        name: np.asarray(np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan), dtype=np.float64)
        for name in ("people_in_need", "population_at_risk", "extent", "spend_gbp", "spend_by_population_gbp", "small_areas_gbp")
    }
    for theme_id in sorted(set(text["theme_id"])):
        here = text["theme_id"] == theme_id
        yield ThemeAreas(
            str(theme_id),
            text["area_code"][here],
            text["la_code"][here],
            text["region_code"][here],
            real["population_at_risk"][here],
            {"lead": real["people_in_need"][here], "extent": real["extent"][here]},
            {"population_at_risk": real["spend_gbp"][here], "population": real["spend_by_population_gbp"][here], SMALL_AREAS_ONLY: real["small_areas_gbp"][here]},
        )


def _of_theme(theme: ThemeAreas, settings: Settings) -> Rows:
    rows: Rows = {"fairness": [], "fairness_curve": [], "fairness_authority": []}
    # One set of draws serves Wales and every region, so that a region's range is part of the same thousand worlds.
    drawn = redrawn_need(theme.need["lead"], theme.at_risk, settings)
    for region in (WALES, *sorted(set(theme.region) - {""})):
        inside = np.ones(theme.code.size, dtype=bool) if region == WALES else theme.region == region
        gaps: list[float] = []
        counted = inside & np.isfinite(theme.need["lead"])
        has_need = bool(theme.need["lead"][counted].sum() > 0)
        redrawn = _ranges(drawn[:, counted], {p: theme.spend[p][counted] for p in PLACINGS}, theme.at_risk[counted], settings) if has_need else {}
        for definition in DEFINITIONS:
            for placing in (*PLACINGS, SMALL_AREAS_ONLY) if definition == "lead" else PLACINGS:
                known = inside & np.isfinite(theme.need[definition])
                need, spend, people = theme.need[definition][known], theme.spend[placing][known], theme.at_risk[known]
                if not (need.sum() > 0 and spend.sum() > 0):
                    continue
                key = {"region": region, "theme_id": theme.theme_id, "definition": definition, "placed_by": placing}
                values = _measures(theme.code[known], theme.authority[known], need, spend, people, settings)
                ranges = redrawn.get(placing, {}) if definition == "lead" else {}
                if placing in PLACINGS:
                    gaps.append(values["needs_gap"])
                rows["fairness"] += [
                    {**key, "measure": name, "value": value, "low": ranges.get(name, (None, None))[0], "high": ranges.get(name, (None, None))[1]}
                    for name, value in values.items()
                ]
                rows["fairness_curve"] += [{**key, **point} for point in _curve_points(need, spend, people)]
                rows["fairness_authority"] += [{**key, **row} for row in _authorities(theme.authority[known], need, spend, people)]
        if gaps:
            depends = depends_on_definition(gaps, tolerance=NO_DIRECTION)
            rows["fairness"].append({"region": region, "theme_id": theme.theme_id, "definition": "all", "placed_by": "all", "measure": "depends", "value": float(depends), "low": min(gaps), "high": max(gaps)})
    return rows


def _measures(codes: NDArray[np.str_], authorities: NDArray[np.str_], need: Floats, spend: Floats, people: Floats, settings: Settings) -> dict[str, float]:
    curve = law.curve(need, spend, people)
    spend_share, need_share = law.neediest_shares(curve, settings.neediest_share)
    index, moved = law.needs_gap(curve), law.hoover(need, spend)
    split = theil(codes.tolist(), authorities.tolist(), need, spend)
    parts = {"theil_total": split.total, "theil_between": split.between, "theil_within": split.within}
    return {
        "share_to_neediest_fifth": spend_share,
        "need_share_of_neediest_fifth": need_share,
        "hoover": moved,
        "money_to_move_gbp": moved * float(spend.sum()),
        "money_between_authorities_gbp": _between(authorities, need, spend),
        "spend_gbp": float(spend.sum()),
        "people_in_need": float(need.sum()),
        "spend_per_person_in_need": float(spend.sum() / need.sum()),
        "concentration_of_spend": index.spend_index,
        "concentration_of_need": index.need_index,
        "needs_gap": index.gap,
        "slope_gbp_per_head": slope_index(need, spend, people).slope_gbp_per_head,
        **{name: value for name, value in parts.items() if value is not None},
    }


def _between(authorities: NDArray[np.str_], need: Floats, spend: Floats) -> float:
    _, group = np.unique(authorities, return_inverse=True)
    return law.hoover(np.bincount(group, weights=need), np.bincount(group, weights=spend)) * float(spend.sum())


def _ranges(drawn: Floats, spends: Mapping[str, Floats], people: Floats, settings: Settings) -> dict[str, dict[str, tuple[float, float]]]:
    """Way of placing → measure → its 2.5 and 97.5 % points when the need counts are redrawn."""
    counts = drawn.astype(np.float32)
    order, part = _neediest(counts, people, settings.neediest_share)
    shares = counts / counts.sum(axis=1, keepdims=True)
    of_need = sensitivity_range((np.take_along_axis(shares, order, axis=1) * part).sum(axis=1), settings)
    found = {}
    for placing, spend in spends.items():
        total = float(spend.sum())
        if not total > 0:
            continue
        spent = (spend / total).astype(np.float32)
        low, high = sensitivity_range(np.abs(shares - spent).sum(axis=1) / 2, settings)
        to_neediest = sensitivity_range((spent[order] * part).sum(axis=1), settings)
        found[placing] = {
            "hoover": (low, high),
            "money_to_move_gbp": (low * total, high * total),
            "share_to_neediest_fifth": to_neediest,
            "need_share_of_neediest_fifth": of_need,
        }
    return found


def _neediest(drawn: NDArray[np.float32], people: Floats, fifth: float) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The neediest areas of each draw up to a fifth of the people, and the part of each that counts: the last only in part."""
    order = np.argsort(-drawn / people.astype(np.float32), axis=1)
    reach, target = max(1, round(1.5 * fifth * people.size)), fifth * people.sum()
    while True:
        first = order[:, :reach]
        lived = people[first]
        part = np.clip((target - (np.cumsum(lived, axis=1) - lived)) / lived, 0.0, 1.0)
        if reach >= people.size or not part[:, -1].any():
            return first, part.astype(np.float32)
        reach = min(people.size, 2 * reach)


def _curve_points(need: Floats, spend: Floats, people: Floats) -> list[dict[str, float]]:
    curve = law.curve(need, spend, people)
    spent, needed = np.interp(TWENTIETHS, curve.population, curve.spend), np.interp(TWENTIETHS, curve.population, curve.need)
    return [{"population_share": float(p), "spend_share": float(s), "need_share": float(n)} for p, s, n in zip(TWENTIETHS, spent, needed, strict=True)]


def _authorities(authorities: NDArray[np.str_], need: Floats, spend: Floats, people: Floats) -> list[dict[str, Any]]:
    codes, group = np.unique(authorities, return_inverse=True)
    needs, spends, peoples = (np.bincount(group, weights=column) for column in (need, spend, people))
    return [
        {"la_code": str(code), "people_in_need": float(n), "population": float(p), "spend_gbp": float(s), "gbp_per_person_in_need": float(s / n) if n > 0 else None, "gap_gbp": float(n / need.sum() * spend.sum() - s)}
        for code, n, s, p in zip(codes, needs, spends, peoples, strict=True)
    ]


def _of_grants(found: Mapping[str, Any]) -> Rows:
    rows: Rows = {"grant_fairness": [], "grant_authority": []}
    names = ("grant_name", "year", "region", "edition", "definition")
    table = [dict(zip(found, values, strict=True)) for values in zip(*(np.ma.asarray(column).tolist() for column in found.values()), strict=True)]
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in table:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    gaps: dict[tuple[str, ...], list[float]] = {}
    for group, areas in groups.items():
        key = dict(zip(names, group, strict=True))
        need, spend, people = (np.array([a[name] for a in areas], dtype=np.float64) for name in ("need", "amount_gbp", "population"))
        if not need.sum() > 0:
            continue
        index, moved, total = law.needs_gap(law.curve(need, spend, people)), law.hoover(need, spend), float(spend.sum())
        gaps.setdefault(group[:4], []).append(index.gap)
        values = {"hoover": moved, "money_to_move_gbp": moved * total, "needs_gap": index.gap, "concentration_of_spend": index.spend_index, "concentration_of_need": index.need_index, "spend_gbp": total}
        rows["grant_fairness"] += [{**key, "measure": name, "value": value} for name, value in values.items()]
        rows["grant_authority"] += [
            {**key, **{n: a[n] for n in ("la_code", "amount_gbp", "basis", "population", "need", "source_url")}, "gap_gbp": a["need"] / float(need.sum()) * total - a["amount_gbp"]}
            for a in areas
        ]
    for group, both in gaps.items():
        key = dict(zip(names[:4], group, strict=True))
        rows["grant_fairness"].append({**key, "definition": "all", "measure": "depends", "value": float(depends_on_definition(both, tolerance=NO_DIRECTION))})
    return rows
