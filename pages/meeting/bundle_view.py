"""The screens of a meeting rebuilt from its audit bundle alone, after every hash in it was checked."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from clearlink.report.minutes_text import spoken
from clearlink.review.bundle import BundleDamaged
from clearlink.review.rebuilt import Rebuilt, rebuilt
from clearlink.review.roles import Act, Viewer
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_evidence import (
    link_picture,
    other_definition,
    why_this_number,
)
from pages.meeting.meeting_words import (
    decided_sentence,
    meeting_name,
    question,
    voice,
)
from pages.server.uploads import permit_uploads


def open_bundle(say: Speech, viewer: Viewer) -> None:
    """A box for a bundle, and the meeting that it holds, for those who read the log. Nothing of it is
    kept.
    """
    if not viewer.may(Act.READ_AUDIT):
        return
    permit_uploads(viewer, Act.READ_AUDIT)
    with st.expander(say("meetings.bundle.title")):
        st.caption(say("meetings.bundle.lead"))
        given = st.file_uploader(
            say("meetings.bundle.file"),
            type="zip",
            key="bundle_file",
        )
        if given is not None:
            show_bundle(say, given.getvalue())


def show_bundle(say: Speech, data: bytes) -> None:
    """The meeting of a bundle as it was frozen, or the sentence that refuses it."""
    try:
        held = rebuilt(data)
    except BundleDamaged:
        st.error(say("meetings.bundle.damaged"))
        return
    st.success(
        plain(
            say(
                "meetings.bundle.whole",
                meeting=meeting_name(say, held.meeting),
                snapshot=held.meeting.snapshot_id or "—",
                n=len(held.items),
            )
        )
    )
    if held.items:
        number = st.selectbox(
            say("meetings.bundle.item"),
            range(len(held.items)),
            format_func=lambda n: f"{n + 1}. {held.items[n].titles[say.lang]}",
            key="bundle_item",
        )
        _item(say, held, number)
    st.subheader(say("meetings.after.minutes"))
    for passage in held.passages():
        st.markdown(
            plain(
                spoken(
                    voice(say),
                    passage,
                    held.wordings.get(say.lang, {}),
                )
            )
        )
        if passage.decision_id:
            st.caption(
                plain(
                    say(
                        "meetings.after.trace",
                        decision=passage.decision_id,
                        snapshot=passage.snapshot_id or "—",
                    )
                )
            )


def _item(
    say: Speech,
    held: Rebuilt,
    number: int,
) -> None:
    item = held.items[number]
    facts = held.evidence.get(item.item_id, {})
    st.subheader(plain(item.titles[say.lang]))
    st.markdown(f"**{plain(question(say, item, facts))}**")
    if facts.get("verdict"):
        verdict = say.verdict(facts["verdict"]["verdict"])
        reason = say("verdict.sentence." + facts["verdict"]["reason"])
        st.markdown(f"**{plain(verdict)}.** {plain(reason)}")
        if facts.get("criteria"):
            link_picture(say, item, facts)
            why_this_number(say, facts)
            other_definition(say, item, facts)
    _at_the_desk(say, held, item.subject_id)
    decision = held.standing().get(item.item_id)
    st.markdown(
        plain(decided_sentence(say, decision))
        if decision
        else say("meetings.bundle.undecided")
    )


def _fields_settled(
    say: Speech,
    held: Rebuilt,
    project_id: str,
) -> Iterator[str]:
    """What people set or took back on the record, a line for each."""
    return (
        say(
            f"meetings.bundle.desk_{s.state}",
            field=say(f"evidence.field.{s.field}"),
            value=s.value,
            who=s.settled_by,
            date=say.date(s.settled_on),
        )
        for s in held.settled
        if s.project_id == project_id
    )


def _papers_and_signs(
    say: Speech,
    held: Rebuilt,
    project_id: str,
) -> Iterator[str]:
    """The papers that were read and the signs seen in them, as far as they stand."""
    for r in held.readings:
        if r.project_id == project_id and r.state == "stands":
            yield say(
                f"standing.paper.{'read_two' if r.second_by else 'read_one'}",
                reader=r.read_by,
                second=r.second_by or "",
                document=r.document,
                pages=r.pages,
                date=say.date(r.read_on),
            )
    for g in held.signs:
        if g.project_id == project_id and g.state == "stands":
            yield say(
                "meetings.bundle.desk_sign",
                sign=f"{g.sign} {say(f'standing.sign.{g.sign}')}",
                said=g.said,
            )


def _at_the_desk(
    say: Speech,
    held: Rebuilt,
    project_id: str,
) -> None:
    """What the evidence desk held of the item's project when the bundle was made."""
    lines = [
        *_fields_settled(say, held, project_id),
        *_papers_and_signs(say, held, project_id),
    ]
    if lines:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
