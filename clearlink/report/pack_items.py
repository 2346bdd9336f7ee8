"""What a pack has a page about: the items of a meeting, or of the agenda proposed today, with their facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from clearlink.report.evidence import item_facts, proposed_agenda
from clearlink.review.agenda import evidence, items
from clearlink.review.codes import ItemState
from clearlink.review.decisions import decisions_on
from clearlink.review.records import Decision, Item, Meeting
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.review.triage import Proposal
from clearlink.warehouse import reader
from clearlink.warehouse.records import ALL_RECORDS


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item with the facts its page is made from and the last decision about it."""

    item: Item
    facts: dict[str, Any]
    last: tuple[Meeting, Decision] | None


def pack_items(
    region: str,
    held_on: date,
    meeting: Meeting | None,
    store: Store,
    viewer: Viewer,
) -> list[PackItem]:
    """Items with their facts: frozen where the meeting is frozen, else as the warehouse has them now."""
    if meeting is None:
        return [
            _with_facts(item, store, viewer)
            for item in _proposed(region, held_on)
        ]
    # what stands on a meeting's agenda is shown whatever it is
    with reader.records_of(ALL_RECORDS):
        return [
            _with_facts(item, store, viewer)
            for item in items(store, viewer, meeting.meeting_id)
        ]


def _proposed(region: str, held_on: date) -> list[Item]:
    """The agenda that today's evidence proposes for that day, as items that no meeting holds."""
    proposals = proposed_agenda(region, held_on)
    return [_as_item(n, proposal) for n, proposal in enumerate(proposals, 1)]


def _as_item(number: int, proposal: Proposal) -> Item:
    return Item(
        item_id=f"proposed-{number}",
        version=1,
        meeting_id="",
        position=number,
        state=ItemState.KEPT,
        subject=proposal.subject,
        subject_id=proposal.subject_id,
        title=proposal.title,
        why={"key": proposal.why, **proposal.figures},
        proposed_by="rule",
        evidence_id=None,
    )


def _with_facts(
    item: Item,
    store: Store,
    viewer: Viewer,
) -> PackItem:
    frozen = evidence(store, viewer, item) if item.evidence_id else {}
    earlier = decisions_on(store, viewer, item.subject_id)
    return PackItem(
        item,
        frozen or item_facts(item),
        earlier[0] if earlier else None,
    )
