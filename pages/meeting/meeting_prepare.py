"""Preparing a meeting: agenda, members and interests, freezing the evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

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
from clearlink.review.records import Interest, Item, Meeting, Member
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept
from pages.frame.visit.list_page import list_page
from pages.meeting.meeting_list import proposals
from pages.meeting.meeting_place import tell, writing
from pages.meeting.meeting_words import why_sentence

_ADDED: Final = Kept[int]("meeting_items_added")


def prepare(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """Everything before the meeting. After the freeze it can be read here."""
    everything = items(store, viewer, meeting.meeting_id, None)
    kept = [i for i in everything if i.state is ItemState.KEPT]
    is_preparing = meeting.state is MeetingState.PREPARING
    arranging = is_preparing and viewer.may(Act.ARRANGE_AGENDA, meeting.place)
    if is_preparing:
        finding(say("meetings.finding_prepare", n=len(kept)))
    else:
        finding(say("meetings.finding_prepared"))
    left, right = st.columns(
        (3, 2),
        gap="large",
    )
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
            _dropped(say, store, viewer, meeting, everything)
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
    """The items in their order; with tools to move and drop them while the agenda is arranged."""
    st.subheader(say("meetings.agenda.title"))
    if arranging:
        st.caption(say("meetings.agenda.lead"))
    for number, item in enumerate(kept, 1):
        with st.container(border=True, key=f"agenda_{item.item_id}"):
            if not arranging:
                st.container().markdown(_item_words(say, number, item))
                continue
            words, tools = st.columns(
                (5, 2),
                vertical_alignment="center",
            )
            words.markdown(_item_words(say, number, item))
            row = tools.container(
                horizontal=True, horizontal_alignment="right", gap="small"
            )
            with row:
                _move_buttons(
                    say,
                    store,
                    viewer,
                    meeting,
                    item,
                    number,
                    len(kept),
                )
                _drop_button(say, store, viewer, meeting, item)


def _item_words(
    say: Speech,
    number: int,
    item: Item,
) -> str:
    """The item, why it is on the agenda, and who put it there."""
    if item.proposed_by == "rule":
        origin = say("meetings.agenda.by_rule")
    else:
        origin = say("meetings.agenda.by_person", who=item.proposed_by)
    title, why = plain(item.titles[say.lang]), plain(why_sentence(say, item))
    return f"**{number}. {title}**  \n{why} *({plain(origin)})*"


def _move_buttons(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    number: int,
    of: int,
) -> None:
    def arrange(down: int) -> None:
        with writing(say):
            move(store, viewer, meeting, item, down)

    title = item.titles[say.lang]
    st.button(
        "↑",
        help=say("meetings.agenda.up", title=title),
        key=f"up_{item.item_id}",
        on_click=arrange,
        args=(-1,),
        disabled=number == 1,
    )
    st.button(
        "↓",
        help=say("meetings.agenda.down", title=title),
        key=f"down_{item.item_id}",
        on_click=arrange,
        args=(1,),
        disabled=number == of,
    )


def _drop_button(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
) -> None:
    def drop() -> None:
        with writing(say):
            keep_or_drop(
                store,
                viewer,
                meeting,
                item,
                ItemState.DROPPED,
            )

    st.button(
        say("meetings.agenda.drop"),
        key=f"drop_{item.item_id}",
        on_click=drop,
    )


def _dropped(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    everything: list[Item],
) -> None:
    """What was taken off the agenda, with a button each that puts it back."""
    dropped = [i for i in everything if i.state is ItemState.DROPPED]
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
                st.markdown(
                    plain(item.titles[say.lang]),
                    width="stretch",
                )
                st.button(
                    say("meetings.agenda.keep"),
                    key=f"keep_{item.item_id}",
                    on_click=back,
                    args=(item,),
                )


def _add(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """Boxes for a project or a matter that no rule proposed, and a button that asks the rule again."""
    projects = reader.projects(meeting.place)
    listed = projects[list_page(say, "add_project", len(projects))]
    titles = {p["project_id"]: p["title"] for p in listed}
    # a new key after each addition empties the two boxes
    turn = _ADDED.value_or(0)

    def again() -> None:
        with writing(say):
            propose(store, viewer, meeting, proposals(meeting))

    left, right = st.columns(2)
    chosen = left.selectbox(
        say("meetings.agenda.add_project"),
        list(titles),
        index=None,
        format_func=lambda project: f"{titles[project]} · {project}",
        placeholder=say("meetings.agenda.choose"),
        key=f"add_project_{turn}",
    )
    words = right.text_input(
        say("meetings.agenda.add_matter"),
        key=f"add_matter_{turn}",
        max_chars=160,
    ).strip()
    with st.container(horizontal=True):
        is_asked = st.button(
            say("meetings.agenda.add"),
            key="add_item",
        )
        if is_asked:
            with writing(say):
                if chosen:
                    title = titles[chosen]
                    _add_project(store, viewer, meeting, chosen, title)
                if words or not chosen:
                    _add_matter(store, viewer, meeting, words)
                _ADDED.keep(turn + 1)
            st.rerun()
        st.button(
            say("meetings.agenda.more"),
            key="propose_again",
            on_click=again,
            type="tertiary",
        )


def _add_project(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    project_id: str,
    title: str,
) -> None:
    """Puts it on the agenda with its verdict, where it has one."""
    candidates = reader.answer("meeting_candidates", place=meeting.place)
    verdicts = {r["project_id"]: r["verdict"] for r in candidates}
    why = {"key": "added"}
    if project_id in verdicts:
        why["verdict"] = verdicts[project_id]
    add_item(
        store,
        viewer,
        meeting,
        Subject.PROJECT,
        project_id,
        title,
        why,
    )


def _add_matter(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    words: str,
) -> None:
    add_item(
        store,
        viewer,
        meeting,
        Subject.MATTER,
        "",
        words,
        {"key": "added"},
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
                _present_box(member).value(),
            )

    for member in seated:
        box = _present_box(member)
        box.keep(member.is_present)
        st.checkbox(
            plain(_member_words(say, member)),
            key=box.key,
            on_change=mark,
            args=(member,),
            disabled=not may,
        )
    _quorum(say, meeting, seated)


def _present_box(member: Member) -> Box[bool]:
    return Box(f"present_{member.member_id}")


def _member_words(say: Speech, member: Member) -> str:
    name = say(
        "meetings.members.present",
        name=member.name,
        organisation=member.organisation or "—",
    )
    return (
        name
        if member.is_voting
        else f"{name} · {say('meetings.members.adviser')}"
    )


def _quorum(
    say: Speech,
    meeting: Meeting,
    seated: list[Member],
) -> None:
    voting = sum(m.is_present and m.is_voting for m in seated)
    if voting >= meeting.quorum:
        st.caption(
            say("meetings.members.quorum_met", n=voting, quorum=meeting.quorum)
        )
        return
    st.warning(
        say("meetings.members.quorum_lost", n=voting, quorum=meeting.quorum)
    )


def _interests(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    kept: list[Item],
    seated: list[Member],
) -> None:
    """The interests that stand, whom to ask of one, and a box to declare another."""
    may = meeting.state is not MeetingState.CLOSED and viewer.may(
        Act.DECLARE_INTEREST, meeting.place
    )

    def declare(
        item: Item,
        member: Member,
        nature: str,
    ) -> None:
        with writing(say):
            declare_interest(
                store,
                viewer,
                meeting,
                item,
                member,
                nature,
            )

    _declared(
        say,
        store,
        viewer,
        meeting,
        kept,
        seated,
        may,
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
        _another_interest(say, kept, seated, declare)


def _declared(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    kept: list[Item],
    seated: list[Member],
    may: bool,
) -> None:
    """Each interest that stands, with a button to take it back for who may."""
    titles = {i.item_id: i.titles[say.lang] for i in kept}
    names = {m.member_id: m.name for m in seated}

    def take_back(interest: Interest) -> None:
        with writing(say):
            take_back_interest(store, viewer, meeting, interest)

    for each in interests(store, viewer, meeting.meeting_id):
        if each.item_id not in titles:
            continue
        with st.container(
            horizontal=True,
            vertical_alignment="center",
            key=f"interest_{each.interest_id}",
        ):
            standing = say(
                "meetings.interests.standing",
                member=names[each.member_id],
                title=titles[each.item_id],
                nature=each.nature,
            )
            st.markdown(
                plain(standing),
                width="stretch",
            )
            if may:
                st.button(
                    say("meetings.interests.take_back"),
                    key=f"take_back_{each.interest_id}",
                    on_click=take_back,
                    args=(each,),
                )


def _another_interest(
    say: Speech,
    kept: list[Item],
    seated: list[Member],
    declare: Callable[[Item, Member, str], None],
) -> None:
    """An interest that no likeness of names has led to."""
    by_member = {m.member_id: m for m in seated}
    by_item = {i.item_id: i for i in kept}
    member = st.selectbox(
        say("meetings.interests.member"),
        list(by_member),
        format_func=lambda m: by_member[m].name,
        key="interest_member",
    )
    item = st.selectbox(
        say("meetings.interests.item"),
        list(by_item),
        format_func=lambda i: by_item[i].titles[say.lang],
        key="interest_item",
    )
    nature = st.text_input(
        say("meetings.interests.nature"),
        key="interest_nature",
        max_chars=200,
    )
    is_asked = st.button(
        say("meetings.interests.declare"),
        key="interest_save",
    )
    if is_asked and member and item:
        declare(
            by_item[item],
            by_member[member],
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
    known, providers = (
        organisations_known(),
        {i.item_id: provider_of(i) for i in kept},
    )
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
    untold = untold_interests(seated, kept, providers, known)
    _say_untold(say, *untold)
    if not possible:
        key = "none_of_known" if any(untold) else "none_found"
        st.caption(say(f"meetings.interests.{key}"))


def _say_untold(
    say: Speech,
    items_untold: Sequence[Item],
    members_untold: Sequence[Member],
) -> None:
    """Items whose provider, and members whose organisation, nobody has told."""
    if items_untold:
        st.caption(
            say("meetings.interests.provider_unknown", n=len(items_untold))
        )
    if members_untold:
        names = numbers.join(
            say.lang,
            [m.name for m in members_untold],
        )
        st.caption(
            plain(say("meetings.interests.organisation_unknown", names=names))
        )


def _ask(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    p: PossibleInterest,
    declare: Callable[[Item, Member, str], None],
) -> None:
    """One member and one item: an interest, or, where the names are only alike, another organisation?"""
    key = f"{p.item.item_id}_{p.member.member_id}"
    is_same = p.likeness is Likeness.SAME
    with st.container(
        border=True,
        horizontal=True,
        vertical_alignment="center",
        key=f"ask_{key}",
    ):
        st.markdown(
            plain(_ask_words(say, p)),
            width="stretch",
        )
        st.button(
            say(
                "meetings.interests.declare"
                if is_same
                else "meetings.interests.same"
            ),
            key=f"declare_{key}",
            on_click=declare,
            args=(
                p.item,
                p.member,
                say("meetings.interests.suggested"),
            ),
        )
        if not is_same:
            _not_same_button(say, store, viewer, meeting, p)


def _ask_words(say: Speech, p: PossibleInterest) -> str:
    facts = {
        "member": p.member.name,
        "organisation": p.member.organisation,
        "title": p.item.titles[say.lang],
    }
    if p.likeness is Likeness.SAME:
        return say("meetings.interests.prompt", **facts)
    return say("meetings.interests.like", provider=p.provider, **facts)


def _not_same_button(
    say: Speech,
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    p: PossibleInterest,
) -> None:
    def rule_out() -> None:
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

    st.button(
        say("meetings.interests.not_same"),
        key=f"rule_out_{p.item.item_id}_{p.member.member_id}",
        on_click=rule_out,
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
                *(
                    say("meetings.freeze.missing", title=title)
                    for title in gone
                ),
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
