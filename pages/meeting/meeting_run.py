"""Running a meeting: one item to a screen, its question in words, its evidence, and the decision always in
the same place.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import streamlit as st

from clearlink.report.evidence import evidence_now, item_facts
from clearlink.review.agenda import evidence, items, withheld_items
from clearlink.review.codes import MeetingState, Subject
from clearlink.review.decisions import decisions_on
from clearlink.review.meetings import members
from clearlink.review.records import Item, Meeting
from clearlink.review.replies import after_reply, settled_requests
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from pages.frame.criteria_words import say_recalculated
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept
from pages.frame.visit.url_choice import url_choice
from pages.meeting.meeting_day import is_rehearsed
from pages.meeting.meeting_decide import decide_form
from pages.meeting.meeting_evidence import (
    link_picture,
    other_definition,
    what_people_said,
    why_this_number,
)
from pages.meeting.meeting_person import ends_soon
from pages.meeting.meeting_picture import place_picture
from pages.meeting.meeting_place import go_to_item, item_number
from pages.meeting.meeting_prepare import present
from pages.meeting.meeting_requests import asked_for
from pages.meeting.meeting_words import question, voice, why_sentence

# of an item that is shared by link: the evidence before the committee, or how it stands now
AS_AT = ("meeting", "now")
CLOSER = ("why", "other", "said", "asked")
_GO_TO: Final = Box[int]("go_to_item")


def run(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """One item of the frozen agenda."""
    if meeting.state is MeetingState.PREPARING:
        st.info(say("meetings.run.not_frozen"))
        return
    if meeting.state is MeetingState.CLOSED:
        st.info(say("meetings.run.closed"))
    listed = items(store, viewer, meeting.meeting_id)
    if not listed:
        st.info(
            say(
                "meetings.after.withheld",
                n=withheld_items(store, viewer, meeting.meeting_id),
            )
        )
        return
    number = item_number(len(listed))
    item = listed[number - 1]
    ends_soon(say, viewer)
    _turn_pages(say, listed, number)
    facts = evidence(store, viewer, item)
    with st.container(key="meeting_item"):
        _item(
            say,
            store,
            viewer,
            meeting,
            item,
            facts,
        )


def _item(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
) -> None:
    st.header(plain(item.titles[say.lang]))
    left, right = st.columns(
        (5, 3),
        gap="large",
    )
    with left:
        shown = _as_at(say, item, facts)
        st.markdown(f"### {plain(question(say, item, shown))}")
        _evidence_of(say, store, viewer, meeting, item, shown)
        _before(say, store, viewer, meeting, item)
    with right:
        _attendance(say, store, viewer, meeting)
        decide_form(say, store, viewer, meeting, item, facts)


def _evidence_of(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """One picture and its table; where nothing is held of the subject, why."""
    if item.subject is Subject.PROJECT and facts.get("verdict"):
        place_picture(say, viewer, meeting, item, facts)
        _project(say, store, viewer, meeting, item, facts)
    elif item.subject is Subject.PRIORITY and facts.get("priority"):
        place_picture(say, viewer, meeting, item, facts)
        _priority(say, facts["priority"])
    else:
        kind = "matter" if item.subject is Subject.MATTER else "gone"
        st.info(say(f"meetings.run.{kind}"))


def _as_at(
    say: Speech,
    item: Item,
    facts: dict[str, Any],
) -> dict[str, Any]:
    """The evidence of the meeting, or how the same stands now where the link asks for that; a decision rests
    on the first alone.
    """
    if item.subject is Subject.MATTER:
        return facts
    asked = url_choice(
        say("meetings.run.as_at"),
        "as_at",
        AS_AT,
        lambda at: say(f"meetings.run.as_at_{at}"),
    )
    if asked == AS_AT[0]:
        return facts
    st.warning(
        say(
            "meetings.run.is_now",
            date=say.date(evidence_now().as_of),
        )
    )
    return item_facts(item)


def _attendance(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """Who is here, at hand where it is decided; open until there is a quorum."""
    seated = members(store, viewer, meeting.meeting_id)
    if meeting.state is not MeetingState.FROZEN or is_rehearsed(
        store, viewer, meeting
    ):
        return
    is_quorate = (
        sum(m.is_present and m.is_voting for m in seated) >= meeting.quorum
    )
    # open as it was first drawn: a list that shut itself while names are ticked would lose the next one
    opened = Kept[bool](f"here_{meeting.meeting_id}").begun_with(not is_quorate)
    with st.expander(
        say("meetings.members.here"),
        expanded=opened,
    ):
        present(
            say,
            store,
            viewer,
            meeting,
            seated,
        )


def _turn_pages(
    say: Speech,
    listed: list[Item],
    number: int,
) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key="turn_pages"
    ):
        st.button(
            say("meetings.run.previous"),
            key="previous_item",
            on_click=go_to_item,
            args=(number - 1,),
            disabled=number == 1,
            shortcut="Alt+Left",
            icon=":material/arrow_back:",
        )
        st.markdown(
            f"**{say('meetings.run.item', n=number, of=len(listed))}**",
            width="content",
        )
        st.button(
            say("meetings.run.next"),
            key="next_item",
            on_click=go_to_item,
            args=(number + 1,),
            disabled=number == len(listed),
            shortcut="Alt+Right",
            icon=":material/arrow_forward:",
            icon_position="right",
        )
        _GO_TO.keep(number)
        st.selectbox(
            say("meetings.run.go_to"),
            range(
                1,
                len(listed) + 1,
            ),
            format_func=lambda n: f"{n}. {listed[n - 1].titles[say.lang]}",
            key=_GO_TO.key,
            label_visibility="collapsed",
            on_change=lambda: go_to_item(_GO_TO.value()),
            width=480,
        )


def _project(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """Verdict, money and evidence of a project's item, with one part of the evidence closer when asked."""
    verdict = facts["verdict"]
    reason = say(f"verdict.sentence.{verdict['reason']}")
    st.markdown(
        f"**{plain(say.verdict(verdict['verdict']))}.** {plain(reason)}"
    )
    _after_reply(say, store, viewer, item, facts)
    if item.why.get("key") == "exception_proposed":
        st.info(plain(why_sentence(say, item)))
    st.caption(
        plain(
            _money_words(
                say,
                meeting,
                facts["project"],
            )
        )
    )
    link_picture(say, item, facts)
    closer = st.segmented_control(
        say("meetings.run.evidence"),
        CLOSER,
        format_func=lambda c: say(f"meetings.run.evidence_{c}"),
        key=f"closer_{item.item_id}",
    )
    if closer == "why":
        why_this_number(say, facts)
    elif closer == "other":
        other_definition(say, item, facts)
    elif closer == "said":
        what_people_said(say, store, facts)
    elif closer == "asked":
        asked_for(
            say,
            store,
            viewer,
            meeting,
            item,
            facts,
        )


def _after_reply(
    say: Speech,
    store: Store,
    viewer: Viewer,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """Says so where a reply has changed the verdict that the item was frozen with."""
    decided_on = facts["project"]["decision_date"]
    after = after_reply(
        facts["verdict"],
        date.fromisoformat(decided_on) if decided_on else None,
        settled_requests(store, viewer).get(item.subject_id, []),
        store.today(),
    )
    say_recalculated(say, after)


def _money_words(
    say: Speech,
    meeting: Meeting,
    project: dict[str, Any],
) -> str:
    """What it costs, where, who provides it and until when."""
    is_unknown = project["annual_value_gbp"] is None
    unknown = say("meetings.run.money_unknown")
    place = project["la_code"] or project["region_code"] or meeting.place
    return say(
        "meetings.run.money",
        money=unknown if is_unknown else say.money_of(project),
        place=say.place(place),
        provider=project["provider_name"] or "—",
        end=voice(say).date(project["end_date"]),
    )


def _priority(say: Speech, priority: dict[str, Any]) -> None:
    st.markdown(
        plain(
            say(
                "record.citation",
                statement=voice(say).needed(priority),
                page=priority["page"] or "—",
                title=say.title(priority["title"]),
                body=voice(say).printed(priority["body"]),
                published=voice(say).date(priority["published"]),
            )
        )
    )
    st.caption(plain(say.theme(priority["theme_id"])))


def _before(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
) -> None:
    earlier = [
        (m, d)
        for m, d in decisions_on(store, viewer, item.subject_id)
        if m.meeting_id != meeting.meeting_id
    ]
    if earlier:
        held, decision = earlier[0]
        st.caption(
            plain(
                say(
                    "meetings.run.last",
                    date=say.date(held.held_on),
                    outcome=f"{say(f'meetings.outcome.{decision.outcome}')} — {decision.reason}",
                )
            )
        )
    else:
        st.caption(say("meetings.run.last_none"))
