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
from etl.records import Engagement, Observation, OwnFigure, Problem

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
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, Any],
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
        if isinstance(
            getattr(settings, f.name),
            (int, float),
        )
    }
    insert(
        con,
        "setting",
        {
            "name": list(numbers),
            "value": list(numbers.values()),
        },
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
    con: duckdb.DuckDBPyConnection,
    intake: Intake,
    settings: Settings,
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
    insert(
        con,
        "postcode",
        postcode_columns(intake),
    )
    for snapshot_id, observations in intake.observations:
        insert(
            con,
            "observation",
            _observation_columns(snapshot_id, observations),
        )
    _load_as_they_are(con, intake)
    load_engagements(con, intake)
    _load_plans(con, intake)
    load_own_indicators(con, intake)
    _load_assessments(con, intake)
    _load_projects(con, intake, settings)
    _load_area_choices(con, intake)
    _load_problems(con, intake)


def _load_as_they_are(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """The rows whose fields are their table's columns."""
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
        insert(
            con,
            table,
            _of(rows),
        )


def _load_assessments(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Assessments, the authorities that a joint one covers, and the priorities they name."""
    insert(
        con,
        "assessment",
        _of(intake.assessments, apart=("area_codes",)),
    )
    covered = [
        (a.assessment_id, code)
        for a in intake.assessments
        for code in a.area_codes
    ]
    insert(
        con,
        "assessment_area",
        _pairs(covered, "assessment_id", "area_code"),
    )
    insert(
        con,
        "priority",
        _of(intake.priorities, apart=("area_codes",)),
    )


def _load_projects(
    con: duckdb.DuckDBPyConnection,
    intake: Intake,
    settings: Settings,
) -> None:
    """Projects, the areas each declares, and the pairs that may be one thing twice."""
    apart = ("area_codes", "theme_ids", "users_by_area")
    insert(
        con,
        "project",
        _of(intake.projects, apart),
    )
    areas = declared_areas(con, intake.projects, settings)
    insert(con, "project_declared_area", areas)
    alike = [";".join(pair.alike) for pair in intake.duplicates]
    insert(
        con,
        "possible_duplicate",
        _of(intake.duplicates) | {"alike": alike},
    )


def _load_area_choices(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    choices = _of(intake.area_choices)
    if choices:
        published = choices["area_codes_as_published"]
        choices["area_codes_as_published"] = [
            ";".join(codes) for codes in published
        ]
    insert(con, "area_choice", choices)


def _load_problems(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Problems, with what was found in a cell only as the rule on small numbers lets it be served."""
    apart = ("row", "column", "found", "facts")
    problems = intake.problems
    if not problems:
        return
    columns = _of(problems, apart) | {
        "row_no": [p.row for p in problems],
        "column_name": [p.column for p in problems],
        "found": [without_users(p.column, p.found) for p in problems],
        "facts": [_served_facts(p) for p in problems],
    }
    insert(con, "problem", columns)


def _served_facts(problem: Problem) -> str:
    """The facts of a problem as JSON, without counts of users."""
    facts = dict(problem.facts)
    if "found" in facts:
        facts["found"] = without_users(
            problem.column,
            facts["found"],
        )
    return json.dumps(facts, ensure_ascii=False)


def load_engagements(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Engagements, and what each is about: assessments, priorities, projects and areas."""
    apart = (
        "area_codes",
        "priority_ids",
        "project_ids",
        "unknown_project_ids",
        "perhaps_project_ids",
    )
    insert(
        con,
        "engagement",
        _of(intake.engagements, apart),
    )
    links = [link for each in intake.engagements for link in _links_of(each)]
    columns = ("engagement_id", "subject", "subject_id")
    insert(
        con,
        "engagement_link",
        {name: [x[at] for x in links] for at, name in enumerate(columns)},
    )


def _links_of(engagement: Engagement) -> list[tuple[str, str, str]]:
    """What an engagement is about, each with the kind of thing it is."""
    assessment_ids = (
        [engagement.assessment_id] if engagement.assessment_id else []
    )
    about = (
        ("assessment", assessment_ids),
        ("priority", engagement.priority_ids),
        ("project", engagement.project_ids),
        ("project_unknown", engagement.unknown_project_ids),
        ("project_perhaps", engagement.perhaps_project_ids),
        ("area", engagement.area_codes),
    )
    return [
        (engagement.engagement_id, subject, subject_id)
        for subject, subject_ids in about
        for subject_id in subject_ids
    ]


def _load_plans(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Plans, the authorities that a joint one covers, their actions and the projects that carry them out."""
    insert(
        con,
        "plan",
        _of(intake.plans, apart=("area_codes",)),
    )
    covered = [(p.plan_id, code) for p in intake.plans for code in p.area_codes]
    insert(
        con,
        "plan_area",
        _pairs(covered, "plan_id", "area_code"),
    )
    insert(
        con,
        "plan_action",
        _of(intake.plan_actions, apart=("project_ids",)),
    )
    carried = [
        (a.action_id, project)
        for a in intake.plan_actions
        for project in a.project_ids
    ]
    insert(
        con,
        "plan_action_project",
        _pairs(carried, "action_id", "project_id"),
    )


def load_own_indicators(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """Indicators that an authority defines itself, marked as its own. A rate speaks for its theme where no
    published one does.
    """
    first = {f.indicator_id: f for f in reversed(intake.own_figures)}
    own = [first[name] for name in sorted(first)]
    as_stated = (
        "indicator_id",
        "theme_id",
        "unit_en",
        "unit_cy",
        "direction",
        "kind",
        "caveat_en",
        "caveat_cy",
    )
    marked = {
        "name_en": [f"{f.name_en} (authority’s own)" for f in own],
        "name_cy": [f"{f.name_cy} (ffigurau’r awdurdod ei hun)" for f in own],
        "native_area_type": [f.area_type for f in own],
    }
    insert(
        con,
        "indicator",
        _chosen(own, as_stated) | marked,
    )
    speaking = [f for f in own if _speaks_for_its_theme(f)]
    count = len(speaking)
    roles = {
        "role": ["rate"] * count,
        "fit": ["weak"] * count,
        "sort": list(range(OWN_LAST, OWN_LAST + count)),
    }
    insert(
        con,
        "theme_indicator",
        _chosen(speaking, ("theme_id", "indicator_id")) | roles,
    )


def _speaks_for_its_theme(figure: OwnFigure) -> bool:
    """Whether an authority's own indicator may stand for need: a rate that is worse where it is higher."""
    return (
        bool(figure.theme_id)
        and figure.kind != "count"
        and figure.direction == "+"
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
            [None if box is None else box[at] for box in boxes],
            pa.float64(),
        )
    insert(con, "area", columns)


def _of(rows: Sequence[Any], apart: Sequence[str] = ()) -> dict[str, Any]:
    """Frozen rows of one kind → columns by field name, but those `apart`; enums as their text."""
    if not rows:
        return {}
    names = [f.name for f in fields(rows[0]) if f.name not in apart]
    return _chosen(rows, names)


def _chosen(rows: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
    """The named fields of rows as columns; enums as their text."""
    return {
        name: [_plain(getattr(row, name)) for row in rows] for name in names
    }


def _pairs(
    pairs: Sequence[tuple[str, str]],
    one: str,
    other: str,
) -> dict[str, Any]:
    """Pairs as two columns."""
    return {
        one: [pair[0] for pair in pairs],
        other: [pair[1] for pair in pairs],
    }


def _observation_columns(
    snapshot_id: str,
    rows: Sequence[Observation],
) -> dict[str, Any]:
    names = ("indicator_id", "area_code", "period", "edition", "cell")
    reals = ("value", "numerator", "denominator", "lower", "upper")
    markers = [None if o.marker is None else o.marker.value for o in rows]
    # a column without one value must still say its type
    return {
        **{name: [getattr(o, name) for o in rows] for name in names},
        **{
            name: pa.array(
                [getattr(o, name) for o in rows],
                pa.float64(),
            )
            for name in reals
        },
        "marker": pa.array(
            markers,
            pa.string(),
        ),
        "snapshot_id": [snapshot_id] * len(rows),
    }


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
