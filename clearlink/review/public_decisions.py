"""What committees decided, as everybody may read it: the decisions that stand in meetings that are closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, and_, or_, select

from clearlink.review import tables
from clearlink.review.codes import MeetingState, Outcome, Subject
from clearlink.review.protected import withheld_projects
from clearlink.review.records import Decision, Item, Meeting, record_of
from clearlink.review.roles import Role, Viewer
from clearlink.review.store import Store, one

ANYBODY: Final = Viewer(name="", role=Role.VIEWER)


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """`subject_id`: the project or priority it is about, or the item's own where it is another matter."""

    held_on: date
    place: str
    titles: dict[str, str]
    subject_id: str
    outcome: Outcome
    reason: str
    exception_until: date | None


def public_decisions(
    store: Store,
    subjects: Collection[str],
    places: Collection[str],
) -> list[PublicDecision]:
    """The decision that stands about each of these projects and priorities, and about other matters that
    meetings of these `places` had; the latest meeting first. Nothing of a project that is protected or
    under embargo.
    """
    with store.reading() as connection:
        standing: dict[str, tuple[Meeting, Item, Decision]] = {}
        for decision, item in _taken(connection, subjects, places):
            meeting = record_of(
                Meeting,
                one(connection, tables.meeting, decision.meeting_id),
            )
            kept_back = withheld_projects(
                connection,
                ANYBODY,
                meeting.place,
                store.today(),
            )
            if item.subject_id not in kept_back:
                standing[item.item_id] = (meeting, item, decision)
    public = [_public(*each) for each in standing.values()]
    return sorted(
        public,
        key=lambda d: d.held_on,
        reverse=True,
    )


def _taken(
    connection: Connection,
    subjects: Collection[str],
    places: Collection[str],
) -> list[tuple[Decision, Item]]:
    """Decisions of closed meetings with their items, the one that stands last."""
    taken, item, meeting = tables.decision, tables.item, tables.meeting
    of_theirs = and_(
        item.c.subject == str(Subject.MATTER),
        meeting.c.place.in_(set(places)),
    )
    query = (
        select(taken)
        .join(
            item,
            item.c.item_id == taken.c.item_id,
        )
        .join(
            meeting,
            meeting.c.meeting_id == taken.c.meeting_id,
        )
        .where(meeting.c.state == str(MeetingState.CLOSED))
        .where(
            or_(
                item.c.subject_id.in_(set(subjects)),
                of_theirs,
            )
        )
        .order_by(taken.c.number)
    )
    rows = connection.execute(query).mappings().all()
    decisions = [record_of(Decision, row) for row in rows]
    return [
        (
            d,
            record_of(
                Item,
                one(connection, tables.item, d.item_id),
            ),
        )
        for d in decisions
    ]


def _public(
    meeting: Meeting,
    item: Item,
    decision: Decision,
) -> PublicDecision:
    return PublicDecision(
        meeting.held_on,
        meeting.place,
        item.titles,
        item.subject_id,
        decision.outcome,
        decision.reason,
        decision.exception_until,
    )
