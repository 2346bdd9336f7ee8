"""The seven standards of each assessment, engagement and project: a row each, blank where nobody checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from clearlink.report.engagement_words import told
from clearlink.review.codes import Standard
from clearlink.warehouse import plans, reader
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech

Answered = Sequence[tuple[str, str, str]]


def standards_table(
    say: Speech,
    place: str,
    answers: Answered,
) -> None:
    """Every subject that was checked, and every engagement that heard children and was not."""
    rows = standard_rows(say, place, answers)
    if not rows:
        return
    st.subheader(say("plans.children.each"))
    bare = sum(not row["checked"] for row in rows)
    st.markdown(
        plain(
            say(
                "plans.children.each_lead",
                n=bare,
                of=say.number(len(rows)),
            )
        )
    )
    labels = {"subject": say("plans.children.col.subject")}
    labels |= {str(s): say(f"plans.children.short.{s}") for s in Standard}
    table(
        rows,
        labels,
        key="standards_each",
        height=300,
        config={"subject": st.column_config.TextColumn(width="large")},
    )
    carry_away(
        say,
        "participation-standards-each",
        rows,
        labels,
        (say("plans.children.each"),),
    )


def standard_rows(
    say: Speech,
    place: str,
    answers: Answered,
) -> list[dict[str, Any]]:
    """A row a subject: its name and its answer to each standard, “–” where there is none."""
    by_subject: dict[str, dict[str, str]] = {
        e["engagement_id"]: {}
        for e in reader.engagements_of_place(place)
        if e["has_children"]
    }
    for standard, answer, subject in answers:
        by_subject.setdefault(subject, {})[standard] = say(
            f"plans.answer.{answer}"
        )
    names = _names(say, place)
    return [
        {
            "subject": names.get(subject, subject),
            "checked": bool(given),
        }
        | {
            str(s): given.get(
                str(s),
                "–",
            )
            for s in Standard
        }
        for subject, given in by_subject.items()
    ]


def _names(say: Speech, place: str) -> Mapping[str, str]:
    """Assessment, engagement or project → its name, with what it is."""
    documents = {
        d["document_id"]: say(
            "plans.children.is.assessment",
            name=say.title(d["title"]),
        )
        for d in plans.documents_of_place(place)
    }
    projects = {
        r["project_id"]: say("plans.children.is.project", name=r["title"])
        for r in plans.listening(place)
    }
    engagements = {
        e["engagement_id"]: say(
            "plans.children.is.engagement",
            name=", ".join(
                part
                for part in (told(say, e, "who"), told(say, e, "held"))
                if part
            ),
        )
        for e in reader.engagements_of_place(place)
    }
    return {**documents, **projects, **engagements}
