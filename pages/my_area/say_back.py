"""Say something back: a short form that nobody need sign in for, and the number to look up what came of
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from clearlink.place_finder import place_of
from clearlink.review.codes import Response, Stance
from clearlink.review.records import SaidBack
from clearlink.review.said_back import (
    BANDS,
    LONGEST_SAID,
    SaidState,
    looked_up,
    say_back,
    withdraw_by_number,
)
from clearlink.review.store import Store
from clearlink.warehouse import reader
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept
from pages.meeting.meeting_place import told, writing

OTHER: Final = "other"
_NUMBER: Final = Kept[str]("say_back_number")
_TURN: Final = Kept[int]("say_back_turn")
_LOOKED: Final = Box[str | None]("say_back_looked")


def say_something(
    say: Speech,
    store: Store,
    area_code: str,
) -> None:
    """The form, and the box for the number of something sent before."""
    with st.container(key="say_back"):
        st.subheader(
            say("say_back.heading"),
            anchor=False,
        )
        told()
        number = _NUMBER.value_or_none()
        if number:
            st.success(say("say_back.sent", number=number))
        st.markdown(plain(say("say_back.lead")))
        _form(say, store, area_code)
        st.caption(plain(say("say_back.danger")))
        _look_up(say, store)


def _form(
    say: Speech,
    store: Store,
    area_code: str,
) -> None:
    # a new key after each sending empties the boxes; a refusal leaves what was written
    turn = _TURN.value_or(0)
    sent = _boxes(say, turn)
    if sent is None:
        return
    row = place_of(area_code)
    with writing(say):
        number = say_back(
            store,
            area_code=area_code,
            la_code=row["la_code"] if row else area_code,
            text=sent.words,
            stance=sent.stance,
            band=sent.band,
            lang=say.lang,
            theme_id=None if sent.about == OTHER else sent.about,
        )
        _NUMBER.keep(number)
        _TURN.keep(turn + 1)
    st.rerun()


@dataclass(frozen=True, slots=True)
class _Sending:
    """What a person says back: about which theme, for or against, their age band, and their words."""

    about: str
    stance: Stance
    band: str
    words: str


def _boxes(say: Speech, turn: int) -> _Sending | None:
    """The boxes of the form; nothing until they are sent."""
    with st.form("say_back_form", border=True):
        about = st.selectbox(
            say("say_back.about"),
            [*reader.themes(), OTHER],
            format_func=lambda t: (
                say("say_back.about_other") if t == OTHER else say.theme(t)
            ),
            key=f"say_back_about_{turn}",
        )
        stance = st.radio(
            say("say_back.stance"),
            list(Stance),
            index=None,
            format_func=lambda s: say(f"say_back.stance_{s}"),
            key=f"say_back_stance_{turn}",
        )
        band = st.selectbox(
            say("say_back.band"),
            BANDS,
            index=len(BANDS) - 1,
            format_func=lambda b: say(f"say_back.band_{b}"),
            key=f"say_back_band_{turn}",
        )
        words = st.text_area(
            say("say_back.words"),
            key=f"say_back_words_{turn}",
            max_chars=LONGEST_SAID,
            height=140,
        )
        if not st.form_submit_button(
            say("say_back.send"),
            type="primary",
        ):
            return None
    return _Sending(
        about,
        stance or Stance.NEITHER,
        band or BANDS[-1],
        words or "",
    )


def _look_up(say: Speech, store: Store) -> None:
    with st.expander(say("say_back.look_up")):
        st.text_input(
            say("say_back.number"),
            key=_LOOKED.key,
            max_chars=20,
            autocomplete="off",
        )
        number = _LOOKED.value_or_none() or ""
        if not number.strip():
            return
        try:
            sent = looked_up(store, number)
        except LookupError:
            st.warning(say("say_back.unknown"))
            return
        st.markdown(
            plain(
                say(
                    f"say_back.state_{sent.state}",
                    date=say.date(sent.said_on),
                )
            )
        )
        _what_came_of_it(say, sent)
        if sent.state != SaidState.WITHDRAWN:
            st.caption(plain(say("say_back.withdraw_lead")))
            st.button(
                say("say_back.withdraw"),
                key="say_back_withdraw",
                on_click=_withdraw,
                args=(say, store, number),
            )


def _what_came_of_it(say: Speech, sent: SaidBack) -> None:
    """What was done about it, or that nothing was and why; nothing before it is answered."""
    what = sent.response_text or ""
    if sent.response == Response.DID:
        st.markdown(plain(say("my_area.came_did", what=what)))
    elif sent.response == Response.DID_NOT:
        because = sent.because or ""
        told = say("my_area.came_did_not", what=what, because=because)
        st.markdown(plain(told))


def _withdraw(
    say: Speech,
    store: Store,
    number: str,
) -> None:
    with writing(say):
        withdraw_by_number(store, number)
        _NUMBER.forget()
