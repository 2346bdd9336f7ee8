"""One record of the queue: its words and its paper, then one question at a time with what is proposed and the
keys to settle it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from clearlink.proposals.queue import Waiting
from clearlink.proposals.themes import note_parts
from clearlink.report.standing_words import answer_lines
from clearlink.review.records import Settled
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.rules.link.two_questions import stated_a_year
from clearlink.rules.web_address import is_web_address
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.evidence.acts import take_back
from pages.evidence.question import ask_about
from pages.frame.choices import address, current_choices
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Kept

_PASSED: Final = Kept[set[str]]("evidence_passed")
_OPEN: Final = Kept[str]("evidence_open")
_CAME_FOR: Final = Kept[str]("evidence_came_for")


def one_record(
    say: Speech,
    store: Store,
    viewer: Viewer,
    queue: Sequence[Waiting],
    stands: Sequence[Settled],
) -> Waiting | None:
    """Draws the record whose turn it is and asks about it; None where nothing waits."""
    if not queue:
        st.success(say("evidence.nothing_waits"))
        take_back(say, store, viewer)
        return None
    passed = _PASSED.begun_with(set())
    record = _whose_turn(queue, passed)
    st.subheader(plain(record.row["title"]))
    st.markdown("\n".join(f"- {plain(line)}" for line in _lines(say, record)))
    with st.container(horizontal=True, vertical_alignment="center"):
        url = record.words["url"]
        if url and is_web_address(url):
            st.link_button(
                say("standing.paper.open"),
                url,
                icon=":material/open_in_new:",
            )
        st.page_link(
            "pages/projects.py",
            label=say("evidence.open_record"),
            query_params=address(project=record.project_id),
        )
    ask_about(
        say,
        store,
        viewer,
        record,
        stands,
    )
    with st.container(horizontal=True):
        if st.button(
            say("evidence.next"),
            key="evidence_next",
            shortcut="n",
        ):
            passed.add(record.project_id)
            _OPEN.forget()
            st.rerun()
        take_back(say, store, viewer)
    return record


def _whose_turn(queue: Sequence[Waiting], passed: set[str]) -> Waiting:
    """The record that was open stays until the person goes on: an answer must not take the paper away from
    under their eyes.
    """
    left = [w for w in queue if w.project_id not in passed]
    if not left:  # once round: from the beginning again
        passed.clear()
        left = list(queue)
    asked_for = current_choices().project
    if asked_for and asked_for != _CAME_FOR.value_or_none():
        # a link from its own page opens it, once
        _CAME_FOR.keep(asked_for)
        _OPEN.keep(asked_for)
        left = list(queue)
    still = next(
        (w for w in left if w.project_id == _OPEN.value_or_none()),
        left[0],
    )
    _OPEN.keep(still.project_id)
    return still


def _lines(say: Speech, record: Waiting) -> list[str]:
    row, words = record.row, record.words
    gbp = stated_a_year(row)
    money = numbers.gbp(gbp) if gbp is not None else say("common.not_recorded")
    lines = [
        say(
            "evidence.who",
            commissioner=say.printed(row["commissioner"]),
            money=money,
        )
    ]
    if words["provider_name"]:
        lines.append(say("evidence.provider", name=words["provider_name"]))
    if words["for_whom"]:
        lines.append(say("standing.paper.for_whom", group=words["for_whom"]))
    if told := " · ".join(note_parts(words["note"])):
        lines.append(say("evidence.publisher_says", words=told))
    if paper := reader.project_paper(record.project_id):
        lines.append(say("standing.paper.said", said=paper["said_of_need"]))
    missing = [say(f"standing.held.{what}") for what in record.missing]
    return [
        *lines,
        say(
            "evidence.waits_for",
            missing="; ".join(missing),
        ),
        *answer_lines(say, row),
    ]
