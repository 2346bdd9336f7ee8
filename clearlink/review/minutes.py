"""Minutes generated from the record. Their wording may be changed, their facts may not.

A passage is a sentence with places for facts, written {reason} or {owner}. Its wording is kept with the
places and filled from the decision each time it is read, so that a sentence of the minutes always leads back
to its decision and snapshot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.codes import Outcome
from clearlink.review.decisions import latest, needs_second
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.records import (
    Decision,
    EarlyStart,
    Interest,
    Item,
    Meeting,
    Member,
    Seconding,
)
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, new_id
from clearlink.rules.codes import Verdict

# what fills a passage
_Facts = dict[str, str | tuple[str, object]]
_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: `name` is its place in the minutes, `key` its standard sentence, `facts` what fills it.

    A fact is plain text, or (kind, value) where it reads differently in each language: day, outcome, verdict,
    ground, names, count, place, title, titles.
    """

    name: str
    key: str
    facts: _Facts
    decision_id: str | None = None
    snapshot_id: str | None = None


def passages(
    meeting: Meeting,
    members: Sequence[Member],
    items: Sequence[Item],
    taken: Sequence[Decision],
    seconded: dict[str, Seconding],
    declared: Sequence[Interest],
    early: EarlyStart | None = None,
) -> list[Passage]:
    """Every passage of a meeting's minutes, in order. Only the decision that stands on an item is
    reported.
    """
    listed = _opening(meeting, members, early)
    named = {m.member_id: m.name for m in members}
    standing = latest(taken)
    undecided: list[tuple[int, dict[str, str]]] = []
    for number, item in enumerate(items, 1):
        decision = standing.get(item.item_id)
        if decision is None:
            undecided.append((number, item.titles))
            continue
        interested = [
            named[i.member_id] for i in declared if i.item_id == item.item_id
        ]
        listed += _item(number, item, interested)
        listed += _decision(
            f"item_{item.item_id}",
            decision,
            seconded.get(decision.decision_id),
        )
    if undecided:
        listed.append(
            Passage(
                "undecided",
                "undecided",
                {"titles": ("titles", undecided)},
            )
        )
    return listed


def _opening(
    meeting: Meeting,
    members: Sequence[Member],
    early: EarlyStart | None,
) -> list[Passage]:
    """Where, when and under whom the meeting stood, who was there, and on what evidence."""
    present = [m.name for m in members if m.is_present]
    absent = [m.name for m in members if not m.is_present]
    place = Passage(
        "opening",
        # minutes drafted before anybody came say no more than what is on record
        "opening" if present else "opening_called",
        {
            "place": ("place", meeting.place),
            "day": ("day", meeting.held_on),
            "chair": meeting.chair,
        },
    )
    evidence = Passage(
        "evidence",
        "evidence",
        {"snapshot": meeting.snapshot_id or "—"},
        snapshot_id=meeting.snapshot_id,
    )
    return [
        place,
        *([_early(early)] if early else []),
        _present(meeting, present),
        *_apologies(absent),
        evidence,
    ]


def _apologies(absent: Sequence[str]) -> list[Passage]:
    """Nothing where everybody came."""
    facts: _Facts = {"absent": ("names", absent)}
    return [Passage("apologies", "apologies", facts)] if absent else []


def _present(meeting: Meeting, names: list[str]) -> Passage:
    quorum = ("count", meeting.quorum)
    if not names:
        return Passage(
            "present",
            "present_none",
            {"quorum": quorum},
        )
    return Passage(
        "present",
        "present",
        {
            "present": ("names", names),
            "n": ("count", len(names)),
            "quorum": quorum,
        },
    )


def _item(
    number: int,
    item: Item,
    interested: list[str],
) -> list[Passage]:
    """An item's title, and who declared an interest in it."""
    lead = f"item_{item.item_id}"
    title = Passage(
        f"{lead}_title",
        "item",
        {
            "number": ("count", number),
            "title": ("title", item.titles),
        },
    )
    if not interested:
        return [title]
    return [
        title,
        Passage(
            f"{lead}_interest",
            "interest",
            {"names": ("names", interested)},
        ),
    ]


def _early(early: EarlyStart) -> Passage:
    return Passage(
        "early",
        "early",
        {
            "chair": early.given_by,
            "given": ("day", early.given_at.date()),
            "reason": early.reason,
        },
    )


def _change(d: Decision) -> _Facts:
    """The verdict before and after a decision that changed it, and on what ground."""
    return {
        "was": ("verdict", d.finding_from or Verdict.CANNOT_ASSESS),
        "now": ("verdict", d.finding_to),
        "ground": ("ground", str(d.ground)),
    }


def _decision(
    lead: str,
    d: Decision,
    agreed: Seconding | None,
) -> list[Passage]:
    """What was decided and why, what it changed, who agreed, who acts by when, and who stood aside or
    against it.
    """
    is_exception = d.outcome is Outcome.EXCEPTION
    until = {"until": ("day", d.exception_until)} if d.exception_until else {}
    decided: _Facts = {
        "outcome": ("outcome", str(d.outcome)),
        "reason": d.reason,
        **until,
    }
    told: list[tuple[str, str, _Facts]] = [
        ("", f"decided_{d.outcome}" if is_exception else "decided", decided)
    ]
    if d.finding_to and not is_exception:
        told.append(("_finding", "finding", _change(d)))
    if needs_second(d.finding_from, d.finding_to):
        told.append(("_second", *_agreement(agreed)))
    told += _who_acts_and_who_stood_aside(d)
    return [
        Passage(
            f"{lead}{part}",
            key,
            facts,
            d.decision_id,
            d.snapshot_id,
        )
        for part, key, facts in told
    ]


def _agreement(agreed: Seconding | None) -> tuple[str, _Facts]:
    """Who was the second person, or that one is waited for."""
    if agreed is None:
        return "second_waits", {}
    return "seconded", {"name": agreed.name}


def _who_acts_and_who_stood_aside(
    d: Decision,
) -> list[tuple[str, str, _Facts]]:
    told: list[tuple[str, str, _Facts]] = []
    if d.owner:
        told.append(
            (
                "_action",
                "action",
                {
                    "owner": d.owner,
                    "due": ("day", d.due),
                },
            )
        )
    if d.withdrew:
        told.append(("_withdrew", "withdrew", {"names": ("names", d.withdrew)}))
    if d.dissent:
        told.append(("_dissent", "dissent", {"dissent": d.dissent}))
    return told


def facts_named(text: str) -> set[str]:
    """The places for facts that a wording holds."""
    return set(_PLACE.findall(text))


def reword(
    store: Store,
    viewer: Viewer,
    meeting: Meeting,
    passage: Passage,
    lang: str,
    standard: str,
    text: str,
    version: int | None,
) -> None:
    """Keeps the committee's wording of a passage. Every fact keeps its place, and no figure is written by
    hand.

    `standard` is the standard sentence with its places; `version` the version of the wording that was read
    (None: none yet).
    """
    viewer.require(Act.WORD_MINUTES, meeting.place)
    if problems := _wrong_with(text, standard):
        raise Refused(*problems)
    with store.writing(viewer, Act.WORD_MINUTES) as write:
        values = {
            "text": text.strip(),
            "changed_by": viewer.name,
            "changed_at": write.at,
        }
        if version is None:
            write.add(
                tables.wording,
                wording_id=new_id("W"),
                meeting_id=meeting.meeting_id,
                passage=passage.name,
                lang=lang,
                **values,
            )
            return
        known = write.connection.execute(
            select(tables.wording.c.wording_id).where(
                tables.wording.c.meeting_id == meeting.meeting_id,
                tables.wording.c.passage == passage.name,
                tables.wording.c.lang == lang,
            )
        ).scalar_one()
        write.change(
            tables.wording,
            known,
            version,
            **values,
        )


def _wrong_with(text: str, standard: str) -> list[str]:
    """Every reason why a wording is not kept: it is empty, has other facts than the standard, or figures."""
    problems = []
    if not text.strip():
        problems.append("passage_empty")
    places = len(_PLACE.findall(text))
    is_whole = text.count("{") == places and text.count("}") == places
    if facts_named(text) != facts_named(standard) or not is_whole:
        problems.append("passage_facts")
    if re.search(r"\d", text):
        problems.append("passage_figures")
    return problems


def wordings(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
    lang: str,
) -> dict[str, tuple[str, int]]:
    """Passage → the committee's wording and its version."""
    one_meeting(store, viewer, meeting_id)
    query = select(tables.wording).where(
        tables.wording.c.meeting_id == meeting_id,
        tables.wording.c.lang == lang,
    )
    with store.reading() as connection:
        return {
            r["passage"]: (r["text"], r["version"])
            for r in connection.execute(query).mappings()
        }
