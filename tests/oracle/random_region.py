"""A region of two authorities made at random from a seed, and the warehouse that the build's own SQL makes
of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import duckdb

from clearlink import folders
from clearlink.rules.codes import FieldState
from clearlink.warehouse.law import catalogue_law
from etl.build.builder import ENGINE
from etl.build.fairness_rows import fill_fairness
from etl.build.intake import EditionRow, Intake, ProjectTheme
from etl.build.load import insert, load_catalogue, load_intake, load_settings
from etl.build.statements import statements
from etl.records import Area, AreaLink, Observation, Project

LAW = catalogue_law()
AS_OF = date(2026, 11, 23)
REGION, AUTHORITIES = "RCC_CWM_TAF", ("W06000016", "W06000024")
THEME, OTHER = "early_years", "family_support"


@dataclass(frozen=True)
class World:
    """What was generated, and the warehouse made of it."""

    con: duckdb.DuckDBPyConnection
    projects: Mapping[str, Project]
    themes: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, Mapping[str, float]]
    at_risk: Mapping[str, float]
    need: Mapping[str, float]
    population: Mapping[str, float]
    authority: Mapping[str, str]


def project(number: int, draw: random.Random, areas: list[str]) -> Project:
    """One project of a register: every delivery model, some without areas, value, tier or end."""
    model = draw.choice(
        ["place_based"] * 5 + ["dispersed", "area_wide", "confidential", None]
    )
    served = (
        draw.sample(areas, draw.randint(1, 8)) if draw.random() < 0.85 else []
    )
    if model == "area_wide":
        served = [draw.choice(AUTHORITIES)]
    if model == "confidential":
        served = [REGION]
    start = date(2024, 4, 1) + timedelta(days=draw.randint(0, 800))
    users = (
        tuple((code, float(5 * draw.randint(2, 30))) for code in served)
        if model == "dispersed"
        else ()
    )
    return Project(
        project_id=f"P{number:03d}",
        title=f"Project {number}",
        programme_id="ccg",
        commissioner="Council",
        la_code=draw.choice(AUTHORITIES),
        region_code=None,
        provider_org_id=None,
        provider_name=None,
        provider_sector=None,
        start_date=start,
        end_date=start + timedelta(days=draw.randint(100, 1200))
        if draw.random() < 0.9
        else None,
        annual_value_gbp=round(draw.uniform(500, 90_000), 2)
        if draw.random() < 0.9
        else None,
        area_codes=tuple(served),
        target_group=draw.choice(
            ["fs_parents", "ff_families_early_help", None]
        ),
        capacity=draw.choice([None, 20, 35]),
        capacity_unit="children a year",
        delivery_model=model,
        tier=draw.choice(["universal", "targeted", "intensive", None]),
        decision_date=None,
        approver=None,
        route_to_award=None,
        theme_ids=(THEME,),
        theme_state=FieldState.PROVIDED,
        areas_state=FieldState.PROVIDED,
        priority_state=FieldState.BLANK,
        engagement_state=FieldState.BLANK,
        engagement_date=None,
        engagement_with=None,
        engagement_change=None,
        outcomes=None,
        outcomes_state=FieldState.BLANK,
        last_review=None,
        requested_on=None,
        recorded_by=None,
        recorded_on=None,
        users_by_area=users,
        welsh_language=None,
        is_sensitive=model == "confidential",
        is_illustrative=True,
        source_ref="generated",
        source_url=None,
        register_id="generated",
    )


@lru_cache(maxsize=4)
def world(seed: int) -> World:
    """A region of two authorities and thirty small areas, with sixty projects, built by the SQL of the
    build.
    """
    draw = random.Random(seed)
    codes = [f"W0100{1000 + n}" for n in range(30)]
    authority = {code: AUTHORITIES[n >= 18] for n, code in enumerate(codes)}
    population = {code: float(draw.randint(900, 2400)) for code in codes}
    at_risk = {code: float(draw.randint(120, 600)) for code in codes}
    need = {
        code: float(
            round(
                at_risk[code]
                * draw.choice([0.02, 0.1, 0.1, 0.25, 0.6])
                * draw.uniform(0.7, 1.3)
            )
        )
        for code in codes
    }
    intake = Intake("sample", AS_OF, True)
    intake.areas = [
        Area("W92000004", "WALES", "Wales", "Cymru"),
        Area(REGION, "RCC", "Cwm Taf", "Cwm Taf"),
        *(Area(la, "LA", la, la, la, "2021", 50_000) for la in AUTHORITIES),
        *(
            Area(
                code,
                "LSOA21",
                code,
                None,
                authority[code],
                "2021",
                int(population[code]),
            )
            for code in codes
        ),
    ]
    intake.links = [AreaLink(la, REGION, "RCC", 1.0) for la in AUTHORITIES] + [
        AreaLink(code, authority[code], "LA", 1.0) for code in codes
    ]
    figures = [
        Observation(
            indicator,
            code,
            "2025",
            "illustrative 2025",
            value,
            None,
            "cell",
            None,
            denominator,
        )
        for code in codes
        for indicator, value, denominator in (
            ("population_total", population[code], None),
            ("population_0_3", at_risk[code], None),
            ("population_0_15", at_risk[code], None),
            ("children_income_deprived", need[code], at_risk[code]),
        )
    ] + [
        Observation(
            "wimd_rank_overall",
            code,
            "2025",
            "2025",
            float(rank + 1),
            None,
            "cell",
        )
        for rank, code in enumerate(
            sorted(codes, key=lambda code: -need[code] / at_risk[code])
        )
    ]
    intake.observations = [("s", figures)]
    intake.editions = [
        EditionRow(
            "s",
            "illustrative 2025",
            date(2025, 11, 27),
            date(2025, 3, 31),
            False,
            True,
        ),
        EditionRow(
            "w", "2025", date(2025, 11, 27), date(2025, 3, 31), False, False
        ),
    ]
    intake.projects = [project(n, draw, codes) for n in range(60)]
    themes: dict[str, tuple[str, ...]] = {}
    shares: dict[str, Mapping[str, float]] = {}
    for p in intake.projects:
        split = (
            {THEME: 1.0} if draw.random() < 0.7 else {THEME: 0.75, OTHER: 0.25}
        )
        themes[p.project_id], shares[p.project_id] = tuple(split), split
        intake.project_themes += [
            ProjectTheme(p.project_id, theme, share, "stated", theme == THEME)
            for theme, share in split.items()
        ]
    con = duckdb.connect(":memory:", config=ENGINE)
    for _, sql in statements("tables"):
        con.execute(sql)
    load_catalogue(con, folders.CATALOGUE)
    load_settings(con, LAW)
    load_intake(con, intake, LAW)
    insert(
        con,
        "build",
        {
            "kind": ["sample"],
            "as_of": [AS_OF],
            "is_illustrative": [True],
            "input_hash": ["x"],
        },
    )
    for _, sql in statements("build"):
        con.execute(sql)
    fill_fairness(con, LAW)
    return World(
        con,
        {p.project_id: p for p in intake.projects},
        themes,
        shares,
        at_risk,
        need,
        population,
        authority,
    )


def rows(at: World, sql: str, *values: Any) -> list[dict[str, Any]]:
    found = at.con.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
