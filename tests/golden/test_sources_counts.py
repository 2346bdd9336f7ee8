"""Every file of the stand-in is read whole, or left out with a reason; counts are those of its manifest."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from etl.records import Harvest, Severity
from etl.sources import formats
from etl.sources.catalogue import CATALOGUE, Role, load_sources
from etl.sources.figures.agreement import differences
from etl.sources.figures.shorthand import Figure
from etl.sources.reading import Reading

pytestmark = pytest.mark.mirror

SOURCES = {
    s.source_id: s
    for s in load_sources().values()
    if s.role is not Role.REGISTER and s.mirror_path
}

# source: rows in the file, figures loaded, areas, links, rows refused
EXPECTED = {
    "lsoa21_outlines": (1917, 0, 0, 0, 0),
    "lsoa11_outlines": (1909, 0, 72, 0, 0),
    "authorities": (22, 0, 22 + 7 + 6 + 7 + 1, 4 * 22, 0),
    "lsoa21_parents": (1917, 0, 1917 + 408 + 752, 5 * 1917, 0),
    "ward_names": (762, 0, 0, 0, 0),
    "lsoa11_to_lsoa21": (1940, 0, 0, 1940, 0),
    "lsoa11_parents": (1909, 0, 7, 1909, 0),
    "nuts3_authorities": (22, 0, 12, 22, 0),
    "postcodes_lsoa21": (141_022, 0, 0, 141_022, 0),
    "wimd_2025_ranks": (1917, 9 * 1917, 0, 0, 0),
    "wimd_2025_groups": (1917, 4 * 1917, 0, 0, 0),
    "wimd_2025_ranks_statswales": (17_253, 9 * 1917, 0, 0, 0),
    "wimd_2019_ranks": (1909, 12 * 1909, 0, 0, 0),
    "wimd_2019_scores": (1909, 9 * 1909, 0, 0, 0),
    "wimd_2019_indicators": (1909, 12 * 1909, 0, 0, 0),
    "wimd_2014_ranks": (1909, 12 * 1909, 0, 0, 0),
    "wimd_2011_child_index": (1896, 8 * 1847, 0, 0, 49),
    "census_2021_ts011": (1917, 6 * 1917, 0, 0, 0),
    "census_2021_ts052": (1917, 3 * 1917, 0, 0, 0),
    "census_2021_ts054": (1917, 6 * 1917, 0, 0, 0),
    "census_2021_ts007a": (1917, 18 * 1917, 0, 0, 0),
    "census_2021_ts037": (1917, 3 * 1917, 0, 0, 0),
    "census_2021_ts038": (1917, 4 * 1917, 0, 0, 0),
    "census_2021_ts039": (1917, 4 * 1917, 0, 0, 0),
    "census_2021_ts040": (1917, 3 * 1917, 0, 0, 0),
    "census_2021_ts044": (1917, 7 * 1917, 0, 0, 0),
    "census_2021_ts021": (1917, 6 * 1917, 0, 0, 0),
    "census_2021_age": (11_502, 6 * 1917, 0, 0, 0),
    "children_low_income_msoa": (410, 8 * 410, 0, 0, 0),
    "universal_credit_msoa": (410, 8 * 410, 0, 0, 0),
    "els_children_in_relative_poverty": (138, 138, 0, 0, 0),
    "els_claimant_count": (575, 575, 0, 0, 0),
    "els_employment_rate": (920, 920, 0, 0, 0),
    "els_no_qualifications": (46, 46, 0, 0, 0),
    "els_healthy_life_expectancy": (552, 552, 0, 0, 0),
    "els_modelled_unemployment": (460, 460, 0, 0, 0),
    "els_personal_wellbeing": (1104, 1104, 0, 0, 0),
    "els_cigarette_smokers": (46, 46, 0, 0, 0),
    "health_index_wales": (922, 922, 0, 0, 0),
    "homelessness_2022_23": (22, 44, 0, 0, 0),
    "homelessness_recovered_2022_23": (22, 44, 0, 0, 0),
    "children_looked_after": (22, 22, 0, 0, 0),
    "health_index_wales_earlier": (220, 110, 0, 0, 0),
    "recorded_crime_by_partnership": (22, 6 * 21, 21, 22, 0),
    "rough_sleepers_monthly": (23, 15 * 23, 0, 0, 0),
    "statswales_la_excerpts": (46, 46, 0, 0, 0),
    "flying_start_2018_19": (1863, 1863 - 6 * 23, 0, 0, 0),
    "flying_start_areas": (936, 2 * 918, 0, 0, 18),
    "flying_start_expansion": (22, 44, 0, 0, 0),
}


@pytest.fixture(scope="module")
def harvests(mirror: Path) -> dict[str, Harvest]:
    return {
        name: formats.read(source, (mirror / source.mirror_path).read_bytes())
        for name, source in SOURCES.items()
    }


@pytest.mark.parametrize("source_id", SOURCES)
def test_a_file_yields_what_the_manifest_says(
    source_id: str, harvests: dict[str, Harvest]
) -> None:
    harvest = harvests[source_id]
    refused = [p for p in harvest.problems if p.severity is Severity.REFUSED]
    found = (
        harvest.rows_read,
        len(harvest.observations),
        len(harvest.areas),
        len(harvest.links),
        len(refused),
    )
    assert found == EXPECTED[source_id]


def test_no_file_of_the_stand_in_is_forgotten(mirror: Path) -> None:
    left_out = tomllib.loads(
        (CATALOGUE / "sources.toml").read_text(encoding="utf-8")
    )["left_out"]
    assert all(
        each.keys() == {"mirror_path", "reason_en", "reason_cy"}
        for each in left_out
    )
    used = {s.mirror_path for s in load_sources().values() if s.mirror_path} | {
        each["mirror_path"] for each in left_out
    }
    there = {
        str(p.relative_to(mirror)) for p in mirror.rglob("*") if p.is_file()
    }
    there -= {"MANIFEST.md", "datapackage.json"} | {
        name for name in there if name.startswith("standards/")
    }
    assert there == used


def test_every_area_is_given_once(harvests: dict[str, Harvest]) -> None:
    codes = [
        area.area_code
        for harvest in harvests.values()
        for area in harvest.areas
    ]
    assert len(codes) == len(set(codes))


def test_every_figure_is_for_an_area_that_is_given(
    harvests: dict[str, Harvest],
) -> None:
    areas = {
        area.area_code
        for harvest in harvests.values()
        for area in harvest.areas
    }
    assert {
        o.area_code
        for harvest in harvests.values()
        for o in harvest.observations
    } <= areas


def test_no_figure_is_given_twice(harvests: dict[str, Harvest]) -> None:
    keys = [
        (o.indicator_id, o.area_code, o.period, o.edition)
        for name, harvest in harvests.items()
        if SOURCES[name].role is Role.LOAD
        for o in harvest.observations
    ]
    assert len(keys) == len(set(keys))


def test_two_publications_of_wimd_2025_agree_on_every_rank(
    harvests: dict[str, Harvest],
) -> None:
    second = SOURCES["wimd_2025_ranks_statswales"]
    assert (
        differences(
            second, harvests["wimd_2025_ranks"], harvests[second.source_id]
        )
        == []
    )


FACTORS = (0.001, 0.01, 0.1, 10, 100, 1000)
# a change around nothing: the tenth of it is a change around nothing
NO_SMALLER = ("fs_caseload_change_pct",)


def test_no_column_of_any_source_is_taken_on_another_scale(
    harvests: dict[str, Harvest],
) -> None:
    tried, taken = 0, []
    for source in SOURCES.values():
        for column in source.columns:
            values = [
                o.value
                for o in harvests[source.source_id].observations
                if o.indicator_id == column.indicator_id and o.value is not None
            ]
            for factor in (1, *FACTORS) if values else ():
                if factor < 1 and column.indicator_id in NO_SMALLER:
                    continue
                reading = Reading(source)
                for at, value in enumerate(values):
                    if (
                        reading.bounded(
                            Figure(value * factor, None),
                            value,
                            "",
                            ("", at),
                            column,
                        )
                        is not None
                    ):
                        reading._values[column.indicator_id].append(
                            value * factor
                        )
                tried += factor != 1
                if bool(reading._scale_faults()) == (factor == 1):
                    taken.append((source.source_id, column.found, factor))
    assert tried >= 1000
    assert taken == []
