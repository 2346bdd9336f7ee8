"""The meetings on record, and setting up another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from clearlink.report.evidence import evidence_now, proposed_agenda
from clearlink.review.agenda import propose
from clearlink.review.codes import ActionState, Terms
from clearlink.review.exceptions import exceptions
from clearlink.review.follow import actions
from clearlink.review.meetings import Seat, meetings, set_up_meeting
from clearlink.review.records import Meeting
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.review.triage import Proposal
from clearlink.warehouse import reader
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech
from pages.meeting.bundle_view import open_bundle
from pages.meeting.meeting_actions import action_tracker
from pages.meeting.meeting_place import as_typed, day_of, go_to, writing
from pages.meeting.meeting_words import meeting_name
from pages.project.exception_marks import exceptions_table

LEAD_DAYS = 14
FIRST = "RPB_NORTH_WALES"


def meeting_list(
    say: Speech,
    store: Store,
    viewer: Viewer,
) -> None:
    """Meetings this person may see, and the form for the next one where they may set it up."""
    listed = meetings(store, viewer)
    waiting = [a for a in actions(store, viewer) if a.state is ActionState.OPEN]
    offers = _may_set_up_in(viewer)
    if listed:
        finding(
            say(
                "meetings.finding_list",
                n=len(listed),
                open=len(waiting),
            )
        )
    else:
        finding(
            say(
                "meetings.finding_empty"
                if offers
                else "meetings.finding_empty_reader"
            )
        )
    for meeting in listed:
        _meeting_card(say, meeting)
    if waiting:
        st.subheader(say("meetings.open_actions"))
        action_tracker(say, store, viewer, waiting)
    exceptions_table(
        say,
        exceptions(
            store,
            viewer,
            store.today(),
        ),
        store.today(),
    )
    if offers:
        with st.expander(
            say("meetings.set_up.title"),
            expanded=not listed,
        ):
            _set_up(say, store, viewer, offers)
    open_bundle(say, viewer)


def _may_set_up_in(viewer: Viewer) -> list[str]:
    """The partnerships and committees for which this person may set up a meeting."""
    return [
        c
        for c, r in reader.place_rows().items()
        if r["area_type"] in ("RCC", "RPB")
        and viewer.may(Act.SET_UP_MEETING, c)
    ]


def _meeting_card(say: Speech, meeting: Meeting) -> None:
    """A meeting of the list, and the button that opens it at its part of today."""
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"meeting_{meeting.meeting_id}",
    ):
        st.markdown(
            f"**{plain(meeting_name(say, meeting))}**  \n{plain(meeting_line(say, meeting))}"
        )
        stage = {
            "preparing": "prepare",
            "frozen": "run",
            "closed": "after",
        }[meeting.state]
        st.button(
            say("meetings.open_meeting"),
            key=f"open_{meeting.meeting_id}",
            on_click=go_to,
            args=(meeting.meeting_id, stage),
        )


def meeting_line(say: Speech, meeting: Meeting) -> str:
    """Terms, chair, quorum and state in one line."""
    return say(
        "meetings.line",
        terms=say(f"meetings.terms.{meeting.terms}"),
        chair=meeting.chair,
        quorum=meeting.quorum,
        state=say(f"meetings.state.{meeting.state}"),
    )


def _offered(say: Speech, offers: list[str]) -> list[str]:
    """The partnerships of today; the regional committees that ended in 2019 when somebody asks, or acts
    for nothing else.
    """
    today = [c for c in offers if reader.place_rows()[c]["area_type"] == "RPB"]
    if not today or len(today) == len(offers):
        return offers
    asked = st.checkbox(
        say("meetings.set_up.former"),
        key="set_up_former",
    )
    return offers if asked else today


def _set_up(
    say: Speech,
    store: Store,
    viewer: Viewer,
    offers: list[str],
) -> None:
    terms_of = _terms_boxes(
        say,
        _offered(say, offers),
    )
    lines = st.text_area(
        say("meetings.set_up.members"),
        placeholder=say("meetings.set_up.members_example"),
        key="set_up_members",
        height=140,
    )

    def set_up() -> None:
        with writing(say):
            meeting = set_up_meeting(
                store,
                viewer,
                place=terms_of.place,
                held_on=day_of(terms_of.day) or _as_of(),
                terms=terms_of.terms,
                chair=terms_of.chair,
                quorum=terms_of.quorum,
                seats=_seats(say, lines),
            )
            propose(
                store,
                viewer,
                meeting,
                proposals(meeting),
            )
            go_to(meeting.meeting_id, "prepare")

    if st.button(
        say("meetings.set_up.save"),
        type="primary",
        key="set_up_save",
    ):
        set_up()
        st.rerun()


@dataclass(frozen=True, slots=True)
class _SetUp:
    """A meeting as the boxes hold it; the day as typed."""

    place: str
    day: str
    terms: Terms
    chair: str
    quorum: int


def _terms_boxes(say: Speech, offers: list[str]) -> _SetUp:
    """Where, when, under which terms, with whom in the chair and what quorum."""
    left, middle, right = st.columns((2, 1, 2))
    place = left.selectbox(
        say("meetings.set_up.place"),
        offers,
        format_func=lambda c: say(
            f"choices.place_{reader.place_rows()[c]['area_type']}",
            name=say.place(c),
        ),
        key="set_up_place",
        index=offers.index(FIRST) if FIRST in offers else 0,
    )
    day = middle.text_input(
        say("meetings.set_up.date"),
        value=as_typed(_as_of() + timedelta(days=LEAD_DAYS)),
        key="set_up_date",
    )
    known_terms = list(Terms)
    terms = right.selectbox(
        say("meetings.set_up.terms"),
        known_terms,
        format_func=lambda t: say(f"meetings.terms.{t}"),
        key="set_up_terms",
    )
    left, right = st.columns((2, 1))
    chair = left.text_input(
        say("meetings.set_up.chair"),
        key="set_up_chair",
        max_chars=80,
    )
    quorum = right.number_input(
        say("meetings.set_up.quorum"),
        min_value=1,
        max_value=40,
        value=3,
        key="set_up_quorum",
    )
    return _SetUp(
        place,
        day,
        terms,
        chair,
        int(quorum),
    )


def proposals(meeting: Meeting) -> tuple[Proposal, ...]:
    """What triage proposes for a meeting from the build that is served."""
    return proposed_agenda(meeting.place, meeting.held_on)


def _seats(say: Speech, lines: str) -> list[Seat]:
    advisers = {
        say("meetings.set_up.adviser_words").casefold(),
        "adviser",
        "ymgynghorydd",
    }
    seats = []
    for line in lines.splitlines():
        parts = [part.strip() for part in line.split(";")]
        if any(parts):
            seats.append(
                Seat(
                    parts[0],
                    parts[1] if len(parts) > 1 else "",
                    is_voting=not (
                        len(parts) > 2 and parts[2].casefold() in advisers
                    ),
                )
            )
    return seats


def _as_of() -> date:
    return evidence_now().as_of
