"""The answers that people are owed: by whom, by when, and which are overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from clearlink.place_finder import places_by_code
from clearlink.review.codes import Response, Stance
from clearlink.rules.engagement import answer_due
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from pages.frame.frame import plain, table
from pages.frame.said import Said
from pages.frame.speech import Speech

# which statements Voices shows, in its address: all, those without an answer, those past their day
HEARD: Final = ("all", "waiting", "overdue")


@dataclass(frozen=True, slots=True)
class Owed:
    """A statement that waits for an answer, the authority that owes it, and the day by which it is owed."""

    said: Said
    authority: str
    due: date
    is_late: bool


def answers_waited_for(said: Sequence[Said]) -> list[Owed]:
    """Every statement with a day and no answer yet, the longest owed first. Late: its day is before that of
    the build.
    """
    days, today, known = (
        served_law().answer_owed_days,
        reader.build()["as_of"],
        places_by_code(),
    )
    owed = []
    for v in said:
        if v.response == Response.NONE_YET and v.said_on is not None:
            place, due = known.get(v.area_code), answer_due(v.said_on, days)
            owed.append(
                Owed(
                    v,
                    place["la_code"] if place else v.area_code,
                    due,
                    due < today,
                )
            )
    return sorted(
        owed,
        key=lambda each: (each.due, each.said.statement_id),
    )


def heard(said: Sequence[Said], which: str) -> list[Said]:
    """The statements that one of HEARD asks for."""
    if which == HEARD[0]:
        return list(said)
    owed = answers_waited_for(said)
    asked = {
        each.said.statement_id
        for each in owed
        if which == "waiting" or each.is_late
    }
    return [v for v in said if v.statement_id in asked]


def answers_owed(
    say: Speech,
    said: Sequence[Said],
    which: str,
) -> None:
    """Who owes an answer, by when, and how many are overdue; one by one where they are asked for."""
    owed = answers_waited_for(said)
    if not owed:
        return
    late = [each for each in owed if each.is_late]
    days = served_law().answer_owed_days
    st.subheader(say("engagement.owed.heading"))
    st.markdown(
        plain(
            say(
                "engagement.owed.lead",
                n=len(owed),
                late=len(late),
                days=days,
            )
        )
    )
    disputed = sum(each.said.stance == Stance.DISPUTES for each in owed)
    if disputed:
        st.markdown(plain(say("engagement.owed.disputed", n=disputed)))
    _by_authority(say, owed)
    if which != HEARD[0]:
        _one_by_one(
            say,
            owed if which == "waiting" else late,
        )


def _by_authority(say: Speech, owed: Sequence[Owed]) -> None:
    theirs: dict[str, list[Owed]] = {}
    for each in owed:
        theirs.setdefault(each.authority, []).append(each)
    rows = [
        {
            "by": say.place(authority),
            "waiting": len(listed),
            "late": sum(each.is_late for each in listed),
            "oldest": listed[0].due,
        }
        for authority, listed in sorted(
            theirs.items(),
            key=lambda pair: say.place(pair[0]),
        )
    ]
    labels = {
        c: say(f"engagement.owed.col.{c}")
        for c in ("by", "waiting", "late", "oldest")
    }
    table(rows, labels, key="answers_owed", height=240)


def _one_by_one(say: Speech, owed: Sequence[Owed]) -> None:
    rows = [
        {
            "by": say.place(each.authority),
            "due": each.due,
            "theme": say.theme(each.said.theme_id),
            "said": each.said.text,
        }
        for each in owed
    ]
    labels = {
        c: say(f"engagement.owed.col.{c}")
        for c in ("by", "due", "theme", "said")
    }
    table(rows, labels, key="owed_statements", height=300)
