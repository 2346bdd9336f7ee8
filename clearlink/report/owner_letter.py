"""One letter to one owner for all the records that wait for an answer of theirs: as a Word file and as the
text of an e-mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clearlink.report.content import Block, Document, Heading, Text
from clearlink.report.voice import Voice
from clearlink.report.word import docx_bytes
from clearlink.review.codes import Field
from clearlink.words import Lang


@dataclass(frozen=True, slots=True)
class Asked:
    """A record and what is asked of it, in the words that its owner knows it by."""

    project_id: str
    title: str
    fields: tuple[Field, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class OwnerLetter:
    """Who is asked, by whom, what of which records, and the day by which a reply counts before silence
    does.
    """

    owner: str
    sender: str
    records: Sequence[Asked]
    written_on: date
    reply_by: date


def letter_text(lang: Lang, letter: OwnerLetter) -> str:
    """The e-mail: its subject on the first line, then paragraphs."""
    return "\n\n".join(text for _, text in _parts(Voice(lang), letter))


def letter_docx(
    letter: OwnerLetter,
    made_at: datetime,
    first: Lang = "cy",
) -> bytes:
    """The letter as a Word file in both languages, one after the other."""
    second: Lang = "en" if first == "cy" else "cy"
    blocks: list[Block] = []
    for lang in (first, second):
        subject, *rest = _parts(Voice(lang), letter)
        blocks.append(Heading(1, subject[1]))
        blocks += [
            Heading(2, text) if kind == "record" else Text(text)
            for kind, text in rest
        ]
    say = Voice(first)
    title = say(
        "letter.subject",
        n=len(letter.records),
    )
    return docx_bytes(
        Document(
            title,
            first,
            say("letter.footer"),
            say("pack.page"),
            tuple(blocks),
        ),
        made_at,
    )


def _parts(say: Voice, letter: OwnerLetter) -> list[tuple[str, str]]:
    parts = [
        (
            "subject",
            say(
                "letter.subject",
                n=len(letter.records),
            ),
        ),
        (
            "body",
            say(
                "letter.to",
                owner=letter.owner,
                date=say.date(letter.written_on),
            ),
        ),
        ("body", say("letter.why")),
        (
            "body",
            say(
                "letter.what",
                n=len(letter.records),
                date=say.date(letter.reply_by),
            ),
        ),
    ]
    for nth, record in enumerate(letter.records, 1):
        parts.append(("record", f"{nth}. {record.title} ({record.project_id})"))
        if record.url:
            parts.append(("body", say("letter.paper", url=record.url)))
        parts += [
            ("body", f"– {say(f'letter.field_{field}')}")
            for field in record.fields
        ]
    return [
        *parts,
        (
            "body",
            say(
                "letter.after",
                date=say.date(letter.reply_by),
            ),
        ),
        ("body", say("letter.signed", name=letter.sender)),
    ]
