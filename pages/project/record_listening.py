"""On a project's record: who was listened to for it, or for the assessments that it cites."""

from __future__ import annotations

import streamlit as st

from clearlink.report.engagement_words import engagement_labels, engagement_rows
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech


def listened_on_record(say: Speech, project: Row) -> None:
    """The engagements, and the mark of a project for children of which no record says that children were
    listened to.
    """
    engagements = reader.engagements_of_project(project["project_id"])
    own_words = project["engagement_with"]
    if (
        project["for_children"]
        and not own_words
        and not any(e["has_children"] for e in engagements)
    ):
        st.info(plain(say("engagement.children_missing")))
    if not engagements:
        return
    st.subheader(say("engagement.of_project"))
    rows, labels = engagement_rows(say, engagements), engagement_labels(say)
    table(rows, labels, key="record_engagements", height=220)
    carry_away(
        say,
        "record-engagements",
        rows,
        labels,
        (say("engagement.of_project"),),
    )
