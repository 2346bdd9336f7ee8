"""Taking a decision, and the second person who must agree where a project moves into or out of *No link
shown*.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from clearlink.review import tables
from clearlink.review.agenda import standing_interests
from clearlink.review.audit import canonical
from clearlink.review.codes import (
    EXCEPTION,
    NO_LINK,
    ActionState,
    Ground,
    ItemState,
    MeetingState,
    Outcome,
    Subject,
)
from clearlink.review.meetings import is_before_its_day, may_see, open_meeting
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.protected import shown, withheld_projects
from clearlink.review.records import (
    Decision,
    Item,
    Meeting,
    Member,
    Seconding,
    record_of,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Stale, Store, Write, new_id, one
from clearlink.rules.dates import add_months
from clearlink.warehouse.law import law_in_force

NEEDS_OWNER = frozenset(
    {
        Outcome.CHANGE,
        Outcome.STOP,
        Outcome.COMMISSION,
        Outcome.INVESTIGATE,
    }
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is to be recorded. `withdrew` holds member ids.

    `finding`: the verdict the committee finds, where it differs from the test; it then needs a `ground` and
    an `evidence_link`.
    """

    outcome: Outcome
    reason: str
    dissent: str = ""
    withdrew: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    exception_until: date | None = None
    finding: str | None = None
    ground: Ground | None = None
    evidence_link: str = ""
    second_person: str = ""


def needs_second(found: str | None, to: str | None) -> bool:
    """Whether a move from one verdict to another goes into or out of *No link shown*."""
    return to is not None and (found == NO_LINK) != (to == NO_LINK)


def default_exception_end(held_on: date) -> date:
    """The last day of an exception unless the committee says otherwise: the law's months on (method B5)."""
    return add_months(held_on, law_in_force().override_months)


def decide(
    store: Store,
    viewer: Viewer,
    item: Item,
    resolution: Resolution,
    after: int,
) -> Decision:
    """Records a decision at once. `after` is the number of the last decision on this item that the person has
    seen (0: none).

    Raises Refused with every reason at once, and Stale where somebody else has decided meanwhile; neither
    writes anything.
    """
    meeting = one_meeting(store, viewer, item.meeting_id)
    viewer.require(Act.DECIDE, meeting.place)
    with store.writing(viewer, Act.DECIDE) as write:
        now = _standing(write.connection, item)
        to = _finding_to(resolution, now.verdict)
        is_early = is_before_its_day(
            write.connection,
            now.meeting,
            store.today(),
        )
        problems = ["before_day"] if is_early else []
        problems += _problems(
            viewer,
            now.meeting,
            now.item,
            resolution,
            now.seated,
            now.interested,
            now.verdict,
            to,
        )
        if problems:
            raise Refused(*problems)
        if len(now.earlier) != after:
            raise Stale("decision", item.item_id)
        taken = _add_decision(write, viewer, now, resolution, to)
        for before in now.earlier:
            _set_aside(write, before, taken)
        _action(
            write,
            now.meeting,
            now.item,
            taken,
        )
        _second_or_grant(
            write,
            viewer,
            now.meeting,
            taken,
            resolution,
        )
    return taken


@dataclass(frozen=True, slots=True)
class _Standing:
    """How things stand on an item as a decision on it is taken: who is there, who of them has an interest,
    what was decided before, and the verdict that the evidence found.
    """

    meeting: Meeting
    item: Item
    earlier: list[Decision]
    seated: list[Member]
    interested: set[str]
    verdict: str | None


def _standing(connection: Connection, item: Item) -> _Standing:
    meeting = open_meeting(connection, item.meeting_id)
    asked = record_of(
        Item,
        one(connection, tables.item, item.item_id),
    )
    return _Standing(
        meeting,
        asked,
        _decisions(connection, item_id=item.item_id),
        _present(connection, item.meeting_id),
        standing_interests(connection, item.meeting_id, item.item_id),
        _found(connection, asked),
    )


def _add_decision(
    write: Write,
    viewer: Viewer,
    now: _Standing,
    resolution: Resolution,
    to: str | None,
) -> Decision:
    """The decision as it is recorded, after those before it."""
    item = now.item
    row = write.add(
        tables.decision,
        decision_id=new_id("D"),
        item_id=item.item_id,
        meeting_id=item.meeting_id,
        number=len(now.earlier) + 1,
        project_id=item.subject_id if item.subject is Subject.PROJECT else None,
        snapshot_id=now.meeting.snapshot_id,
        evidence_id=item.evidence_id,
        finding_from=now.verdict,
        finding_to=to,
        decided_at=write.at,
        decided_by=viewer.name,
        decided_role=str(viewer.role),
        decided_by_subject=viewer.subject,
        **_resolved(
            resolution,
            now.meeting,
            now.seated,
            to,
        ),
    )
    return record_of(Decision, row)


def _second_or_grant(
    write: Write,
    viewer: Viewer,
    meeting: Meeting,
    taken: Decision,
    resolution: Resolution,
) -> None:
    """On one machine the second person is named at the meeting; elsewhere an exception that needs one is
    granted when they agree.
    """
    waits = needs_second(taken.finding_from, taken.finding_to)
    if waits and viewer.is_local:
        write.add(
            tables.seconding,
            decision_id=taken.decision_id,
            name=resolution.second_person.strip(),
            subject="named at the meeting",
            at=write.at,
        )
    if taken.finding_to == EXCEPTION and (viewer.is_local or not waits):
        _grant(write, meeting, taken)


def _finding_to(resolution: Resolution, found: str | None) -> str | None:
    """The verdict that the committee puts in place of the test's, or None where it leaves it as it is."""
    if resolution.outcome is Outcome.EXCEPTION:
        return EXCEPTION
    return resolution.finding if resolution.finding != found else None


def _resolved(
    resolution: Resolution,
    meeting: Meeting,
    seated: Sequence[Member],
    to: str | None,
) -> dict[str, Any]:
    """What the committee resolved, as its columns hold it."""
    until = resolution.exception_until or default_exception_end(meeting.held_on)
    return {
        "outcome": str(resolution.outcome),
        "reason": resolution.reason.strip(),
        "dissent": _text_or_none(resolution.dissent),
        **_who_decided(resolution, seated),
        "owner": _text_or_none(resolution.owner),
        "due": resolution.due and resolution.due.isoformat(),
        "exception_until": until.isoformat() if to == EXCEPTION else None,
        "ground": resolution.ground and str(resolution.ground),
        "evidence_link": _text_or_none(resolution.evidence_link),
    }


def _who_decided(
    resolution: Resolution,
    seated: Sequence[Member],
) -> dict[str, str]:
    """The names of those who withdrew and of those who stayed."""
    names = {m.member_id: m.name for m in seated}
    withdrew = [names[member_id] for member_id in resolution.withdrew]
    present = [m.name for m in seated if m.member_id not in resolution.withdrew]
    return {
        "withdrew": canonical(withdrew),
        "present": canonical(present),
    }


def _text_or_none(text: str) -> str | None:
    return text.strip() or None


def second(
    store: Store,
    viewer: Viewer,
    decision: Decision,
) -> Seconding:
    """The second person agrees, signed in as themselves. Raises Refused where none is needed, it was done,
    or it is the same person.
    """
    meeting = one_meeting(store, viewer, decision.meeting_id)
    viewer.require(Act.SECOND_A_DECISION, meeting.place)
    with store.writing(viewer, Act.SECOND_A_DECISION) as write:
        now = open_meeting(write.connection, decision.meeting_id)
        kept = record_of(
            Decision,
            one(
                write.connection,
                tables.decision,
                decision.decision_id,
            ),
        )
        if not needs_second(kept.finding_from, kept.finding_to):
            raise Refused("second_not_needed")
        if kept.decision_id in _secondings(
            write.connection, decision.meeting_id
        ):
            raise Refused("second_had")
        if (
            viewer.subject == kept.decided_by_subject
            or viewer.name.casefold() == kept.decided_by.casefold()
        ):
            raise Refused("second_same")
        row = write.add(
            tables.seconding,
            decision_id=kept.decision_id,
            name=viewer.name,
            subject=viewer.subject,
            at=write.at,
        )
        if (
            kept.finding_to == EXCEPTION
            and max(
                d.number
                for d in _decisions(write.connection, item_id=kept.item_id)
            )
            == kept.number
        ):
            _grant(write, now, kept)
    return record_of(Seconding, row)


def decisions(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> list[Decision]:
    """Every decision of a meeting in the order it was taken, later ones on the same item included; none on
    a project that this viewer may not read.
    """
    place = one_meeting(store, viewer, meeting_id).place
    with store.reading() as connection:
        return shown(
            _decisions(connection, meeting_id=meeting_id),
            withheld_projects(
                connection,
                viewer,
                place,
                store.today(),
            ),
            "project_id",
        )


def secondings(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> dict[str, Seconding]:
    """Decision id → the second person who agreed."""
    one_meeting(store, viewer, meeting_id)
    with store.reading() as connection:
        return _secondings(connection, meeting_id)


def decisions_on(
    store: Store,
    viewer: Viewer,
    subject_id: str,
) -> list[tuple[Meeting, Decision]]:
    """Every decision about one project, priority or matter that the viewer may see, the latest first."""
    item = tables.item
    query = (
        select(tables.decision)
        .join(
            item,
            item.c.item_id == tables.decision.c.item_id,
        )
        .where(item.c.subject_id == subject_id)
        .order_by(tables.decision.c.decided_at.desc())
    )
    with store.reading() as connection:
        rows = connection.execute(query).mappings()
        taken = [record_of(Decision, row) for row in rows]
        held = {
            meeting_id: record_of(
                Meeting,
                one(connection, tables.meeting, meeting_id),
            )
            for meeting_id in {d.meeting_id for d in taken}
        }
        withheld_in = {
            place: withheld_projects(
                connection,
                viewer,
                place,
                store.today(),
            )
            for place in {m.place for m in held.values()}
        }
    told = [(held[d.meeting_id], d) for d in taken]
    return [
        (meeting, decision)
        for meeting, decision in told
        if may_see(viewer, meeting)
        and subject_id not in withheld_in[meeting.place]
    ]


def latest(taken: Sequence[Decision]) -> dict[str, Decision]:
    """Item id → the decision that stands."""
    return {
        d.item_id: d
        for d in sorted(
            taken,
            key=lambda d: d.number,
        )
    }


def _problems(
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    r: Resolution,
    seated: list[Member],
    interested: set[str],
    found: str | None,
    to: str | None,
) -> list[str]:
    """The code of every reason why this may not be decided so."""
    checks = _of_the_meeting(
        meeting, item, r, seated, interested
    ) | _of_the_words(meeting, item, r, to)
    if needs_second(found, to) and viewer.is_local:
        checks |= _of_the_second(viewer, r, seated)
    return [code for code, wrong in checks.items() if wrong]


def _of_the_meeting(
    meeting: Meeting,
    item: Item,
    r: Resolution,
    seated: list[Member],
    interested: set[str],
) -> dict[str, bool]:
    """Code → whether the meeting may not decide this item as it sits."""
    present = {m.member_id for m in seated}
    deciding = sum(
        m.is_voting and m.member_id not in r.withdrew for m in seated
    )
    return {
        "not_frozen": meeting.state is not MeetingState.FROZEN
        or item.evidence_id is None,
        "item_dropped": item.state is not ItemState.KEPT,
        "reason_short": len(r.reason.strip())
        < law_in_force().override_reason_chars,
        "withdrew_unknown": not set(r.withdrew) <= present,
        "interest_stays": bool((interested & present) - set(r.withdrew)),
        "quorum_lost": deciding < meeting.quorum,
    }


def _of_the_words(
    meeting: Meeting,
    item: Item,
    r: Resolution,
    to: str | None,
) -> dict[str, bool]:
    """Code → whether what the resolution must state is missing or cannot be."""
    needs_owner, finds_otherwise = r.outcome in NEEDS_OWNER, to is not None
    return {
        "owner_missing": needs_owner and not r.owner.strip(),
        "due_missing": needs_owner and r.due is None,
        "due_past": r.due is not None and r.due < meeting.held_on,
        "ground_missing": finds_otherwise and r.ground is None,
        "evidence_link_missing": finds_otherwise
        and not r.evidence_link.strip(),
        "exception_not_project": r.outcome is Outcome.EXCEPTION
        and item.subject is not Subject.PROJECT,
        "exception_until_past": r.exception_until is not None
        and r.exception_until <= meeting.held_on,
    }


def _of_the_second(
    viewer: Viewer,
    r: Resolution,
    seated: list[Member],
) -> dict[str, bool]:
    """Code → what is wrong with the second person, who is one of those who decide and not the first."""
    second_person = r.second_person.strip().casefold()
    named = {m.name.casefold() for m in seated if m.member_id not in r.withdrew}
    return {
        "second_missing": not second_person,
        "second_same": bool(second_person)
        and second_person == viewer.name.casefold(),
        "second_not_present": bool(second_person)
        and second_person not in named,
    }


def _set_aside(
    write: Write,
    before: Decision,
    taken: Decision,
) -> None:
    """What an earlier decision started ends when a later one takes its place."""
    note = f"superseded by {taken.decision_id}"
    for row in (
        write.connection.execute(
            select(tables.action).where(
                tables.action.c.decision_id == before.decision_id,
                tables.action.c.state == str(ActionState.OPEN),
            )
        )
        .mappings()
        .all()
    ):
        write.change(
            tables.action,
            row["action_id"],
            row["version"],
            state=str(ActionState.DROPPED),
            note=note,
            changed_at=write.at,
        )
    grants = tables.exception_grant
    for row in (
        write.connection.execute(
            select(grants).where(
                grants.c.decision_id == before.decision_id,
                grants.c.ended_on.is_(None),
            )
        )
        .mappings()
        .all()
    ):
        write.change(
            grants,
            row["exception_id"],
            row["version"],
            ended_on=write.at[:10],
            ended_because=note,
        )


def _action(
    write: Write,
    meeting: Meeting,
    item: Item,
    taken: Decision,
) -> None:
    if taken.owner:
        write.add(
            tables.action,
            action_id=new_id("A"),
            decision_id=taken.decision_id,
            meeting_id=meeting.meeting_id,
            place=meeting.place,
            project_id=taken.project_id,
            what=item.title,
            owner=taken.owner,
            due=taken.due and taken.due.isoformat(),
            state=str(ActionState.OPEN),
            changed_at=write.at,
        )


def _grant(
    write: Write,
    meeting: Meeting,
    taken: Decision,
) -> None:
    until = taken.exception_until or default_exception_end(meeting.held_on)
    write.add(
        tables.exception_grant,
        exception_id=new_id("X"),
        decision_id=taken.decision_id,
        place=meeting.place,
        project_id=taken.project_id,
        reason=taken.reason,
        granted_on=meeting.held_on.isoformat(),
        until=until.isoformat(),
    )


def _found(connection: Connection, item: Item) -> str | None:
    if item.evidence_id is None:
        return None
    facts: dict[str, Any] = json.loads(
        one(connection, tables.evidence, item.evidence_id)["facts"]
    )
    verdict = facts.get("verdict")
    return str(verdict["verdict"]) if verdict else None


def _present(connection: Connection, meeting_id: str) -> list[Member]:
    rows = connection.execute(
        select(tables.member).where(
            tables.member.c.meeting_id == meeting_id,
            tables.member.c.is_present == 1,
        )
    ).mappings()
    return [record_of(Member, r) for r in rows]


def _decisions(connection: Connection, **where: str) -> list[Decision]:
    query = select(tables.decision).order_by(
        tables.decision.c.decided_at,
        tables.decision.c.number,
    )
    for name, value in where.items():
        query = query.where(tables.decision.c[name] == value)
    return [
        record_of(Decision, r) for r in connection.execute(query).mappings()
    ]


def _secondings(
    connection: Connection,
    meeting_id: str,
) -> dict[str, Seconding]:
    query = (
        select(tables.seconding)
        .join(
            tables.decision,
            tables.decision.c.decision_id == tables.seconding.c.decision_id,
        )
        .where(tables.decision.c.meeting_id == meeting_id)
    )
    return {
        s.decision_id: s
        for s in (
            record_of(Seconding, r)
            for r in connection.execute(query).mappings()
        )
    }
