"""Is the assessment itself good enough? A checklist for each, every answer with what it rests on."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from clearlink.figures.stacked_bars import Part, stacked_bars
from clearlink.rules.assessment_quality import (
    GROUPS_COVERED,
    THEMES_COVERED,
    Answer,
    Check,
    answered,
    covered,
    data_age,
)
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import plans, reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Row, once_a_build
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech

PARTS: Final = (
    (Answer.YES, "#00634f", "", "#ffffff"),
    (Answer.PARTLY, "#74a9cf", "/", "#1b1f23"),
    (Answer.NO, "#7a1f5c", "", "#ffffff"),
    (Answer.NOT_KNOWN, "#f4f6f8", "", "#1b1f23"),
)


@once_a_build
def answers_of(
    place: str,
) -> tuple[tuple[Row, dict[Check, tuple[Answer, Row | None]]], ...]:
    """Each assessment in force with every item of the checklist: its answer, and what a person read where
    one did.
    """
    read = {
        (r["subject_id"], r["check_id"]): r
        for r in plans.assessment_checks(place)
        if r["subject"] == "assessment"
    }
    return tuple(
        (
            a,
            {
                check: _answer(
                    a,
                    check,
                    read.get((a["assessment_id"], check)),
                )
                for check in Check
            },
        )
        for a in plans.assessment_quality(place)
        if a["document_state"] != "lapsed"
    )


def _answer(
    a: Row,
    check: Check,
    read: Row | None,
) -> tuple[Answer, Row | None]:
    return answered(
        read["answer"] if read else None,
        worked_out(a, check),
    ), read


def worked_out(a: Row, check: Check) -> Answer:
    """What the records held say of one item; what they cannot say is not known."""
    if check is Check.THEMES:
        return covered(a["themes"], THEMES_COVERED)
    if check is Check.GROUPS:
        return covered(a["groups"], GROUPS_COVERED)
    if check is Check.ENGAGEMENT:
        return Answer.YES if a["engagements"] else Answer.NOT_KNOWN
    if check is Check.CHILDREN:
        return Answer.YES if a["has_children"] else Answer.NOT_KNOWN
    if check is Check.RESPONSES:
        return Answer.PARTLY if a["with_change"] else Answer.NOT_KNOWN
    if check is Check.DATA_AGE:
        return _age_of_data(a)
    return Answer.NOT_KNOWN


def _age_of_data(a: Row) -> Answer:
    """Whether the data was current when the assessment was published; what moves slowly is so for longer."""
    law = served_law()
    slow = bool(a["slow_moving"])
    current = law.slow_current_months if slow else law.current_months
    ageing = law.slow_ageing_months if slow else law.ageing_months
    return data_age(
        a["evidence_reference_end"],
        a["published"],
        int(current),
        int(ageing),
    )


def quality_finding(say: Speech, place: str) -> str:
    """How many assessments are in force, and how many items of their checklists nobody can answer."""
    listed = answers_of(place)
    where = say.in_place(place)
    where = sentence_start(where)
    if not listed:
        return say("plans.quality.finding_none", place=where)
    counted = Counter(
        answer for _, checks in listed for answer, _ in checks.values()
    )
    return say(
        "plans.quality.finding",
        place=where,
        n=len(listed),
        yes=say.number(counted[Answer.YES]),
        items=say.number(len(listed) * len(Check)),
        unknown=say.number(counted[Answer.NOT_KNOWN]),
    )


def assessment_checklist(say: Speech, place: str) -> None:
    """The items over all assessments as a picture, then each assessment with its evidence."""
    listed = answers_of(place)
    if not listed:
        st.info(say("plans.quality.nothing"))
        return
    st.caption(plain(say("plans.quality.help")))
    _picture(say, place)
    rows = checklist_rows(say, place)
    labels = {
        name: say(f"plans.quality.col.{name}")
        for name in ("assessment", "check", "answer", "evidence")
    }
    st.subheader(say("plans.quality.title"))
    table(
        rows,
        labels,
        key="assessment_checklist",
        height=420,
        config={
            "assessment": st.column_config.TextColumn(width="medium"),
            "evidence": st.column_config.TextColumn(width="large"),
        },
    )
    carry_away(
        say,
        "assessment-checklist",
        rows,
        labels,
        (say("plans.quality.title"),),
    )


def _picture(say: Speech, place: str) -> None:
    listed = answers_of(place)
    rows = []
    for check in Check:
        counted = Counter(checks[check][0] for _, checks in listed)
        rows.append(
            {"check": say(f"plans.check.{check}")}
            | {str(a): counted[a] for a, *_ in PARTS}
        )
    labels = {"check": say("plans.quality.col.check")}
    labels |= {str(a): say(f"plans.answer.{a}") for a, *_ in PARTS}
    parts = [
        Part(
            str(a),
            labels[str(a)],
            colour,
            pattern,
            ink,
        )
        for a, colour, pattern, ink in PARTS
    ]
    least = min(
        rows,
        key=lambda r: int(str(r[Answer.YES])),
    )
    alt = say(
        "plans.quality.alt",
        n=len(listed),
        check=least["check"],
    )
    show_picture(
        say,
        stacked_bars(
            rows,
            "check",
            parts,
            say("plans.quality.axis"),
            alt,
            labels,
        ),
        key="quality",
        name="assessment-quality",
    )


@once_a_build
def checklist_rows(say: Speech, place: str) -> tuple[dict[str, str], ...]:
    """One row an assessment and item."""
    return tuple(
        {
            "assessment": say.title(a["title"]),
            "check": say(f"plans.check.{check}"),
            "answer": say(f"plans.answer.{answer}"),
            "evidence": evidence(say, a, check, read),
        }
        for a, checks in answers_of(place)
        for check, (answer, read) in checks.items()
    )


def evidence(
    say: Speech,
    a: Row,
    check: Check,
    read: Row | None,
) -> str:
    """What an answer rests on: the words that somebody read, or what is held."""
    if read is not None:
        return _read_words(say, read)
    if check is Check.DATA_AGE and a["evidence_reference_end"]:
        published = say.date(a["published"]) if a["published"] else "–"
        return say(
            "plans.quality.data_until",
            until=say.date(a["evidence_reference_end"]),
            published=published,
        )
    if check is Check.RESPONSES and a["with_change"]:
        return say("plans.quality.with_change", n=a["with_change"])
    return _held_words(
        say,
        a,
        check,
    )


def _read_words(say: Speech, read: Row) -> str:
    """The words that somebody read, their page, and who read them."""
    quoted = f"“{read['quotation']}”" if read["quotation"] else ""
    return " · ".join(
        part
        for part in (
            quoted,
            _page(say, read),
            read["read_by"] or "",
        )
        if part
    )


def _held_words(
    say: Speech,
    a: Row,
    check: Check,
) -> str:
    """What is held of an item that records can speak for; else that nobody has read the paper for it."""
    if check is Check.THEMES:
        missing = [
            say.theme(t)
            for t in reader.themes()
            if t not in a["theme_ids"].split(";")
        ]
        return say(
            "plans.quality.themes",
            n=a["themes"],
            missing=say.names(missing) or "–",
        )
    if check is Check.GROUPS:
        return say("plans.quality.groups", n=a["groups"])
    if check in (Check.ENGAGEMENT, Check.CHILDREN):
        return say("plans.tree.heard", n=a["engagements"])
    return say("plans.quality.unread")


def _page(say: Speech, read: Row) -> str:
    return say("plans.quality.page", page=read["page"]) if read["page"] else ""
