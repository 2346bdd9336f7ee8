"""The decision form, the saved mark, and the second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from clearlink.review.agenda import interests
from clearlink.review.codes import (
    EXCEPTION,
    Ground,
    MeetingState,
    Outcome,
    Subject,
)
from clearlink.review.decisions import (
    NEEDS_OWNER,
    Resolution,
    decide,
    decisions,
    default_exception_end,
    needs_second,
    second,
    secondings,
)
from clearlink.review.meetings import members
from clearlink.review.records import Decision, Item, Meeting, Member
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.rules.codes import Verdict
from clearlink.words import numbers
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_day import is_rehearsed, rehearsal
from pages.meeting.meeting_drafts import put_back_draft
from pages.meeting.meeting_person import name_box
from pages.meeting.meeting_place import as_typed, day_of, told, writing
from pages.meeting.meeting_words import decided_sentence

FINDINGS = (
    Verdict.CLEAR,
    Verdict.PARTIAL,
    Verdict.NO_LINK_SHOWN,
    Verdict.CANNOT_ASSESS,
)


def decide_form(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """What was decided on this item, and the form to decide, for those who may."""
    st.subheader(say("meetings.decide.title"))
    taken = [
        d
        for d in decisions(store, viewer, meeting.meeting_id)
        if d.item_id == item.item_id
    ]
    if taken:
        _saved(
            say,
            store,
            viewer,
            meeting,
            taken[-1],
        )
    told()
    if meeting.state is not MeetingState.FROZEN or not viewer.may(
        Act.DECIDE, meeting.place
    ):
        return
    if is_rehearsed(store, viewer, meeting):
        rehearsal(say, store, viewer, meeting)
    else:
        with (
            st.expander(say("meetings.decide.change"))
            if taken
            else st.container()
        ):
            _form(
                say,
                store,
                viewer,
                meeting,
                item,
                facts,
                len(taken),
            )


def _saved(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    decision: Decision,
) -> None:
    next_step = say(
        "meetings.decide.saved",
        time=f"{say.date(decision.decided_at.date())} {decision.decided_at:%H:%M} UTC",
        who=decision.decided_by,
        number=decision.number,
    )
    st.success(
        f"**{plain(decided_sentence(say, decision))}**  \n{plain(next_step)}",
        icon=":material/check:",
    )
    agreed = secondings(store, viewer, meeting.meeting_id).get(
        decision.decision_id
    )
    if not needs_second(decision.finding_from, decision.finding_to):
        return
    if agreed is not None:
        st.caption(plain(say("meetings.minutes.seconded", name=agreed.name)))
        return
    st.warning(say("meetings.decide.second_later"))

    def agree() -> None:
        with writing(say):
            second(store, viewer, decision)

    if viewer.may(Act.SECOND_A_DECISION, meeting.place):
        st.button(
            say("meetings.decide.agree"),
            key=f"agree_{decision.decision_id}",
            on_click=agree,
        )


def _form(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
    after: int,
) -> None:
    # a saved decision leaves an empty form behind, because the keys name how many there were
    key = f"{item.item_id}_{after}"
    if not viewer.is_local:
        put_back_draft(viewer.subject, key)
    outcome = _outcome_box(say, item, key)
    reason = _reason_box(say, key)
    owner, due, until = _owner_or_end(say, meeting, outcome, key)
    verdict = _verdict_in(item, facts)
    seated = _seated(store, viewer, meeting)
    must = _must_withdraw(store, viewer, item, seated)
    with st.expander(say("meetings.decide.more"), expanded=bool(must)):
        withdrew = _withdrew_box(say, seated, must, key)
        dissent = _dissent_box(say, key)
        finding = _finding_box(say, verdict, outcome, key)
    to = _otherwise(outcome, verdict, finding)
    ground, link, second_person = None, "", ""
    if to is not None:
        ground, link = _ground_boxes(say, key)
    if to is not None and needs_second(verdict, to):
        present = [m for i, m in seated.items() if i not in withdrew]
        second_person = _second_person(say, viewer, present, key)

    def resolution() -> Resolution:
        if outcome is None:
            raise Refused("outcome_missing")
        return Resolution(
            outcome,
            reason,
            dissent=dissent,
            withdrew=tuple(withdrew),
            owner=owner,
            due=day_of(due),
            exception_until=day_of(until),
            finding=finding,
            ground=ground,
            evidence_link=link,
            second_person=second_person,
        )

    name_box(say, viewer, store, meeting)
    _save_button(say, store, viewer, item, resolution, key, after)


def _otherwise(
    outcome: Outcome | None,
    verdict: str | None,
    finding: str | None,
) -> str | None:
    """What the committee finds other than the rule; None where it finds the same."""
    if outcome is Outcome.EXCEPTION:
        return EXCEPTION
    return finding if finding != verdict else None


def _save_button(
    say: Speech,
    store: Store,
    viewer: Viewer,
    item: Item,
    resolution: Callable[[], Resolution],
    key: str,
    after: int,
) -> None:
    """Records the decision, and says under whose name. `resolution`: what the boxes hold; raises Refused
    where it cannot be one.
    """
    if st.button(
        _save_label(say, after),
        type="primary",
        key=f"save_{key}",
    ):
        with writing(say):
            decide(store, viewer, item, resolution(), after)
        st.rerun()
    st.caption(_recorded_as(say, viewer))


def _dissent_box(say: Speech, key: str) -> str:
    """Who did not agree, and why."""
    return st.text_input(
        say("meetings.decide.dissent"),
        key=f"dissent_{key}",
        max_chars=1000,
    )


def _reason_box(say: Speech, key: str) -> str:
    """Why the committee decides so."""
    return st.text_area(
        say("meetings.decide.reason"),
        key=f"reason_{key}",
        height=90,
        max_chars=4000,
    )


def _outcome_box(
    say: Speech,
    item: Item,
    key: str,
) -> Outcome | None:
    """What may be decided on this item; an exception is made for a project alone."""
    is_project = item.subject is Subject.PROJECT
    return st.radio(
        say("meetings.decide.outcome"),
        [o for o in Outcome if is_project or o is not Outcome.EXCEPTION],
        index=None,
        horizontal=True,
        format_func=lambda o: say(f"meetings.outcome.{o}"),
        key=f"outcome_{key}",
    )


def _owner_or_end(
    say: Speech,
    meeting: Meeting,
    outcome: Outcome | None,
    key: str,
) -> tuple[str, str, str]:
    """Who does what was decided and by which day, or until when an exception stands; as it was typed."""
    if outcome in NEEDS_OWNER:
        left, right = st.columns(2)
        owner = left.text_input(
            say("meetings.decide.owner"),
            key=f"owner_{key}",
            max_chars=120,
        )
        due = right.text_input(
            say("meetings.decide.due"),
            key=f"due_{key}",
            max_chars=10,
        )
        return owner, due, ""
    if outcome is not Outcome.EXCEPTION:
        return "", "", ""
    until = st.text_input(
        say("meetings.decide.until"),
        value=as_typed(default_exception_end(meeting.held_on)),
        key=f"until_{key}",
        max_chars=10,
    )
    return "", "", until


def _verdict_in(item: Item, facts: dict[str, Any]) -> str | None:
    """The verdict that the committee has before it; None for what is no project."""
    if item.subject is not Subject.PROJECT or not facts.get("verdict"):
        return None
    return str(facts["verdict"]["verdict"])


def _seated(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> dict[str, Member]:
    """The members in the room, by their id."""
    return {
        m.member_id: m
        for m in members(store, viewer, meeting.meeting_id)
        if m.is_present
    }


def _must_withdraw(
    store: Store,
    viewer: Viewer,
    item: Item,
    seated: Mapping[str, Member],
) -> list[str]:
    """The members in the room who have declared an interest in this item."""
    declared = interests(store, viewer, item.meeting_id)
    return [
        i.member_id
        for i in declared
        if i.item_id == item.item_id and i.member_id in seated
    ]


def _withdrew_box(
    say: Speech,
    seated: Mapping[str, Member],
    must: list[str],
    key: str,
) -> list[str]:
    """Who left the room for this item."""
    if must:
        names = numbers.join(
            say.lang,
            [seated[m].name for m in must],
        )
        st.caption(plain(say("meetings.decide.withdrew_must", names=names)))
    return st.multiselect(
        say("meetings.decide.withdrew"),
        list(seated),
        default=must,
        format_func=lambda m: seated[m].name,
        key=f"withdrew_{key}",
        placeholder=say("meetings.decide.choose"),
    )


def _finding_box(
    say: Speech,
    verdict: str | None,
    outcome: Outcome | None,
    key: str,
) -> str | None:
    """What the committee finds, where it may find otherwise than the rule."""
    if not verdict or outcome is Outcome.EXCEPTION:
        return verdict

    def words(finding: str) -> str:
        name = say.verdict(finding)
        return (
            say("meetings.decide.finding_same", verdict=name)
            if finding == verdict
            else name
        )

    return st.selectbox(
        say("meetings.decide.finding"),
        [
            verdict,
            *(v for v in FINDINGS if v != verdict),
        ],
        key=f"finding_{key}",
        format_func=words,
    )


def _ground_boxes(say: Speech, key: str) -> tuple[Ground | None, str]:
    """On what ground the committee finds otherwise, and where that can be read."""
    ground = st.selectbox(
        say("meetings.decide.ground"),
        list(Ground),
        index=None,
        format_func=lambda g: say(f"meetings.ground.{g}"),
        key=f"ground_{key}",
        placeholder=say("meetings.decide.choose"),
    )
    return ground, st.text_input(
        say("meetings.decide.link"),
        key=f"link_{key}",
        max_chars=400,
    )


def _second_person(
    say: Speech,
    viewer: Viewer,
    others: Sequence[Member],
    key: str,
) -> str:
    """Who agrees in the room; where people sign in, the second does so later under their own name."""
    if not viewer.is_local:
        st.caption(say("meetings.decide.second_later"))
        return ""
    chosen = st.selectbox(
        say("meetings.decide.second"),
        [m.name for m in others],
        index=None,
        key=f"second_{key}",
        placeholder=say("meetings.decide.choose"),
    )
    return chosen or ""


def _save_label(say: Speech, after: int) -> str:
    return say("meetings.decide.replace" if after else "meetings.decide.save")


def _recorded_as(say: Speech, viewer: Viewer) -> str:
    """Under whose name the decision will stand."""
    if not viewer.is_named:
        return say("meetings.refused.name_missing")
    return plain(say("meetings.decide.recorded_as", name=viewer.name))
