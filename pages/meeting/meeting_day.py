"""The day of a meeting: until it comes the meeting is rehearsed, unless its chair gives a reason; and what
closing leaves undecided.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clearlink.review.codes import MeetingState
from clearlink.review.meetings import close, decide_early, early_start
from clearlink.review.records import Decision, Item, Meeting
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_person import name_box
from pages.meeting.meeting_place import tell, writing


def is_rehearsed(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> bool:
    """Whether nothing may be decided yet: the day has not come, and the chair gave no reason to decide
    before it.
    """
    return (
        meeting.state is MeetingState.FROZEN
        and store.today() < meeting.held_on
        and early_start(store, viewer, meeting.meeting_id) is None
    )


def rehearsal(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """Says that this is a rehearsal, and takes the chair's reason for deciding before the day."""
    st.info(
        say(
            "meetings.day.rehearsal",
            day=say.date(meeting.held_on),
        )
    )
    if not viewer.may(Act.DECIDE_EARLY, meeting.place):
        return
    with st.expander(plain(say("meetings.day.early", chair=meeting.chair))):
        st.caption(say("meetings.day.early_lead"))
        reason = st.text_area(
            say("meetings.day.early_reason"),
            key=f"early_{meeting.meeting_id}",
            height=90,
            max_chars=1000,
        )
        name_box(
            say,
            viewer,
            store,
            meeting,
        )

        def begin() -> None:
            with writing(say):
                decide_early(
                    store,
                    viewer,
                    meeting,
                    reason,
                )

        if st.button(
            say("meetings.day.early_begin"),
            key="decide_early",
        ):
            begin()
            st.rerun()


def _leave_undecided(say: Speech, left: Sequence[tuple[int, Item]]) -> bool:
    """Names the items without a decision, and asks whether the meeting should close without them."""
    st.warning(say("meetings.day.undecided", n=len(left)))
    st.markdown(
        "\n".join(f"- {n}. {plain(item.titles[say.lang])}" for n, item in left)
    )
    return st.checkbox(
        say("meetings.day.leave", n=len(left)),
        key="leave_undecided",
    )


def close_form(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    listed: Sequence[Item],
    standing: dict[str, Decision],
) -> None:
    """Closes the meeting, after naming every item that it would leave undecided and asking whether it
    should.
    """
    if is_rehearsed(store, viewer, meeting):
        st.info(
            say(
                "meetings.day.not_closed",
                day=say.date(meeting.held_on),
            )
        )
        return
    left = [
        (n, item)
        for n, item in enumerate(listed, 1)
        if item.item_id not in standing
    ]
    agreed = not left or _leave_undecided(say, left)
    st.caption(say("meetings.after.close_lead"))

    def do() -> None:
        with writing(say):
            close(
                store,
                viewer,
                meeting,
                {item.item_id for _, item in left} if agreed else set(),
            )
            tell("success", say("meetings.after.is_closed"))

    if st.button(
        say("meetings.after.close"),
        key="close_meeting",
    ):
        do()
        st.rerun()
