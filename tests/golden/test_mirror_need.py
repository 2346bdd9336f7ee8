"""Need in real Wales, theme by theme and level by level, against totals that the publishers print."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang
from pages.frame.choices import Choices, levels_held
from pages.frame.speech import Speech
from pages.home.missed import finest_theme
from pages.need.need_layer import need_shown
from pages.need.standing import standings
from tests.entrances import entrance
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.mirror
Build = tuple[Path, duckdb.DuckDBPyConnection]

# theme: its indicator, people in need in Wales, people at risk; Census 2021 tables TS037, TS038 and TS039 as
# published, and the residents of each age (cells of each table are perturbed apart)
SMALL_AREA_PEOPLE = {
    "carers": ("unpaid_carers_census", 310_685, 2_952_336),
    "physical_health": ("bad_or_very_bad_health", 215_885, 3_107_477),
    "disability": ("people_disabled", 670_264, 3_107_497),
    "older_people": (
        "people_65_plus",
        pytest.approx(662_000, abs=200),
        pytest.approx(3_107_494, abs=200),
    ),
}


@pytest.mark.parametrize("theme", SMALL_AREA_PEOPLE)
def test_a_theme_counts_the_people_of_its_own_table(
    theme: str, built: Build
) -> None:
    indicator, people, at_risk = SMALL_AREA_PEOPLE[theme]
    for level, areas in (("LSOA21", 1917), ("LA", 22)):
        found = built[1].execute(
            "select any_value(indicator_id), count(people_in_need), sum(people_in_need), "
            "sum(population_at_risk) from need"
            " where theme_id = $1 and area_type = $2 and definition = 'lead'",
            [theme, level],
        )
        assert found.fetchall() == [(indicator, areas, people, at_risk)]


def test_early_years_are_children_under_five(built: Build) -> None:
    """155,077 children under five, not the 540,000 under 16: the rate of all children is applied to these
    alone.
    """
    rows = built[1].execute(
        "select n.area_code, n.people_in_need, n.population_at_risk, o.value / 100 from need n"
        " join observation o on o.indicator_id = 'children_relative_poverty_pct' and o.area_code = "
        "n.area_code and o.edition = n.edition"
        " where n.theme_id = 'early_years' and n.definition = 'lead' and n.area_type = 'LA'"
        " qualify row_number() over (partition by n.area_code order by o.period desc) = 1"
    )
    found = rows.fetchall()
    assert len(found) == 22
    assert sum(at_risk for _, _, at_risk, _ in found) == 155_077
    assert all(
        people == pytest.approx(at_risk * rate)
        for _, people, at_risk, rate in found
    )


AT_RISK = {
    "early_years": "population_0_4",
    "older_people": "population_65_plus",
    "carers": "unpaid_care_total",
    "community_safety": "population_10_plus",
}


@pytest.mark.parametrize("theme", AT_RISK)
def test_money_is_placed_by_the_people_a_theme_is_for(
    theme: str, built: Build
) -> None:
    held = (
        built[1]
        .execute(
            "select sum(n.population_at_risk), sum(o.value), count(*) from need n"
            " join observation o on o.area_code = n.area_code and o.indicator_id = $2"
            " where n.theme_id = $1 and n.definition = 'wimd' and n.area_type = 'LSOA21'",
            [theme, AT_RISK[theme]],
        )
        .fetchall()
    )
    assert held[0][0] == held[0][1] and held[0][2] == 1917


# theme: level, indicator and the publisher's own figure of one area: WIMD 2019 indicator values, ONS deaths
# of 2022, ONS crime of 2023
RATES = {
    "mental_health": (
        "LSOA21",
        1917,
        "gp_mental_health_rate",
        "W01000003",
        22.3,
    ),
    "physical_health": (
        "LSOA21",
        1917,
        "gp_chronic_condition_rate",
        "W01000003",
        15.3,
    ),
    "learning_skills": (
        "LSOA21",
        1917,
        "no_qualifications_2011_pct",
        "W01000003",
        21.2,
    ),
    "substance_misuse": (
        "LA",
        22,
        "drug_poisoning_deaths",
        "W06000001",
        4.344740691393069,
    ),
    "community_safety": (
        "CSP",
        21,
        "crime_all",
        "W14000023",
        79.925881416980815,
    ),
}


@pytest.mark.parametrize("theme", RATES)
def test_a_standardised_rate_is_a_rate_and_nobody(
    theme: str, built: Build
) -> None:
    level, areas, indicator, area, value = RATES[theme]
    rows = built[1].execute(
        "select indicator_id, area_code, score, people_in_need, rate, lower, upper from need"
        " where theme_id = $1 and definition = 'rate' and area_type = $2",
        [theme, level],
    )
    found = rows.fetchall()
    assert len(found) == areas
    assert {row[0] for row in found} == {indicator}
    assert {row[3:] for row in found} == {(None, None, None, None)}
    assert next(row[2] for row in found if row[1] == area) == pytest.approx(
        value
    )
    # what is no number of people goes into no sum, no gap and no money
    assert built[1].execute(
        "select count(*) from gap where definition = 'rate'"
    ).fetchall() == [(0,)]


def test_a_partnership_of_two_authorities_is_shown_once(built: Build) -> None:
    """Rhondda Cynon Taf and Merthyr Tydfil share a community safety partnership: 79.9 crimes per 1,000
    people of both.
    """
    con = built[1]
    shared = con.execute(
        "select name_en, name_cy, list_sort(list(l.child_code)) from area join area_link l on "
        "l.parent_code = area_code"
        " where area_type = 'CSP' group by all having count(*) > 1"
    ).fetchall()
    assert shared == [
        (
            "Cwm Taf (Rhondda Cynon Taf and Merthyr Tydfil)",
            "Cwm Taf (Rhondda Cynon Taf a Merthyr Tudful)",
            ["W06000016", "W06000024"],
        )
    ]
    assert con.execute(
        "select count(*) from observation where indicator_id = 'crime_all' and area_code in "
        "('W06000016', 'W06000024')"
    ).fetchall() == [(0,)]
    assert con.execute(
        "select features from geometry_asset where layer = 'csp'"
    ).fetchall() == [(21,)]


def test_income_and_employment_are_rates_of_people(built: Build) -> None:
    """23 % of 2,440 residents of Isle of Anglesey 001A were income deprived; 15 % of those of working age
    in employment deprivation.
    """
    con = built[1]
    held = con.execute(
        "select o.indicator_id, o.value, i.kind from observation o join indicator i using (indicator_id)"
        " where o.area_code = 'W01000003' and o.indicator_id in ('wimd_income_deprived_pct', "
        "'wimd_employment_deprived_pct') order by 1"
    ).fetchall()
    assert held == [
        ("wimd_employment_deprived_pct", 15, "rate_pct"),
        ("wimd_income_deprived_pct", 23, "rate_pct"),
    ]


def test_children_looked_after_and_rough_sleepers_add_up_to_wales(
    built: Build,
) -> None:
    con = built[1]
    # StatsWales: 7,080 children on 31 March 2025, to the nearest five; 153 people in June 2024, Cardiff 33
    assert con.execute(
        "select sum(value), count(*) from observation where indicator_id = 'children_looked_after'"
    ).fetchall() == [(7080, 22)]
    assert con.execute(
        "select sum(people_in_need) from need where theme_id = 'young_people' and definition = 'lead' "
        "and area_type = 'LA'"
    ).fetchall() == [(7080,)]
    june = dict(
        con.execute(
            "select area_code, value from observation where indicator_id = 'rough_sleepers_estimated' "
            "and period = '2024-06-30'"
        ).fetchall()
    )
    assert (
        june["W92000004"]
        == 153
        == sum(v for code, v in june.items() if code != "W92000004")
    )
    assert june["W06000015"] == 33


# theme: indicator, people and people at risk in Wales. 149,060 children in relative low-income families in
# 2021/22 and 239,430 households on Universal Credit in August 2022 (Stat-Xplore), of the residents and
# households of Census 2021
MIDDLE = {
    "family_support": ("children_low_income", 149_060),
    "work_income": ("universal_credit_households", 239_430),
}


@pytest.mark.parametrize("theme", MIDDLE)
def test_a_count_of_middle_layer_areas_stays_at_its_level(
    theme: str, built: Build
) -> None:
    indicator, people = MIDDLE[theme]
    con = built[1]
    found = con.execute(
        "select any_value(indicator_id), count(people_in_need), sum(people_in_need), min(rate) > 0 and "
        "max(rate) < 1, max(rank_of) from need"
        " where theme_id = $1 and area_type = 'MSOA21' and definition = 'lead'",
        [theme],
    ).fetchall()
    assert found == [(indicator, 408, pytest.approx(people), True, 408)]
    assert con.execute(
        "select count(*) from need where indicator_id = $1 and area_type <> 'MSOA21'",
        [indicator],
    ).fetchall() == [(0,)]


def test_a_theme_counted_in_small_areas_is_summed_to_the_middle_layer(
    built: Build,
) -> None:
    """Carers: 310,685 in small areas, in middle-layer areas and in authorities alike."""
    rows = built[1].execute(
        "select area_type, count(*), sum(people_in_need) from need where theme_id = 'carers' and "
        "definition = 'lead' group by 1 order by 1"
    )
    assert rows.fetchall() == [
        ("LA", 22, 310_685),
        ("LSOA21", 1917, 310_685),
        ("MSOA21", 408, 310_685),
    ]


def test_areas_of_2011_reach_those_of_today_by_the_lookups(
    built: Build,
) -> None:
    """Six areas merged into three, one was split in two: 403 keep their own figure and no child is lost or
    counted twice.
    """
    con = built[1]
    merged = con.execute(
        "select n.value, sum(o.value) from observation n, observation o where n.indicator_id = "
        "'children_low_income' and o.indicator_id = n.indicator_id"
        " and n.period = '2021-22' and o.period = n.period and n.area_code = 'W02000426' and "
        "o.area_code in ('W02000084', 'W02000086') group by 1"
    ).fetchall()
    assert len(merged) == 1 and merged[0][0] == merged[0][1]
    split = con.execute(
        "select sum(value) filter (where area_code = 'W02000420'), sum(value) filter (where area_code "
        "<> 'W02000420'),"
        " bool_and(cell like '% of row %') filter (where area_code <> 'W02000420') from observation"
        " where indicator_id = 'children_low_income' and period = '2021-22' and area_code in "
        "('W02000420', 'W02000424', 'W02000425')"
    ).fetchall()
    assert split[0][0] == pytest.approx(split[0][1]) and split[0][2]


def test_middle_layer_children_add_up_to_the_authorities_as_published(
    built: Build, mirror: Path
) -> None:
    """Control totals by authority from the same publisher, within its perturbation of small counts."""
    text = gzip.decompress(
        (
            mirror
            / "needs"
            / "dwp-children_relative_low_income_ltla_14-22.csv.gz"
        ).read_bytes()
    )
    totals = {
        row[0].split(" / ")[0]: row[15]
        for row in csv.reader(text.decode("utf-8-sig").splitlines())
        if len(row) > 15
    }
    rows = built[1].execute(
        "select a.name_en, sum(n.people_in_need) from need n join area m using (area_code) join area a "
        "on a.area_code = m.la_code"
        " where n.theme_id = 'family_support' and n.area_type = 'MSOA21' and n.definition = 'lead' group by 1"
    )
    found = rows.fetchall()
    assert len(found) == 22
    assert all(
        abs(float(totals[name]) - people) <= 26 for name, people in found
    )


def test_gaps_of_a_middle_layer_theme_are_middle_layer_gaps(
    built: Build,
) -> None:
    con = built[1]
    assert con.execute(
        "select theme_id, any_value(area_type), count(distinct area_code) from gap"
        " where theme_id in ('early_years', 'family_support', 'carers', 'young_people') group by 1 order by 1"
    ).fetchall() == [
        ("carers", "LSOA21", 1917),
        ("early_years", "MSOA21", 408),
        ("family_support", "MSOA21", 408),
        ("young_people", "LA", 22),
    ]
    # money placed on small areas is the same money at the middle layer; where no provision is known there is
    # no zero
    placed, held = con.execute(
        "select sum(g.spend_gbp), (select sum(pence) / 100 from ledger l where l.theme_id = "
        "'early_years' and l.bucket = 'placed'"
        " and l.financial_year = (select financial_year from build)) from gap g"
        " where g.theme_id = 'early_years' and g.region = 'W92000004' and g.gap_type = 'money'"
    ).fetchall()[0]
    assert placed == pytest.approx(held) and placed > 0


# what is known of each theme in real Wales: small areas, middle-layer areas, authorities, community safety
# partnerships
STANDING = {
    "early_years": ("rate", "people", "people", "none"),
    "family_support": ("rate", "people", "people", "none"),
    "young_people": ("none", "none", "people", "none"),
    "housing_homelessness": ("rate", "rank", "people", "none"),
    "mental_health": ("rate", "rank", "rank", "none"),
    "substance_misuse": ("none", "none", "rate", "none"),
    "domestic_abuse": ("none", "none", "none", "rate"),
    "learning_skills": ("rate", "rank", "people", "none"),
    "work_income": ("people", "people", "people", "none"),
    "physical_health": ("people", "people", "people", "none"),
    "older_people": ("people", "people", "people", "none"),
    "disability": ("people", "people", "people", "none"),
    "carers": ("people", "people", "people", "none"),
    "community_safety": ("rate", "rank", "rank", "rate"),
}


@pytest.fixture
def served(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(built[0]))


@pytest.mark.usefixtures("served")
def test_every_theme_says_where_it_stands() -> None:
    held = standings()
    found = {
        theme: tuple(
            str(held.get((theme, level), "none"))
            for level in ("LSOA21", "MSOA21", "LA", "CSP")
        )
        for theme in reader.themes()
    }
    assert found == STANDING
    assert levels_held() == ("LSOA21", "MSOA21", "LA", "CSP")


@pytest.mark.usefixtures("served")
def test_the_map_opens_on_small_areas_and_never_on_a_box() -> None:
    shown = need_shown(
        finest_theme(reader.WALES), Choices().need, Choices().level
    )
    assert shown is not None and shown.as_chosen and shown.level == "LSOA21"


@pytest.mark.usefixtures("served")
def test_a_rate_leaves_with_its_figure_and_its_unit() -> None:
    """Isle of Anglesey 001A: 22.3 per 100 people, and no people; 310,685 carers at each of three levels."""
    rows = [
        r
        for r in reader.answer("export_need", theme="mental_health")
        if r["definition"] == "rate" and r["area_code"] == "W01000003"
    ]
    found = [
        (
            r["published_rate"],
            r["rate_unit"],
            r["need_indicator"],
            r["people_in_need"],
            r["rate"],
        )
        for r in rows
    ]
    assert found == [
        (22.3, "per 100 people", "gp_mental_health_rate", None, None)
    ]
    carers = [
        r
        for r in reader.answer("export_need", theme="carers")
        if r["definition"] == "lead"
    ]
    assert {r["area_type"] for r in carers} == {"LSOA21", "MSOA21", "LA"}
    assert all(
        r["published_rate"] is None
        and r["need_indicator"] == "unpaid_carers_census"
        for r in carers
    )


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_level_of_the_build_has_its_words(lang: Lang) -> None:
    """A figure of areas of 2011 stands in *What is covered*: a level without words stopped the page."""
    say = Speech(lang)
    levels = {row["area_type"] for row in reader.coverage()} | {
        o["area_type"] for o in reader.need_offer()
    }
    assert {"MSOA11", "MSOA21", "CSP", "LSOA11"} <= levels
    assert all(say(f"area_type.{level}") for level in levels)
    assert all(say(f"choices.level_{level}") for level in levels_held())
    assert all(say(f"gaps.level.{level}") for level in ("MSOA21", "LA"))


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("data_and_method", {"data_tabs": "coverage"}),
        (
            "need_map",
            {
                "theme": "community_safety",
                "need": "rate",
                "level": "CSP",
                "area": "W14000023",
            },
        ),
        (
            "need_map",
            {"theme": "family_support", "level": "MSOA21", "area": "W02000426"},
        ),
        ("gaps", {"theme": "family_support", "gap": "money"}),
        ("fairness", {"theme": "family_support"}),
        ("area", {"area": "W02000426", "beside": "W02000428"}),
        ("area", {"area": "W14000023"}),
    ],
)
def test_a_page_of_the_new_levels_stands_in_cymraeg(
    page: str,
    query: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    # Streamlit's own test stands in for the browser and says of every cookie that it is there
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {})
    shown = AppTest.from_file(str(entrance(page)), default_timeout=PATIENCE_S)
    for name, value in {**query, "lang": "cy"}.items():
        shown.query_params[name] = value
    shown.run()
    assert not shown.exception
    assert not any("MissingSentence" in str(e.value) for e in shown.error)
    assert shown.markdown
