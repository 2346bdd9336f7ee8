"""Figures typed from the published files, with the cell in which they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from etl.records import Harvest, Marker, Observation
from etl.sources import formats
from etl.sources.catalogue import Column, load_sources

pytestmark = pytest.mark.mirror

FIGURES = [
    # source, indicator, area, period, value, cell
    (
        "wimd_2025_ranks",
        "wimd_rank_overall",
        "W01000003",
        "2025",
        570,
        "row 2, column WIMD 2025",
    ),
    (
        "wimd_2025_ranks",
        "wimd_rank_physical_environment",
        "W01000005",
        "2025",
        375,
        "row 4, column Physical Environment",
    ),
    (
        "wimd_2025_groups",
        "wimd_group_overall",
        "W01000004",
        "2025",
        5,
        "row 3, column WIMD 2025 overall deprivation group",
    ),
    (
        "wimd_2025_ranks_statswales",
        "wimd_rank_income",
        "W01000003",
        "2025",
        407,
        "row 3, column Data values",
    ),
    (
        "wimd_2019_ranks",
        "wimd_rank_overall",
        "W01000001",
        "2019",
        885,
        "WIMD_2019_ranks!D4",
    ),
    (
        "wimd_2019_ranks",
        "wimd_quartile_overall",
        "W01001958",
        "2019",
        3,
        "Deciles_quintiles_quartiles!G1913",
    ),
    (
        "wimd_2019_scores",
        "wimd_score_income",
        "W01000003",
        "2019",
        34.15725312,
        "Data!E6",
    ),
    (
        "wimd_2014_ranks",
        "wimd_rank_housing",
        "W01000002",
        "2014",
        378,
        "WIMD 2014 results Eng!V6",
    ),
    (
        "wimd_2014_ranks",
        "wimd_decile_overall",
        "W01000001",
        "2014",
        5,
        "Deciles etc!F2",
    ),
    (
        "wimd_2011_child_index",
        "wimd_child_index_overall",
        "W01000003",
        "2011",
        28.1,
        "row 4, column Child Index 2011",
    ),
    (
        "census_2021_ts011",
        "households_total",
        "W01000003",
        "2021",
        1141,
        "row 2, column Household deprivation: Total: All households",
    ),
    (
        "census_2021_ts054",
        "households_social_rented",
        "W01000003",
        "2021",
        230,
        "row 2, column Tenure of household: Social rented",
    ),
    (
        "census_2021_ts038",
        "people_disabled",
        "W01000004",
        "2021",
        274,
        "row 3, column Disability: Disabled under the Equality Act",
    ),
    (
        "census_2021_age",
        "population_0_15",
        "W01000003",
        "2021",
        422,
        "row 2, column Observation",
    ),
    (
        "els_children_in_relative_poverty",
        "children_relative_poverty_pct",
        "W92000004",
        "2024-25",
        21.1922154,
        None,
    ),
    (
        "els_claimant_count",
        "claimant_count_pct",
        "W92000004",
        "2018",
        2.3,
        None,
    ),
    (
        "els_healthy_life_expectancy",
        "healthy_life_expectancy_years_male",
        "W92000004",
        "2022 to 2024",
        59.2,
        None,
    ),
    (
        "els_personal_wellbeing",
        "wellbeing_anxiety",
        "W92000004",
        "2021-22",
        3.17,
        None,
    ),
    (
        "health_index_wales",
        "hi_alcohol_misuse",
        "W06000019",
        "2023-24",
        366,
        "row 2, column value",
    ),
    (
        "homelessness_2022_23",
        "homeless_per_1000",
        "W06000022",
        "2022-23",
        8.025751072961373,
        None,
    ),
    (
        "statswales_la_excerpts",
        "rough_sleepers_estimated",
        "W06000003",
        "2023-04-30",
        0,
        "row 4, column value",
    ),
    (
        "flying_start_2018_19",
        "fs_population_under_4",
        "W06000001",
        "2017-18",
        2868,
        "row 4, column value",
    ),
    (
        "flying_start_areas",
        "fs_phase_1",
        "W01001435",
        "2006 to 2016",
        0,
        "row 2, column fsPhase1",
    ),
    (
        "flying_start_expansion",
        "fs_expansion_places",
        "W06000001",
        "2011-12 to 2014-15",
        290,
        None,
    ),
]


@cache
def _read(root: Path, source_id: str) -> Harvest:
    source = load_sources()[source_id]
    return formats.read(source, (root / source.mirror_path).read_bytes())


def _one(
    harvest: Harvest, indicator: str, area: str, period: str
) -> Observation:
    [found] = [
        o
        for o in harvest.observations
        if (o.indicator_id, o.area_code, o.period) == (indicator, area, period)
    ]
    return found


@pytest.mark.parametrize(
    ("source_id", "indicator", "area", "period", "value", "cell"), FIGURES
)
def test_a_published_figure_arrives_unchanged(
    mirror: Path,
    source_id: str,
    indicator: str,
    area: str,
    period: str,
    value: float,
    cell: str | None,
) -> None:
    found = _one(_read(mirror, source_id), indicator, area, period)
    assert (found.value, found.marker) == (value, None)
    assert cell is None or found.cell == cell


def test_confidence_limits_come_with_their_figure(mirror: Path) -> None:
    rate = _one(
        _read(mirror, "els_employment_rate"),
        "employment_rate_pct",
        "W92000004",
        "2018",
    )
    assert (rate.value, rate.lower, rate.upper) == (
        73.1,
        72.39999999999999,
        73.8,
    )


def test_no_informal_courses_is_not_applicable_and_not_zero(
    mirror: Path,
) -> None:
    courses = _one(
        _read(mirror, "flying_start_2018_19"),
        "fs_informal_courses_taken_up",
        "W06000016",
        "2018-19",
    )
    assert (courses.value, courses.marker) == (None, Marker.NOT_APPLICABLE)


def test_census_households_add_up_to_the_published_total(mirror: Path) -> None:
    harvest = _read(mirror, "census_2021_ts011")
    assert (
        sum(
            o.value or 0
            for o in harvest.observations
            if o.indicator_id == "households_total"
        )
        == 1_347_102
    )


def test_census_residents_add_up_to_the_published_total(mirror: Path) -> None:
    assert (
        sum(o.value or 0 for o in _read(mirror, "census_2021_age").observations)
        == 3_107_506
    )


def test_bridgend_changed_its_region_in_april_2019(mirror: Path) -> None:
    links = {
        link.parent_type: link
        for link in _read(mirror, "authorities").links
        if link.child_code == "W06000013"
    }
    assert (links["RCC"].parent_code, links["RCC"].valid_to) == (
        "RCC_WESTERN_BAY",
        date(2019, 3, 31),
    )
    assert (links["RPB"].parent_code, links["RPB"].valid_from) == (
        "RPB_CWM_TAF_MORGANNWG",
        date(2019, 4, 1),
    )


def test_every_authority_and_region_has_a_welsh_name(mirror: Path) -> None:
    areas = _read(mirror, "authorities").areas
    assert [a.area_code for a in areas if not a.name_cy] == []
    assert (
        next(a.name_cy for a in areas if a.area_code == "W06000024")
        == "Merthyr Tudful"
    )


def test_small_areas_of_2011_became_1940_pairs(mirror: Path) -> None:
    links = _read(mirror, "lsoa11_to_lsoa21").links
    kinds = [link.change for link in links]
    assert (kinds.count("U"), kinds.count("S"), kinds.count("M")) == (
        1837,
        58,
        45,
    )
    weights: dict[str, float] = {}
    for link in links:
        weights[link.child_code] = (
            weights.get(link.child_code, 0.0) + link.weight
        )
    assert len(weights) == 1909
    assert all(abs(weight - 1) < 1e-12 for weight in weights.values())


def test_names_keep_their_accents_from_an_old_encoding(mirror: Path) -> None:
    names = {area.name_cy for area in _read(mirror, "lsoa11_outlines").areas}
    assert any(name and name.startswith("Ynys Môn") for name in names)


def test_a_statswales_download_is_read_by_place_whatever_its_language(
    mirror: Path,
) -> None:
    source = load_sources()["wimd_2025_ranks_statswales"]
    energy = replace(
        source,
        mirror_path="needs/statswales-8c4e387a-housing-raw_extended-excerpt.csv",
        columns=(Column("", "Average|epc", "wimd_energy_rating", "SAP score"),),
        expected_rows=87,
        options={**source.options, "keep_description": "Average"},
    )
    data = (mirror / energy.mirror_path).read_bytes()
    welsh = "Gwerthoedd data,Gwerthoedd data_trefn,Disgrifiad o’r data,Disgrifiad_cyfeirnod".encode()
    english = b"Data values,Data values_sort,Data description,Data description_reference"
    assert data.startswith(english)
    first = formats.read(energy, data)
    second = formats.read(energy, data.replace(english, welsh, 1))
    assert len(first.observations) == 87
    assert first.observations == second.observations
    assert _one(first, "wimd_energy_rating", "W01000003", "2025").value == 61.7
