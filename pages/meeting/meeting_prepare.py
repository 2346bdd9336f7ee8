"""Preparing a meeting: agenda, members and interests, freezing the evidence."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from clearlink.report.evidence import (
    evidence_now,
    item_facts,
    organisations_known,
    provider_of,
)
from clearlink.review.agenda import (
    PossibleInterest,
    add_item,
    answered_interests,
    declare_interest,
    interests,
    items,
    keep_or_drop,
    move,
    possible_interests,
    propose,
    rule_out_interest,
    take_back_interest,
    untold_interests,
)
from clearlink.review.codes import ItemState, MeetingState, Subject
from clearlink.review.meetings import freeze, members, record_presence
from clearlink.review.organisations import Likeness
from clearlink.review.records import Item, Meeting, Member
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech
from pages.meeting.meeting_list import proposals
from pages.meeting.meeting_place import tell, writing
from pages.meeting.meeting_words import why_sentence

_ADDED = "meeting_items_added"


def prepare(say: Speech, store: Store, viewer: Viewer, meeting: Meeting) -> None:
    """Everything before the meeting. After the freeze it can be read here."""
    everything = items(store, viewer, meeting.meeting_id, None)
    kept = [i for i in everything if i.state is ItemState.KEPT]
    arranging = meeting.state is MeetingState.PREPARING and viewer.may(
        Act.ARRANGE_AGENDA, meeting.place
    )
    finding(
        say("meetings.finding_prepare", n=len(kept))
        if meeting.state is MeetingState.PREPARING
        else say("meetings.finding_prepared")
    )
    left, right = st.columns((3, 2), gap="large")
    with left:
        _agenda(
            say,
            store,
            viewer,
            meeting,
            kept,
            arranging,
        )
        if arranging:
            _dropped(
                say,
                store,
                viewer,
                meeting,
                [i for i in everything if i.state is ItemState.DROPPED],
            )
            _add(say, store, viewer, meeting)
    with right:
        seated = members(store, viewer, meeting.meeting_id)
        st.subheader(say("meetings.members.title"))
        present(say, store, viewer, meeting, seated)
        _interests(
            say,
            store,
            viewer,
            meeting,
            kept,
            seated,
        )
        if arranging:
            _freeze(say, store, viewer, meeting, kept)


def _agenda(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    kept: list[Item],
    arranging: bool,
) -> None:
    st.subheader(say("meetings.agenda.title"))
    if arranging:
        st.caption(say("meetings.agenda.lead"))

    def arrange(item: Item, down: int) -> None:
        with writing(say):
            move(store, viewer, meeting, item, down)

    def drop(item: Item) -> None:
        with writing(say):
            keep_or_drop(
                store,
                viewer,
                meeting,
                item,
                ItemState.DROPPED,
            )

    for number, item in enumerate(kept, 1):
        with st.container(border=True, key=f"agenda_{item.item_id}"):
            words, tools = (
                st.columns((5, 2), vertical_alignment="center")
                if arranging
                else (st.container(), None)
            )
            origin = (
                say("meetings.agenda.by_rule")
                if item.proposed_by == "rule"
                else say("meetings.agenda.by_person", who=item.proposed_by)
            )
            words.markdown(
                f"**{number}. {plain(item.titles[say.lang])}**  \n{plain(why_sentence(say, item))} "
                f"*({plain(origin)})*"
            )
            if tools is not None:
                row = tools.container(
                    horizontal=True, horizontal_alignment="right", gap="small"
                )
                row.button(
                    "↑",
                    help=say("meetings.agenda.up", title=item.titles[say.lang]),
                    key=f"up_{item.item_id}",
                    on_click=arrange,
                    args=(item, -1),
                    disabled=number == 1,
                )
                row.button(
                    "↓",
                    help=say("meetings.agenda.down", title=item.titles[say.lang]),
                    key=f"down_{item.item_id}",
                    on_click=arrange,
                    args=(item, 1),
                    disabled=number == len(kept),
                )
                row.button(
                    say("meetings.agenda.drop"),
                    key=f"drop_{item.item_id}",
                    on_click=drop,
                    args=(item,),
                )


def _dropped(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    dropped: list[Item],
) -> None:
    if not dropped:
        return

    def back(item: Item) -> None:
        with writing(say):
            keep_or_drop(
                store,
                viewer,
                meeting,
                item,
                ItemState.KEPT,
            )

    with st.expander(say("meetings.agenda.dropped", n=len(dropped))):
        for item in dropped:
            with st.container(
                horizontal=True,
                vertical_alignment="center",
                key=f"dropped_{item.item_id}",
            ):
                st.markdown(plain(item.titles[say.lang]), width="stretch")
                st.button(
                    say("meetings.agenda.keep"),
                    key=f"keep_{item.item_id}",
                    on_click=back,
                    args=(item,),
                )


def _add(say: Speech, store: Store, viewer: Viewer, meeting: Meeting) -> None:
    names = {
        p["project_id"]: f"{p['title']} · {p['project_id']}"
        for p in reader.projects(meeting.place)
    }
    candidates = {
        r["project_id"]: r
        for r in reader.answer("meeting_candidates", place=meeting.place)
    }

    # a new key after each addition empties the two boxes
    turn = int(st.session_state.get(_ADDED, 0))

    def add(chosen: str | None, words: str) -> None:
        with writing(say):
            if chosen:
                row = candidates.get(chosen)
                why = (
                    {"key": "added"}
                    if row is None
                    else {"key": "added", "verdict": row["verdict"]}
                )
                add_item(
                    store,
                    viewer,
                    meeting,
                    Subject.PROJECT,
                    chosen,
                    names[chosen].rsplit(" · ", 1)[0],
                    why,
                )
            if words or not chosen:
                add_item(
                    store,
                    viewer,
                    meeting,
                    Subject.MATTER,
                    "",
                    words,
                    {"key": "added"},
                )
            st.session_state[_ADDED] = turn + 1

    def again() -> None:
        with writing(say):
            propose(
                store,
                viewer,
                meeting,
                proposals(meeting),
            )

    left, right = st.columns(2)
    chosen = left.selectbox(
        say("meetings.agenda.add_project"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("meetings.agenda.choose"),
        key=f"add_project_{turn}",
    )
    words = right.text_input(
        say("meetings.agenda.add_matter"),
        key=f"add_matter_{turn}",
        max_chars=160,
    ).strip()
    with st.container(horizontal=True):
        if st.button(say("meetings.agenda.add"), key="add_item"):
            add(chosen, words)
            st.rerun()
        st.button(
            say("meetings.agenda.more"),
            key="propose_again",
            on_click=again,
            type="tertiary",
        )


def present(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    seated: list[Member],
) -> None:
    """Who is in the room, and whether that is a quorum. Nobody is, until somebody says so."""
    may = meeting.state is not MeetingState.CLOSED and viewer.may(
        Act.RECORD_MEMBERS, meeting.place
    )

    def mark(member: Member) -> None:
        with writing(say):
            record_presence(
                store,
                viewer,
                meeting,
                member,
                bool(st.session_state[f"present_{member.member_id}"]),
            )

    for member in seated:
        key = f"present_{member.member_id}"
        st.session_state[key] = member.is_present
        name = say(
            "meetings.members.present",
            name=member.name,
            organisation=member.organisation or "—",
        )
        st.checkbox(
            plain(
                name
                if member.is_voting
                else f"{name} · {say('meetings.members.adviser')}"
            ),
            key=key,
            on_change=mark,
            args=(member,),
            disabled=not may,
        )
    voting = sum(m.is_present and m.is_voting for m in seated)
    sentence = say(
        "meetings.members.quorum_met"
        if voting >= meeting.quorum
        else "meetings.members.quorum_lost",
        n=voting,
        quorum=meeting.quorum,
    )
    (st.caption if voting >= meeting.quorum else st.warning)(sentence)


def _interests(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    kept: list[Item],
    seated: list[Member],
) -> None:
    titles, names = (
        {i.item_id: i.titles[say.lang] for i in kept},
        {m.member_id: m for m in seated},
    )
    declared = [
        i for i in interests(store, viewer, meeting.meeting_id) if i.item_id in titles
    ]
    may = meeting.state is not MeetingState.CLOSED and viewer.may(
        Act.DECLARE_INTEREST, meeting.place
    )

    def declare(item: Item, member: Member, nature: str) -> None:
        with writing(say):
            declare_interest(
                store,
                viewer,
                meeting,
                item,
                member,
                nature,
            )

    def take_back(interest_id: str) -> None:
        with writing(say):
            take_back_interest(
                store,
                viewer,
                meeting,
                next(i for i in declared if i.interest_id == interest_id),
            )

    for each in declared:
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            key=f"interest_{each.interest_id}",
        ):
            st.markdown(
                plain(
                    say(
                        "meetings.interests.standing",
                        member=names[each.member_id].name,
                        title=titles[each.item_id],
                        nature=each.nature,
                    )
                ),
                width="stretch",
            )
            if may:
                st.button(
                    say("meetings.interests.take_back"),
                    key=f"take_back_{each.interest_id}",
                    on_click=take_back,
                    args=(each.interest_id,),
                )
    if not may:
        return
    _to_ask(
        say,
        store,
        viewer,
        meeting,
        kept,
        seated,
        declare,
    )
    with st.expander(say("meetings.interests.other")):
        by_item = {i.item_id: i for i in kept}
        member = st.selectbox(
            say("meetings.interests.member"),
            list(names),
            format_func=lambda m: names[m].name,
            key="interest_member",
        )
        item = st.selectbox(
            say("meetings.interests.item"),
            list(by_item),
            format_func=titles.__getitem__,
            key="interest_item",
        )
        nature = st.text_input(
            say("meetings.interests.nature"),
            key="interest_nature",
            max_chars=200,
        )
        if (
            st.button(say("meetings.interests.declare"), key="interest_save")
            and member
            and item
        ):
            declare(
                by_item[item],
                names[member],
                nature,
            )
            st.rerun()


def _to_ask(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    kept: list[Item],
    seated: list[Member],
    declare: Callable[[Item, Member, str], None],
) -> None:
    """Whom to ask about which item, and of whom nothing can be said. An all-clear is given only where
    everybody could be compared.
    """
    known, providers = organisations_known(), {i.item_id: provider_of(i) for i in kept}
    answered = answered_interests(store, viewer, meeting.meeting_id)
    possible = possible_interests(seated, kept, providers, known)
    for p in possible:
        if (p.item.item_id, p.member.member_id) not in answered:
            _ask(
                say,
                store,
                viewer,
                meeting,
                p,
                declare,
            )
    items_untold, members_untold = untold_interests(seated, kept, providers, known)
    if items_untold:
        st.caption(say("meetings.interests.provider_unknown", n=len(items_untold)))
    if members_untold:
        names = numbers.join(say.lang, [m.name for m in members_untold])
        st.caption(plain(say("meetings.interests.organisation_unknown", names=names)))
    if not possible:
        some = items_untold or members_untold
        st.caption(
            say(
                "meetings.interests.none_of_known"
                if some
                else "meetings.interests.none_found"
            )
        )


def _ask(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    p: PossibleInterest,
    declare: Callable[[Item, Member, str], None],
) -> None:
    key = f"{p.item.item_id}_{p.member.member_id}"
    is_same = p.likeness is Likeness.SAME

    def other() -> None:
        with writing(say):
            because = say("meetings.interests.other_organisation")
            rule_out_interest(
                store,
                viewer,
                meeting,
                p.item,
                p.member,
                because,
            )

    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"ask_{key}",
    ):
        told = say(
            "meetings.interests.prompt" if is_same else "meetings.interests.like",
            member=p.member.name,
            organisation=p.member.organisation,
            title=p.item.titles[say.lang],
            **({} if is_same else {"provider": p.provider}),
        )
        st.markdown(plain(told), width="stretch")
        st.button(
            say("meetings.interests.declare" if is_same else "meetings.interests.same"),
            key=f"declare_{key}",
            on_click=declare,
            args=(
                p.item,
                p.member,
                say("meetings.interests.suggested"),
            ),
        )
        if not is_same:
            st.button(
                say("meetings.interests.not_same"),
                key=f"rule_out_{key}",
                on_click=other,
            )


def _freeze(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    kept: list[Item],
) -> None:
    st.subheader(say("meetings.freeze.title"))
    now = evidence_now()
    st.caption(plain(say("meetings.freeze.lead", snapshot=now.snapshot_id)))

    def do() -> None:
        facts = {i.item_id: item_facts(i) for i in kept}
        gone = [
            i.titles[say.lang]
            for i in kept
            if i.subject is not Subject.MATTER and not facts[i.item_id]
        ]
        if gone:
            tell(
                "error",
                *(say("meetings.freeze.missing", title=title) for title in gone),
            )
            return
        with writing(say):
            freeze(store, viewer, meeting, now, facts)
            st.query_params["stage"] = "run"

    st.button(
        say("meetings.freeze.do"),
        type="primary",
        key="freeze",
        on_click=do,
        disabled=not kept,
    )
