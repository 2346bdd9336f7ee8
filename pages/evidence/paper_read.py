"""“The paper was read and is silent”: the first reader's form, then the second reader's."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.review.papers import Paper
from clearlink.review.readings import confirm_silent, read_silent, readings
from clearlink.review.records import PaperReading
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from pages.evidence.acts import act
from pages.evidence.paper_boxes import paper_boxes
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_place import day_of


def paper_read(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
) -> None:
    """Readings that stand and wait for a second reader; where there is none, the form of the first."""
    st.subheader(say("evidence.paper.title"))
    st.caption(plain(say("evidence.paper.help")))
    read = readings(store, viewer, {record.project_id})
    for reading in read:
        _second(
            say,
            store,
            viewer,
            record,
            reading,
        )
    if not read:
        _first(
            say,
            store,
            viewer,
            record,
        )


def _first(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
) -> None:
    typed = _paper_form(say, viewer, record)
    if typed is None:
        return
    key = record.project_id
    act(
        say,
        store,
        key,
        say("evidence.paper.read", who=viewer.name),
        lambda: read_silent(
            store,
            viewer,
            reader.record_to_settle(key),
            Paper(
                typed.document,
                typed.url,
                day_of(typed.day),
                typed.pages,
            ),
        ),
    )
    st.rerun()


@dataclass(frozen=True, slots=True)
class _TypedPaper:
    """A paper as it was typed, its day not yet read."""

    document: str
    url: str
    day: str
    pages: int | None


def _paper_form(
    say: Speech,
    viewer: Viewer,
    record: Waiting,
) -> _TypedPaper | None:
    """The boxes of the paper that was read and is silent; nothing until they are sent."""
    key = record.project_id
    with st.form(f"evidence_paper_{key}", border=True):
        left, right = st.columns(2)
        document, url = paper_boxes(
            say,
            record,
            (left, right),
            "evidence",
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
        return None
    return _TypedPaper(
        document,
        url,
        day,
        int(pages) if pages else None,
    )


def _read_once(say: Speech, reading: PaperReading) -> str:
    """Who read which paper, and when."""
    return say(
        "standing.paper.read_one",
        reader=reading.read_by,
        document=reading.document,
        pages=reading.pages,
        date=say.date(reading.read_on),
    )


def _second(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    reading: PaperReading,
) -> None:
    key = record.project_id
    st.markdown(plain(_read_once(say, reading)))
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
