"""Asking an owner for missing evidence, and what the answer or silence does to the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from clearlink.review.codes import Answer, Field, MeetingState, RequestState
from clearlink.review.records import EvidenceRequest, Item, Meeting
from clearlink.review.replies import after_reply
from clearlink.review.requests import (
    Reference,
    answer,
    ask,
    requests,
    state,
)
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.rules.codes import ThemeMatch
from clearlink.warehouse.law import law_in_force
from pages.frame.criteria_words import say_recalculated
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_place import day_of, writing


def asked_for(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """Questions about an item's project, their state, the verdict with them counted in, and the forms for
    those who may.
    """
    today = store.clock().date()
    asked = requests(store, viewer, item.subject_id)
    if not asked:
        st.info(say("meetings.ask.none"))
    for request in asked:
        one_request(
            say,
            store,
            viewer,
            request,
            today,
        )
    if asked:
        _verdict_after_answers(
            say,
            asked,
            facts,
            today,
        )
    if meeting.state is not MeetingState.CLOSED and viewer.may(
        Act.ASK_FOR_EVIDENCE, meeting.place
    ):
        with st.expander(say("meetings.ask.title")):
            ask_form(
                say,
                store,
                viewer,
                meeting.place,
                {
                    **facts["project"],
                    "project_id": item.subject_id,
                },
            )


def _verdict_after_answers(
    say: Speech,
    asked: Sequence[EvidenceRequest],
    facts: dict[str, Any],
    today: date,
) -> None:
    """The verdict with the answers and the silences counted in, where they change it."""
    decided = facts["project"]["decision_date"]
    after = after_reply(
        facts["verdict"],
        date.fromisoformat(decided) if decided else None,
        asked,
        today,
    )
    say_recalculated(say, after)


def one_request(
    say: Speech,
    store: Store,
    viewer: Viewer,
    request: EvidenceRequest,
    today: date,
) -> None:
    """One question with where it stands, and the form for its answer where this person may give one."""
    stands = state(request, today)
    standing = {
        RequestState.WAITING: lambda: say(
            "meetings.ask.waiting",
            date=say.date(request.due_on),
        ),
        RequestState.SILENT: lambda: say(
            "meetings.ask.silent",
            date=say.date(request.due_on),
        ),
        RequestState.ANSWERED: lambda: say(
            "meetings.ask.answered",
            date=say.date(request.answered_on),
            text=request.answer_text or "",
        ),
    }[stands]()
    st.markdown(
        plain(
            say(
                "meetings.ask.line",
                field=say(f"meetings.ask.field_{request.field}"),
                of=request.asked_of,
                asked=say.date(request.asked_on),
                state=standing,
            )
        )
    )
    if stands is not RequestState.ANSWERED and any(
        viewer.may(Act.ANSWER_REQUEST, p)
        for p in (request.place, request.la_code)
        if p
    ):
        with st.expander(say("meetings.ask.answer")):
            _answer(
                say,
                store,
                viewer,
                request,
            )


def ask_form(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
    project: dict[str, Any],
) -> None:
    """Asks the owner of a project for one field, on behalf of the committee of `place`."""
    key = project["project_id"]
    st.caption(say("meetings.ask.lead"))
    fields = list(Field)
    field = st.selectbox(
        say("meetings.ask.field"),
        fields,
        index=2,
        format_func=lambda f: say(f"meetings.ask.field_{f}"),
        key=f"ask_field_{key}",
    )
    of = st.text_input(
        say("meetings.ask.of"),
        value=project["commissioner"],
        key=f"ask_of_{key}",
        max_chars=120,
    )
    text = st.text_area(
        say("meetings.ask.question"),
        value=say("meetings.ask.question_standard", title=project["title"]),
        key=f"ask_question_{key}",
        max_chars=1000,
    )

    def send() -> None:
        with writing(say):
            ask(
                store,
                viewer,
                place=place,
                la_code=project["la_code"],
                project_id=key,
                field=field,
                asked_of=of,
                question=text,
            )

    if st.button(
        say("meetings.ask.send"),
        key=f"ask_send_{key}",
    ):
        send()
        st.rerun()


def _answer(
    say: Speech,
    store: Store,
    viewer: Viewer,
    request: EvidenceRequest,
) -> None:
    key = request.request_id
    answers = list(Answer)
    choice = st.selectbox(
        say("meetings.ask.said"),
        answers,
        format_func=lambda a: say(f"meetings.ask.said_{a}"),
        key=f"answer_said_{key}",
    )
    text = st.text_input(
        say("meetings.ask.text"),
        key=f"answer_text_{key}",
        max_chars=1000,
    )
    boxes: dict[str, Any] = {}
    if choice is not Answer.CONFIRMED_NONE and request.field is Field.PRIORITY:
        boxes = _document_boxes(say, key)

    def save() -> None:
        with writing(say):
            answer(
                store,
                viewer,
                request,
                choice,
                text,
                _reference(boxes) if boxes else None,
            )

    if st.button(
        say("meetings.ask.answer"),
        key=f"answer_save_{key}",
    ):
        save()
        st.rerun()


def _document_boxes(say: Speech, key: str) -> dict[str, Any]:
    """The document that an owner names: its title, day, page and words, and whether they fit."""
    title = st.text_input(
        say("meetings.ask.document"),
        key=f"answer_document_{key}",
        max_chars=200,
    )
    left, right = st.columns(2)
    published = left.text_input(
        say("meetings.ask.published"),
        key=f"answer_published_{key}",
        max_chars=10,
    )
    page = right.text_input(
        say("meetings.ask.page"),
        key=f"answer_page_{key}",
        max_chars=20,
    )
    quotation = st.text_input(
        say("meetings.ask.quotation"),
        key=f"answer_quotation_{key}",
        max_chars=1000,
    )
    theme = st.selectbox(
        say("meetings.ask.theme_fits"),
        list(ThemeMatch),
        format_func=lambda t: say(f"meetings.ask.theme_{t}"),
        key=f"answer_theme_{key}",
    )
    area = st.checkbox(
        say("meetings.ask.area_covered"),
        value=True,
        key=f"answer_area_{key}",
    )
    return {
        "title": title,
        "published": published,
        "page": page,
        "quotation": quotation,
        "theme": theme,
        "area": area,
    }


def _reference(boxes: dict[str, Any]) -> Reference:
    """The boxes as the rule reads them. Raises Refused('date_wrong')."""
    return Reference(
        boxes["title"],
        law_in_force().life_years[-1][0],
        day_of(boxes["published"]),
        None,
        boxes["page"],
        boxes["quotation"],
        boxes["theme"],
        boxes["area"],
    )
