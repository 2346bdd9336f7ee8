"""Need in real Wales, theme by theme and level by level, against totals that the publishers print."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.mirror
Build = tuple[Path, duckdb.DuckDBPyConnection]

# theme: its indicator, people in need in Wales, people at risk; Census 2021 tables TS037, TS038 and TS039 as published,
# and the residents of each age (cells of each table are perturbed apart)
SMALL_AREA_PEOPLE = {
    "carers": ("unpaid_carers_census", 310_685, 2_952_336),
    "physical_health": ("bad_or_very_bad_health", 215_885, 3_107_477),
    "disability": ("people_disabled", 670_264, 3_107_497),
    "older_people": ("people_65_plus", pytest.approx(662_000, abs=200), pytest.approx(3_107_494, abs=200)),
}


@pytest.mark.parametrize("theme", SMALL_AREA_PEOPLE)
def test_a_theme_counts_the_people_of_its_own_table(theme: str, built: Build) -> None:
    indicator, people, at_risk = SMALL_AREA_PEOPLE[theme]
    for level, areas in (("LSOA21", 1917), ("LA", 22)):
        found = built[1].execute(
            "select any_value(indicator_id), count(people_in_need), sum(people_in_need), sum(population_at_risk) from need"
            " where theme_id = $1 and area_type = $2 and definition = 'lead'",
            [theme, level],
        )
        assert found.fetchall() == [(indicator, areas, people, at_risk)]


def test_early_years_are_children_under_five(built: Build) -> None:
    """155,077 children under five, not the 540,000 under 16: the rate of all children is applied to these alone."""
    rows = built[1].execute(
        "select n.area_code, n.people_in_need, n.population_at_risk, o.value / 100 from need n"
        " join observation o on o.indicator_id = 'children_relative_poverty_pct' and o.area_code = n.area_code and o.edition = n.edition"
        " where n.theme_id = 'early_years' and n.definition = 'lead' and n.area_type = 'LA'"
        " qualify row_number() over (partition by n.area_code order by o.period desc) = 1"
    )
    found = rows.fetchall()
    assert len(found) == 22
    assert sum(at_risk for _, _, at_risk, _ in found) == 155_077
    assert all(people == pytest.approx(at_risk * rate) for _, people, at_risk, rate in found)


AT_RISK = {
    "early_years": "population_0_4",
    "older_people": "population_65_plus",
    "carers": "unpaid_care_total",
    "community_safety": "population_10_plus",
}


@pytest.mark.parametrize("theme", AT_RISK)
def test_money_is_placed_by_the_people_a_theme_is_for(theme: str, built: Build) -> None:
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
