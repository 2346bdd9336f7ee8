"""One paper often took the decision for many records: what it says is answered once for all of them that a
person finds to be its own.

No proposal acts here (method B11): the person has the paper, sees each record with its words, leaves out
those that are not of it, and says what it says. It is one act, which can be taken back as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from clearlink.proposals.fields import Candidate, candidates
from clearlink.proposals.queue import Waiting
from clearlink.proposals.themes import record_text
from clearlink.review.codes import SettledField
from clearlink.review.papers import Paper
from clearlink.review.readings import read_silent_many
from clearlink.review.roles import Viewer
from clearlink.review.settled import Value, accept_many
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from pages.evidence.acts import Written, act
from pages.evidence.question import candidate_words
from pages.frame.frame import plain, table
from pages.frame.speech import Speech
from pages.frame.state import Box
from pages.meeting.meeting_place import day_of

# so few are as soon answered one by one
LEAST: Final = 3
SILENT: Final = "silent"
_GROUP: Final = Box[str]("evidence_alike")


def alike(queue: Sequence[Waiting]) -> dict[str, list[Waiting]]:
    """Records that wait for the same answer: of one commissioner, programme and theme, lacking the same, and
    read by nobody. The largest group first.
    """
    groups: dict[str, list[Waiting]] = {}
    for w in queue:
        if "theme" in w.missing or w.row["on_record"] == "silent_one":
            continue
        key = "|".join(
            str(w.row[c]) for c in ("commissioner", "programme_id", "theme_id")
        )
        groups.setdefault(f"{key}|{','.join(w.missing)}", []).append(w)
    return {
        key: held
        for key, held in sorted(
            groups.items(),
            key=lambda each: (-len(each[1]), each[0]),
        )
        if len(held) >= LEAST
    }


def box_key(name: str, group: str) -> str:
    """The key of a box of one group's answer: what was typed for one paper is never shown for another."""
    return f"evidence_alike_{name}_{group}"


def answer_alike(
    say: Speech,
    store: Store,
    viewer: Viewer,
    queue: Sequence[Waiting],
) -> None:
    """The groups, the records of the one chosen, and one answer for those that are left in."""
    groups = alike(queue)
    st.subheader(say("evidence.alike.title"))
    if not groups:
        st.info(say("evidence.alike.none"))
        return
    st.caption(plain(say("evidence.alike.help")))
    names = {key: _group_name(say, held) for key, held in groups.items()}
    # a group that was answered is gone
    if _GROUP.value_or_none() not in (*names, None):
        _GROUP.forget()
    picked = st.selectbox(
        say("evidence.alike.choose"),
        list(names),
        format_func=lambda key: names.get(key, key),
        index=None,
        placeholder=say("evidence.alike.placeholder"),
        key=_GROUP.key,
    )
    if picked in groups:
        _one_answer(
            say,
            store,
            viewer,
            picked,
            _of_the_paper(say, picked, groups[picked]),
        )


def _group_name(say: Speech, held: Sequence[Waiting]) -> str:
    row = held[0].row
    return say(
        "evidence.alike.group",
        who=say.printed(row["commissioner"]),
        programme=say.programme(row["programme_id"]),
        theme=say.theme(row["theme_id"]),
        missing=", ".join(
            say(f"standing.held.{what}").casefold() for what in held[0].missing
        ),
        n=len(held),
    )


def _of_the_paper(
    say: Speech,
    group: str,
    held: Sequence[Waiting],
) -> list[Waiting]:
    """The records with their own words, but for those that the person leaves out."""
    columns = ("title", "own")
    table(
        [
            {
                "title": w.row["title"],
                "own": record_text(w.words),
            }
            for w in held
        ],
        {c: say(f"evidence.bulk.{c}") for c in columns},
        key=box_key("rows", group),
        height=300,
    )
    titles = {w.project_id: str(w.row["title"]) for w in held}
    left_out = Box[list[str]](box_key("without", group))
    left_out.keep([each for each in left_out.value_or([]) if each in titles])
    out = st.multiselect(
        say("evidence.alike.leave_out"),
        list(titles),
        format_func=lambda each: titles.get(each, each),
        key=left_out.key,
    )
    return [w for w in held if w.project_id not in out]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the paper says (`silent`, or the priority it names), and the paper as it was typed."""

    says: str | None
    document: str
    url: str
    day: str
    pages: int | None
    page: str

    @property
    def paper(self) -> Paper:
        """The paper. Raises Refused where its day is none."""
        return Paper(
            self.document,
            self.url,
            day_of(self.day),
            self.pages,
        )


def _one_answer(
    say: Speech,
    store: Store,
    viewer: Viewer,
    group: str,
    kept: Sequence[Waiting],
) -> None:
    """What the paper says, written for each record that is left in."""
    common = _common_candidates(kept)
    answer = _form(
        say,
        viewer,
        group,
        kept,
        common,
    )
    if answer is None:
        return
    if answer.says is None:
        st.warning(say("evidence.alike.say_what"))
        return
    done = say(
        "evidence.alike.settled",
        n=len(kept),
        who=viewer.name,
    )
    act(
        say,
        store,
        kept[0].project_id,
        done,
        lambda: _written(
            store,
            viewer,
            kept,
            common,
            answer,
        ),
    )
    st.rerun()


def _form(
    say: Speech,
    viewer: Viewer,
    group: str,
    kept: Sequence[Waiting],
    common: Mapping[str, Candidate],
) -> _Answer | None:
    """The boxes of the answer; nothing until they are sent."""
    names = {SILENT: say("evidence.paper.silent")}
    names |= {key: candidate_words(say, c) for key, c in common.items()}
    with st.form(box_key("paper", group), border=True):
        says = st.radio(
            say("evidence.alike.what"),
            list(names),
            format_func=lambda key: names.get(key, key),
            index=None,
            key=box_key("answer", group),
        )
        left, right = st.columns(2)
        document = left.text_input(
            say("evidence.paper.document"),
            key=box_key("document", group),
            max_chars=200,
        )
        url = right.text_input(
            say("assessment.address"),
            value=_common_address(kept),
            key=box_key("url", group),
            max_chars=300,
        )
        day, pages, page = _day_and_pages(say, group)
        is_sent = st.form_submit_button(
            say("evidence.alike.settle", n=len(kept)),
            key=box_key("settle", group),
            disabled=not viewer.is_named or not kept,
        )
    if not is_sent:
        return None
    return _Answer(says, document, url, day, pages, page)


def _day_and_pages(
    say: Speech,
    group: str,
) -> tuple[str, int | None, str]:
    """The paper's day and pages as typed, and the page that names a priority."""
    left, middle, right = st.columns(3)
    day = left.text_input(
        say("evidence.paper.day"),
        key=box_key("day", group),
        max_chars=10,
    )
    pages = middle.number_input(
        say("evidence.paper.pages"),
        min_value=1,
        value=None,
        step=1,
        key=box_key("pages", group),
    )
    page = right.text_input(
        say("evidence.alike.page"),
        key=box_key("page", group),
        max_chars=20,
    )
    return day, int(pages) if pages else None, page


def _written(
    store: Store,
    viewer: Viewer,
    kept: Sequence[Waiting],
    common: Mapping[str, Candidate],
    answer: _Answer,
) -> Written:
    """What was written, as it can be taken back: readings, or a batch of citations."""
    if answer.says is None or answer.says == SILENT:
        return read_silent_many(
            store,
            viewer,
            _to_settle(kept),
            answer.paper,
        )
    return _cited(
        store,
        viewer,
        kept,
        common[answer.says].row,
        answer.paper,
        answer.page,
    )


def _to_settle(kept: Sequence[Waiting]) -> list[Row | None]:
    return [reader.record_to_settle(w.project_id) for w in kept]


def _common_candidates(kept: Sequence[Waiting]) -> Mapping[str, Candidate]:
    """The priorities that each of the records could serve."""
    common: dict[str, Candidate] | None = None
    for w in kept:
        likely = {
            c.row["priority_id"]: c
            for c in candidates(
                w.words,
                w.row["theme_id"],
            )
        }
        common = {
            key: c
            for key, c in (likely if common is None else common).items()
            if key in likely
        }
        if not common:
            break
    return common or {}


def _common_address(kept: Sequence[Waiting]) -> str:
    """The address that all of them name, where it is one."""
    named = {str(w.words["url"] or "") for w in kept}
    return named.pop() if len(named) == 1 else ""


def _cited(
    store: Store,
    viewer: Viewer,
    kept: Sequence[Waiting],
    priority: Row,
    paper: Paper,
    page: str,
) -> str:
    """Cites the priority for each as one act; answers the batch."""
    value = Value(
        SettledField.PRIORITY,
        priority["priority_id"],
        paper,
        page or None,
        detail={
            "assessment_id": priority["assessment_id"],
            "quotation": "",
        },
    )
    values = [(row, value, None) for row in _to_settle(kept)]
    return accept_many(
        store,
        viewer,
        values,
    )[0]
