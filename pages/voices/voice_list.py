"""You said, we did, we did not because: the statements of a place, and the forms to record one and to
answer one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from clearlink.review.codes import Response, Stance
from clearlink.review.roles import Act, Viewer
from clearlink.review.said_back import answer_said_back
from clearlink.review.statements import answer_loaded, record_statement, respond
from clearlink.review.store import Store
from clearlink.warehouse import reader
from pages.frame.frame import carry_away, plain
from pages.frame.said import Said, what_came
from pages.frame.speech import Speech
from pages.frame.state import Kept
from pages.meeting.meeting_place import as_typed, day_of, tell, writing

METHODS = ("meeting", "letter", "interview", "survey")
MOST = 40
_RECORDED: Final = Kept[int]("voices_recorded")


def voice_cards(say: Speech, said: Sequence[Said]) -> None:
    """Two columns to a statement: what was said, and what came of it."""
    for number, v in enumerate(said[:MOST]):
        with st.container(border=True, key=f"voice_{number}"):
            left, right = st.columns(2, gap="large")
            with left:
                _you_said(say, v)
            with right:
                what_came(say, v)
    if said:
        carry_away(
            say,
            "voices",
            lambda: [_voice_row(say, v) for v in said],
            _voice_labels(say),
            (say("voices.title"),),
        )


def _you_said(say: Speech, v: Said) -> None:
    """The words of a statement, and who said them, when, where and of what."""
    st.markdown(f"**{say('voices.you_said')}:** “{plain(v.text)}”")
    line = say(
        "voices.who",
        who=v.who,
        date=say.date(v.said_on),
        place=say.place(v.area_code),
    )
    mark = f" · {say('common.illustrative')}" if v.is_illustrative else ""
    theme = say.theme(v.theme_id)
    stance = say(f"voices.{v.stance}")
    st.caption(
        plain(
            f"{line} · {theme} · {stance}{mark}",
        )
    )


def _voice_row(say: Speech, v: Said) -> dict[str, Any]:
    """A statement as the file holds it."""
    return {
        "text": v.text,
        "who": v.who,
        "day": v.said_on,
        "place": say.place(v.area_code),
        "theme": say.theme(v.theme_id),
        "stance": say(f"voices.{v.stance}"),
        "did": v.response_text or "",
        "because": v.because or "",
    }


def _voice_labels(say: Speech) -> dict[str, str]:
    return {
        "text": say("voices.you_said"),
        "who": say("voices.who_label"),
        "day": say("voices.engagement_when"),
        "place": say("voices.area"),
        "theme": say("voices.theme"),
        "stance": say("voices.stance"),
        "did": say("voices.we_did"),
        "because": say("voices.because"),
    }


def record_voice(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
    inside: frozenset[str],
    said: Sequence[Said],
) -> None:
    """The forms to record a statement and to answer one, for those who may."""
    if viewer.may(Act.RECORD_STATEMENT, place):
        with st.expander(say("voices.record")):
            _record(
                say,
                store,
                viewer,
                place,
                sorted(
                    (c for c in inside if c.startswith("W06")),
                    key=say.place,
                ),
            )
    if open_ones := _to_answer(viewer, place, said):
        with st.expander(say("voices.answer")):
            _answer(say, store, viewer, place, open_ones)


def _to_answer(
    viewer: Viewer,
    place: str,
    said: Sequence[Said],
) -> dict[str, Said]:
    """What this person may answer, by id: first what has no answer yet. A statement may be answered for its
    authority, or for the place of the committee that recorded it.
    """
    waiting_first = sorted(
        said,
        key=lambda v: (v.response != Response.NONE_YET, v.kept is None),
    )
    return {
        v.statement_id: v
        for v in waiting_first
        if any(
            viewer.may(Act.RESPOND_TO_STATEMENT, p)
            for p in (v.kept.place if v.kept else place, v.area_code)
        )
    }


@dataclass(frozen=True, slots=True)
class _About:
    """Where, on what, when and by whom a statement was made, as the boxes hold it; the day as typed."""

    area: str
    theme: str
    day: str
    who: str
    method: str
    stance: Stance


def _record(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
    authorities: list[str],
) -> None:
    # a new key after each record empties the boxes
    turn = _RECORDED.value_or(0)
    st.caption(say("voices.record_lead"))
    about = _about_boxes(say, store, authorities, turn)
    text = st.text_area(
        say("voices.text"),
        key=f"voice_text_{turn}",
        max_chars=2000,
        height=80,
    )

    def save() -> None:
        with writing(say):
            record_statement(
                store,
                viewer,
                place=place,
                area_code=about.area,
                said_on=day_of(about.day) or store.clock().date(),
                who=about.who,
                method=about.method,
                text=text,
                stance=about.stance,
                theme_id=about.theme,
            )
            tell("success", say("voices.saved"))
            _RECORDED.keep(turn + 1)

    if st.button(
        say("voices.save"),
        key="voice_save",
    ):
        save()
        st.rerun()


def _about_boxes(
    say: Speech,
    store: Store,
    authorities: list[str],
    turn: int,
) -> _About:
    """The boxes above the words of a statement, three to a line."""
    left, middle, right = st.columns(3)
    area = left.selectbox(
        say("voices.area"),
        authorities,
        format_func=say.place,
        key="voice_area",
    )
    theme = middle.selectbox(
        say("voices.theme"),
        list(reader.themes()),
        format_func=say.theme,
        key="voice_theme",
    )
    day = right.text_input(
        say("voices.said_on"),
        value=as_typed(store.clock().date()),
        key="voice_day",
        max_chars=10,
    )
    who = left.text_input(
        say("voices.who_label"),
        key=f"voice_who_{turn}",
        max_chars=120,
    )
    method = middle.selectbox(
        say("voices.how"),
        METHODS,
        format_func=lambda m: say(f"voices.method_{m}"),
        key="voice_method",
    )
    stances = list(Stance)
    stance = right.selectbox(
        say("voices.stance"),
        stances,
        format_func=lambda s: say(f"voices.{s}"),
        key="voice_stance",
    )
    return _About(area, theme, day, who, method, stance)


@dataclass(frozen=True, slots=True)
class _Reply:
    """What was done about a statement, or that nothing was and why."""

    what: Response
    text: str
    because: str


def _answer(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
    open_ones: dict[str, Said],
) -> None:
    chosen = open_ones[
        st.selectbox(
            say("voices.choose_statement"),
            list(open_ones),
            format_func=lambda s: open_ones[s].text[:90],
            key="answer_voice",
        )
    ]
    reply = _reply_boxes(say, chosen)
    if st.button(
        say("voices.save"),
        key="answer_voice_save",
    ):
        with writing(say):
            _keep_reply(store, viewer, place, chosen, reply)
            tell("success", say("voices.saved"))
        st.rerun()


def _reply_boxes(say: Speech, chosen: Said) -> _Reply:
    """We did, or we did not because; filled with the answer as it stands."""
    version = next(
        (
            r.version
            for r in (chosen.kept, chosen.sent, chosen.before)
            if r is not None
        ),
        0,
    )
    key = f"{chosen.statement_id}_{version}"
    was = (
        chosen.response
        if chosen.response != Response.NONE_YET
        else Response.DID
    )
    what = st.segmented_control(
        say("voices.answer"),
        [Response.DID, Response.DID_NOT],
        format_func=lambda r: say(
            "voices.we_did" if r is Response.DID else "voices.we_did_not"
        ),
        default=Response(was),
        key=f"answer_kind_{key}",
        label_visibility="collapsed",
    )
    text = st.text_input(
        say("voices.response_text"),
        value=chosen.response_text or "",
        key=f"answer_text_{key}",
        max_chars=1000,
    )
    because = (
        st.text_input(
            say("voices.because_label"),
            value=chosen.because or "",
            key=f"answer_because_{key}",
            max_chars=1000,
        )
        if what is Response.DID_NOT
        else ""
    )
    return _Reply(
        what or Response.DID,
        text,
        because,
    )


def _keep_reply(
    store: Store,
    viewer: Viewer,
    place: str,
    chosen: Said,
    reply: _Reply,
) -> None:
    """Keeps the answer where its statement lies: sent by the public, recorded here, or loaded."""
    if chosen.sent is not None:
        answer_said_back(
            store,
            viewer,
            chosen.sent,
            reply.what,
            reply.text,
            reply.because,
        )
    elif chosen.kept is not None:
        respond(
            store,
            viewer,
            chosen.kept,
            reply.what,
            reply.text,
            reply.because,
        )
    else:
        answer_loaded(
            store,
            viewer,
            statement_id=chosen.statement_id,
            place=place,
            area_code=chosen.area_code,
            said=chosen.text,
            response=reply.what,
            text=reply.text,
            because=reply.because,
            before=chosen.before,
        )
