"""The embedded sample: real ranks and totals, and illustrative counts, as areas, links and observations.

What is real and what is illustrative is told in `data/sample/README.md`. Editions named "illustrative …" are
ours. The files are written by `tests.sample_maker.make_sample`, so a fault in them is ours too: it raises,
and nothing is guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from etl.records import Area, AreaLink, Harvest, Marker, Observation

WIMD_EDITION: Final = "2025"
COUNT_FILES: Final = (
    ("illustrative_counts.csv", "2025"),
    ("illustrative_counts_2019.csv", "2019"),
    ("illustrative_counts_2014.csv", "2014"),
)
# Each count and the population at risk that it is a part of. Columns not named here are populations
# themselves.
POPULATION_AT_RISK: Final = {
    "children_income_deprived": "population_0_15",
    "people_income_deprived": "population_total",
    "people_employment_deprived": "population_16_64",
    "mental_health_recorded": "population_16_plus",
    "chronic_condition_recorded": "population_total",
    "no_qualifications_25_64": "population_16_64",
    "disabled": "population_total",
    "unpaid_carers": "population_total",
    "aged_65_plus_living_alone": "population_65_plus",
    "households_overcrowded": "households",
    "low_birth_weight": "population_0_3",
    "recorded_crime_asb": "population_total",
    "repeat_absence": "population_0_15",
    "households_deprived_2_plus": "households",
}
_MARKERS: Final = {"c": Marker.CONFIDENTIAL, "x": Marker.NOT_AVAILABLE}
_NOT_MEASURES: Final = frozenset({"area_code", "is_illustrative"})
Box = tuple[float, float, float, float, float, float]


def read_sample(folder: Path) -> Harvest:
    """Areas, links, ranks and counts. The register files, statements and allocations are read elsewhere.

    Raises OSError or KeyError when a file or column is missing, ValueError when a cell holds neither number
    nor marker.
    """
    harvest = Harvest(
        areas=read_areas(folder),
        links=read_links(folder),
    )
    for observations in (
        read_wimd_ranks(folder),
        read_counts(folder),
        read_authority_figures(folder),
    ):
        harvest.observations += observations
    harvest.rows_read = (
        len(harvest.areas) + len(harvest.links) + len(harvest.observations)
    )
    return harvest


def read_areas(folder: Path) -> list[Area]:
    """Areas of every type; of the LSOAs of 2011, those whose code is no longer used."""
    return [
        Area(
            area_code=row["area_code"],
            area_type=row["area_type"],
            name_en=row["name_en"],
            name_cy=row["name_cy"] or None,
            la_code=row["la_code"] or None,
            vintage=row["vintage"],
            population=int(row["population"]) if row["population"] else None,
            is_illustrative=row["is_illustrative"] == "yes",
        )
        for row in _rows(folder / "areas.csv")
    ]


def read_boxes(folder: Path) -> dict[str, Box]:
    """For each area: a point inside it and the box of its outline (lon, lat, west, south, east, north, in
    degrees).
    """
    edges = ("lon", "lat", "west", "south", "east", "north")
    boxes: dict[str, Box] = {}
    for row in _rows(folder / "areas.csv"):
        lon, lat, west, south, east, north = (
            float(row[edge]) for edge in edges
        )
        boxes[row["area_code"]] = lon, lat, west, south, east, north
    return boxes


def read_links(folder: Path) -> list[AreaLink]:
    """Which area lies in which, from when to when, and how the areas of 2011 became those of 2021."""
    return [
        AreaLink(
            child_code=row["child_code"],
            parent_code=row["parent_code"],
            parent_type=row["parent_type"],
            weight=float(row["weight"]),
            valid_from=date.fromisoformat(row["valid_from"])
            if row["valid_from"]
            else None,
            valid_to=date.fromisoformat(row["valid_to"])
            if row["valid_to"]
            else None,
            change=row["change"],
        )
        for row in _rows(folder / "area_links.csv")
    ]


def read_wimd_ranks(folder: Path) -> list[Observation]:
    """The published ranks of WIMD 2025, overall and by domain (1 = most deprived; ties are kept as
    published).
    """
    header, lines = _table(folder / "wimd2025_ranks.csv")
    ranks: list[Observation] = []
    for number, cells in lines:
        for column, text in zip(
            header[1:],
            cells[1:],
            strict=True,
        ):
            cell = f"row {number}, column {column}"
            ranks.append(
                Observation(
                    f"wimd_rank_{column}",
                    cells[0],
                    "2025",
                    WIMD_EDITION,
                    float(text),
                    None,
                    cell,
                )
            )
    return ranks


def read_counts(folder: Path) -> list[Observation]:
    """Illustrative counts by small area in three editions: residents by age, households, and people in
    need.
    """
    counts: list[Observation] = []
    for name, year in COUNT_FILES:
        header, lines = _table(folder / name)
        measures = [
            (at, column, _at_risk(header, column))
            for at, column in enumerate(header)
            if column not in _NOT_MEASURES
        ]
        at_code = header.index("area_code")
        for number, cells in lines:
            counts += [
                _count(
                    column,
                    cells[at_code],
                    year,
                    f"{name} row {number}, column {column}",
                    cells[at],
                    None if risk_at is None else float(cells[risk_at]),
                )
                for at, column, risk_at in measures
            ]
    return counts


def _count(
    column: str,
    code: str,
    year: str,
    cell: str,
    text: str,
    at_risk: float | None,
) -> Observation:
    """One cell: a count of people, of so many at risk where that is told, or a marker."""
    marker = _MARKERS.get(text)
    people = float(text) if marker is None else None
    return Observation(
        column,
        code,
        year,
        f"illustrative {year}",
        people,
        marker,
        cell,
        None if at_risk is None else people,
        at_risk,
    )


def _at_risk(header: list[str], column: str) -> int | None:
    population = POPULATION_AT_RISK.get(column)
    return None if population is None else header.index(population)


def read_authority_figures(folder: Path) -> list[Observation]:
    """Illustrative lead indicators that exist for authorities only, in three editions."""
    return [
        Observation(
            indicator_id=row["indicator_id"],
            area_code=row["la_code"],
            period=row["period"],
            edition=row["edition"],
            value=_number(row["value"]),
            marker=_MARKERS[row["marker"]] if row["marker"] else None,
            cell=f"illustrative_authority.csv row {number}",
            numerator=_number(row["numerator"]),
            denominator=_number(row["denominator"]),
            lower=_number(row["lower"]),
            upper=_number(row["upper"]),
        )
        for number, row in enumerate(
            _rows(folder / "illustrative_authority.csv"),
            start=2,
        )
    ]


def _number(text: str) -> float | None:
    return float(text) if text else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Header, and (row number in the file, cells) of each row; quicker than a dictionary a row."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        return next(lines), list(enumerate(lines, start=2))
