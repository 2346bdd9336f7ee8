"""You said, we did, we did not because; and how projects listened before they were decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from clearlink.review.codes import Response, Stance
from clearlink.review.records import Statement
from clearlink.review.roles import Act, Viewer
from clearlink.review.statements import record_statement, recorded_statements, respond
from clearlink.review.store import Store
from clearlink.warehouse import reader
from pages.parts.frame import carry_away, plain, table
from pages.parts.meeting_place import as_typed, day_of, tell, writing
from pages.parts.speech import Speech

METHODS = ("meeting", "letter", "interview", "survey")
MOST = 40
_RECORDED = "voices_recorded"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement from either source. `kept` is the committee's own record, which can be answered."""

    text: str
    who: str
    said_on: date | None
    area_code: str
    theme_id: str | None
    stance: str
    response: str
    response_text: str | None
    because: str | None
    is_illustrative: bool
    kept: Statement | None


def all_voices(say: Speech, store: Store, inside: frozenset[str]) -> list[Said]:
    """Statements recorded by committees and statements loaded with the build, the latest first."""
    recorded = [Said(s.text, s.who, s.said_on, s.area_code, s.theme_id, s.stance, s.response, s.response_text, s.because, False, s) for s in recorded_statements(store, inside)]
    loaded: dict[str, Said] = {}
    for la in sorted(inside):
        for s in reader.statements(la):
            if s["area_code"] in inside:
                stance = {True: Stance.SUPPORTS, False: Stance.DISPUTES}.get(s["supports"], Stance.NEITHER)
                text, who = (s[f"{part}_{say.lang}"] or s[f"{part}_en"] for part in ("text", "who"))
                loaded[s["statement_id"]] = Said(text, who, s["said_on"], s["area_code"], s["theme_id"], stance, Response.NONE_YET, None, None, bool(s["is_illustrative"]), None)
    return sorted([*recorded, *loaded.values()], key=lambda v: v.said_on or date.min, reverse=True)


def voice_cards(say: Speech, said: Sequence[Said]) -> None:
    """Two columns to a statement: what was said, and what came of it."""
    for number, v in enumerate(said[:MOST]):
        with st.container(border=True, key=f"voice_{number}"):
            left, right = st.columns(2, gap="large")
            with left:
                st.markdown(f"**{say('voices.you_said')}:** “{plain(v.text)}”")
                line = say("voices.who", who=v.who, date=say.date(v.said_on), place=say.place(v.area_code))
                mark = f" · {say('common.illustrative')}" if v.is_illustrative else ""
                st.caption(plain(f"{line} · {say.theme(v.theme_id)} · {say(f'voices.{v.stance}')}{mark}"))
            with right:
                if v.response == Response.NONE_YET:
                    st.markdown(f"*{say('voices.not_yet')}*")
                elif v.response == Response.DID:
                    st.markdown(f"**{say('voices.we_did')}:** {plain(v.response_text or '')}")
                else:
                    st.markdown(f"**{say('voices.we_did_not')}:** {plain(v.response_text or '')}  \n**{say('voices.because')}** {plain(v.because or '')}")
    rows = [
        {"text": v.text, "who": v.who, "day": v.said_on, "place": say.place(v.area_code), "theme": say.theme(v.theme_id), "stance": say(f"voices.{v.stance}"), "did": v.response_text or "", "because": v.because or ""}
        for v in said
    ]
    labels = {"text": say("voices.you_said"), "who": say("voices.who_label"), "day": say("voices.engagement_when"), "place": say("voices.area"), "theme": say("voices.theme"), "stance": say("voices.stance"), "did": say("voices.we_did"), "because": say("voices.because")}
    if rows:
        carry_away(say, "voices", rows, labels, (say("voices.title"),))


def record_voice(say: Speech, store: Store, viewer: Viewer, place: str, inside: frozenset[str], said: Sequence[Said]) -> None:
    """The forms to record a statement and to answer one, for those who may."""
    if viewer.may(Act.RECORD_STATEMENT, place):
        with st.expander(say("voices.record")):
            _record(say, store, viewer, place, sorted((c for c in inside if c.startswith("W06")), key=say.place))
    open_ones = {v.kept.statement_id: v.kept for v in said if v.kept is not None and viewer.may(Act.RESPOND_TO_STATEMENT, v.kept.place)}
    if open_ones:
        with st.expander(say("voices.answer")):
            _answer(say, store, viewer, open_ones)


def _record(say: Speech, store: Store, viewer: Viewer, place: str, authorities: list[str]) -> None:
    # a new key after each record empties the boxes
    turn = int(st.session_state.get(_RECORDED, 0))
    st.caption(say("voices.record_lead"))
    left, middle, right = st.columns(3)
    area = left.selectbox(say("voices.area"), authorities, format_func=say.place, key="voice_area")
    theme = middle.selectbox(say("voices.theme"), list(reader.themes()), format_func=say.theme, key="voice_theme")
    day = right.text_input(say("voices.said_on"), value=as_typed(store.clock().date()), key="voice_day", max_chars=10)
    who = left.text_input(say("voices.who_label"), key=f"voice_who_{turn}", max_chars=120)
    method = middle.selectbox(say("voices.how"), METHODS, format_func=lambda m: say(f"voices.method_{m}"), key="voice_method")
    stance = right.selectbox(say("voices.stance"), list(Stance), format_func=lambda s: say(f"voices.{s}"), key="voice_stance")
    text = st.text_area(say("voices.text"), key=f"voice_text_{turn}", max_chars=2000, height=80)

    def save() -> None:
        with writing(say):
            record_statement(store, viewer, place=place, area_code=area, said_on=day_of(day) or store.clock().date(), who=who, method=method, text=text, stance=stance, theme_id=theme)
            tell("success", say("voices.saved"))
            st.session_state[_RECORDED] = turn + 1

    if st.button(say("voices.save"), key="voice_save"):
        save()
        st.rerun()


def _answer(say: Speech, store: Store, viewer: Viewer, open_ones: dict[str, Statement]) -> None:
    chosen = open_ones[st.selectbox(say("voices.choose_statement"), list(open_ones), format_func=lambda s: open_ones[s].text[:90], key="answer_voice")]
    key = f"{chosen.statement_id}_{chosen.version}"
    what = st.segmented_control(say("voices.answer"), [Response.DID, Response.DID_NOT], format_func=lambda r: say("voices.we_did" if r is Response.DID else "voices.we_did_not"), default=Response.DID, key=f"answer_kind_{key}", label_visibility="collapsed")
    text = st.text_input(say("voices.response_text"), key=f"answer_text_{key}", max_chars=1000)
    because = st.text_input(say("voices.because"), key=f"answer_because_{key}", max_chars=1000) if what is Response.DID_NOT else ""

    def save() -> None:
        with writing(say):
            respond(store, viewer, chosen, what or Response.DID, text, because)
            tell("success", say("voices.saved"))

    if st.button(say("voices.save"), key="answer_voice_save"):
        save()
        st.rerun()


def engagement(say: Speech, place: str) -> None:
    """Which projects listened before they were decided, to whom, and what changed."""
    st.subheader(say("voices.engagement"))
    rows = reader.answer("meeting_engagement", place=place)
    met, blank = (sum(r["result"] == code for r in rows) for code in ("MET", "NO_EVIDENCE"))
    st.markdown(plain(say("voices.engagement_finding", n=len(rows), place=say.in_place(place), met=met, blank=blank)))
    shown = [{**r, "outcome": say(f"criterion.result.{r['result']}")} for r in rows]
    labels = {"title": say("voices.engagement_project"), "outcome": say("voices.engagement_result"), "engagement_date": say("voices.engagement_when"), "engagement_with": say("voices.engagement_with"), "engagement_change": say("voices.engagement_change")}
    table(shown, labels, key="engagement", height=320)
    carry_away(say, "engagement", shown, labels, (say("voices.engagement"),))
