"""“The paper was read and is silent”: the first reader's form, then the second reader's."""

from __future__ import annotations

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.review.papers import Paper
from clearlink.review.readings import confirm_silent, read_silent, readings
from clearlink.review.records import PaperReading
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from pages.evidence.acts import act
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_place import day_of


def paper_read(
    say: Speech, store: Store, viewer: Viewer, record: Waiting
) -> None:
    """Readings that stand and wait for a second reader; where there is none, the form of the first."""
    st.subheader(say("evidence.paper.title"))
    st.caption(plain(say("evidence.paper.help")))
    read = readings(store, viewer, {record.project_id})
    for reading in read:
        _second(say, store, viewer, record, reading)
    if not read:
        _first(say, store, viewer, record)


def _first(say: Speech, store: Store, viewer: Viewer, record: Waiting) -> None:
    key = record.project_id
    with st.form(f"evidence_paper_{key}", border=True):
        left, right = st.columns(2)
        document = left.text_input(
            say("evidence.paper.document"),
            key=f"evidence_document_{key}",
            max_chars=200,
        )
        url = right.text_input(
            say("assessment.address"),
            value=record.words["url"] or "",
            key=f"evidence_url_{key}",
            max_chars=300,
        )
        day = left.text_input(
            say("evidence.paper.day"),
            key=f"evidence_day_{key}",
            max_chars=10,
        )
        pages = right.number_input(
            say("evidence.paper.pages"),
            min_value=1,
            value=None,
            step=1,
            key=f"evidence_pages_{key}",
        )
        sent = st.form_submit_button(
            say("evidence.paper.silent"),
            key="evidence_silent",
            disabled=not viewer.is_named,
        )
    if not sent:
        return

    def write() -> PaperReading:
        paper = Paper(
            document,
            url,
            day_of(day),
            int(pages) if pages else None,
        )
        return read_silent(
            store,
            viewer,
            reader.record_to_settle(key),
            paper,
        )

    act(
        say,
        store,
        key,
        say("evidence.paper.read", who=viewer.name),
        write,
    )
    st.rerun()


def _second(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    reading: PaperReading,
) -> None:
    key = record.project_id
    st.markdown(
        plain(
            say(
                "standing.paper.read_one",
                reader=reading.read_by,
                document=reading.document,
                pages=reading.pages,
                date=say.date(reading.read_on),
            )
        )
    )
    second = (
        st.text_input(
            say("evidence.paper.second"),
            key=f"evidence_second_{key}",
            max_chars=80,
        )
        if viewer.is_local
        else ""
    )
    if not st.button(
        say("evidence.paper.confirm"),
        key="evidence_confirm",
        disabled=not viewer.is_named,
    ):
        return
    act(
        say,
        store,
        key,
        say(
            "evidence.paper.confirmed",
            who=second or viewer.name,
        ),
        lambda: confirm_silent(
            store,
            viewer,
            reader.record_to_settle(key),
            reading,
            asked_of=record.row["commissioner"],
            question=say(
                "meetings.ask.question_standard",
                title=record.row["title"],
            ),
            second_person=second,
        ),
    )
    st.rerun()
