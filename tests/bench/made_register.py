"""A register of as many projects as wanted, made from a seed: what the measurements of scale are made on,
never shown to anybody.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from etl.build.intake import Intake, ProjectTheme
from etl.records import Citation, FieldState, Project

SEED: Final = 20131
TIERS: Final = ("universal", "targeted", "intensive")
# as the council papers and registers at hand have them: most for named places, some for a whole authority,
# few kept secret
MODELS: Final = (
    *("place_based",) * 6,
    "dispersed",
    "dispersed",
    "area_wide",
    "area_wide",
    "confidential",
    None,
)


@dataclass(frozen=True, slots=True)
class Lists:
    """What a made project is put together from: themes, programmes, target groups by theme."""

    themes: Sequence[str]
    programmes: Sequence[str]
    groups: Mapping[str, Sequence[str]]


def add_made_projects(intake: Intake, lists: Lists, projects: int) -> None:
    """Replaces the projects of an intake by made ones over all its small areas, themes and authorities;
    the same at every call.
    """
    dice = random.Random(SEED)
    small: dict[str, list[str]] = {}
    for area in intake.areas:
        if area.area_type == "LSOA21" and area.la_code:
            small.setdefault(area.la_code, []).append(area.area_code)
    intake.projects = [
        _project(dice, n, lists, small, intake.as_of) for n in range(projects)
    ]
    intake.project_themes = [
        ProjectTheme(
            p.project_id, theme, 1 / len(p.theme_ids), "declared", at == 0
        )
        for p in intake.projects
        for at, theme in enumerate(p.theme_ids)
    ]
    intake.citations = [
        Citation(
            p.project_id,
            dice.choice(intake.priorities).priority_id,
            None,
            "as written",
            "12",
            None,
            True,
            "made",
        )
        for p in intake.projects
        if dice.random() < 0.6
    ]


def _project(
    dice: random.Random,
    number: int,
    lists: Lists,
    small: Mapping[str, Sequence[str]],
    day: date,
) -> Project:
    la = dice.choice(sorted(small))
    at = dice.randrange(len(small[la]))
    model = dice.choice(MODELS)
    themes = tuple(dice.sample(lists.themes, dice.choice((1, 1, 1, 2))))
    groups = lists.groups.get(themes[0], ())
    start = day - timedelta(dice.randrange(30, 1500))
    near = tuple(small[la][at : at + dice.randrange(1, 14)])
    areas = (
        (la,)
        if model == "area_wide"
        else ()
        if model == "confidential" or dice.random() < 0.1
        else near
    )
    return Project(
        project_id=f"MADE-{number:05d}",
        title=f"Made project {number}",
        programme_id=dice.choice(lists.programmes),
        commissioner=la,
        la_code=la,
        region_code=None,
        provider_org_id=None,
        provider_name=None,
        provider_sector=None,
        start_date=start,
        end_date=day + timedelta(dice.randrange(-60, 1200)),
        annual_value_gbp=float(dice.randrange(5_000, 400_000))
        if dice.random() < 0.9
        else None,
        area_codes=areas,
        target_group=dice.choice(groups)
        if groups and dice.random() < 0.8
        else None,
        capacity=dice.randrange(10, 200) if dice.random() < 0.5 else None,
        capacity_unit="people",
        delivery_model=model,
        tier=dice.choice(TIERS),
        decision_date=start - timedelta(40),
        approver="Cabinet",
        route_to_award="tender",
        theme_ids=themes,
        theme_state=FieldState.PROVIDED,
        areas_state=FieldState.PROVIDED if areas else FieldState.BLANK,
        priority_state=FieldState.PROVIDED,
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
        users_by_area=(),
        welsh_language=None,
        is_sensitive=model == "confidential",
        is_illustrative=True,
        source_ref=f"made {number}",
        source_url=None,
        register_id="made",
    )
