"""Illustrative returns of the programmes: counts and money by authority, region, year and quarter, with a few
that are few, odd or missing, so that every state of a panel is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.sample_maker.draws import share, whole
from tests.sample_maker.outlines import Outline
from tests.sample_maker.places import WALES, Authority, Wales

COLUMNS = (
    "programme",
    "measure",
    "area_code",
    "period",
    "part",
    "value",
    "marker",
    "source",
    "note",
    "note_cy",
    "is_illustrative",
)
YEARS = ("2024-25", "2025-26")
QUARTERS = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4")
# authority → what its return shows that the others' do not
TOLD_NOTHING = "W06000011"
SHORT_OF_SET_ASIDE = ("W06000003", "W06000016", "W06000019", "W06000024")
FAR_FROM_PLAN = "W06000021"
OVER_CAPACITY = "W06000009"
OFFERED_MORE = "W06000011"
THEMES = (
    ("family_support", 0.45),
    ("mental_health", 0.3),
    ("disability", 0.15),
    ("domestic_abuse", 0.1),
)
# client group → how much of the need, pounds an hour
GROUPS = (
    ("single_people_25_54", 0.22, 24.0),
    ("mental_health_issues", 0.2, 25.5),
    ("young_people_16_24", 0.15, 27.0),
    ("families_support_needs", 0.12, 24.5),
    ("substance_misuse_issues", 0.1, 25.0),
    ("women_domestic_abuse", 0.09, 26.5),
    ("learning_disabilities", 0.07, 21.0),
    ("people_over_55", 0.05, 19.5),
)
CLUSTERS = (
    ("W06000016", "Cwm Uchaf"),
    ("W06000018", "Dyffryn Canol"),
    ("W06000015", "Glan yr Afon"),
)
OUTCOMES = ("healthy", "learning", "prosperous")
Row = dict[str, object]


def return_rows(wales: Wales, outlines: Sequence[Outline]) -> list[Row]:
    """Every row, in order of programme and area."""
    rows: list[Row] = []
    for authority in wales.authorities.values():
        rows += _families_first(authority)
        rows += _team_around_the_family(authority)
        rows += _flying_start(authority)
        rows += _housing_support(authority)
    rows += [
        _row(
            "families_first",
            "ff_set_aside_pct",
            WALES,
            year,
            12 if year == YEARS[0] else 13,
        )
        for year in YEARS
    ]
    rows += _intensive(sorted({a.rpb for a in wales.authorities.values()}))
    rows += _communities_first(outlines)
    return rows


def _row(
    programme: str,
    measure: str,
    area: str,
    period: str,
    value: object,
    **more: object,
) -> Row:
    given = {"source": "illustrative return", "is_illustrative": "yes", **more}
    listed = {
        "programme": programme,
        "measure": measure,
        "area_code": area,
        "period": period,
        "value": value,
    }
    return {column: (listed | given).get(column, "") for column in COLUMNS}


def _near(size: float, *name: object) -> int:
    """`size`, give or take a fifth."""
    return round(size * (0.8 + 0.4 * share(*name)))


def _families_first(authority: Authority) -> Iterator[Row]:
    area, size = authority.la_code, authority.residents / 1000
    programme = "families_first"
    for year in YEARS:
        money = _near(11_500 * size, "ff money", area, year) // 100 * 100
        aside = (
            0.085
            if area in SHORT_OF_SET_ASIDE
            else 0.135 + 0.03 * share("ff aside", area, year)
        )
        spent = (
            0.68
            if area == FAR_FROM_PLAN
            else 0.95 + 0.06 * share("ff spent", area, year)
        )
        places = _near(5 * size, "ff places", area, year)
        reached = (
            1.15
            if area == OVER_CAPACITY
            else 0.7 + 0.25 * share("ff reached", area, year)
        )
        figures = {
            "ff_money": money,
            "ff_money_spent": round(money * spent),
            "ff_money_disability": round(money * aside),
            "ff_places": places,
            "ff_reached": round(places * reached),
            "ff_in_need": _near(9 * size, "ff need", area, year),
        }
        for measure, value in figures.items():
            yield _row(programme, measure, area, year, value)
    if area == TOLD_NOTHING:
        return
    for quarter in QUARTERS:
        steps = _steps(size * 0.9, (0.72, 0.85, 0.78), "ff", area, quarter)
        for measure, value in zip(
            ("ff_jaff", "ff_plan_signed", "ff_closed", "ff_closed_better"),
            steps,
            strict=True,
        ):
            yield _row(programme, measure, area, quarter, value)


def _steps(first: float, rates: Sequence[float], *name: object) -> list[int]:
    """Fewer at each step, each a share of the one before."""
    steps = [_near(first, *name, 0)]
    for at, rate in enumerate(rates, 1):
        steps.append(
            round(
                steps[-1] * min(0.97, rate * (0.88 + 0.24 * share(*name, at)))
            )
        )
    return steps


def _team_around_the_family(authority: Authority) -> Iterator[Row]:
    area, size = authority.la_code, authority.residents / 1000
    if area == TOLD_NOTHING:
        for quarter in QUARTERS:
            yield _row(
                "taf", "taf_referred", area, quarter, "", marker="not_available"
            )
        return
    measures = (
        "taf_referred",
        "taf_assessed",
        "taf_plan_signed",
        "taf_closed",
        "taf_closed_better",
    )
    for quarter in QUARTERS:
        steps = _steps(
            size * 1.4, (0.82, 0.74, 0.9, 0.66), "taf", area, quarter
        )
        for measure, value in zip(measures, steps, strict=True):
            yield _row("taf", measure, area, quarter, value)
        closed = steps[3]
        yield _row("taf", "taf_stepped_up", area, quarter, round(0.14 * closed))
        yield _row(
            "taf", "taf_stepped_down", area, quarter, round(0.3 * closed)
        )
        waiting = _near(size * 0.9, "taf waiting", area, quarter)
        yield _row("taf", "taf_waiting", area, quarter, waiting)
        for theme, of_all in THEMES:
            yield _row(
                "taf",
                "taf_waiting",
                area,
                quarter,
                int(waiting * of_all),
                part=theme,
            )


def _flying_start(authority: Authority) -> Iterator[Row]:
    area, size = authority.la_code, authority.residents / 1000
    year = YEARS[-1]
    eligible = _near(2.7 * size, "fs", area)
    offered = round(
        eligible
        * (
            1.05
            if area == OFFERED_MORE
            else 0.9 + 0.1 * share("fs offered", area)
        )
    )
    under_4 = round(38 * size)
    figures = {
        "fs_eligible": eligible,
        "fs_offered": offered,
        "fs_taken_up": round(offered * (0.72 + 0.25 * share("fs taken", area))),
        "fs_under_4": under_4,
        "fs_caseload": round(
            under_4 * (0.15 + 0.15 * share("fs caseload", area))
        ),
        "fs_on_roll_inside": whole(84, 94, "fs roll in", area),
        "fs_on_roll_outside": whole(78, 90, "fs roll out", area),
        "fs_immunised_inside": whole(80, 88, "fs jab in", area),
        "fs_immunised_outside": whole(84, 92, "fs jab out", area),
        "fs_outreach": _near(0.35 * size, "fs outreach", area),
        "fs_welsh_wanted": _near(0.8 * size, "fs welsh wanted", area),
        "fs_welsh_places": _near(0.6 * size, "fs welsh places", area),
        "fs_two_year_olds": _near(1.9 * size, "fs two", area),
    }
    for measure, value in figures.items():
        yield _row("flying_start", measure, area, year, value)


def _housing_support(authority: Authority) -> Iterator[Row]:
    area, size = authority.la_code, authority.residents / 1000
    year, programme = YEARS[-1], "housing_support_grant"
    for group, of_all, hourly in GROUPS:
        need = _near(9 * size * of_all, "hs need", area, group)
        # older people's services have more money than their need, young people's less
        tilt = {
            "people_over_55": 1.9,
            "learning_disabilities": 1.5,
            "young_people_16_24": 0.75,
        }.get(group, 1.0)
        money = (
            _near(47_000 * size * of_all * tilt, "hs money", area, group)
            // 100
            * 100
        )
        units = max(4, _near(2.6 * size * of_all, "hs units", area, group))
        fixed = units // 3
        reached = round(need * (0.45 + 0.3 * share("hs reached", area, group)))
        cost = round(hourly * (0.88 + 0.26 * share("hs cost", area, group)), 2)
        figures: dict[str, object] = {
            "hs_money": money,
            "hs_money_spent": round(
                money * (0.94 + 0.08 * share("hs spent", area, group))
            ),
            "hs_need": need,
            "hs_reached": reached,
            "hs_capacity": round(
                reached * (1.04 + 0.2 * share("hs capacity", area, group))
            ),
            "hs_units": units,
            "hs_units_fixed": fixed,
            "hs_units_floating": units - fixed,
            "hs_hours": units * 4,
            "hs_hourly_cost": cost,
        }
        for measure, value in figures.items():
            yield _row(programme, measure, area, year, value, part=group)


def _intensive(regions: Sequence[str]) -> Iterator[Row]:
    for area in regions:
        for year in YEARS:
            referred = whole(60, 190, "ifss", area, year)
            accepted = round(
                referred * (0.55 + 0.2 * share("ifss accepted", area, year))
            )
            finished = round(
                accepted * (0.75 + 0.15 * share("ifss finished", area, year))
            )
            figures = {
                "ifss_referred": referred,
                "ifss_from_taf": round(
                    referred * (0.25 + 0.15 * share("ifss taf", area, year))
                ),
                "ifss_accepted": accepted,
                "ifss_finished": finished,
                "ifss_goals_met": round(
                    finished * (0.6 + 0.15 * share("ifss goals", area, year))
                ),
                "ifss_places": round(accepted * 1.1),
            }
            for measure, value in figures.items():
                yield _row("ifss", measure, area, year, value)
        if share("ifss separate", area) < 0.6:
            yield _row(
                "ifss",
                "ifss_separate",
                area,
                YEARS[-1],
                1,
                note="Court work needs a team of its own (illustrative)",
                note_cy="Mae angen tîm ar wahân ar gyfer gwaith llys (darluniadol)",
            )


def _communities_first(outlines: Sequence[Outline]) -> Iterator[Row]:
    year, programme = "2016-17", "communities_first"
    for la_code, cluster in CLUSTERS:
        inside = sorted(o.code for o in outlines if o.la_code == la_code)[:8]
        for at, code in enumerate(inside):
            yield _row(
                programme,
                "cf_weight",
                code,
                year,
                1 if at < 6 else 0.4,
                part=cluster,
            )
        for outcome in OUTCOMES:
            many = whole(280, 900, "cf", la_code, outcome)
            well = round(
                many * (0.6 + 0.2 * share("cf well", la_code, outcome))
            )
            better = round(
                well * (0.35 + 0.3 * share("cf better", la_code, outcome))
            )
            for measure, value in (
                ("cf_how_much", many),
                ("cf_how_well", well),
                ("cf_better_off", better),
            ):
                yield _row(
                    programme, measure, la_code, year, value, part=outcome
                )
        for sector, number in (
            ("public", 9),
            ("third", 14),
            ("private", 3),
            ("community", 6),
        ):
            yield _row(
                programme, "cf_partners", la_code, year, number, part=sector
            )
        has_plan = la_code != "W06000018"
        yield _row(
            programme,
            "cf_involvement_plan",
            la_code,
            year,
            int(has_plan),
            note="Agreed 14 March 2014 (illustrative)" if has_plan else "",
            note_cy="Cytunwyd 14 Mawrth 2014 (darluniadol)" if has_plan else "",
        )
