"""After the meeting: actions, exceptions and their ends."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.codes import LEAST_REASON, ActionState, MeetingState
from clearlink.review.protected import withheld_projects
from clearlink.review.records import Action, ExceptionGrant, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store


def change_action(store: Store, viewer: Viewer, action: Action, state: ActionState, note: str, due: date | None = None) -> Action:
    """Where an action stands now, in the owner's or officer's words. Raises Stale."""
    viewer.require(Act.FOLLOW_ACTION, action.place)
    with store.writing(viewer, Act.FOLLOW_ACTION) as write:
        due_on = due or action.due
        return record_of(
            Action, write.change(tables.action, action.action_id, action.version, state=str(state), note=note.strip() or None, due=due_on and due_on.isoformat(), changed_at=write.at)
        )


def actions(store: Store, viewer: Viewer, place: str | None = None, meeting_id: str | None = None) -> list[Action]:
    """Actions this viewer may see, soonest due first: those of closed meetings, and of others to those who work on them."""
    m, a = tables.meeting, tables.action
    query = select(a, m.c.state.label("meeting_state")).join(m, m.c.meeting_id == a.c.meeting_id).order_by(a.c.due.is_(None), a.c.due, a.c.action_id)
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
        withheld = {p: withheld_projects(connection, viewer, p, store.today()) for p in {r["place"] for r in rows}}
    return [
        record_of(Action, r)
        for r in rows
        if (place is None or r["place"] == place)
        and (meeting_id is None or r["meeting_id"] == meeting_id)
        and r["project_id"] not in withheld[r["place"]]
        and (r["meeting_state"] == MeetingState.CLOSED or viewer.may(Act.READ_EMBARGOED, r["place"]))
    ]


def exceptions(store: Store, viewer: Viewer, on: date) -> dict[str, ExceptionGrant]:
    """Project id → the justified exception in force on a day. Public, as a verdict is never shown without its exception, but for a
    project that this viewer may not read."""
    with store.reading() as connection:
        found = [record_of(ExceptionGrant, r) for r in connection.execute(select(tables.exception_grant).order_by(tables.exception_grant.c.until)).mappings()]
        withheld = {p: withheld_projects(connection, viewer, p, on) for p in {x.place for x in found}}
    return {x.project_id: x for x in found if x.stands_on(on) and x.project_id not in withheld[x.place]}


def ending_exceptions(store: Store, viewer: Viewer, on: date, days: int = 90) -> list[ExceptionGrant]:
    """Exceptions in force whose last day is near, the nearest first."""
    return [x for x in exceptions(store, viewer, on).values() if x.until <= on + timedelta(days=days)]


def end_exception(store: Store, viewer: Viewer, grant: ExceptionGrant, because: str, on: date) -> ExceptionGrant:
    """Ends an exception before its last day. Raises Stale."""
    viewer.require(Act.END_EXCEPTION, grant.place)
    if len(because.strip()) < LEAST_REASON:
        raise Refused("reason_short")
    with store.writing(viewer, Act.END_EXCEPTION) as write:
        return record_of(
            ExceptionGrant, write.change(tables.exception_grant, grant.exception_id, grant.version, ended_on=on.isoformat(), ended_because=because.strip())
        )
