"""A served criterion in words: its sentence, and what decided it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from clearlink.report.criterion_text import criterion_text
from clearlink.review.requests import Recalculated
from clearlink.warehouse.reader import Row
from pages.frame.frame import plain
from pages.frame.speech import Speech


def criterion_sentence(
    say: Speech,
    row: Row,
    cited: Mapping[str, Row],
) -> str:
    """`row` is one row of reader.project_criteria; `cited` maps priority ids to citations of the project."""
    return criterion_text(
        say,
        {
            **row,
            "facts": json.loads(row["facts"]),
        },
        cited,
    )


def source_words(
    say: Speech,
    row: Row,
    project: Row,
) -> str:
    """What decided a criterion: the register's cell, the need edition, the citation's row or the
    assessment.
    """
    kind, _, what = str(row["source_ref"]).partition("|")
    if kind == "register":
        return say(
            "record.by_register",
            row=say.reference(project["source_ref"]),
            column=what,
        )
    if kind == "need":
        edition = json.loads(row["facts"]).get("edition")
        return (
            say(
                "record.by_need",
                edition=say.edition(edition),
            )
            if edition
            else say(
                "record.by_need_date",
                date=_day(say, what),
            )
        )
    if kind == "engagement":
        return say("engagement.by_engagement", engagement=what)
    if kind == "assessment":
        return say(
            "record.by_assessment",
            date=_day(say, what),
        )
    return say(
        "record.by_citation",
        row=say.reference(what),
    )


def _day(say: Speech, text: str) -> str:
    """A day in words; the mark of an unknown one stays."""
    return say.date(text) if text[:4].isdigit() else text or "—"


def say_recalculated(say: Speech, after: Recalculated) -> None:
    """The verdict with replies counted in, where they change it."""
    if after.changed:
        st.warning(
            plain(
                say(
                    "meetings.ask.recalculated",
                    verdict=say.verdict(after.verdict),
                    reason=say(f"verdict.reason.{after.reason}"),
                )
            )
        )
