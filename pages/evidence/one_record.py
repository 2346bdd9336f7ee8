"""One record of the queue: its words and its paper, the theme proposed with what led there, and keys to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.review.codes import SettledField, SettledSource, SettledState
from clearlink.review.records import Settled
from clearlink.review.roles import Viewer
from clearlink.review.settled import Value, accept, reject
from clearlink.review.store import Store
from clearlink.rules.link.two_questions import gbp_a_year
from clearlink.rules.web_address import is_web_address
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.evidence.acts import act, take_back
from pages.frame.choices import address, theme_names
from pages.frame.frame import plain
from pages.frame.speech import Speech

_PASSED: Final = "evidence_passed"


def one_record(
    say: Speech, store: Store, viewer: Viewer, queue: Sequence[Waiting], stands: Sequence[Settled]
) -> Waiting | None:
    """Draws the record whose turn it is and answers it; None where nothing waits."""
    if not queue:
        st.success(say("evidence.nothing_waits"))
        take_back(say, store, viewer)
        return None
    passed: set[str] = st.session_state.setdefault(_PASSED, set())
    left = [w for w in queue if w.project_id not in passed]
    if not left:  # once round: from the beginning again
        passed.clear()
        left = list(queue)
    record = left[0]
    st.subheader(plain(record.row["title"]))
    st.markdown("\n".join(f"- {plain(line)}" for line in _lines(say, record)))
    with st.container(horizontal=True, vertical_alignment="center"):
        url = record.words["url"]
        if url and is_web_address(url):
            st.link_button(say("standing.paper.open"), url, icon=":material/open_in_new:")
        st.page_link(
            "pages/projects.py",
            label=say("evidence.open_record"),
            query_params=address(project=record.project_id),
        )
    if "theme" in record.missing:
        _theme(say, store, viewer, record, stands)
    with st.container(horizontal=True):
        if st.button(say("evidence.next"), key="evidence_next", shortcut="n"):
            passed.add(record.project_id)
            st.rerun()
        take_back(say, store, viewer)
    return record


def _lines(say: Speech, record: Waiting) -> list[str]:
    row, words = record.row, record.words
    gbp = gbp_a_year(row)
    money = numbers.gbp(gbp) if gbp is not None else say("common.not_recorded")
    lines = [say("evidence.who", commissioner=row["commissioner"], money=money)]
    if words["provider_name"]:
        lines.append(say("evidence.provider", name=words["provider_name"]))
    if words["for_whom"]:
        lines.append(say("standing.paper.for_whom", group=words["for_whom"]))
    missing = [say(f"standing.held.{what}") for what in record.missing]
    return [*lines, say("evidence.waits_for", missing="; ".join(missing), n=len(missing))]


def _theme(say: Speech, store: Store, viewer: Viewer, record: Waiting, stands: Sequence[Settled]) -> None:
    names, p = theme_names(say), record.proposal
    if p is None:
        st.markdown(plain(say("evidence.no_proposal")))
    else:
        said = say(
            "evidence.proposed",
            theme=names[p.theme_id],
            sure=numbers.pct(p.sure),
            words=", ".join(p.words) or "—",
        )
        st.markdown(f"**{plain(said)}**")
    chosen = st.selectbox(
        say("evidence.choose_theme"),
        list(names),
        index=list(names).index(p.theme_id) if p else None,
        format_func=lambda t: names[t],
        key=f"evidence_theme_{record.project_id}",
    )
    off = not viewer.is_named
    with st.container(horizontal=True):
        if p is not None and st.button(
            say("evidence.accept"), key="evidence_accept", type="primary", shortcut="a", disabled=off
        ):
            _settle(say, store, viewer, record, stands, p.theme_id)
        if st.button(say("evidence.change"), key="evidence_change", shortcut="s", disabled=off):
            _settle(say, store, viewer, record, stands, chosen or "")
        if p is not None and st.button(
            say("evidence.reject"), key="evidence_reject", shortcut="x", disabled=off
        ):
            value = _value(record, p.theme_id)
            seen = _seen(stands, record.project_id, SettledState.REJECTED)
            act(
                say,
                store,
                record.project_id,
                say("evidence.rejected", theme=names[p.theme_id], title=record.row["title"]),
                lambda: reject(store, viewer, reader.project(record.project_id), value, seen),
            )
            st.rerun()


def _settle(
    say: Speech, store: Store, viewer: Viewer, record: Waiting, stands: Sequence[Settled], theme: str
) -> None:
    seen = _seen(stands, record.project_id, SettledState.ACCEPTED)
    name = theme_names(say).get(theme, "")
    act(
        say,
        store,
        record.project_id,
        say("evidence.accepted", theme=name, title=record.row["title"], who=viewer.name),
        lambda: accept(store, viewer, reader.project(record.project_id), _value(record, theme), seen),
    )
    st.rerun()


def _value(record: Waiting, theme: str) -> Value:
    """A proposal that a person accepts says so; a theme that they chose themselves is their own."""
    p = record.proposal
    if p is None or p.theme_id != theme:
        return Value(SettledField.THEME, theme)
    return Value(
        SettledField.THEME,
        theme,
        source=SettledSource.PROPOSAL,
        detail={"words": list(p.words), "sure": round(p.sure, 3)},
    )


def _seen(stands: Sequence[Settled], project_id: str, state: SettledState) -> Settled | None:
    return next(
        (
            s
            for s in stands
            if s.project_id == project_id and s.field is SettledField.THEME and s.state is state
        ),
        None,
    )
