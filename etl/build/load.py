"""Plain rows into the base tables of a new warehouse."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from clearlink.rules.need.intervals import exact_poisson
from clearlink.rules.settings import Settings
from etl.build.intake import Intake
from etl.build.users_by_area import declared_areas, without_users
from etl.records import Observation

# an authority's own indicator speaks after every published one
OWN_LAST: Final = 900

CATALOGUE_TABLES: Final[Mapping[str, str]] = {
    "assessment_round": "assessment_rounds.csv",
    "place": "places.csv",
    "postcode_district_ended": "postcode_districts_ended.csv",
    "council_site": "council_sites.csv",
    "programme_sum": "programme_sums.csv",
    "auditor_finding": "auditor_findings.csv",
    "theme": "themes.csv",
    "theme_related": "theme_related.csv",
    "programme": "programmes.csv",
    "programme_theme": "programme_theme.csv",
    "programme_measure": "programme_measures.csv",
    "programme_lineage": "programme_lineage.csv",
    "voluntary_council": "voluntary_councils.csv",
    "provision_figure": "provision_figures.csv",
    "target_group": "target_groups.csv",
    "indicator": "indicators.csv",
    "theme_indicator": "theme_indicator.csv",
    "theme_population": "theme_population.csv",
    "derived": "derived.csv",
    "wimd_weight": "wimd_weights.csv",
    "wimd_group_end": "wimd_groups.csv",
}


def insert(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Any]
) -> int:
    """Appends columns to a table by name; a column the rows do not have stays null. Answers the number of
    rows.

    Raises ValueError where the rows hold a column that the table does not.
    """
    rows = pa.table(
        {
            name: values if isinstance(values, pa.Array) else pa.array(values)
            for name, values in columns.items()
        }
    )
    target = con.table(table)
    unknown = [name for name in rows.column_names if name not in target.columns]
    if unknown:
        raise ValueError(
            f"{table}: rows hold {unknown}, expected only {target.columns}"
        )
    if rows.num_rows:
        chosen = ", ".join(
            f'"{c}"' if c in rows.column_names else f'null as "{c}"'
            for c in target.columns
        )
        con.from_arrow(rows).project(chosen).insert_into(table)
    return int(rows.num_rows)


def load_catalogue(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The reviewed lists (themes, programmes, indicators …) as they stand in the catalogue."""
    for table, name in CATALOGUE_TABLES.items():
        with (folder / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        insert(
            con,
            table,
            {
                c: [row[c] or None for row in rows]
                for c in con.table(table).columns
                if rows and c in rows[0]
            },
        )


def load_settings(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """The thresholds of the method, the life of each kind of assessment, and exact limits of counts under
    ten.
    """
    numbers = {
        f.name: float(getattr(settings, f.name))
        for f in fields(settings)
        if isinstance(getattr(settings, f.name), (int, float))
    }
    insert(
        con,
        "setting",
        {"name": list(numbers), "value": list(numbers.values())},
    )
    insert(
        con,
        "assessment_life",
        {
            "kind": [k for k, _ in settings.life_years],
            "years": [y for _, y in settings.life_years],
        },
    )
    small = range(int(settings.exact_below))
    limits = [exact_poisson(float(n)) for n in small]
    insert(
        con,
        "poisson_exact",
        {
            "observed": list(small),
            "lower": [x[0] for x in limits],
            "upper": [x[1] for x in limits],
        },
    )


def load_intake(
    con: duckdb.DuckDBPyConnection, intake: Intake, settings: Settings
) -> None:
    """Every row of the intake, in the tables named after it; counts of users only as the rule on small
    numbers lets them be served.
    """
    _load_areas(con, intake)
    insert(
        con,
        "area_link",
        _of(intake.links),
    )
    insert(con, "postcode", postcode_columns(intake))
    for snapshot_id, observations in intake.observations:
        insert(
            con,
            "observation",
            _observation_columns(snapshot_id, observations),
        )
    for table, rows in (
        ("snapshot", intake.snapshots),
        ("source_state", intake.source_states),
        ("edition", intake.editions),
        ("project_theme", intake.project_themes),
        ("paper_reading", intake.paper_readings),
        ("need_figure", intake.need_figures),
        ("public_record", intake.public_records),
        ("citation", intake.citations),
        ("statement", intake.statements),
        ("allocation", intake.allocations),
        ("programme_return", intake.programme_returns),
        ("funding_line", intake.funding_lines),
        ("assessment_check", intake.assessment_checks),
        ("row_count", intake.row_counts),
    ):
        insert(con, table, _of(rows))
    _load_engagements(con, intake)
    _load_plans(con, intake)
    load_own_indicators(con, intake)
    insert(
        con,
        "assessment",
        {k: v for k, v in _of(intake.assessments).items() if k != "area_codes"},
    )
    covered = [
        (a.assessment_id, code) for a in intake.assessments for code in a.area_codes
    ]
    if covered:
        insert(
            con,
            "assessment_area",
            {
                "assessment_id": [i for i, _ in covered],
                "area_code": [c for _, c in covered],
            },
        )
    twice = _of(intake.duplicates)
    insert(
        con,
        "possible_duplicate",
        twice | {"alike": [";".join(d.alike) for d in intake.duplicates]},
    )
    insert(
        con,
        "priority",
        {k: v for k, v in _of(intake.priorities).items() if k != "area_codes"},
    )
    projects = _of(intake.projects)
    insert(
        con,
        "project",
        {
            k: v
            for k, v in projects.items()
            if k not in ("area_codes", "theme_ids", "users_by_area")
        },
    )
    insert(
        con,
        "project_declared_area",
        declared_areas(con, intake.projects, settings),
    )
    choices = _of(intake.area_choices)
    if choices:
        choices["area_codes_as_published"] = [
            ";".join(codes) for codes in choices["area_codes_as_published"]
        ]
    insert(con, "area_choice", choices)
    problems = _of(intake.problems)
    if problems:
        problems["row_no"], problems["column_name"] = (
            problems.pop("row"),
            problems.pop("column"),
        )
        problems["found"] = [
            without_users(column, found)
            for column, found in zip(
                problems["column_name"],
                problems["found"],
                strict=True,
            )
        ]
        problems["facts"] = [
            json.dumps(
                {
                    name: without_users(column, said) if name == "found" else said
                    for name, said in facts
                },
                ensure_ascii=False,
            )
            for column, facts in zip(
                problems["column_name"],
                problems["facts"],
                strict=True,
            )
        ]
    insert(con, "problem", problems)


def _load_engagements(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Engagements, and what each is about: assessments, priorities, projects and areas."""
    apart = ("area_codes", "priority_ids", "project_ids")
    insert(
        con,
        "engagement",
        {k: v for k, v in _of(intake.engagements).items() if k not in apart},
    )
    links = [
        (e.engagement_id, subject, code)
        for e in intake.engagements
        for subject, codes in (
            ("assessment", [e.assessment_id] if e.assessment_id else []),
            ("priority", e.priority_ids),
            ("project", e.project_ids),
            ("area", e.area_codes),
        )
        for code in codes
    ]
    columns = ("engagement_id", "subject", "subject_id")
    insert(
        con,
        "engagement_link",
        {name: [x[at] for x in links] for at, name in enumerate(columns)},
    )


def _load_plans(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Plans, the authorities that a joint one covers, their actions and the projects that carry them out."""
    insert(
        con,
        "plan",
        {k: v for k, v in _of(intake.plans).items() if k != "area_codes"},
    )
    covered = [(p.plan_id, code) for p in intake.plans for code in p.area_codes]
    insert(
        con,
        "plan_area",
        {"plan_id": [p for p, _ in covered], "area_code": [c for _, c in covered]},
    )
    insert(
        con,
        "plan_action",
        {k: v for k, v in _of(intake.plan_actions).items() if k != "project_ids"},
    )
    carried = [
        (a.action_id, project) for a in intake.plan_actions for project in a.project_ids
    ]
    insert(
        con,
        "plan_action_project",
        {"action_id": [a for a, _ in carried], "project_id": [p for _, p in carried]},
    )


def load_own_indicators(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Indicators that an authority defines itself, marked as its own. A rate speaks for its theme where no
    published one does.
    """
    first = {f.indicator_id: f for f in reversed(intake.own_figures)}
    own = [first[name] for name in sorted(first)]
    insert(
        con,
        "indicator",
        {
            "indicator_id": [f.indicator_id for f in own],
            "theme_id": [f.theme_id for f in own],
            "name_en": [f"{f.name_en} (authority’s own)" for f in own],
            "name_cy": [f"{f.name_cy} (ffigurau’r awdurdod ei hun)" for f in own],
            "unit_en": [f.unit_en for f in own],
            "unit_cy": [f.unit_cy for f in own],
            "direction": [f.direction for f in own],
            "native_area_type": [f.area_type for f in own],
            "kind": [f.kind for f in own],
            "caveat_en": [f.caveat_en for f in own],
            "caveat_cy": [f.caveat_cy for f in own],
        },
    )
    speaking = [
        f for f in own if f.theme_id and f.kind != "count" and f.direction == "+"
    ]
    insert(
        con,
        "theme_indicator",
        {
            "theme_id": [f.theme_id for f in speaking],
            "indicator_id": [f.indicator_id for f in speaking],
            "role": ["rate" for _ in speaking],
            "fit": ["weak" for _ in speaking],
            "sort": [OWN_LAST + at for at, _ in enumerate(speaking)],
        },
    )


def postcode_columns(intake: Intake) -> dict[str, list[str]]:
    """Postcodes by their first half, each with its small area where the build has that area."""
    known = {area.area_code for area in intake.areas}
    held = sorted(
        (x.child_code, x.parent_code)
        for x in intake.postcodes
        if x.parent_code in known
    )
    return {
        "district": [postcode[:-3] for postcode, _ in held],
        "postcode": [postcode for postcode, _ in held],
        "area_code": [area for _, area in held],
    }


def _load_areas(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    columns = _of(intake.areas)
    boxes = [intake.boxes.get(area.area_code) for area in intake.areas]
    for at, name in enumerate(("lon", "lat", "west", "south", "east", "north")):
        columns[name] = pa.array(
            [None if box is None else box[at] for box in boxes], pa.float64()
        )
    insert(con, "area", columns)


def _of(rows: Sequence[Any]) -> dict[str, Any]:
    """Frozen rows of one kind → columns by field name; enums as their text."""
    if not rows:
        return {}
    return {
        f.name: [_plain(getattr(row, f.name)) for row in rows] for f in fields(rows[0])
    }


def _observation_columns(
    snapshot_id: str, rows: Sequence[Observation]
) -> dict[str, Any]:
    real = pa.float64()
    return {
        "indicator_id": [o.indicator_id for o in rows],
        "area_code": [o.area_code for o in rows],
        "period": [o.period for o in rows],
        "edition": [o.edition for o in rows],
        "value": pa.array([o.value for o in rows], real),
        "marker": pa.array(
            [None if o.marker is None else o.marker.value for o in rows], pa.string()
        ),
        "numerator": pa.array([o.numerator for o in rows], real),
        "denominator": pa.array([o.denominator for o in rows], real),
        "lower": pa.array([o.lower for o in rows], real),
        "upper": pa.array([o.upper for o in rows], real),
        "snapshot_id": [snapshot_id] * len(rows),
        "cell": [o.cell for o in rows],
    }


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
