"""Items about a project that not everybody may read: its place is protected, or it is under embargo.

What decides is the evidence that was frozen with the item, so that the record keeps its own secrets whatever
the register says later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from clearlink.review import tables
from clearlink.review.codes import Subject
from clearlink.review.roles import Act, Viewer
from clearlink.warehouse.one_run import once_a_run

CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Guarded:
    """One project as some meeting froze it."""

    project_id: str
    owners: frozenset[str]
    is_protected: bool
    embargo_until: date | None


def guarded(connection: Connection) -> list[Guarded]:
    """Every project that was protected or under embargo when evidence about it was kept."""
    if connection.get_execution_options().get("writes"):
        # what is being written counts already
        return _guarded_now(connection)
    return once_a_run(
        f"guarded {id(connection.engine)}",
        lambda: _guarded_now(connection),
    )


def _guarded_now(connection: Connection) -> list[Guarded]:
    e = tables.evidence
    # the facts are kept as canonical JSON: these marks stand in it exactly so
    marks = (
        '"is_sensitive":true',
        f'"delivery_model":"{CONFIDENTIAL}"',
        '"embargo_until":"',
    )
    query = select(e.c.subject_id, e.c.facts).where(
        e.c.subject == str(Subject.PROJECT),
        or_(*(e.c.facts.contains(mark, autoescape=True) for mark in marks)),
    )
    return [
        _guarded(
            subject_id,
            json.loads(facts).get("project") or {},
        )
        for subject_id, facts in connection.execute(query)
    ]


def withheld_projects(
    connection: Connection,
    viewer: Viewer,
    place: str,
    on: date,
) -> frozenset[str]:
    """Ids of projects that this viewer may not read of in a meeting of `place`, on a day."""
    return frozenset(
        g.project_id
        for g in guarded(connection)
        if not _may_read(viewer, g, place, on)
    )


def shown(
    rows: Iterable[Any],
    withheld: frozenset[str],
    name: str,
) -> list[Any]:
    """Rows whose project (in the attribute `name`) is not withheld."""
    return [r for r in rows if getattr(r, name) not in withheld]


def _guarded(project_id: str, project: dict[str, Any]) -> Guarded:
    until = project.get("embargo_until")
    return Guarded(
        project_id,
        frozenset(
            c for c in (project.get("la_code"), project.get("region_code")) if c
        ),
        bool(project.get("is_sensitive"))
        or project.get("delivery_model") == CONFIDENTIAL,
        date.fromisoformat(until) if until else None,
    )


def _may_read(
    viewer: Viewer,
    held: Guarded,
    place: str,
    on: date,
) -> bool:
    def may(act: Act) -> bool:
        return viewer.may(act, place) or any(
            viewer.may(act, owner) for owner in held.owners
        )

    return (not held.is_protected or may(Act.READ_PROTECTED)) and (
        held.embargo_until is None
        or held.embargo_until <= on
        or may(Act.READ_EMBARGOED)
    )
