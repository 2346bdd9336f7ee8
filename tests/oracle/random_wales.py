"""A small country and a register made at random, from a seed: every kind of date, area, state and gap that
the law speaks of.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from etl.build.intake import EditionRow, Intake, SnapshotRow
from etl.build.lists import catalogue_rows
from etl.pipeline import builds
from etl.records import (
    Area,
    AreaLink,
    Assessment,
    Citation,
    FieldState,
    Marker,
    NeedFigure,
    Observation,
    PaperRead,
    Priority,
    Project,
)

REGIONS = ("RCC_GWENT", "RCC_CWM_TAF", "RCC_WESTERN_BAY")
PARTNERSHIPS = ("RPB_GWENT", "RPB_POWYS")
AUTHORITIES = tuple(f"W0600009{n}" for n in range(9))
BOARD = "W11000099"
DAY = date(2026, 11, 23)
KINDS = (
    "population_assessment",
    "wellbeing_assessment",
    "single_integrated_plan",
    "families_first_plan",
    "other_assessment",
)
# source → (published, last day of the data, slow): two sources share the name of an edition and differ in
# both dates
EDITIONS = {
    "counts_2014": ("2014", date(2014, 11, 26), date(2014, 3, 31), False),
    "counts_2019": ("2019", date(2019, 11, 27), date(2019, 3, 31), False),
    "counts_2025": ("2025", date(2025, 3, 1), date(2024, 3, 31), False),
    "child_index": ("2011", date(2011, 9, 1), date(2010, 3, 31), False),
    "ranks_2019": ("2019", date(2019, 12, 20), date(2018, 12, 31), False),
    "ranks_2025": ("2025", date(2025, 11, 27), date(2025, 3, 31), False),
    "census_a": ("Census 2021", date(2022, 11, 2), date(2021, 3, 21), True),
    "census_b": ("Census 2021", date(2023, 1, 19), date(2021, 3, 21), True),
    "undated": ("2022-23", None, None, False),
}
SMALL_LEADS = (
    ("children_income_deprived", "population_0_15"),
    ("mental_health_recorded", "population_16_plus"),
    ("people_income_deprived", "population_total"),
)
RANKS = (
    "wimd_rank_overall",
    "wimd_rank_income",
    "wimd_rank_employment",
    "wimd_rank_health",
    "wimd_rank_education",
    "wimd_rank_housing",
    "wimd_rank_physical_environment",
)
POPULATIONS = {
    "population_total": 1600,
    "population_0_15": 300,
    "population_0_3": 70,
    "population_0_17": 340,
    "population_16_plus": 1300,
    "population_16_64": 1000,
    "households_total": 700,
}


def random_intake(seed: int, projects: int) -> Intake:
    """Nine authorities in three regions, ninety small areas, eight sources, and a register of `projects`
    rows.
    """
    dice = random.Random(seed)
    intake = Intake("oracle", DAY, True)
    small = _areas(dice, intake)
    _figures(dice, intake, small)
    _documents(dice, intake)
    _register(dice, intake, small, projects)
    _papers_read(dice, intake)
    intake.project_themes = builds.project_themes(
        intake, catalogue_rows(builds.folders.CATALOGUE)
    )
    return intake


def _areas(dice: random.Random, intake: Intake) -> list[str]:
    small = [f"W0190{n:04d}" for n in range(90)]
    intake.areas = [
        Area("W92000004", "WALES", "Wales", "Cymru", population=140_000),
        Area(BOARD, "LHB", "Board", "Bwrdd", population=30_000),
    ]
    intake.areas += [Area(r, "RCC", r, r) for r in REGIONS] + [
        Area(r, "RPB", r, r) for r in PARTNERSHIPS
    ]
    for n, la in enumerate(AUTHORITIES):
        intake.areas.append(Area(la, "LA", la, la, population=16_000))
        intake.links.append(
            AreaLink(
                la,
                REGIONS[n // 3],
                "RCC",
                valid_from=date(2012, 1, 1),
                valid_to=date(2019, 3, 31),
            )
        )
        intake.links.append(
            AreaLink(
                la, PARTNERSHIPS[n % 2], "RPB", valid_from=date(2019, 4, 1)
            )
        )
    intake.links += [AreaLink(la, BOARD, "LHB") for la in AUTHORITIES[:2]]
    for n, code in enumerate(small):
        la = AUTHORITIES[n // 10]
        intake.areas.append(
            Area(
                code,
                "LSOA21",
                code,
                None,
                la,
                "2021",
                None if n == 77 else dice.randrange(1000, 2200),
            )
        )
        intake.links.append(AreaLink(code, la, "LA"))
        intake.links.append(AreaLink(code, f"W0200{n // 5:04d}", "MSOA21"))
        intake.links.append(
            AreaLink(
                code,
                f"W0500{n // 4:04d}",
                "WD24",
                weight=dice.choice((0.25, 0.5, 0.75, 1.0)),
                change="best fit",
            )
        )
        if n % 13 == 0:
            intake.links.append(AreaLink(code, "W06PART1", "PARTNERSHIP"))
    intake.areas += [
        Area(f"W0200{n:04d}", "MSOA21", f"middle {n}") for n in range(18)
    ]
    intake.areas += [
        Area(f"W0500{n:04d}", "WD24", f"ward {n}") for n in range(23)
    ]
    # in 2011, areas 0 and 1 were one (since split in two) and area 2 was two (since merged); the rest are as
    # they were
    for old, new, change in (
        ("W01999901", small[0], "S"),
        ("W01999901", small[1], "S"),
        ("W01999902", small[2], "M"),
        ("W01999903", small[2], "M"),
    ):
        intake.links.append(AreaLink(old, new, "LSOA21", change=change))
    intake.areas += [
        Area(f"W0199990{n}", "LSOA11", f"old {n}", None, AUTHORITIES[0], "2011")
        for n in (1, 2, 3)
    ]
    intake.links += [
        AreaLink(code, code, "LSOA21", change="U") for code in small[3:]
    ]
    return small


def _figures(dice: random.Random, intake: Intake, small: list[str]) -> None:
    for source, (edition, published, end, slow) in EDITIONS.items():
        intake.editions.append(
            EditionRow(source, edition, published, end, slow, True)
        )
        intake.snapshots.append(
            SnapshotRow(
                f"{source}@1",
                source,
                source,
                source,
                edition,
                None,
                source,
                "MIT",
                "nobody",
                "",
                "",
                "current",
                1,
                1,
                "",
                True,
            )
        )
    found: dict[str, list[Observation]] = {source: [] for source in EDITIONS}
    people: dict[tuple[str, str], int] = {}
    for n, code in enumerate(small):
        for indicator, size in POPULATIONS.items():
            people[indicator, code] = (
                0
                if n == 78 and indicator == "population_0_15"
                else int(size * dice.uniform(0.5, 1.5))
            )
            found["census_a"].append(
                Observation(
                    indicator,
                    code,
                    "2021",
                    "Census 2021",
                    float(people[indicator, code]),
                    None,
                    f"row {n}",
                )
            )
        found["census_a"].append(
            Observation(
                "population_16_24",
                code,
                "2021",
                "Census 2021",
                150.0 + n,
                None,
                f"row {n}",
            )
        )
        level = dice.betavariate(2, 5) + (0.25 if n % 10 < 3 else 0)
        for source in ("counts_2014", "counts_2019", "counts_2025"):
            for indicator, below in SMALL_LEADS:
                out_of = people[below, code]
                count = float(
                    int(out_of * min(1.0, level * dice.uniform(0.7, 1.3)))
                )
                hidden = (
                    n // 10 == 4 and indicator == "mental_health_recorded"
                ) or dice.random() < 0.06
                found[source].append(
                    _counted(
                        indicator,
                        code,
                        EDITIONS[source][0],
                        None if hidden else count,
                        out_of,
                    )
                )
        found["census_b"].append(
            _counted(
                "people_disabled",
                code,
                "Census 2021",
                float(
                    int(
                        people["population_total", code]
                        * dice.uniform(0.1, 0.3)
                    )
                ),
                None,
            )
        )
    for source, codes in (
        ("ranks_2025", small),
        ("ranks_2019", [*small[3:], "W01999901", "W01999902", "W01999903"]),
    ):
        for indicator in RANKS:
            places = list(range(1, len(codes) + 1))
            dice.shuffle(places)
            if indicator == "wimd_rank_health":
                places = [
                    min(p, len(codes) - 4) for p in places
                ]  # a tie at the far end
            for code, place in zip(codes, places, strict=True):
                if not (
                    indicator == "wimd_rank_physical_environment"
                    and dice.random() < 0.1
                ):
                    found[source].append(
                        Observation(
                            indicator,
                            code,
                            "",
                            EDITIONS[source][0],
                            float(place),
                            None,
                            "cell",
                        )
                    )
    for code in [*small[3:], "W01999901", "W01999902", "W01999903"]:
        found["child_index"].append(
            Observation(
                "wimd_child_index_overall",
                code,
                "2011",
                "2011",
                round(dice.uniform(0, 100), 1),
                None,
                "cell",
            )
        )
    for la in AUTHORITIES:
        for source in ("counts_2014", "counts_2019"):
            edition = EDITIONS[source][0]
            found[source].append(
                Observation(
                    "substance_misuse_referrals",
                    la,
                    edition,
                    edition,
                    *(
                        (None, Marker.LOW)
                        if dice.random() < 0.2
                        else (float(dice.randrange(5, 400)), None)
                    ),
                    "cell",
                )
            )
        for period in ("2023", "2024"):
            found["counts_2025"].append(
                Observation(
                    "children_parental_domestic_abuse",
                    la,
                    period,
                    "2025",
                    float(dice.randrange(1, 60)),
                    None,
                    "cell",
                )
            )
        # a survey: one edition with its publisher's limits, one without; dice of its own, so that the rest
        # stays as it was
        asked = random.Random(f"survey {la}")
        for source, told in (("counts_2019", False), ("counts_2025", True)):
            edition, share = EDITIONS[source][0], round(asked.uniform(3, 30), 1)
            found[source].append(
                Observation(
                    "neet_16_24_pct",
                    la,
                    edition,
                    edition,
                    *(
                        (None, Marker.UNRELIABLE)
                        if asked.random() < 0.1
                        else (share, None)
                    ),
                    "cell",
                    lower=round(share - asked.uniform(0.5, 3), 1)
                    if told
                    else None,
                    upper=round(share + asked.uniform(0.5, 3), 1)
                    if told
                    else None,
                )
            )
        found["undated"].append(
            _counted(
                "homeless_or_threatened_households",
                la,
                "2022-23",
                float(int(100 * dice.uniform(1, 20))),
                30_000,
            )
        )
    intake.observations = [
        (f"{source}@1", many) for source, many in found.items()
    ]


def _counted(
    indicator: str,
    code: str,
    edition: str,
    count: float | None,
    out_of: int | None,
) -> Observation:
    marker = Marker.CONFIDENTIAL if count is None else None
    return Observation(
        indicator,
        code,
        edition,
        edition,
        count,
        marker,
        f"{code} {edition}",
        count,
        None if out_of is None else float(out_of),
    )


def _some_day(dice: random.Random, first: int = 2011, last: int = 2027) -> date:
    day = date(first, 1, 1) + timedelta(dice.randrange(365 * (last - first)))
    month_ends = (
        date(day.year, 1, 31),
        date(day.year, 2, 28),
        date(day.year, 8, 31),
        date(2020, 2, 29),
        date(2014, 11, 26),
        date(2019, 11, 27),
        date(2025, 11, 27),
    )
    return dice.choice(month_ends) if dice.random() < 0.2 else day


def _maybe(dice: random.Random, value: object, chance: float = 0.5) -> object:
    return value if dice.random() < chance else None


def _documents(dice: random.Random, intake: Intake) -> None:
    themes = [
        r["theme_id"]
        for r in catalogue_rows(builds.folders.CATALOGUE)["themes"]
    ]
    for n in range(60):
        where = dice.choice(("la", "la", "rcc", "rpb", "wales"))
        region = {
            "la": None,
            "rcc": dice.choice(REGIONS),
            "rpb": dice.choice(PARTNERSHIPS),
            "wales": "W92000004",
        }[where]
        la = dice.choice(AUTHORITIES) if where == "la" else None
        published = _maybe(dice, _some_day(dice, 2011, 2026), 0.9)
        stated_end = _maybe(dice, _some_day(dice, 2013, 2028), 0.3)
        intake.assessments.append(
            Assessment(
                f"A{n}",
                dice.choice(KINDS),
                "body",
                la,
                region,
                f"Assessment {n}",
                published,
                None,
                stated_end,
                _maybe(dice, _some_day(dice, 2010, 2026), 0.7),
                dice.random() < 0.3,
                None,
                True,
                f"row {n}",
                published_by=None
                if published is None or dice.random() < 0.7
                else published + timedelta(days=364),
            )
        )
        for m in range(3):
            intake.priorities.append(
                Priority(
                    f"A{n}-{m}",
                    f"A{n}",
                    dice.choice(themes),
                    "a need",
                    None,
                    "4",
                    (),
                    True,
                    f"row {n}.{m}",
                )
            )


def _papers_read(dice: random.Random, intake: Intake) -> None:
    """Papers read by one person and by two, and figures published before decisions and after them."""
    for n, project in enumerate(intake.projects):
        if dice.random() < 0.25:
            second = "second" if dice.random() < 0.6 else None
            intake.paper_readings.append(
                PaperRead(
                    project.project_id,
                    f"paper {n}",
                    f"https://a.wales/{n}",
                    DAY,
                    9,
                    "first",
                    DAY,
                    second,
                    None,
                )
            )
        for m in range(dice.choice((0, 0, 0, 1, 2))):
            told_on = _some_day(dice, 2010, 2026)
            intake.need_figures.append(
                NeedFigure(
                    f"F{n}-{m}",
                    project.project_id,
                    "41",
                    "here",
                    told_on,
                    f"paper {n}",
                    "https://a.wales",
                    "3",
                    None,
                )
            )


def _register(
    dice: random.Random, intake: Intake, small: list[str], projects: int
) -> None:
    lists = catalogue_rows(builds.folders.CATALOGUE)
    themes = [r["theme_id"] for r in lists["themes"]]
    groups = [r["id"] for r in lists["target_groups"]]
    programmes = [r["programme_id"] for r in lists["programmes"]]
    wards, middles = (
        [f"W0500{n:04d}" for n in range(23)],
        [f"W0200{n:04d}" for n in range(18)],
    )
    empty = (
        FieldState.BLANK,
        FieldState.BLANK,
        FieldState.CONFIRMED_NONE,
        FieldState.REQUESTED_NOT_SUPPLIED,
        FieldState.WITHHELD,
    )
    for n in range(projects):
        la_at = dice.randrange(9)
        near = small[la_at * 10 : la_at * 10 + 10]
        how = dice.random()
        codes: tuple[str, ...]
        if how < 0.45:
            codes = tuple(dice.sample(near, dice.randrange(1, 5)))
        elif how < 0.55:
            codes = tuple(
                dice.sample(
                    ("W01999901", "W01999902", "W01999903", small[3]),
                    dice.randrange(1, 4),
                )
            )
        elif how < 0.65:
            codes = (
                dice.choice(wards),
                *((dice.choice(middles),) if dice.random() < 0.5 else ()),
            )
        elif how < 0.8:
            codes = (
                dice.choice(
                    (
                        AUTHORITIES[la_at],
                        BOARD,
                        "W06PART1",
                        dice.choice(REGIONS),
                        dice.choice(PARTNERSHIPS),
                        "W92000004",
                    )
                ),
            )
        elif how < 0.85:
            codes = (AUTHORITIES[la_at], dice.choice(small))
        else:
            codes = ()
        users: tuple[tuple[str, float], ...] = ()
        if codes and dice.random() < 0.3:
            users = tuple(
                (c, float(dice.randrange(4, 60)))
                for c in codes
                if dice.random() < 0.9
            )
            codes = () if dice.random() < 0.2 else codes
        sensitive = dice.random() < 0.05
        if sensitive:
            codes, users = (dice.choice(REGIONS),), ()
        start = _maybe(dice, _some_day(dice), 0.95)
        cited = dice.random() < 0.6
        stated = (
            tuple(dice.sample(themes, dice.choice((1, 1, 2))))
            if dice.random() < 0.75
            else ()
        )
        owner = dice.random()
        engaged = dice.random() < 0.6
        intake.projects.append(
            Project(
                project_id=f"P{n}",
                title=f"Project {n}",
                programme_id=_maybe(dice, dice.choice(programmes), 0.8),
                commissioner="owner",
                la_code=AUTHORITIES[la_at] if owner < 0.85 else None,
                region_code=None
                if owner < 0.85
                else dice.choice((*REGIONS, *PARTNERSHIPS)),
                provider_org_id=None,
                provider_name=None,
                provider_sector=None,
                start_date=start,
                end_date=None
                if start is None
                else _maybe(dice, start + timedelta(dice.randrange(2200)), 0.8),
                annual_value_gbp=_maybe(
                    dice, float(dice.randrange(1000, 300_000)), 0.85
                ),
                area_codes=codes,
                target_group=_maybe(dice, dice.choice(groups), 0.6),
                capacity=None,
                capacity_unit=None,
                delivery_model="confidential"
                if sensitive and dice.random() < 0.5
                else dice.choice(
                    (
                        None,
                        "place_based",
                        "place_based",
                        "dispersed",
                        "area_wide",
                    )
                ),
                tier=None,
                decision_date=_maybe(dice, _some_day(dice), 0.7),
                approver=_maybe(dice, "cabinet"),
                route_to_award=_maybe(dice, "tender"),
                theme_ids=stated,
                theme_state=FieldState.PROVIDED
                if stated
                else dice.choice(empty),
                areas_state=FieldState.PROVIDED
                if codes or users
                else dice.choice(empty),
                priority_state=FieldState.PROVIDED
                if cited
                else dice.choice(empty),
                engagement_state=FieldState.PROVIDED
                if engaged
                else dice.choice(empty),
                engagement_date=_maybe(dice, _some_day(dice), 0.8)
                if engaged
                else None,
                engagement_with=_maybe(
                    dice,
                    dice.choice(("parents", "young people", "Plant a rhieni")),
                    0.8,
                )
                if engaged
                else None,
                engagement_change=_maybe(dice, "hours", 0.8)
                if engaged
                else None,
                outcomes=_maybe(dice, "done", 0.6),
                outcomes_state=dice.choice(empty),
                last_review=_maybe(dice, _some_day(dice), 0.6),
                requested_on=date(2020, 1, 1),
                recorded_by="steward",
                recorded_on=date(2020, 3, 1),
                users_by_area=users,
                welsh_language=None,
                is_sensitive=sensitive,
                is_illustrative=True,
                source_ref=f"row {n}",
                source_url=None,
                register_id="oracle",
            )
        )
        for p in (
            dice.sample(intake.priorities, dice.randrange(1, 4))
            if cited
            else ()
        ):
            intake.citations.append(
                Citation(
                    f"P{n}",
                    p.priority_id,
                    None,
                    _maybe(dice, "as written", 0.8),
                    _maybe(dice, dice.choice(("12", " ")), 0.85),
                    _maybe(dice, "second person", 0.5),
                    True,
                    f"row {n}",
                )
            )
