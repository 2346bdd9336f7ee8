"""What does the committee decide, on what evidence, and what came of it?"""

from __future__ import annotations

import streamlit as st

from clearlink.report.evidence import evidence_now
from clearlink.review.codes import MeetingState
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.meetings import snapshot
from clearlink.review.store import NotFound, review_store
from pages.frame.choices import current_choices
from pages.frame.frame import open_page, plain, source_line
from pages.frame.state import Box
from pages.meeting.meeting_after import after
from pages.meeting.meeting_drafts import keep_drafts
from pages.meeting.meeting_list import meeting_line, meeting_list
from pages.meeting.meeting_person import person, person_line, person_of_meeting
from pages.meeting.meeting_place import (
    STAGES,
    go_to,
    go_to_stage,
    open_meeting_id,
    stage,
    told,
)
from pages.meeting.meeting_prepare import prepare
from pages.meeting.meeting_run import run
from pages.meeting.meeting_words import meeting_name

say = open_page("meetings.title")
current_choices()
store, viewer = review_store(), person(say)
has_drafts = not viewer.is_local and keep_drafts(viewer.subject)
opened = None
if wrong := store.fault():
    st.error(say(f"meetings.record.{wrong}"))
if open_meeting_id():
    try:
        opened = one_meeting(store, viewer, open_meeting_id())
        viewer = person_of_meeting(store, viewer, opened)
    except NotFound:
        st.error(say("meetings.not_found"))
        if has_drafts and not viewer.subject:
            st.info(say("meetings.identity.draft_kept"))
if opened is None:
    person_line(say, viewer)
    told()
    meeting_list(say, store, viewer)
else:
    with st.container(
        horizontal=True, vertical_alignment="center", key="meeting_head"
    ):
        st.button(
            say("meetings.all"),
            key="all_meetings",
            on_click=go_to,
            args=("",),
            icon=":material/arrow_back:",
        )
        # the room needs to know which meeting this is, and not who chairs it
        told_of = (
            ""
            if stage("prepare") == "run"
            else f" · {plain(meeting_line(say, opened))}"
        )
        st.markdown(
            f"**{plain(meeting_name(say, opened))}**{told_of}", width="content"
        )
        stage_box = Box[str | None]("meeting_stage")
        stage_box.keep(stage("prepare"))
        st.segmented_control(
            say("meetings.stage"),
            STAGES,
            format_func=lambda s: say(f"meetings.stage_{s}"),
            key=stage_box.key,
            label_visibility="collapsed",
            on_change=lambda: go_to_stage(stage_box.value() or "prepare"),
        )
    part = stage("prepare")
    if part != "run":
        open_still = opened if opened.state is not MeetingState.CLOSED else None
        person_line(say, viewer, store, open_still)
        told()
    {"prepare": prepare, "run": run, "after": after}[part](
        say,
        store,
        viewer,
        opened,
    )
    kept = snapshot(store, viewer, opened)
    if kept is None:
        st.caption(say("meetings.no_snapshot"))
    else:
        st.caption(
            plain(
                say(
                    "meetings.snapshot",
                    snapshot=kept.snapshot_id,
                    build=kept.build_id,
                    date=say.date(kept.as_of),
                    who=kept.taken_by,
                )
            )
        )
        if kept.snapshot_id != evidence_now().snapshot_id:
            st.caption(say("meetings.snapshot_other"))
source_line(say, say("meetings.source"))
