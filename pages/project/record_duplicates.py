"""On a project's record: other records that may be the same thing, both sources beside one another, for
somebody to settle.
"""

from __future__ import annotations

import streamlit as st
from sqlalchemy.exc import OperationalError

from clearlink.review.codes import SettledField, SettledState
from clearlink.review.records import Settled
from clearlink.review.roles import Act
from clearlink.review.settled import judge_same, settled
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers
from pages.frame.choices import choose
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person
from pages.meeting.meeting_place import tell, told, writing


def duplicates_of(say: Speech, project: Row) -> None:
    """Each other record as a link, what the two agree on, whose money counts, and the answer of whoever
    may give one.
    """
    own = project["project_id"]
    pairs = reader.possible_duplicates(own)
    if not pairs:
        return
    st.subheader(say("record.twice.title"))
    told()
    for pair in pairs:
        other = "b" if pair["project_a"] == own else "a"
        with st.container(
            border=True,
            gap=None,
            key=f"twice_{pair[f'project_{other}']}",
        ):
            st.markdown(plain(say(f"record.twice.{pair['kind']}")))
            st.button(
                plain(pair[f"title_{other}"]),
                key=f"open_twice_{pair[f'project_{other}']}",
                type="tertiary",
                on_click=choose,
                kwargs={"project": pair[f"project_{other}"]},
            )
            mine = "a" if other == "b" else "b"
            sources = {
                "own": _source(pair, mine),
                "other": _source(pair, other),
            }
            st.markdown(
                "\n".join(
                    f"- {plain(line)}"
                    for line in _lines(say, pair, own, sources)
                )
            )
            _answer(
                say,
                project,
                pair[f"project_{other}"],
            )


def _source(pair: Row, side: str) -> str:
    return str(pair[f"source_{side}"] or "—").split(" · ")[0]


def _lines(
    say: Speech,
    pair: Row,
    own: str,
    sources: dict[str, str],
) -> list[str]:
    lines = [say("record.twice.sources", **sources)]
    if pair["alike"]:
        facts = [
            say(f"record.twice.fact.{name}")
            for name in pair["alike"].split(";")
        ]
        lines.append(
            say(
                "record.twice.alike",
                facts=numbers.join(say.lang, facts),
            )
        )
    if pair["state"] != "open":
        lines.append(say(f"record.twice.state.{pair['state']}"))
    elif pair["not_counted"]:
        lines.append(
            say(
                "record.twice.not_this"
                if pair["not_counted"] == own
                else "record.twice.not_other"
            )
        )
    return lines


def _answer(
    say: Speech,
    project: Row,
    other_id: str,
) -> None:
    """Two buttons for those who settle evidence; what was said before is told with its name and day."""
    try:
        store, viewer = review_store(), person(say)
        before = _said(
            settled(
                store,
                viewer,
                {project["project_id"]},
            ),
            other_id,
        )
    except OperationalError:
        return  # the record says once that the committee's store cannot be reached (exception_marks)
    if before is not None:
        kind = "same" if before.state is SettledState.ACCEPTED else "different"
        answer = say(
            f"record.twice.said.{kind}",
            who=before.settled_by,
            date=say.date(before.settled_on),
        )
        st.caption(plain(answer))
    if not viewer.may(Act.SETTLE_EVIDENCE):
        return
    with st.container(horizontal=True):
        for same in (True, False):
            key = "same" if same else "different"
            if st.button(
                say(f"record.twice.say.{key}"),
                key=f"twice_{key}_{other_id}",
            ):
                with writing(say):
                    judge_same(
                        store,
                        viewer,
                        project,
                        other_id,
                        same=same,
                        before=before,
                    )
                    tell("success", say("record.twice.saved"))
                st.rerun()


def _said(stands: list[Settled], other_id: str) -> Settled | None:
    return next(
        (
            s
            for s in stands
            if s.field is SettledField.SAME_THING and s.value == other_id
        ),
        None,
    )
