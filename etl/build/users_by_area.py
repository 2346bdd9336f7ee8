"""Users by area on their way into a warehouse: as they may be served, and no other way.

The counts a register gives stay in the register. What the build places money and tests areas by is what
anybody may see, so no figure worked out from them says more than they do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from clearlink.rules.codes import DeliveryModel
from clearlink.rules.disclosure import published_users
from clearlink.rules.settings import Settings
from etl.records import Marker, Project

COLUMN: Final = "users_by_area"
# A figure that stands alone; the figures of an area code stand behind its letter.
_FIGURE: Final = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?")


def declared_areas(
    con: duckdb.DuckDBPyConnection,
    projects: Sequence[Project],
    settings: Settings,
) -> dict[str, Any]:
    """Columns of `project_declared_area`: every area of every project, with its users as they may be served.

    The areas that hold others are those of `area_link`, which must be filled.
    """
    parents = _parents_asked_for(con, projects)
    rows = [
        (p.project_id, *row)
        for p in projects
        for row in _served(p, parents, settings)
    ]
    return {
        "project_id": [r[0] for r in rows],
        "area_code": [r[1] for r in rows],
        "users": pa.array(
            [r[2] for r in rows],
            pa.float64(),
        ),
        "users_marker": pa.array(
            [r[3] for r in rows],
            pa.string(),
        ),
    }


def _parents_asked_for(
    con: duckdb.DuckDBPyConnection,
    projects: Sequence[Project],
) -> Mapping[str, Collection[str]]:
    """What lies in what; asked only where a project counts users in several areas."""
    if any(len(p.users_by_area) > 1 for p in projects):
        return _parents(con)
    return {}


def without_users(column: str | None, text: str) -> str:
    """What a problem quotes from a cell, with counts of people taken out: a refused row has none that was
    judged safe.
    """
    return _FIGURE.sub("…", text) if column == COLUMN else text


def _served(
    project: Project,
    parents: Mapping[str, Collection[str]],
    settings: Settings,
) -> list[tuple[str, float | None, str | None]]:
    """Area, users and marker of each area of one project.

    A count given for an area that the project does not name is served nowhere, but weighs in what may be: it
    is part of the total.
    """
    given = dict(project.users_by_area)
    shown = _shown(project, given, parents, settings)
    kept_back = {code for code in given if shown[code] is None}
    return [
        (
            code,
            shown.get(code),
            Marker.LOW.value if code in kept_back else None,
        )
        for code in project.area_codes or given
    ]


def _shown(
    project: Project,
    given: Mapping[str, float],
    parents: Mapping[str, Collection[str]],
    settings: Settings,
) -> Mapping[str, float | None]:
    """The counts that may be told; a place that is protected tells none."""
    if (
        project.is_sensitive
        or project.delivery_model == DeliveryModel.CONFIDENTIAL
    ):
        return dict.fromkeys(given)
    return published_users(
        given,
        {code: _holders(code, parents) for code in given},
        settings,
    )


def _holders(code: str, parents: Mapping[str, Collection[str]]) -> set[str]:
    """Every area that holds this one, at any level."""
    holders: set[str] = set()
    waiting = [code]
    while waiting:
        new = (
            set(
                parents.get(
                    waiting.pop(),
                    (),
                )
            )
            - holders
            - {code}
        )
        holders |= new
        waiting += new
    return holders


def _parents(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    parents: dict[str, set[str]] = {}
    for child, parent in (
        con.table("area_link").project("child_code, parent_code").fetchall()
    ):
        parents.setdefault(
            child,
            set(),
        ).add(parent)
    return parents
