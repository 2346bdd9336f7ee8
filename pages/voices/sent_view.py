"""For those who act for an authority: what the public sent and nobody has read yet, and the withdrawal of
a statement.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clearlink.place_finder import place_of
from clearlink.review.roles import Act, Viewer
from clearlink.review.said_back import Sent, read_it, sent_to_read, withdraw_for
from clearlink.review.statements import withdraw_statement
from clearlink.review.store import Store
from pages.frame.frame import plain
from pages.frame.said import Said
from pages.frame.speech import Speech
from pages.meeting.meeting_place import tell, writing


def sent_view(
    say: Speech,
    store: Store,
    viewer: Viewer,
    inside: frozenset[str],
) -> None:
    """One sending at a time: its words, what to look twice at, and the two ways it can go."""
    waiting = sent_to_read(store, viewer, inside)
    if not waiting:
        return
    since = min(s.record.said_on for s in waiting)
    st.subheader(say("say_back.read.heading"))
    st.markdown(
        plain(
            say(
                "say_back.read.waiting",
                n=len(waiting),
                date=say.date(since),
            )
        )
    )
    by_id = {s.record.said_id: s for s in waiting}
    chosen = by_id[
        st.selectbox(
            say("say_back.read.choose"),
            list(by_id),
            format_func=lambda i: _option(say, by_id[i]),
            key="sent_choose",
        )
    ]
    with st.container(border=True):
        _one_sending(
            say,
            store,
            viewer,
            chosen,
        )


def _one_sending(
    say: Speech,
    store: Store,
    viewer: Viewer,
    chosen: Sent,
) -> None:
    """The words as they were sent, the boxes for a steward's own, and the two buttons."""
    key = f"{chosen.record.said_id}_{chosen.record.version}"
    st.markdown(f"“{plain(chosen.text)}”")
    if chosen.signs:
        signs = say.names(
            [say(f"say_back.read.sign_{s}") for s in chosen.signs]
        )
        st.warning(plain(say("say_back.read.signs", signs=signs)))
    summary = st.text_area(
        say("say_back.read.summary"),
        key=f"sent_summary_{key}",
        max_chars=1000,
        height=80,
    )
    checked = st.checkbox(
        say("say_back.read.checked"),
        key=f"sent_checked_{key}",
    )
    left, right = st.columns(2)
    if left.button(
        say("say_back.read.show"),
        key=f"sent_show_{key}",
    ):
        _read(
            say,
            store,
            viewer,
            chosen,
            show=True,
            summary=summary,
            checked=checked,
        )
    if right.button(
        say("say_back.read.not_show"),
        key=f"sent_hide_{key}",
    ):
        _read(
            say,
            store,
            viewer,
            chosen,
            show=False,
            summary="",
            checked=True,
        )


def _option(say: Speech, sent: Sent) -> str:
    record = sent.record
    return say(
        "say_back.read.option",
        area=say.of(place_of(record.area_code) or {}) or record.area_code,
        date=say.date(record.said_on),
        who=say(f"say_back.who_{record.band}"),
    )


def _read(
    say: Speech,
    store: Store,
    viewer: Viewer,
    sent: Sent,
    *,
    show: bool,
    summary: str,
    checked: bool,
) -> None:
    with writing(say):
        read_it(
            store,
            viewer,
            sent,
            show=show,
            own_words=summary,
            is_checked=checked,
        )
        tell("success", say("voices.saved"))
    st.rerun()


def withdraw_view(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
    said: Sequence[Said],
) -> None:
    """Takes a statement back for whoever made it."""
    mine = _to_withdraw(viewer, place, said)
    if not mine:
        return
    with st.expander(say("say_back.withdraw_for.heading")):
        st.caption(plain(say("say_back.withdraw_for.lead")))
        chosen = mine[
            st.selectbox(
                say("voices.choose_statement"),
                list(mine),
                format_func=lambda s: mine[s].text[:90],
                key="withdraw_choose",
            )
        ]
        sure = st.checkbox(
            say("say_back.withdraw_for.sure"),
            key=f"withdraw_sure_{chosen.statement_id}",
        )
        if st.button(
            say("say_back.withdraw_for.button"),
            key="withdraw_for",
            disabled=not sure,
        ):
            with writing(say):
                _take_back(
                    store,
                    viewer,
                    place,
                    chosen,
                )
                tell("success", say("say_back.withdraw_for.done"))
            st.rerun()


def _to_withdraw(
    viewer: Viewer,
    place: str,
    said: Sequence[Said],
) -> dict[str, Said]:
    """The statements that this person may take back, by id."""
    return {
        v.statement_id: v
        for v in said
        if any(
            viewer.may(Act.RECORD_STATEMENT, p)
            for p in (v.kept.place if v.kept else place, v.area_code)
        )
    }


def _take_back(
    store: Store,
    viewer: Viewer,
    place: str,
    chosen: Said,
) -> None:
    if chosen.sent is not None:
        withdraw_for(store, viewer, chosen.sent)
    else:
        withdraw_statement(
            store,
            viewer,
            statement_id=chosen.statement_id,
            place=chosen.kept.place if chosen.kept else place,
            area_code=chosen.area_code,
        )
