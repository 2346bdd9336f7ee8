"""On a project's record: what committees decided, and what may be asked of its owner or put to the
committee.
"""

from __future__ import annotations

import streamlit as st
from sqlalchemy.exc import OperationalError

from clearlink.review.codes import MeetingState
from clearlink.review.decisions import decisions_on
from clearlink.review.exceptions import (
    end_exception,
    proposals_on,
    propose_exception,
)
from clearlink.review.meetings import meetings
from clearlink.review.records import Decision, ExceptionGrant, Meeting
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, review_store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person, person_line
from pages.meeting.meeting_place import tell, told, writing
from pages.meeting.meeting_requests import ask_form


def with_committee(
    say: Speech,
    project: Row,
    granted: ExceptionGrant | None,
) -> None:
    """Decisions and proposals on the project, and the forms that this person may use."""
    try:
        store, viewer = review_store(), person(say)
        taken, proposed = (
            decisions_on(
                store,
                viewer,
                project["project_id"],
            ),
            proposals_on(
                store,
                viewer,
                project["project_id"],
            ),
        )
    except OperationalError:
        return  # the record says once that the committee's store cannot be reached (exception_marks)
    st.subheader(
        say("record.committee"),
        anchor="committee",
    )
    if not taken:
        st.markdown(say("record.committee_none"))
    for meeting, decision in taken:
        _decided_in(say, meeting, decision)
    for p in proposed:
        st.markdown(
            plain(
                say(
                    "exception.taken_up" if p.item_id else "exception.waits",
                    who=p.proposed_by,
                    date=say.date(p.proposed_on),
                    reason=p.reason,
                    place=_named(say, p.place),
                )
            )
        )
    told()
    _forms(
        say,
        store,
        viewer,
        project,
        granted,
        waits=any(p.item_id is None for p in proposed),
    )


def _decided_in(
    say: Speech,
    meeting: Meeting,
    decision: Decision,
) -> None:
    """What a committee decided on the project, and the way to that meeting."""
    st.markdown(
        plain(
            say(
                "record.committee_decided",
                date=say.date(meeting.held_on),
                place=say.place(meeting.place),
                outcome=say(f"meetings.decided_to.{decision.outcome}"),
                reason=decision.reason,
            )
        )
    )
    stage = "after" if meeting.state is MeetingState.CLOSED else "run"
    st.page_link(
        "pages/meetings.py",
        label=say(
            "record.committee_open",
            date=say.date(meeting.held_on),
        ),
        query_params={
            **address(),
            "meeting": meeting.meeting_id,
            "stage": stage,
        },
    )


def _committees_for(
    viewer: Viewer,
    project: Row,
    regions: list[str],
    act: Act,
) -> list[str]:
    """The regions on whose behalf this person may do so; all, where they may for the project's authority."""
    la_code = project["la_code"]
    own = viewer.may(act, la_code) if la_code else False
    return [r for r in regions if own or viewer.may(act, r)]


def _forms(
    say: Speech,
    store: Store,
    viewer: Viewer,
    project: Row,
    granted: ExceptionGrant | None,
    *,
    waits: bool,
) -> None:
    regions = [
        r["area_code"] for r in reader.project_regions(project["project_id"])
    ]

    def committees(act: Act) -> list[str]:
        return _committees_for(viewer, project, regions, act)

    asking, proposing = (
        committees(Act.ASK_FOR_EVIDENCE),
        [] if granted or waits else committees(Act.PROPOSE_EXCEPTION),
    )
    ending = granted is not None and viewer.may(
        Act.END_EXCEPTION, granted.place
    )
    if viewer.is_local:
        person_line(say, viewer)
    if asking:
        with st.expander(say("meetings.ask.title")):
            ask_form(
                say,
                store,
                viewer,
                _committee(say, store, viewer, asking, "ask"),
                project,
            )
    if proposing:
        with st.expander(say("exception.propose")):
            _propose(say, store, viewer, project, proposing)
    if ending and granted is not None:
        with st.expander(say("exception.end")):
            _end(say, store, viewer, granted)


def _named(say: Speech, place: str) -> str:
    # the committee of 2012 to 2019 and today's partnership of a region bear one name
    return say(
        f"choices.place_{reader.place_rows()[place]['area_type']}",
        name=say.place(place),
    )


def _committee(
    say: Speech,
    store: Store,
    viewer: Viewer,
    offers: list[str],
    name: str,
) -> str:
    """Which committee: the one that met last, or is about to meet, unless the person says otherwise."""
    met = next(
        (m.place for m in meetings(store, viewer) if m.place in offers),
        offers[0],
    )
    return st.selectbox(
        say("exception.propose_to"),
        offers,
        index=offers.index(met),
        format_func=lambda c: _named(say, c),
        key=f"{name}_committee",
    )


def _propose(
    say: Speech,
    store: Store,
    viewer: Viewer,
    project: Row,
    offers: list[str],
) -> None:
    st.caption(say("exception.propose_lead"))
    place = _committee(say, store, viewer, offers, "propose")
    reason = st.text_area(
        say("exception.propose_reason"),
        key=f"propose_{project['project_id']}",
        max_chars=1000,
        height=90,
    )
    if st.button(
        say("exception.propose_save"),
        key="propose_save",
    ):
        with writing(say):
            propose_exception(
                store,
                viewer,
                place=place,
                la_code=project["la_code"],
                project_id=project["project_id"],
                title=project["title"],
                reason=reason,
            )
            tell(
                "success",
                say(
                    "exception.proposed",
                    place=_named(say, place),
                ),
            )
        st.rerun()


def _end(
    say: Speech,
    store: Store,
    viewer: Viewer,
    granted: ExceptionGrant,
) -> None:
    st.caption(say("exception.end_lead"))
    because = st.text_area(
        say("exception.end_because"),
        key=f"end_{granted.exception_id}",
        max_chars=1000,
        height=90,
    )
    if st.button(
        say("exception.end_save"),
        key="end_save",
    ):
        with writing(say):
            end_exception(
                store,
                viewer,
                granted,
                because,
                store.today(),
            )
            tell("success", say("exception.ended"))
        st.rerun()
