"""What committees found otherwise than the test: the verdict that stands beside the test's own (method
B5).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from clearlink.review import tables
from clearlink.review.codes import EXCEPTION
from clearlink.review.decisions import needs_second
from clearlink.review.meetings import may_see
from clearlink.review.protected import withheld_projects
from clearlink.review.records import Decision, Meeting, record_of
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.rules.dates import add_months
from clearlink.warehouse.law import law_in_force

_ABOUT_PROJECTS: Final = (
    select(tables.decision)
    .where(tables.decision.c.project_id.is_not(None))
    .order_by(tables.decision.c.decided_at)
)


def standing_findings(store: Store, viewer: Viewer) -> dict[str, str]:
    """Project id → the verdict a committee found, where its last decision found another than the test, a
    second person agreed where one must, and its twelve months are not over. Only of meetings and projects
    that this viewer may see.
    """
    with store.reading() as connection:
        held = _meetings_seen(connection, viewer)
        counted = _decisions_that_count(connection)
        withheld = {
            place: withheld_projects(
                connection,
                viewer,
                place,
                store.today(),
            )
            for place in {m.place for m in held.values()}
        }
    findings: dict[str, str | None] = {}
    for d in counted:
        meeting = held.get(d.meeting_id)
        if meeting and d.project_id not in withheld[meeting.place]:
            findings[str(d.project_id)] = _finding_in_force(
                d,
                meeting,
                store.today(),
            )
    return {
        project_id: finding
        for project_id, finding in findings.items()
        if finding is not None
    }


def _decisions_that_count(connection: Connection) -> list[Decision]:
    """About projects, the last one last. One that still waits for its second person has changed nothing yet,
    and takes nothing back.
    """
    agreed = set(
        connection.execute(select(tables.seconding.c.decision_id)).scalars()
    )
    rows = connection.execute(_ABOUT_PROJECTS).mappings()
    taken = [record_of(Decision, row) for row in rows]
    return [d for d in taken if _is_agreed(d, agreed)]


def _meetings_seen(
    connection: Connection,
    viewer: Viewer,
) -> dict[str, Meeting]:
    """The meetings that this viewer may see, by their id."""
    meetings = [
        record_of(Meeting, r)
        for r in connection.execute(select(tables.meeting)).mappings()
    ]
    return {m.meeting_id: m for m in meetings if may_see(viewer, m)}


def _is_agreed(decision: Decision, agreed: Collection[str]) -> bool:
    return decision.decision_id in agreed or not needs_second(
        decision.finding_from, decision.finding_to
    )


def _finding_in_force(
    decision: Decision,
    meeting: Meeting,
    today: date,
) -> str | None:
    """The verdict that a decision found, where it found another and its months are not over."""
    if decision.finding_to == EXCEPTION:
        return None
    ends = add_months(meeting.held_on, law_in_force().override_months)
    return decision.finding_to if today < ends else None
