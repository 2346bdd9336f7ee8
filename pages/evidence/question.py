"""One question about a record at a time: what is proposed with the words that led there, and keys to accept,
change, reject or leave it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from clearlink.proposals.fields import (
    Candidate,
    candidates,
    field_proposals,
    rejected_values,
)
from clearlink.proposals.queue import Waiting
from clearlink.review.codes import SettledField, SettledSource, SettledState
from clearlink.review.papers import Paper
from clearlink.review.records import Settled
from clearlink.review.roles import Viewer
from clearlink.review.settled import Value, accept, cite, reject
from clearlink.review.store import Store
from clearlink.rules.codes import Criterion
from clearlink.rules.link.open_answers import by_what_they_settle, results_of
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers
from pages.evidence.acts import act
from pages.evidence.paper_boxes import paper_boxes
from pages.frame.choices import theme_names
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Kept

_LEFT: Final = Kept[set[tuple[str, str]]]("evidence_left")
SEVERAL: Final = (SettledField.AREAS,)
FIELD_OF: Final = {
    Criterion.C1: SettledField.THEME,
    Criterion.C2: SettledField.AREAS,
    Criterion.C3: SettledField.PRIORITY,
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a record: a field, the value proposed for it (None: none), the words that led there,
    and how sure the model is.
    """

    field: SettledField
    proposed: str | None = None
    words: tuple[str, ...] = ()
    sure: float | None = None


def ask_about(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    stands: Sequence[Settled],
) -> None:
    """The first question that is neither answered nor left for now. Which is open is said, so that keys mean
    one thing at a time.
    """
    left = _LEFT.begun_with(set())
    rejected = rejected_values(stands, record.project_id)
    open_ones = [
        q
        for q in questions(record, rejected)
        if (record.project_id, str(q.field)) not in left
    ]
    for question in open_ones:
        if question.field is not SettledField.PRIORITY:
            _value(say, store, viewer, record, stands, question)
        elif not _priority(say, store, viewer, record, stands, rejected):
            # nothing can be answered there: the next question stands below it
            continue
        if st.button(
            say("evidence.leave"),
            key="evidence_leave",
            shortcut="k",
        ):
            left.add((record.project_id, str(question.field)))
            st.rerun()
        return


def questions(
    record: Waiting, rejected: set[tuple[str, str]]
) -> list[Question]:
    """What settles the verdict first, by the law of the verdict: theme, place, priority. Then what is
    proposed for fields that settle nothing. A priority is asked for once the theme it follows from is known.
    """
    asked = _settling_questions(record)
    proposed = [
        Question(
            p.field,
            p.value,
            p.words,
        )
        for p in field_proposals(record.words, rejected)
    ]
    for question in proposed:
        if question.field is SettledField.AREAS:
            asked[SettledField.AREAS] = question
    ranked = [
        FIELD_OF[criterion]
        for criterion in by_what_they_settle(results_of(record.row))
    ]
    first = sorted(
        asked.values(),
        key=lambda q: (
            ranked.index(q.field) if q.field in ranked else len(ranked)
        ),
    )
    return [
        *first,
        *(q for q in proposed if q.field not in asked),
    ]


def _settling_questions(record: Waiting) -> dict[SettledField, Question]:
    """Field → the question about each thing that a verdict rests on and the record lacks."""
    asked = {}
    if "theme" in record.missing:
        asked[SettledField.THEME] = _theme_question(record)
    if _lacks_place(record):
        asked[SettledField.AREAS] = Question(SettledField.AREAS)
    if "theme" not in record.missing and "priority" in record.missing:
        asked[SettledField.PRIORITY] = Question(SettledField.PRIORITY)
    return asked


def _theme_question(record: Waiting) -> Question:
    """Which theme, with the proposal where there is one."""
    p = record.proposal
    if p is None:
        return Question(SettledField.THEME)
    return Question(SettledField.THEME, p.theme_id, p.words, p.sure)


def _lacks_place(record: Waiting) -> bool:
    """Whether where it serves is to be asked for. A protected place is asked for nowhere."""
    return "place" in record.missing and not record.words["is_sensitive"]


def _value(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    stands: Sequence[Settled],
    question: Question,
) -> None:
    """A value of one field: accepted as proposed, changed for another, or rejected."""
    names = _names(say, question.field)
    st.markdown(f"**{plain(_proposed(say, question, names))}**")
    key = f"evidence_{question.field}_{record.project_id}"
    box = _several if question.field in SEVERAL else _one
    chosen = box(say, question, names, key)
    off = not viewer.is_named
    proposed = question.proposed
    with st.container(horizontal=True):
        if proposed is not None and st.button(
            say("evidence.accept"),
            key="evidence_accept",
            type="primary",
            shortcut="a",
            disabled=off,
        ):
            _settle(say, store, viewer, record, stands, question, proposed)
        if st.button(
            say("evidence.change"),
            key="evidence_change",
            shortcut="s",
            disabled=off,
        ):
            _settle(say, store, viewer, record, stands, question, chosen)
        if proposed is not None and _reject_button(say, off):
            field = question.field
            _refuse(
                say,
                store,
                viewer,
                record,
                stands,
                field,
                proposed,
                names,
            )


def _several(
    say: Speech,
    question: Question,
    names: Mapping[str, str],
    key: str,
) -> str:
    """The values chosen, with `;` between them; those proposed stand chosen."""
    proposed = (question.proposed or "").split(";")
    chosen = st.multiselect(
        say(f"evidence.choose_{question.field}"),
        list(names),
        [value for value in proposed if value in names],
        format_func=names.__getitem__,
        key=key,
    )
    return ";".join(chosen)


def _one(
    say: Speech,
    question: Question,
    names: Mapping[str, str],
    key: str,
) -> str:
    """The value chosen, the one proposed at first; empty while none is."""
    offered = list(names)
    is_offered = question.proposed in names
    at = offered.index(question.proposed or "") if is_offered else None
    chosen = st.selectbox(
        say(f"evidence.choose_{question.field}"),
        offered,
        at,
        format_func=names.__getitem__,
        key=key,
    )
    return chosen or ""


def _reject_button(say: Speech, off: bool) -> bool:
    return st.button(
        say("evidence.reject"),
        key="evidence_reject",
        shortcut="x",
        disabled=off,
    )


def _proposed(
    say: Speech,
    question: Question,
    names: Mapping[str, str],
) -> str:
    if question.proposed is None:
        is_place = question.field is SettledField.AREAS
        return say("evidence.no_place" if is_place else "evidence.no_proposal")
    told = {
        "value": said_value(names, question.proposed),
        "words": ", ".join(question.words) or "—",
    }
    if question.sure is None:
        return say(f"evidence.proposed_{question.field}", **told)
    return say(
        "evidence.proposed",
        theme=told["value"],
        words=told["words"],
        sure=numbers.pct(question.sure),
    )


def said_value(names: Mapping[str, str], value: str) -> str:
    """The names of a value; a value of several parts has several."""
    return ", ".join(names.get(part, part) for part in value.split(";") if part)


def _names(say: Speech, field: SettledField) -> dict[str, str]:
    if field is SettledField.THEME:
        return theme_names(say)
    if field is SettledField.TARGET_GROUP:
        return {g: say.of(row) for g, row in reader.target_groups().items()}
    if field is SettledField.PROGRAMME:
        return {
            p: say.of(row)
            for p, row in reader.programmes().items()
            if p != "other"
        }
    return {la: say.place(la) for la in reader.members().get(reader.WALES, ())}


def _settle(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    stands: Sequence[Settled],
    question: Question,
    value: str,
) -> None:
    seen = seen_in(
        stands,
        record.project_id,
        question.field,
        SettledState.ACCEPTED,
    )
    names = _names(say, question.field)
    act(
        say,
        store,
        record.project_id,
        say(
            "evidence.accepted",
            theme=said_value(names, value),
            title=record.row["title"],
            who=viewer.name,
        ),
        lambda: accept(
            store,
            viewer,
            reader.record_to_settle(record.project_id),
            _as_settled(question, value),
            seen,
        ),
    )
    st.rerun()


def _refuse(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    stands: Sequence[Settled],
    field: SettledField,
    value: str,
    names: Mapping[str, str],
) -> None:
    # no paper is named for what is refused
    refused = Value(field, value, source=SettledSource.PROPOSAL)
    seen = seen_in(
        stands,
        record.project_id,
        field,
        SettledState.REJECTED,
    )
    act(
        say,
        store,
        record.project_id,
        say(
            "evidence.rejected",
            theme=said_value(names, value),
            title=record.row["title"],
        ),
        lambda: reject(
            store,
            viewer,
            reader.record_to_settle(record.project_id),
            refused,
            seen,
        ),
    )
    st.rerun()


def _as_settled(question: Question, value: str) -> Value:
    """A proposal that a person accepts says so; what they chose themselves is their own."""
    if question.proposed != value:
        return Value(question.field, value)
    detail: dict[str, Any] = {"words": list(question.words)}
    if question.sure is not None:
        detail["sure"] = round(question.sure, 3)
    return Value(
        question.field,
        value,
        source=SettledSource.PROPOSAL,
        detail=detail,
    )


def seen_in(
    stands: Sequence[Settled],
    project_id: str,
    field: SettledField,
    state: SettledState,
) -> Settled | None:
    """What the person saw settled there, so that nobody's answer is overwritten unseen."""
    return next(
        (
            s
            for s in stands
            if s.project_id == project_id
            and s.field is field
            and s.state is state
        ),
        None,
    )


def _priority(
    say: Speech,
    store: Store,
    viewer: Viewer,
    record: Waiting,
    stands: Sequence[Settled],
    rejected: set[tuple[str, str]],
) -> bool:
    """Candidates with the words they share with the record; cited with the paper that names the priority, or
    refused. Answers whether there is any.
    """
    key = record.project_id
    likely = candidates(
        record.words,
        record.row["theme_id"],
        rejected,
    )
    if not likely:
        st.markdown(plain(say("evidence.no_candidate")))
        return False
    st.markdown(f"**{plain(say('evidence.candidates', n=len(likely)))}**")
    names = {c.row["priority_id"]: candidate_words(say, c) for c in likely}
    chosen = st.radio(
        say("evidence.choose_priority"),
        list(names),
        format_func=names.__getitem__,
        key=f"evidence_priority_{key}",
    )
    paper, page = _cited_paper(say, record)
    picked = next(c.row for c in likely if c.row["priority_id"] == chosen)
    off = not viewer.is_named
    with st.container(horizontal=True):
        is_cited = st.button(
            say("evidence.cite"),
            key="evidence_cite",
            type="primary",
            shortcut="a",
            disabled=off,
        )
        if is_cited:
            _cite(say, store, viewer, key, picked, paper, page)
        if _reject_button(say, off):
            field = SettledField.PRIORITY
            _refuse(say, store, viewer, record, stands, field, chosen, names)
    return True


def _cited_paper(say: Speech, record: Waiting) -> tuple[Paper, str]:
    """The paper that names the priority, as the boxes say it, and its page."""
    key = record.project_id
    left, right, third = st.columns((3, 3, 1))
    document, url = paper_boxes(
        say,
        record,
        (left, right),
        "evidence_cite",
    )
    page = third.text_input(
        say("meetings.ask.page"),
        key=f"evidence_cite_page_{key}",
        max_chars=20,
    )
    return Paper(document, url), page


def _cite(
    say: Speech,
    store: Store,
    viewer: Viewer,
    project_id: str,
    priority: Row,
    paper: Paper,
    page: str,
) -> None:
    def write() -> Settled:
        return cite(
            store,
            viewer,
            reader.record_to_settle(project_id),
            priority=priority,
            assessment_id=priority["assessment_id"],
            paper=paper,
            page=page or None,
            source=SettledSource.PROPOSAL,
        )

    statement = say.needed(priority)
    words = say("evidence.cited", priority=statement, who=viewer.name)
    act(say, store, project_id, words, write)
    st.rerun()


def candidate_words(say: Speech, c: Candidate) -> str:
    """A priority with its assessment, page and theme, and the words that it shares with a record."""
    words = ", ".join(c.words)
    told = say(
        "evidence.candidate",
        priority=say.needed(c.row),
        title=c.row["title"],
        page=c.row["page"] or "—",
        theme=say.theme(c.row["theme_id"]),
    )
    return (
        f"{told} · {say('evidence.words_shared', words=words)}"
        if words
        else told
    )
