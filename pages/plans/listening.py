"""Co-production: how much say people had in each project, how many decisions followed them, disputes open."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import streamlit as st

from clearlink.figures.stacked_bars import Part, stacked_bars
from clearlink.report.heard import Heard, heard_of
from clearlink.review.codes import Response, Stance
from clearlink.review.store import review_store
from clearlink.rules.engagement import Level
from clearlink.rules.followed import Followed
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.said import Said, all_voices
from pages.frame.speech import Speech

COLOURS: Final = {
    Followed.FOLLOWED: ("#00634f", "", "#ffffff"),
    Followed.HEARD: ("#74a9cf", "/", "#1b1f23"),
    Followed.AFTER: ("#7a1f5c", "", "#ffffff"),
    Followed.NO_DAY: ("#bdc9e1", "x", "#1b1f23"),
    Followed.NONE: ("#f4f6f8", "", "#1b1f23"),
}


def disputes_of(say: Speech, place: str) -> list[Said]:
    """Statements that dispute what was said to be needed, and have had no answer."""
    inside = frozenset(
        {
            place,
            *reader.members().get(place, ()),
        }
    )
    return [
        v
        for v in all_voices(say, review_store(), inside)
        if v.stance == Stance.DISPUTES and v.response == Response.NONE_YET
    ]


def listening_finding(say: Speech, place: str) -> str:
    """How many decisions followed what people said, of those whose day is known."""
    heard = heard_of(place)
    where = say.in_place(place)
    where = sentence_start(where)
    if not heard:
        return say("plans.listening.finding_none", place=where)
    counted = Counter(each.followed for each in heard)
    return say(
        "plans.listening.finding",
        place=where,
        n=counted[Followed.FOLLOWED],
        total=say.number(len(heard)),
        none=say.number(counted[Followed.NONE]),
        disputes=say.number(len(disputes_of(say, place))),
    )


def listening_view(say: Speech, place: str) -> None:
    """Picture by level, then each project, then the disputes that are open."""
    heard = heard_of(place)
    if not heard:
        st.info(say("plans.listening.nothing"))
        return
    st.caption(plain(say("plans.listening.help")))
    _picture(say, heard)
    _projects(say, heard)
    _disputes(say, place)


def _picture(say: Speech, heard: tuple[Heard, ...]) -> None:
    levels = [
        *(str(level) for level in reversed(Level)),
        "",
    ]
    rows: list[dict[str, Any]] = []
    for level in levels:
        counted = Counter(
            each.followed for each in heard if (each.level or "") == level
        )
        name = (
            say(f"engagement.level.{level}")
            if level
            else say("plans.listening.level_unsaid")
        )
        rows.append(
            {"level": name} | {str(state): counted[state] for state in Followed}
        )
    labels = {"level": say("plans.listening.col.level")}
    labels |= {str(state): say(f"plans.followed.{state}") for state in Followed}
    parts = [
        Part(
            str(s),
            labels[str(s)],
            *COLOURS[s],
        )
        for s in Followed
    ]
    highest = sum(
        each.level in (Level.DESIGNED_WITH, Level.DECIDED_WITH)
        for each in heard
    )
    alt = say("plans.listening.alt", n=highest)
    show_picture(
        say,
        stacked_bars(
            rows,
            "level",
            parts,
            say("plans.col.projects"),
            alt,
            labels,
        ),
        key="listening",
        name="projects-by-level-of-say",
    )


def _projects(say: Speech, heard: tuple[Heard, ...]) -> None:
    st.subheader(say("plans.listening.title"))
    order = list(Followed)
    rows = [
        {
            "project_id": each.row["project_id"],
            "title": each.row["title"],
            "followed": say(f"plans.followed.{each.followed}"),
            "level": say(f"engagement.level.{each.level}")
            if each.level
            else "",
            "stage": ", ".join(
                say(f"engagement.stage.{stage}") for stage in each.stages
            ),
            "decided": each.row["decision_date"],
            "records": each.records,
        }
        for each in sorted(
            heard,
            key=lambda h: (order.index(h.followed), h.row["title"]),
        )
    ]
    names = ("title", "followed", "level", "stage", "decided", "records")
    labels = {name: say(f"plans.listening.col.{name}") for name in names}
    table(
        rows,
        labels,
        key="listening_projects",
        height=340,
        pick=True,
        on_pick=opens("project", rows, "project_id"),
    )
    open_picked()
    carry_away(
        say,
        "who-was-listened-to",
        rows,
        labels,
        (say("plans.listening.title"),),
    )


def _disputes(say: Speech, place: str) -> None:
    st.subheader(say("plans.listening.disputes"))
    voices = disputes_of(say, place)
    if not voices:
        st.info(say("plans.listening.no_disputes"))
        return
    rows = [
        {
            "said": v.text,
            "who": v.who,
            "when": v.said_on,
            "theme": say.theme(v.theme_id),
        }
        for v in voices
    ]
    labels = {
        name: say(f"plans.listening.col.{name}")
        for name in ("said", "who", "when", "theme")
    }
    table(rows, labels, key="disputes_open", height=260)
    carry_away(
        say,
        "disputes-open",
        rows,
        labels,
        (say("plans.listening.disputes"),),
    )
