"""The embedded sample: what is real adds up to what was published, what is illustrative says so, and it
can be made again.
"""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from etl.directory import Directory
from etl.pipeline.register import read_register, read_register_set
from etl.records import Marker, Severity
from etl.sources.figures.sample import (
    POPULATION_AT_RISK,
    read_areas,
    read_boxes,
    read_links,
    read_sample,
)
from tests.reference_work import units_of

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
REAL = {
    "wimd2025_ranks.csv",
    "authorities.csv",
    "lsoa_changes_2011_2021.csv",
    "allocations.csv",
    "flying_start_council_papers.csv",
}
ILLUSTRATIVE = {
    "illustrative_counts.csv",
    "illustrative_counts_2019.csv",
    "illustrative_counts_2014.csv",
    "illustrative_authority.csv",
    "register.csv",
    "assessments.csv",
    "priorities.csv",
    "citations.csv",
    "statements.csv",
    "programme_returns.csv",
    "plans.csv",
    "plan_actions.csv",
    "funding_lines.csv",
    "assessment_checks.csv",
}
MIXED = {"areas.csv", "area_links.csv", "editions.csv"}


def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def layer(name: str) -> dict[str, dict[str, object]]:
    collection = json.loads(
        gzip.decompress(
            (SAMPLE / "geometry" / f"{name}.geojson.gz").read_bytes()
        )
    )
    return {feature["id"]: feature for feature in collection["features"]}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory.from_catalogue(read_areas(SAMPLE), read_links(SAMPLE))


def test_the_small_areas_are_exactly_those_of_the_published_index() -> None:
    published = {row["lsoa21_code"] for row in rows("wimd2025_ranks.csv")}
    assert len(published) == 1917
    assert {
        row["area_code"]
        for row in rows("areas.csv")
        if row["area_type"] == "LSOA21"
    } == published
    assert set(layer("lsoa21")) == published
    for name in (
        "illustrative_counts.csv",
        "illustrative_counts_2019.csv",
        "illustrative_counts_2014.csv",
    ):
        assert [row["area_code"] for row in rows(name)] == sorted(published)


def test_residents_add_up_to_every_authority_s_published_total() -> None:
    authority_of = {
        row["area_code"]: row["la_code"]
        for row in rows("areas.csv")
        if row["area_type"] == "LSOA21"
    }
    totals: Counter[str] = Counter()
    for row in rows("illustrative_counts.csv"):
        totals[authority_of[row["area_code"]]] += int(row["population_total"])
    assert totals == {
        row["la_code"]: int(row["usual_residents_2021"])
        for row in rows("authorities.csv")
    }


def test_no_count_exceeds_its_population_and_bands_nest() -> None:
    for row in rows("illustrative_counts.csv"):
        for need, population in POPULATION_AT_RISK.items():
            assert row[need] in {"c", "x"} or int(row[need]) <= int(
                row[population]
            ), (
                row["area_code"],
                need,
            )
        assert int(row["population_0_15"]) + int(
            row["population_16_plus"]
        ) == int(row["population_total"])
        assert int(row["population_16_64"]) + int(
            row["population_65_plus"]
        ) == int(row["population_16_plus"])


def test_every_file_is_known_to_be_real_or_says_that_it_is_illustrative() -> (
    None
):
    assert {
        path.name for path in SAMPLE.glob("*.csv")
    } == REAL | ILLUSTRATIVE | MIXED
    for name in ILLUSTRATIVE:
        assert {row["is_illustrative"] for row in rows(name)} == {"yes"}, name
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert all(readme.count(f"`{name}`") == 2 for name in REAL), (
        "every real file is named once in each language"
    )


def test_the_layers_share_their_borders() -> None:
    import shapely
    from shapely.geometry import shape

    def shapes(name: str) -> dict[str, object]:
        return {
            code: shape(feature["geometry"])
            for code, feature in layer(name).items()
        }

    small, authorities = shapes("lsoa21"), shapes("la")
    assert shapely.coverage_is_valid(list(small.values()))
    for name, count in (("la", 22), ("rcc", 6), ("rpb", 7), ("lhb", 7)):
        assert len(layer(name)) == count
        assert shapely.coverage_is_valid(list(shapes(name).values()))
    borders = {
        point
        for outline in small.values()
        for point in map(tuple, shapely.get_coordinates(outline))
    }
    assert {
        tuple(point)
        for outline in authorities.values()
        for point in shapely.get_coordinates(outline)
    } <= borders


def test_only_pieces_of_split_areas_are_approximate() -> None:
    split = {
        row["lsoa21_code"]
        for row in rows("lsoa_changes_2011_2021.csv")
        if row["change"] == "split"
    }
    assert {
        row["area_code"]
        for row in rows("areas.csv")
        if row["approximate"] == "yes"
    } == split
    assert {
        code
        for code, feature in layer("lsoa21").items()
        if feature["properties"].get("approximate")
    } == split  # type: ignore[attr-defined]


def test_links_carry_the_2011_areas_whole_into_those_of_2021() -> None:
    shares: Counter[str] = Counter()
    for link in read_links(SAMPLE):
        if link.parent_type == "LSOA21":
            shares[link.child_code] += link.weight
    assert len(shares) == 1909
    assert all(abs(share - 1) < 1e-5 for share in shares.values())


def test_the_reader_is_quick_and_keeps_markers_apart_from_nought() -> None:
    harvest, units = units_of(lambda: read_sample(SAMPLE))
    assert units < 90
    assert (
        len(read_boxes(SAMPLE))
        == len(harvest.areas)
        == len({area.area_code for area in harvest.areas})
    )
    markers = Counter(o.marker for o in harvest.observations if o.marker)
    assert markers[Marker.CONFIDENTIAL] >= 20
    assert markers[Marker.NOT_AVAILABLE] >= 3
    keys = Counter(
        (o.indicator_id, o.area_code, o.edition) for o in harvest.observations
    )
    assert max(keys.values()) == 1
    counted = [
        o
        for o in harvest.observations
        if o.indicator_id in POPULATION_AT_RISK and o.marker is None
    ]
    assert all(o.value == o.numerator and o.denominator for o in counted)


def test_the_registers_load_without_a_single_problem(
    directory: Directory,
) -> None:
    names = (
        "assessments.csv",
        "priorities.csv",
        "register.csv",
        "citations.csv",
        "plans.csv",
        "plan_actions.csv",
        "funding_lines.csv",
        "assessment_checks.csv",
    )
    read = read_register_set(
        [(SAMPLE / name, name) for name in names], directory
    )
    assert [problem for register in read for problem in register.problems] == []
    projects = [project for register in read for project in register.projects]
    assert len(projects) >= 320
    assert all(project.is_illustrative for project in projects)
    assert {project.la_code for project in projects if project.la_code} == set(
        directory.authorities.values()
    )
    assert {project.programme_id for project in projects} == set(
        directory.programmes.values()
    )
    assert all(
        (project.provider_org_id or "").startswith("XI-EXAMPLE-")
        for project in projects
    )
    live = sum(
        1
        for row in rows("register.csv")
        if row["start"] <= "2026-11-23" <= row["end"]
    )
    assert 0.65 <= live / len(projects) <= 0.75


def test_a_refuge_gives_nothing_away_below_its_region() -> None:
    refuges = [
        row
        for row in rows("register.csv")
        if row["delivery_model"] == "confidential"
    ]
    assert len(refuges) >= 5
    codes = {
        row["org_id"].removeprefix("GB-PLA-")
        for row in csv.DictReader(
            (ROOT / "data/catalogue/authority_org_ids.csv").open(
                encoding="utf-8"
            )
        )
    }
    for row in refuges:
        assert row["is_sensitive"] == "yes"
        assert row["area_codes"].startswith(("RPB_", "RCC_"))
        assert row["commissioner"].startswith(("RPB_", "RCC_"))
        assert row["project_id"].split("-")[0] not in codes


def test_every_row_with_a_planted_fault_is_refused(
    directory: Directory,
) -> None:
    register = read_register(
        ROOT / "tests/faults/register_with_faults.csv",
        "register_with_faults.csv",
        directory=directory,
    )
    assert register.rows_read == 20
    assert register.projects == []
    assert {
        p.row for p in register.problems if p.severity is Severity.REFUSED
    } == set(range(2, 22))


def test_the_sample_can_be_made_again_byte_for_byte(tmp_path: Path) -> None:
    from tests.sample_maker.make_sample import make_sample

    again = tmp_path / "sample"
    again.mkdir()
    for name in REAL:
        shutil.copyfile(SAMPLE / name, again / name)
    make_sample(again, tmp_path)
    for path in sorted(again.rglob("*.*")):
        if path.is_file():
            assert (
                path.read_bytes()
                == (SAMPLE / path.relative_to(again)).read_bytes()
            ), f"{path.name}: run python -m tests.sample_maker.make_sample"
    assert (tmp_path / "register_with_faults.csv").read_bytes() == (
        ROOT / "tests/faults/register_with_faults.csv"
    ).read_bytes()
    assert (
        sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
        <= 6_000_000
    )
