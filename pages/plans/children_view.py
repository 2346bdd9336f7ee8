"""Children and young people: the seven standards for each assessment and engagement, and what they are
owed.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from clearlink.figures.stacked_bars import Part, stacked_bars
from clearlink.report.owed_to_children import children_heard, owed_rows
from clearlink.review.codes import Standard
from clearlink.review.participation import (
    assessments_checked,
    participation_checks,
)
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.rules.followed import Owed
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import plans
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.plans.standards_table import standards_table

PARTS: Final = (
    ("yes", "#00634f", "", "#ffffff"),
    ("partly", "#74a9cf", "/", "#1b1f23"),
    ("no", "#7a1f5c", "", "#ffffff"),
)


def children_finding(say: Speech, place: str) -> str:
    """How often children were heard, how much is owed to them, and how much of it is late."""
    where = say.in_place(place)
    where = sentence_start(where)
    rows = owed_rows(say, place)
    counted = Counter(r["owed"] for r in rows)
    return say(
        "plans.children.finding",
        place=where,
        n=len(children_heard(place)),
        due=say.number(
            counted[Owed.DUE] + counted[Owed.NO_DAY] + counted[Owed.OVERDUE]
        ),
        late=say.number(counted[Owed.OVERDUE]),
    )


def children_view(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
) -> None:
    """The standards as a picture, what is owed, and the way to the self-check."""
    _standards(
        say,
        store,
        viewer,
        place,
    )
    st.subheader(say("plans.children.owed"))
    rows = owed_rows(say, place)
    if not rows:
        st.info(say("plans.children.nothing_owed"))
    else:
        labels = {
            name: say(f"plans.children.col.{name}")
            for name in ("what", "by", "by_when", "state", "source")
        }
        table(
            rows,
            labels,
            key="owed_to_children",
            height=340,
            config={"what": st.column_config.TextColumn(width="large")},
        )
        carry_away(
            say,
            "owed-to-children",
            rows,
            labels,
            (say("plans.children.owed"),),
        )


def _standards(
    say: Speech,
    store: Store,
    viewer: Viewer,
    place: str,
) -> None:
    st.subheader(say("plans.children.standards"))
    st.caption(plain(say("plans.children.standards_help")))
    answers = standard_answers(store, viewer, place)
    if answers:
        _standards_picture(say, answers)
    else:
        st.info(say("plans.children.no_checks"))
    st.page_link(
        "pages/voices.py",
        label=say("plans.children.to_voices"),
    )
    standards_table(say, place, answers)


def _standards_picture(
    say: Speech,
    answers: list[tuple[str, str, str]],
) -> None:
    rows = []
    for standard in Standard:
        counted = Counter(answer for s, answer, _ in answers if s == standard)
        rows.append(
            {"standard": say(f"voices.participation.standard_{standard}")}
            | {name: counted[name] for name, *_ in PARTS}
        )
    labels = {"standard": say("plans.children.col.standard")}
    labels |= {name: say(f"plans.answer.{name}") for name, *_ in PARTS}
    parts = [
        Part(
            name,
            labels[name],
            colour,
            pattern,
            ink,
        )
        for name, colour, pattern, ink in PARTS
    ]
    alt = say(
        "plans.children.alt",
        n=len({subject for _, _, subject in answers}),
    )
    show_picture(
        say,
        stacked_bars(
            rows,
            "standard",
            parts,
            say("plans.children.axis"),
            alt,
            labels,
        ),
        key="standards",
        name="participation-standards",
    )


def standard_answers(
    store: Store,
    viewer: Viewer,
    place: str,
) -> list[tuple[str, str, str]]:
    """(standard, answer, subject) of every check of the seven standards: those read of assessments and
    engagements, and the self-checks of projects and of assessments that their owners recorded.
    """
    standards = {str(s) for s in Standard}
    read = [
        (
            c["check_id"],
            c["answer"],
            c["subject_id"],
        )
        for c in plans.assessment_checks(place)
        if c["check_id"] in standards
    ]
    ids = {r["project_id"] for r in plans.listening(place)}
    for project_id, check in participation_checks(store, viewer, ids).items():
        read += [
            (
                str(s),
                str(k),
                project_id,
            )
            for s, k in check.standards.items()
        ]
    papers = {d["document_id"] for d in plans.documents_of_place(place)}
    return read + _answers_of_papers(store, papers)


def _answers_of_papers(
    store: Store,
    papers: set[str],
) -> list[tuple[str, str, str]]:
    """The same of the self-checks of assessments."""
    return [
        (str(standard), str(answer), paper)
        for paper, check in assessments_checked(store, papers).items()
        for standard, answer in check.standards.items()
    ]
