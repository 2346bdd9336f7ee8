"""The steward's desk on screen: upload, read the report, take away the rows to mend, publish."""

from __future__ import annotations

import hashlib

import streamlit as st

from clearlink.load_desk import Tried, publish_register, try_register
from clearlink.review.roles import Act
from pages.parts.data_tables import problem_table
from pages.parts.meeting_person import person
from pages.parts.speech import Speech


def register_desk(say: Speech) -> None:
    """Nothing is kept until it is published, and a refused row never stops the others."""
    st.subheader(say("data.desk.title"))
    viewer = person(say)
    if not viewer.may(Act.LOAD_REGISTER):
        st.info(say("sign_in.desk_for_steward"))
        return
    given = st.file_uploader(say("data.desk.choose"), type=["csv", "xlsx", "ods", "json"], key="register_upload", max_upload_size=10)
    if given is None:
        return
    data = given.getvalue()
    mark = hashlib.sha256(data).hexdigest()
    tried: Tried | None = st.session_state.get("desk_tried", {}).get(mark)
    if tried is None:
        with st.spinner(say("data.desk.reading")):
            tried = try_register(data, given.name, viewer)
        st.session_state["desk_tried"] = {mark: tried}
    if tried.trouble:
        st.error(say(f"data.desk.trouble_{tried.trouble}"))
        return
    (st.success if tried.refused == 0 and tried.accepted else st.warning)(say("data.desk.report", n=tried.accepted, refused=tried.refused))
    if tried.problems:
        problem_table(say, tried.problems, key="desk_problems")
    if tried.to_mend:
        st.download_button(say("data.desk.to_mend"), tried.to_mend, "rows-to-mend.csv", "text/csv", on_click="ignore")
    if tried.accepted and st.button(say("data.desk.publish"), type="primary", key="desk_publish"):
        with st.spinner(say("data.desk.publishing")):
            stopped = publish_register(data, given.name, viewer)
        if stopped is None:
            st.success(say("data.desk.published"))
        else:
            st.error(say(f"data.desk.trouble_{stopped}"))
