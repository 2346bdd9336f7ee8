"""Setting up a meeting, who sits at it, freezing its evidence and closing it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from clearlink.review import tables
from clearlink.review.audit import canonical
from clearlink.review.codes import ItemState, MeetingState, Terms
from clearlink.review.records import (
    EarlyStart,
    Meeting,
    Member,
    Snapshot,
    record_of,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import NotFound, Stale, Store, Write, new_id, one
from clearlink.warehouse.law import law_in_force
from clearlink.warehouse.one_run import once_a_run


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is to sit at a meeting. `org_id` finds the items that their organisation delivers."""

    name: str
    organisation: str
    is_voting: bool = True
    org_id: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceNow:
    """The build that is served, the settings it was judged by and the version of the app: what a snapshot
    fixes.
    """

    build_id: str
    content_hash: str
    settings_hash: str
    app_version: str
    as_of: date

    @property
    def snapshot_id(self) -> str:
        """The same evidence has the same id, whoever freezes it."""
        return (
            "S-"
            + hashlib.sha256(
                f"{self.content_hash}|{self.settings_hash}|{self.app_version}".encode()
            ).hexdigest()[:12]
        )


def _why_not_set_up(
    chair: str,
    quorum: int,
    seats: Sequence[Seat],
) -> list[str]:
    """The code of every reason why a meeting cannot be set up so."""
    names = [seat.name.strip() for seat in seats]
    voting = sum(seat.is_voting for seat in seats)
    checks = {
        "members_none": not seats,
        "member_nameless": not all(names),
        "member_twice": len(set(map(str.casefold, names))) < len(names),
        "quorum_range": not 0 < quorum <= max(voting, 1),
        "chair_missing": not chair.strip(),
    }
    return [code for code, is_so in checks.items() if is_so]


def set_up_meeting(
    store: Store,
    viewer: Viewer,
    *,
    place: str,
    held_on: date,
    terms: Terms,
    chair: str,
    quorum: int,
    seats: Sequence[Seat],
) -> Meeting:
    """A new meeting with its members. Raises Refused with every problem at once."""
    viewer.require(Act.SET_UP_MEETING, place)
    problems = _why_not_set_up(chair, quorum, seats)
    if problems:
        raise Refused(*problems)
    with store.writing(viewer, Act.SET_UP_MEETING) as write:
        row = write.add(
            tables.meeting,
            meeting_id=new_id("M"),
            place=place,
            held_on=held_on.isoformat(),
            terms=str(terms),
            chair=chair.strip(),
            quorum=quorum,
            state=str(MeetingState.PREPARING),
            created_at=write.at,
            created_by=viewer.name,
        )
        for seat in seats:
            _seat(
                write,
                row["meeting_id"],
                seat,
            )
        _keep_recorder(write, row["meeting_id"])
    return record_of(Meeting, row)


def add_member(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    seat: Seat,
) -> Member:
    """One more member. Refused once the meeting is closed, and for a name that is already there."""
    viewer.require(Act.RECORD_MEMBERS, meeting.place)
    if not seat.name.strip():
        raise Refused("member_nameless")
    with store.writing(viewer, Act.RECORD_MEMBERS) as write:
        open_meeting(write.connection, meeting.meeting_id)
        if seat.name.strip().casefold() in {
            m.name.casefold()
            for m in _members(write.connection, meeting.meeting_id)
        }:
            raise Refused("member_twice")
        return record_of(
            Member,
            _seat(write, meeting.meeting_id, seat),
        )


def record_presence(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    member: Member,
    is_present: bool,
) -> Member:
    """Whether a member is in the room. Raises Stale."""
    viewer.require(Act.RECORD_MEMBERS, meeting.place)
    with store.writing(viewer, Act.RECORD_MEMBERS) as write:
        open_meeting(write.connection, meeting.meeting_id)
        return record_of(
            Member,
            write.change(
                tables.member,
                member.member_id,
                member.version,
                is_present=int(is_present),
            ),
        )


def freeze(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    now: EvidenceNow,
    facts: Mapping[str, Mapping[str, Any]],
) -> Meeting:
    """Fixes the evidence: `facts` holds, for every kept item, what the warehouse says of it now. Decisions
    may then be taken.

    Raises Refused for an empty agenda or an item without facts, and Stale.
    """
    viewer.require(Act.FREEZE_EVIDENCE, meeting.place)
    with store.writing(viewer, Act.FREEZE_EVIDENCE) as write:
        standing = open_meeting(write.connection, meeting.meeting_id)
        if standing.state is not MeetingState.PREPARING:
            raise Stale("meeting", meeting.meeting_id)
        items = _kept_items(write.connection, meeting.meeting_id)
        if not items:
            raise Refused("agenda_empty")
        if any(item["item_id"] not in facts for item in items):
            raise Refused("evidence_missing")
        snapshot_id = keep_snapshot(write, now)
        for item in items:
            evidence_id = keep_evidence(
                write,
                snapshot_id,
                item["subject"],
                item["subject_id"],
                facts[item["item_id"]],
            )
            write.change(
                tables.item,
                item["item_id"],
                item["version"],
                evidence_id=evidence_id,
            )
        return record_of(
            Meeting,
            write.change(
                tables.meeting,
                meeting.meeting_id,
                meeting.version,
                state=str(MeetingState.FROZEN),
                snapshot_id=snapshot_id,
            ),
        )


def _kept_items(
    connection: Connection,
    meeting_id: str,
) -> list[dict[str, Any]]:
    """The rows of the items on the agenda of a meeting."""
    kept = select(tables.item).where(
        tables.item.c.meeting_id == meeting_id,
        tables.item.c.state == str(ItemState.KEPT),
    )
    return [dict(row) for row in connection.execute(kept).mappings()]


def decide_early(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    reason: str,
) -> EarlyStart:
    """Keeps the chair's reason for deciding before the day of the meeting. Raises Refused for a reason
    that says too little.
    """
    viewer.require(Act.DECIDE_EARLY, meeting.place)
    if len(reason.strip()) < law_in_force().override_reason_chars:
        raise Refused("early_reason_short")
    with store.writing(viewer, Act.DECIDE_EARLY) as write:
        now = open_meeting(write.connection, meeting.meeting_id)
        told = {
            "reason": reason.strip(),
            "given_by": now.chair,
            "recorded_by": viewer.name,
            "given_at": write.at,
        }
        known = _of_meeting(
            write.connection,
            tables.early_start,
            meeting.meeting_id,
        )
        row = (
            write.add(
                tables.early_start,
                meeting_id=meeting.meeting_id,
                **told,
            )
            if known is None
            else write.change(
                tables.early_start,
                meeting.meeting_id,
                known["version"],
                **told,
            )
        )
    return record_of(EarlyStart, row)


def early_start(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> EarlyStart | None:
    """The reason the chair gave for deciding before the day, or None."""
    meeting(store, viewer, meeting_id)
    return once_a_run(
        f"early_start {id(store)} {meeting_id}",
        lambda: _early_start(store, meeting_id),
    )


def _early_start(store: Store, meeting_id: str) -> EarlyStart | None:
    with store.reading() as connection:
        row = _of_meeting(connection, tables.early_start, meeting_id)
    return None if row is None else record_of(EarlyStart, row)


def is_before_its_day(
    connection: Connection,
    meeting: Meeting,
    today: date,
) -> bool:
    """Whether a meeting may only be rehearsed: its day has not come, and the chair has given no reason to
    decide before it.
    """
    return (
        today < meeting.held_on
        and _of_meeting(connection, tables.early_start, meeting.meeting_id)
        is None
    )


def keep_recorder(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> None:
    """Keeps with the meeting who writes its record, where nobody signs in. Raises Refused for no name."""
    viewer.require(Act.RECORD_MEMBERS, meeting.place)
    if not viewer.is_named:
        raise Refused("name_missing")
    with store.writing(viewer, Act.RECORD_MEMBERS) as write:
        open_meeting(write.connection, meeting.meeting_id)
        _keep_recorder(write, meeting.meeting_id)


def recorder(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> str:
    """Who writes the record of a meeting on an installation without sign-in; empty where nobody has said."""
    meeting(store, viewer, meeting_id)
    with store.reading() as connection:
        row = _of_meeting(connection, tables.recorder, meeting_id)
    return "" if row is None else str(row["name"])


def close(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    leaving: Collection[str] = (),
) -> Meeting:
    """Ends a meeting: its decisions become public and nothing of it changes any more but the wording of its
    minutes.

    `leaving` are the ids of the items that it knowingly leaves undecided. Raises Refused before the day of
    the meeting, and where other items than those are undecided.
    """
    viewer.require(Act.CLOSE_MEETING, meeting.place)
    if meeting.state is not MeetingState.FROZEN:
        raise Refused("not_frozen")
    with store.writing(viewer, Act.CLOSE_MEETING) as write:
        now = open_meeting(write.connection, meeting.meeting_id)
        problems = [
            *(
                ["before_day"]
                if is_before_its_day(
                    write.connection,
                    now,
                    store.today(),
                )
                else []
            ),
            *(
                ["undecided_left"]
                if set(_undecided(write.connection, meeting.meeting_id))
                != set(leaving)
                else []
            ),
        ]
        if problems:
            raise Refused(*problems)
        return record_of(
            Meeting,
            write.change(
                tables.meeting,
                meeting.meeting_id,
                meeting.version,
                state=str(MeetingState.CLOSED),
                closed_at=write.at,
            ),
        )


def meetings(
    store: Store,
    viewer: Viewer,
    place: str | None = None,
) -> list[Meeting]:
    """Meetings this viewer may see, newest first: closed ones are public, others are for those who work on
    them.
    """
    with store.reading() as connection:
        rows = connection.execute(
            select(tables.meeting).order_by(
                tables.meeting.c.held_on.desc(),
                tables.meeting.c.created_at.desc(),
            )
        ).mappings()
        held = [record_of(Meeting, r) for r in rows]
    return [
        m
        for m in held
        if (place is None or m.place == place) and may_see(viewer, m)
    ]


def meeting(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> Meeting:
    """One meeting. Raises NotFound, also where the viewer may not see it."""
    held = once_a_run(
        f"meeting {id(store)} {meeting_id}",
        lambda: _meeting(store, meeting_id),
    )
    if not may_see(viewer, held):
        raise NotFound(f"meeting {meeting_id}")
    return held


def _meeting(store: Store, meeting_id: str) -> Meeting:
    with store.reading() as connection:
        return record_of(
            Meeting,
            one(connection, tables.meeting, meeting_id),
        )


def members(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> list[Member]:
    """Who sits at a meeting, in the order they were entered."""
    meeting(store, viewer, meeting_id)
    with store.reading() as connection:
        return _members(connection, meeting_id)


def snapshot(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
) -> Snapshot | None:
    """The evidence a meeting was frozen on, or None before that."""
    if meeting.snapshot_id is None or not may_see(viewer, meeting):
        return None
    with store.reading() as connection:
        return record_of(
            Snapshot,
            one(connection, tables.snapshot, meeting.snapshot_id),
        )


def may_see(viewer: Viewer, meeting: Meeting) -> bool:
    """The embargo: until a meeting is closed it is for those who work on it."""
    return meeting.state is MeetingState.CLOSED or viewer.may(
        Act.READ_EMBARGOED, meeting.place
    )


def open_meeting(connection: Connection, meeting_id: str) -> Meeting:
    """A meeting that is not closed, as it stands inside this transaction. Raises Refused and NotFound."""
    held = record_of(
        Meeting,
        one(connection, tables.meeting, meeting_id),
    )
    if held.state is MeetingState.CLOSED:
        raise Refused("meeting_closed")
    return held


def keep_snapshot(write: Write, now: EvidenceNow) -> str:
    """Keeps the snapshot where it is not kept yet, and answers its id."""
    known = write.connection.execute(
        select(tables.snapshot.c.snapshot_id).where(
            tables.snapshot.c.snapshot_id == now.snapshot_id
        )
    ).first()
    if known is None:
        write.add(
            tables.snapshot,
            snapshot_id=now.snapshot_id,
            build_id=now.build_id,
            content_hash=now.content_hash,
            settings_hash=now.settings_hash,
            app_version=now.app_version,
            as_of=now.as_of.isoformat(),
            taken_at=write.at,
            taken_by=write.viewer.name,
        )
    return now.snapshot_id


def keep_evidence(
    write: Write,
    snapshot_id: str,
    subject: str,
    subject_id: str,
    facts: Mapping[str, Any],
) -> str:
    """Keeps what one item rests on, named by its content, and answers its id."""
    text = canonical(facts)
    evidence_id = (
        "E-"
        + hashlib.sha256(
            f"{snapshot_id}|{subject}|{subject_id}|{text}".encode()
        ).hexdigest()[:20]
    )
    if (
        write.connection.execute(
            select(tables.evidence.c.evidence_id).where(
                tables.evidence.c.evidence_id == evidence_id
            )
        ).first()
        is None
    ):
        write.add(
            tables.evidence,
            evidence_id=evidence_id,
            snapshot_id=snapshot_id,
            subject=subject,
            subject_id=subject_id,
            facts=text,
        )
    return evidence_id


def _seat(
    write: Write,
    meeting_id: str,
    seat: Seat,
) -> dict[str, Any]:
    return write.add(
        tables.member,
        member_id=new_id("P"),
        meeting_id=meeting_id,
        name=seat.name.strip(),
        organisation=seat.organisation.strip(),
        org_id=seat.org_id,
        is_voting=int(seat.is_voting),
        # who came is recorded at the meeting, one by one
        is_present=0,
    )


def _keep_recorder(write: Write, meeting_id: str) -> None:
    if not write.viewer.is_local:
        return
    told = {"name": write.viewer.name, "changed_at": write.at}
    known = _of_meeting(write.connection, tables.recorder, meeting_id)
    if known is None:
        write.add(tables.recorder, meeting_id=meeting_id, **told)
    elif known["name"] != write.viewer.name:
        write.change(
            tables.recorder,
            meeting_id,
            known["version"],
            **told,
        )


def _of_meeting(
    connection: Connection,
    table: Table,
    meeting_id: str,
) -> dict[str, Any] | None:
    row = (
        connection.execute(
            select(table).where(table.c.meeting_id == meeting_id)
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else dict(row)


def _undecided(connection: Connection, meeting_id: str) -> list[str]:
    item = tables.item
    decided = select(tables.decision.c.item_id).where(
        tables.decision.c.meeting_id == meeting_id
    )
    query = select(item.c.item_id).where(
        item.c.meeting_id == meeting_id,
        item.c.state == str(ItemState.KEPT),
        item.c.item_id.not_in(decided),
    )
    return list(connection.execute(query).scalars())


def _members(connection: Connection, meeting_id: str) -> list[Member]:
    log = tables.audit_log
    first = (
        select(log.c.seq)
        .where(
            log.c.subject_table == "member",
            log.c.subject_id == tables.member.c.member_id,
        )
        .order_by(log.c.seq)
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(tables.member)
        .where(tables.member.c.meeting_id == meeting_id)
        .order_by(first)
    ).mappings()
    return [record_of(Member, r) for r in rows]
