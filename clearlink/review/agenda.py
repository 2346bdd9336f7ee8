"""The agenda: what triage proposes, what the committee keeps, drops, adds and moves; and interests in its
items.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from clearlink.review import tables
from clearlink.review.audit import canonical
from clearlink.review.codes import ItemState, MeetingState, Subject
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.meetings import open_meeting
from clearlink.review.organisations import (
    KnownNames,
    Likeness,
    Organisation,
    likeness,
    organisation,
)
from clearlink.review.protected import shown, withheld_projects
from clearlink.review.records import (
    ExceptionProposal,
    Interest,
    Item,
    Meeting,
    Member,
    record_of,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import NotFound, Store, Write, new_id, one
from clearlink.review.tables import LONGEST_TEXT
from clearlink.review.triage import Proposal
from clearlink.rules.plain_text import cut_to


@dataclass(frozen=True, slots=True)
class PossibleInterest:
    """A member to ask: their organisation delivers the item's project, or (`likeness` like) has a name
    like the `provider`'s.
    """

    member: Member
    item: Item
    likeness: Likeness
    provider: str


def propose(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    proposals: Iterable[Proposal],
) -> list[Item]:
    """Puts on the agenda, after what is there, the justified exceptions that wait for this committee, and
    then `proposals`; a subject that is already there, kept or dropped, stays as it is, but for one that an
    exception is now proposed for.
    """
    viewer.require(Act.ARRANGE_AGENDA, meeting.place)
    with store.writing(viewer, Act.ARRANGE_AGENDA) as write:
        _preparing(write, meeting)
        asked = [
            _take_up(
                write,
                meeting,
                record_of(ExceptionProposal, r),
            )
            for r in _waiting(write.connection, meeting.place)
        ]
        known = {
            (i.subject, i.subject_id)
            for i in _items(write.connection, meeting.meeting_id)
        }
        added = [p for p in proposals if (p.subject, p.subject_id) not in known]
        return [
            *asked,
            *(_add(write, meeting, p, "rule") for p in added),
        ]


def add_item(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    subject: Subject,
    subject_id: str,
    title: str,
    why: Mapping[str, Any],
) -> Item:
    """Adds an item that somebody asked for; a matter without a record has an id of its own."""
    viewer.require(Act.ARRANGE_AGENDA, meeting.place)
    if not title.strip():
        raise Refused("title_missing")
    with store.writing(viewer, Act.ARRANGE_AGENDA) as write:
        _preparing(write, meeting)
        for present in _items(write.connection, meeting.meeting_id):
            if (present.subject, present.subject_id) == (subject, subject_id):
                return record_of(
                    Item,
                    write.change(
                        tables.item,
                        present.item_id,
                        present.version,
                        state=str(ItemState.KEPT),
                    ),
                )
        return _add(
            write,
            meeting,
            Proposal(
                subject,
                subject_id or new_id("T"),
                title.strip(),
                "added",
                dict(why),
                0.0,
            ),
            viewer.name,
        )


def keep_or_drop(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    state: ItemState,
) -> Item:
    """Keeps or drops an item. Raises Stale."""
    viewer.require(Act.ARRANGE_AGENDA, meeting.place)
    with store.writing(viewer, Act.ARRANGE_AGENDA) as write:
        _preparing(write, meeting)
        return record_of(
            Item,
            write.change(
                tables.item,
                item.item_id,
                item.version,
                state=str(state),
            ),
        )


def move(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    places_down: int,
) -> None:
    """Moves a kept item up (−1) or down (+1) past its neighbour; at an end it stays. Raises Stale."""
    viewer.require(Act.ARRANGE_AGENDA, meeting.place)
    with store.writing(viewer, Act.ARRANGE_AGENDA) as write:
        _preparing(write, meeting)
        kept = [
            i
            for i in _items(write.connection, meeting.meeting_id)
            if i.state is ItemState.KEPT
        ]
        at = next(
            (n for n, i in enumerate(kept) if i.item_id == item.item_id),
            None,
        )
        if at is None or not 0 <= at + places_down < len(kept):
            return
        other = kept[at + places_down]
        write.change(
            tables.item,
            item.item_id,
            item.version,
            position=other.position,
        )
        write.change(
            tables.item,
            other.item_id,
            other.version,
            position=item.position,
        )


def items(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
    state: ItemState | None = ItemState.KEPT,
) -> list[Item]:
    """Items of a meeting in order, but those about a project that this viewer may not read; `state` None
    gives dropped ones too.
    """
    place = one_meeting(store, viewer, meeting_id).place
    with store.reading() as connection:
        listed = [
            i
            for i in _items(connection, meeting_id)
            if state is None or i.state is state
        ]
        return shown(
            listed,
            withheld_projects(
                connection,
                viewer,
                place,
                store.today(),
            ),
            "subject_id",
        )


def withheld_items(store: Store, viewer: Viewer, meeting_id: str) -> int:
    """How many kept items of a meeting this viewer may not read."""
    seen = {i.item_id for i in items(store, viewer, meeting_id)}
    with store.reading() as connection:
        return sum(
            i.state is ItemState.KEPT and i.item_id not in seen
            for i in _items(connection, meeting_id)
        )


def evidence(store: Store, viewer: Viewer, item: Item) -> dict[str, Any]:
    """What the frozen item rests on, as kept; empty before the freeze. Raises NotFound, also where the
    viewer may not read of the project.
    """
    place = one_meeting(store, viewer, item.meeting_id).place
    if item.evidence_id is None:
        return {}
    with store.reading() as connection:
        if item.subject_id in withheld_projects(
            connection,
            viewer,
            place,
            store.today(),
        ):
            raise NotFound(f"evidence {item.evidence_id}")
        facts: dict[str, Any] = json.loads(
            one(connection, tables.evidence, item.evidence_id)["facts"]
        )
    return facts


def declare_interest(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    member: Member,
    nature: str,
) -> Interest:
    """Records that a member has an interest in an item: they withdraw when it is decided."""
    viewer.require(Act.DECLARE_INTEREST, meeting.place)
    if not nature.strip():
        raise Refused("nature_missing")
    with store.writing(viewer, Act.DECLARE_INTEREST) as write:
        open_meeting(write.connection, meeting.meeting_id)
        known = _interests(write.connection, meeting.meeting_id).get(
            (item.item_id, member.member_id)
        )
        if known is not None:
            return record_of(
                Interest,
                write.change(
                    tables.interest,
                    known.interest_id,
                    known.version,
                    nature=nature.strip(),
                    stands=1,
                ),
            )
        return record_of(
            Interest,
            write.add(
                tables.interest,
                interest_id=new_id("I"),
                meeting_id=meeting.meeting_id,
                item_id=item.item_id,
                member_id=member.member_id,
                nature=nature.strip(),
                stands=1,
                declared_at=write.at,
            ),
        )


def take_back_interest(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    interest: Interest,
) -> Interest:
    """Records that a declared interest does not stand. The log keeps both. Raises Stale."""
    viewer.require(Act.DECLARE_INTEREST, meeting.place)
    with store.writing(viewer, Act.DECLARE_INTEREST) as write:
        open_meeting(write.connection, meeting.meeting_id)
        return record_of(
            Interest,
            write.change(
                tables.interest,
                interest.interest_id,
                interest.version,
                stands=0,
            ),
        )


def interests(store: Store, viewer: Viewer, meeting_id: str) -> list[Interest]:
    """Declared interests that stand, in the items that this viewer may read."""
    seen = {i.item_id for i in items(store, viewer, meeting_id, None)}
    with store.reading() as connection:
        return [
            i
            for i in _interests(connection, meeting_id).values()
            if i.stands and i.item_id in seen
        ]


def standing_interests(
    connection: Connection, meeting_id: str, item_id: str
) -> set[str]:
    """Member ids with an interest in an item, inside a transaction."""
    return {
        i.member_id
        for i in _interests(connection, meeting_id).values()
        if i.stands and i.item_id == item_id
    }


def rule_out_interest(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    member: Member,
    because: str,
) -> Interest:
    """Records that somebody asked, and that a member's organisation is not the one that delivers an item:
    it is not asked again.
    """
    return take_back_interest(
        store,
        viewer,
        meeting,
        declare_interest(
            store,
            viewer,
            meeting,
            item,
            member,
            because,
        ),
    )


def answered_interests(
    store: Store, viewer: Viewer, meeting_id: str
) -> set[tuple[str, str]]:
    """(item id, member id) that were asked about: those whose interest stands, and those where it does
    not.
    """
    one_meeting(store, viewer, meeting_id)
    with store.reading() as connection:
        return set(_interests(connection, meeting_id))


def possible_interests(
    members: Iterable[Member],
    items: Iterable[Item],
    providers: Mapping[str, tuple[str | None, str | None]],
    known: KnownNames,
) -> list[PossibleInterest]:
    """Members to ask: their organisation is the provider, or its name is like the provider's. `providers`:
    item id → (org id, name).
    """
    possible = []
    seated = [
        (m, organisation(m.organisation, m.org_id, known)) for m in members
    ]
    for item in items:
        org_id, name = providers.get(
            item.item_id,
            (None, None),
        )
        provider = _provider(providers, item, known)
        for member, own in seated:
            how = likeness(own, provider, known)
            if how in (Likeness.SAME, Likeness.LIKE):
                possible.append(
                    PossibleInterest(
                        member,
                        item,
                        how,
                        name or org_id or "",
                    )
                )
    return possible


def _provider(
    providers: Mapping[str, tuple[str | None, str | None]],
    item: Item,
    known: KnownNames,
) -> Organisation:
    org_id, name = providers.get(
        item.item_id,
        (None, None),
    )
    return organisation(name, org_id, known)


def untold_interests(
    members: Iterable[Member],
    items: Iterable[Item],
    providers: Mapping[str, tuple[str | None, str | None]],
    known: KnownNames,
) -> tuple[list[Item], list[Member]]:
    """Items about a project whose provider is not recorded, and members who gave no organisation: of these
    nothing can be said.
    """
    return (
        [
            i
            for i in items
            if i.subject is Subject.PROJECT
            and not _provider(providers, i, known).is_known
        ],
        [
            m
            for m in members
            if not organisation(m.organisation, m.org_id, known).is_known
        ],
    )


def _preparing(write: Write, meeting: Meeting) -> None:
    if (
        open_meeting(write.connection, meeting.meeting_id).state
        is not MeetingState.PREPARING
    ):
        raise Refused("not_preparing")


def _add(write: Write, meeting: Meeting, proposal: Proposal, by: str) -> Item:
    last = write.connection.execute(
        select(func.max(tables.item.c.position)).where(
            tables.item.c.meeting_id == meeting.meeting_id
        )
    ).scalar()
    row = write.add(
        tables.item,
        item_id=new_id("N"),
        meeting_id=meeting.meeting_id,
        position=(last or 0) + 1,
        state=str(ItemState.KEPT),
        subject=str(proposal.subject),
        subject_id=proposal.subject_id,
        title=cut_to(proposal.title, LONGEST_TEXT),
        why=canonical({"key": proposal.why, **proposal.figures}),
        proposed_by=by,
    )
    return record_of(Item, row)


def _waiting(connection: Connection, place: str) -> list[Mapping[str, Any]]:
    p = tables.exception_proposal
    rows = connection.execute(
        select(p)
        .where(
            p.c.place == place,
            p.c.item_id.is_(None),
        )
        .order_by(p.c.proposed_on, p.c.proposal_id)
    ).mappings()
    return [dict(r) for r in rows]


def _take_up(
    write: Write, meeting: Meeting, proposed: ExceptionProposal
) -> Item:
    why = {
        "key": "exception_proposed",
        "who": proposed.proposed_by,
        "reason": proposed.reason,
        "on": proposed.proposed_on.isoformat(),
    }
    present = next(
        (
            i
            for i in _items(write.connection, meeting.meeting_id)
            if (i.subject, i.subject_id)
            == (Subject.PROJECT, proposed.project_id)
        ),
        None,
    )
    if present is None:
        item = _add(
            write,
            meeting,
            Proposal(
                Subject.PROJECT,
                proposed.project_id,
                proposed.title,
                why.pop("key"),
                why,
            ),
            proposed.proposed_by,
        )
    else:
        item = record_of(
            Item,
            write.change(
                tables.item,
                present.item_id,
                present.version,
                state=str(ItemState.KEPT),
                why=canonical(why),
            ),
        )
    write.change(
        tables.exception_proposal,
        proposed.proposal_id,
        proposed.version,
        item_id=item.item_id,
    )
    return item


def _items(connection: Connection, meeting_id: str) -> list[Item]:
    rows = connection.execute(
        select(tables.item)
        .where(tables.item.c.meeting_id == meeting_id)
        .order_by(tables.item.c.position)
    ).mappings()
    return [record_of(Item, r) for r in rows]


def _interests(
    connection: Connection, meeting_id: str
) -> dict[tuple[str, str], Interest]:
    rows = connection.execute(
        select(tables.interest)
        .where(tables.interest.c.meeting_id == meeting_id)
        .order_by(tables.interest.c.declared_at)
    ).mappings()
    return {
        (i.item_id, i.member_id): i
        for i in (record_of(Interest, r) for r in rows)
    }
