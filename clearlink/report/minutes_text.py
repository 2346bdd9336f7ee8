"""Minutes and the public summary as text: each passage's wording, standard or the committee's own, filled
with its facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from clearlink import words
from clearlink.report.content import Block, Document, Heading, Text
from clearlink.report.voice import Voice
from clearlink.review.anchor import Head
from clearlink.review.decisions import latest
from clearlink.review.minutes import Passage
from clearlink.review.records import Action, Decision, Item, Meeting

Wordings = Mapping[str, tuple[str, int]]


def standard(say: Voice, passage: Passage) -> str:
    """The standard sentence of a passage, with its places for facts."""
    entry = words.sentences()[f"meetings.minutes.{passage.key}"][say.lang]
    return str(entry)


def spoken(
    say: Voice,
    passage: Passage,
    wordings: Wordings,
) -> str:
    """A passage as it reads: the committee's wording where there is one, filled from the record."""
    text, _ = wordings.get(
        passage.name,
        (standard(say, passage), 0),
    )
    for name in passage.facts:
        # replaced one by one: a fact's own braces must stay text
        text = text.replace(
            "{" + name + "}",
            "\x00" + name + "\x00",
        )
    for name, fact in passage.facts.items():
        text = text.replace(
            "\x00" + name + "\x00",
            _said(say, fact),
        )
    return text


def _said(say: Voice, fact: str | tuple[str, object]) -> str:
    if isinstance(fact, str):
        return fact
    kind, value = fact
    if kind in _SENTENCES:
        return say(_SENTENCES[kind].format(value))
    return _SPOKEN[kind](say, value) if kind in _SPOKEN else str(value)


def _day(say: Voice, value: object) -> str:
    return (
        say.date(value)
        if isinstance(
            value,
            (date, str),
        )
        else "—"
    )


def _title(say: Voice, value: object) -> str:
    return str(value[say.lang] if isinstance(value, Mapping) else value)


def _titles(say: Voice, value: object) -> str:
    """Numbered; between semicolons, for titles hold commas of their own."""
    if not isinstance(value, Sequence):
        return str(value)
    return "; ".join(
        f"{number}. {titles[say.lang].rstrip('.')}" for number, titles in value
    )


def _names(say: Voice, value: object) -> str:
    if not isinstance(value, Sequence):
        return str(value)
    return say.names([str(name) for name in value])


def _place(say: Voice, value: object) -> str:
    return say.place(str(value))


# how a fact of each kind is spoken; one of any other kind stands as it is
_SPOKEN: Final[dict[str, Callable[[Voice, object], str]]] = {
    "day": _day,
    "title": _title,
    "titles": _titles,
    "names": _names,
    "place": _place,
}
_SENTENCES: Final = {
    "outcome": "meetings.decided_to.{}",
    "verdict": "verdict.{}.name",
    "ground": "meetings.ground.{}",
}


def minutes_document(
    say: Voice,
    meeting: Meeting,
    passages: Sequence[Passage],
    wordings: Wordings,
    footer: str,
    notice: str,
    record: Head | None = None,
) -> Document:
    """The minutes. Under each decision stand its own id and the evidence it rests on, so that any sentence
    can be traced; at the end, where the log of the record stood.
    """
    blocks: list[Block] = []
    for passage in passages:
        text = spoken(say, passage, wordings)
        blocks.append(Heading(1, text) if passage.key == "item" else Text(text))
        if passage.decision_id and passage.key.startswith("decided"):
            blocks.append(
                Text(
                    say(
                        "meetings.after.trace",
                        decision=passage.decision_id,
                        snapshot=passage.snapshot_id or "—",
                    ),
                    "small",
                )
            )
    blocks += record_line(say, record)
    title = say(
        "meetings.minutes.title",
        place=say.place(meeting.place),
        date=say.date(meeting.held_on),
    )
    return Document(
        title,
        say.lang,
        footer,
        say("pack.page"),
        tuple(blocks),
        notice,
    )


def record_line(say: Voice, record: Head | None) -> list[Block]:
    """Where the log stood, by line and seal: a paper that left the machine proves what the store then
    held.
    """
    if record is None:
        return []
    return [
        Text(
            say(
                "meetings.record.stands",
                line=str(record.seq),
                seal=record.hash,
            ),
            "small",
        )
    ]


def public_summary(
    say: Voice,
    meeting: Meeting,
    items: Sequence[Item],
    taken: Sequence[Decision],
    todo: Sequence[Action],
    footer: str,
    notice: str,
) -> Document:
    """What was decided and what happens next, without names of members."""
    standing = latest(taken)
    due = {a.decision_id: a for a in todo}
    blocks: list[Block] = [
        Text(
            say("meetings.minutes.summary_lead"),
            "lead",
        )
    ]
    for item in items:
        decision = standing.get(item.item_id)
        if decision is not None:
            action = due.get(decision.decision_id)
            blocks += _summary_of_item(say, item, decision, action)
    title = say(
        "meetings.minutes.summary_title",
        place=say.place(meeting.place),
        date=say.date(meeting.held_on),
    )
    return Document(
        title,
        say.lang,
        footer,
        say("pack.page"),
        tuple(blocks),
        notice,
    )


def _summary_of_item(
    say: Voice,
    item: Item,
    decision: Decision,
    action: Action | None,
) -> list[Block]:
    decided = say(
        "meetings.decide.stands",
        outcome=say(f"meetings.decided_to.{decision.outcome}"),
        reason=decision.reason,
    )
    blocks: list[Block] = [
        Heading(
            1,
            item.titles[say.lang],
        ),
        Text(decided),
    ]
    if action is not None:
        next_step = say(
            "meetings.minutes.action",
            owner=action.owner,
            due=say.date(action.due),
        )
        blocks.append(Text(next_step))
    return blocks
