"""After the meeting: its actions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import RowMapping, select

from clearlink.review import tables
from clearlink.review.codes import ActionState, MeetingState
from clearlink.review.protected import withheld_projects
from clearlink.review.records import Action, record_of
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store


def change_action(
    store: Store,
    viewer: Viewer,
    action: Action,
    state: ActionState,
    note: str,
    due: date | None = None,
) -> Action:
    """Where an action stands now, in the owner's or officer's words. Raises Stale."""
    viewer.require(Act.FOLLOW_ACTION, action.place)
    with store.writing(viewer, Act.FOLLOW_ACTION) as write:
        due_on = due or action.due
        return record_of(
            Action,
            write.change(
                tables.action,
                action.action_id,
                action.version,
                state=str(state),
                note=note.strip() or None,
                due=due_on and due_on.isoformat(),
                changed_at=write.at,
            ),
        )


def actions(
    store: Store,
    viewer: Viewer,
    place: str | None = None,
    meeting_id: str | None = None,
) -> list[Action]:
    """Actions this viewer may see, soonest due first: those of closed meetings, and of others to those who
    work on them.
    """
    m, a = tables.meeting, tables.action
    query = (
        select(
            a,
            m.c.state.label("meeting_state"),
        )
        .join(
            m,
            m.c.meeting_id == a.c.meeting_id,
        )
        .order_by(
            a.c.due.is_(None),
            a.c.due,
            a.c.action_id,
        )
    )
    if place is not None:
        query = query.where(a.c.place == place)
    if meeting_id is not None:
        query = query.where(a.c.meeting_id == meeting_id)
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
        withheld_in = {
            p: withheld_projects(
                connection,
                viewer,
                p,
                store.today(),
            )
            for p in {r["place"] for r in rows}
        }
    return [
        record_of(Action, r)
        for r in rows
        if r["project_id"] not in withheld_in[r["place"]]
        and _is_open_to(viewer, r)
    ]


def _is_open_to(viewer: Viewer, row: RowMapping) -> bool:
    return row["meeting_state"] == MeetingState.CLOSED or viewer.may(
        Act.READ_EMBARGOED,
        row["place"],
    )
