"""What committees asked people to do, and how it stands: after one meeting, and over all of them before
the next.
"""

from __future__ import annotations

import streamlit as st

from clearlink.review.agenda import items
from clearlink.review.codes import ActionState
from clearlink.review.decisions import decisions
from clearlink.review.follow import change_action
from clearlink.review.records import Action
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from pages.frame.frame import table
from pages.frame.speech import Speech
from pages.meeting.meeting_place import as_typed, day_of, writing


def action_tracker(
    say: Speech,
    store: Store,
    viewer: Viewer,
    todo: list[Action],
) -> None:
    """The actions as a table, and the form of those who may say how one stands."""
    today, titles = store.today(), _titles(say, store, viewer, todo)

    def state(action: Action) -> str:
        late = (
            action.state is ActionState.OPEN
            and action.due is not None
            and action.due < today
        )
        return say(
            "meetings.after.action_overdue"
            if late
            else f"meetings.after.action_{action.state}"
        )

    rows = [
        {
            "item": titles[a.action_id],
            "owner": a.owner,
            "due": say.date(a.due),
            "state": state(a),
            "note": a.note or "",
        }
        for a in todo
    ]
    table(
        rows,
        {
            c: say(f"meetings.after.action_{c}")
            for c in ("item", "owner", "due", "state", "note")
        },
        key="actions",
    )
    mine = {
        a.action_id: a for a in todo if viewer.may(Act.FOLLOW_ACTION, a.place)
    }
    if mine:
        with st.expander(say("meetings.after.follow")):
            _follow(say, store, viewer, mine, titles)


def _titles(
    say: Speech,
    store: Store,
    viewer: Viewer,
    todo: list[Action],
) -> dict[str, str]:
    """Action id → the title of its item in the language of the screen."""
    named: dict[str, str] = {}
    for meeting_id in {a.meeting_id for a in todo}:
        of = {
            i.item_id: i.titles[say.lang]
            for i in items(store, viewer, meeting_id)
        }
        named |= {
            d.decision_id: of[d.item_id]
            for d in decisions(store, viewer, meeting_id)
            if d.item_id in of
        }
    return {a.action_id: named.get(a.decision_id, a.what) for a in todo}


def _follow(
    say: Speech,
    store: Store,
    viewer: Viewer,
    mine: dict[str, Action],
    titles: dict[str, str],
) -> None:
    chosen = mine[
        st.selectbox(
            say("meetings.after.action_item"),
            list(mine),
            format_func=lambda a: f"{titles[a]} · {mine[a].owner}",
            key="follow_action",
        )
    ]
    key = f"{chosen.action_id}_{chosen.version}"
    left, middle, right = st.columns((1, 1, 2))
    states = list(ActionState)
    new = left.selectbox(
        say("meetings.after.action_state"),
        states,
        index=states.index(chosen.state),
        format_func=lambda s: say(f"meetings.after.action_{s}"),
        key=f"follow_state_{key}",
    )
    due = middle.text_input(
        say("meetings.after.action_due"),
        value=as_typed(chosen.due),
        key=f"follow_due_{key}",
        max_chars=10,
    )
    note = right.text_input(
        say("meetings.after.action_note"),
        value=chosen.note or "",
        key=f"follow_note_{key}",
        max_chars=400,
    )
    if st.button(
        say("meetings.after.save_action"),
        key="follow_save",
    ):
        with writing(say):
            change_action(store, viewer, chosen, new, note, day_of(due))
        st.rerun()
