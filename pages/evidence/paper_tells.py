"""What else a person reads in a record's paper: a published figure of need without a named priority, and
signs of how it was decided.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.review.codes import LegalGround
from clearlink.review.papers import Paper
from clearlink.review.records import SignSeen
from clearlink.review.refusals import Refused
from clearlink.review.roles import Viewer
from clearlink.review.settled import Figure, record_figure
from clearlink.review.signs_seen import FROM_PAPERS, record_sign
from clearlink.review.store import Store
from clearlink.warehouse import reader
from pages.evidence.acts import act
from pages.evidence.paper_boxes import paper_boxes
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_place import day_of


def a_figure(
    say: Speech, store: Store, viewer: Viewer, record: Waiting
) -> None:
    """A published figure that the decision rests on: document, value, area, and a day before the decision."""
    key = record.project_id
    st.caption(plain(say("evidence.figure.help")))
    typed = _figure_form(say, viewer, record)
    if typed is None:
        return
    act(
        say,
        store,
        key,
        say("evidence.figure.saved", who=viewer.name),
        lambda: record_figure(
            store,
            viewer,
            reader.record_to_settle(key),
            typed.figure(),
        ),
    )
    st.rerun()


@dataclass(frozen=True, slots=True)
class _TypedFigure:
    """A figure as it was typed, its day not yet read."""

    paper: Paper
    value: str
    area: str
    day: str
    page: str

    def figure(self) -> Figure:
        """As the desk keeps it. Raises Refused('figure_missing') without a day, Refused('date_wrong')."""
        told_on = day_of(self.day)
        if told_on is None:
            raise Refused("figure_missing")
        return Figure(
            self.paper,
            self.value,
            self.area,
            told_on,
            self.page or None,
        )


def _figure_form(
    say: Speech, viewer: Viewer, record: Waiting
) -> _TypedFigure | None:
    """The boxes of a figure; nothing until they are sent."""
    key = record.project_id
    with st.form(f"evidence_figure_form_{key}", border=True):
        left, right = st.columns(2)
        document, url = paper_boxes(
            say,
            record,
            (left, right),
            "figure",
        )
        value = left.text_input(
            say("evidence.figure.value"),
            key=f"figure_value_{key}",
            max_chars=120,
        )
        area = right.text_input(
            say("evidence.figure.area"),
            key=f"figure_area_{key}",
            max_chars=120,
        )
        day = left.text_input(
            say("evidence.figure.told_on"),
            key=f"figure_day_{key}",
            max_chars=10,
        )
        page = right.text_input(
            say("meetings.ask.page"),
            key=f"figure_page_{key}",
            max_chars=20,
        )
        sent = st.form_submit_button(
            say("evidence.figure.save"),
            key="evidence_figure",
            disabled=not viewer.is_named,
        )
    if not sent:
        return None
    return _TypedFigure(
        Paper(document, url),
        value,
        area,
        day,
        page,
    )


def a_sign(say: Speech, store: Store, viewer: Viewer, record: Waiting) -> None:
    """A sign with its paper, in our words, and the ground in law that the paper gives."""
    key = record.project_id
    st.caption(plain(say("standing.signs.help")))
    typed = _sign_form(say, viewer, record)
    if typed is None:
        return

    def write() -> SignSeen:
        paper = Paper(
            typed.document,
            typed.url,
            day_of(typed.day),
        )
        return record_sign(
            store,
            viewer,
            reader.record_to_settle(key),
            sign=typed.sign,
            paper=paper,
            said=typed.words,
            ground=typed.ground,
        )

    act(
        say,
        store,
        key,
        say("evidence.sign.saved", who=viewer.name),
        write,
    )
    st.rerun()


@dataclass(frozen=True, slots=True)
class _TypedSign:
    """A sign as it was typed, the day of its paper not yet read."""

    sign: str
    document: str
    url: str
    day: str
    ground: LegalGround
    words: str


def _sign_box(say: Speech, key: str) -> str:
    """Which of the signs that a paper can show."""
    sign = st.radio(
        say("standing.signs.col.sign"),
        FROM_PAPERS,
        format_func=lambda s: f"{s} {say(f'standing.sign.{s}')}",
        key=f"sign_kind_{key}",
    )
    return sign or ""


def _sign_form(
    say: Speech, viewer: Viewer, record: Waiting
) -> _TypedSign | None:
    """The boxes of a sign; nothing until they are sent."""
    key = record.project_id
    with st.form(f"evidence_sign_form_{key}", border=True):
        sign = _sign_box(say, key)
        left, right = st.columns(2)
        document, url = paper_boxes(
            say,
            record,
            (left, right),
            "sign",
        )
        day = left.text_input(
            say("evidence.paper.day"),
            key=f"sign_day_{key}",
            max_chars=10,
        )
        ground = right.selectbox(
            say("evidence.sign.ground"),
            list(LegalGround),
            format_func=lambda g: say(f"standing.ground.{g}"),
            key=f"sign_ground_{key}",
        )
        words = st.text_input(
            say("evidence.sign.said"),
            key=f"sign_said_{key}",
            max_chars=300,
        )
        sent = st.form_submit_button(
            say("evidence.sign.save"),
            key="evidence_sign",
            disabled=not viewer.is_named,
        )
    if not sent:
        return None
    return _TypedSign(
        sign,
        document,
        url,
        day,
        ground or LegalGround.NONE_GIVEN,
        words,
    )
