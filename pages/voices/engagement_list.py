"""Engagements of a place or a project as a table that can be carried away, and the answers that are owed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clearlink.place_finder import places_by_code
from clearlink.report.engagement_words import engagement_labels, engagement_rows
from clearlink.review.codes import Response, Stance
from clearlink.rules.engagement import answer_due
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Rows
from pages.frame.frame import carry_away, plain, table
from pages.frame.said import Said
from pages.frame.speech import Speech


def engagements_here(say: Speech, place: str, name: str) -> None:
    """Who was listened to for the assessments, services and places of an authority, or of every authority
    of a region.
    """
    st.subheader(say("engagement.title"))
    rows = reader.engagements_of_place(place)
    if not rows:
        st.info(plain(say("engagement.none", place=name)))
        return
    changed = sum(bool(e["changed"]) for e in rows)
    st.markdown(plain(say("engagement.lead", n=len(rows), changed=changed, place=name)))
    engagement_table(say, rows, "engagements")


def engagement_table(say: Speech, engagements: Rows, key: str) -> None:
    """The engagements, a row each."""
    rows, labels = engagement_rows(say, engagements), engagement_labels(say)
    table(rows, labels, key=key, height=300)
    carry_away(say, key, rows, labels, (say("engagement.title"),))


def answers_owed(say: Speech, said: Sequence[Said]) -> None:
    """Who owes an answer to what was said, by when, and how many are overdue."""
    days = served_law().answer_owed_days
    today = reader.build()["as_of"]
    waiting = [v for v in said if v.response == Response.NONE_YET and v.said_on is not None]
    if not waiting:
        return
    due = {v.statement_id: answer_due(v.said_on, days) for v in waiting if v.said_on}
    late = sum(day < today for day in due.values())
    st.subheader(say("engagement.owed.heading"))
    st.markdown(plain(say("engagement.owed.lead", n=len(waiting), late=late, days=days)))
    disputed = sum(v.stance == Stance.DISPUTES for v in waiting)
    if disputed:
        st.markdown(plain(say("engagement.owed.disputed", n=disputed)))
    known = places_by_code()
    owers: dict[str, list[Said]] = {}
    for v in waiting:
        place = known.get(v.area_code)
        owers.setdefault(place["la_code"] if place else v.area_code, []).append(v)
    rows = [
        {
            "by": say.place(la),
            "waiting": len(theirs),
            "late": sum(due[v.statement_id] < today for v in theirs),
            "oldest": min(due[v.statement_id] for v in theirs),
        }
        for la, theirs in sorted(owers.items(), key=lambda each: say.place(each[0]))
    ]
    labels = {c: say(f"engagement.owed.col.{c}") for c in ("by", "waiting", "late", "oldest")}
    table(rows, labels, key="answers_owed", height=240)
