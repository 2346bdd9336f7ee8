"""What members of the public send from the page of their area: kept unread, read by a person, answered,
looked up by number, withdrawn.

The words stand in a table of their own that is in no log, so that a withdrawal takes them away for good. The
log keeps that something was sent, read, answered or withdrawn; never what. No sending is public before a
person has read it.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from clearlink.review import tables
from clearlink.review.answers import check_answer
from clearlink.review.codes import Response, Stance
from clearlink.review.kept_text import kept_texts
from clearlink.review.records import SaidBack, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Role, Viewer
from clearlink.review.store import NotFound, Store, Write, new_id
from clearlink.rules.as_read import as_read, forms_read
from clearlink.rules.spoken import NEVER_AS_IT_STANDS, REFUSED, Sign, signs_in

LONGEST_SAID: Final = 1000
MOST_AN_HOUR: Final = 60
BANDS: Final = (
    "child",
    "young",
    "adult",
    "older",
    "carer",
    "worker",
    "unsaid",
)
# no letter or digit that is read for another
_LETTERS: Final = "ABCDEFGHJKMNPQRTUVWXY346789"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|fed|af|ain|il|ydd|eg)?"
# what a form on a phone brings and a register does not: an account, an address for mail spelt out, a
# postcode of Wales or its borders in small letters, a day of birth, the plate of a car. Set apart, a plate
# looks as a postcode does ("CF10 NHS"): then something must say what it is.
_LEADS_TO_A_PERSON: Final = re.compile(
    r"\b(?:facebook|fb|instagram|tiktok|snapchat|twitter|x|linkedin|youtube)\.com/\S|\bt\.me/\S"
    r"|(?<![\w.])@[a-z]\w{2,}"
    r"|[\w.]+\s*[(\[]\s*at\s*[)\]]\s*\w+"
    r"|\b(?!(?:look|looks|looked|looking|see|saw|read|found|find|apply|applied|is|was|are|were|it|out|info|"
    r"information|pages?|forms?|website|site|online|advice|help|details|more|up|back|here|there)\s)"
    r"\w+\s+at\s+\w+(?:\s+dot\s+|\.)(?:com|co|org|net|cymru|wales)\b"
    r"|\b(?:cf|sa|ll|np|ld|sy|ch|hr)\s?\d{1,2}\s*\d"
    r"(?!(?:st|nd|rd|th|am|pm|km|mi|cm|kg|hr|yr|ft)\b)[a-z]{2}\b"
    r"|\b(?:born|birthday|ganwyd|ganed|[bp]?[mp]?h?en-blwydd)\b"
    r"(?!.{0,12}\b(?:after|before|since|ar ôl|cyn|ers)\b).{0,20}?\b"
    rf"(?:{_DAY}\s+(?:of\s+|o\s+)?[a-z]{{3,}}|[a-z]{{3,}}\s+{_DAY}),?\s+(?:19|20)\d\d\b"
    r"|\b[a-z]{2}\d{2}[a-z]{3}\b"
    r"|\b(?:car|van|plate|reg|registration|fan|cerbyd|plât|cofrestru)\b.{0,15}"
    r"\b[a-z]{1,2}\d{1,3}(?:[a-z]{3}|\s(?!(?:and|the|was|has|had|for|but|bus|not|yet|can|are|who|all|now|"
    r"one|two|via|oes|yna|ond|ers|mae|nid|dim|fel|cyn|pob|gan|hyd|lle)\b)[a-z]{3})\b",
    re.IGNORECASE,
)
# a threat as it is said in Welsh, mutated
_THREATENS: Final = re.compile(
    r"\b(?:wnaf? ?['’]? ?i|wnaf|byddaf|dw i['’]n mynd i)\b.{0,25}"
    r"\b(?:l?ladd|l?losgi|f?rifo|brifo|anafu|g?uro|churo)\b",
    re.IGNORECASE,
)
PUBLIC: Final = Viewer(name="public", role=Role.VIEWER, subject="public")


class SaidState(StrEnum):
    """Where a sending stands. `unread` until a person reads it; `shown` is public; `not_shown` was read
    and goes no further.
    """

    UNREAD = "unread"
    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending with its words, for whoever reads it on the authority's behalf. No words once it is
    withdrawn.
    """

    record: SaidBack
    text: str

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What to look twice at."""
        return tuple(Sign(s) for s in json.loads(self.record.signs))


def _signs_allowed(words: str) -> tuple[Sign, ...]:
    """What the words hold that a person must look at. Raises Refused for words that are not kept."""
    if not words:
        raise Refused("said_back_empty")
    if len(words) > LONGEST_SAID:
        raise Refused(
            "said_back_long",
            facts={"longest": f"{LONGEST_SAID:,}"},
        )
    if not any(letter.isalpha() for letter in words):
        raise Refused("said_back_empty")
    signs = signs_of(words)
    if refused := [s for s in signs if s in REFUSED]:
        raise Refused(*(f"said_back_{s}" for s in refused))
    return signs


def signs_of(words: str) -> tuple[Sign, ...]:
    """The signs that any text holds, and those of what a phone brings; read as an eye reads it."""
    signs = [*signs_in(words)]
    forms = forms_read(words)
    if any(_LEADS_TO_A_PERSON.search(form) for form in forms):
        signs.append(Sign.WHEREABOUTS)
    if any(_THREATENS.search(form) for form in forms):
        signs.append(Sign.THREAT)
    return tuple(dict.fromkeys(signs))


def _same_words(words: str) -> str:
    """The words as one hears them: another case, other signs or an emoji make no other statement."""
    return "".join(c for c in as_read(words).casefold() if c.isalnum())


def say_back(
    store: Store,
    *,
    area_code: str,
    la_code: str,
    text: str,
    stance: Stance,
    band: str,
    lang: str,
    theme_id: str | None = None,
    project_id: str | None = None,
) -> str:
    """Keeps what somebody sends, unread, and answers the number to look it up by: it is told once and kept
    only as a hash.

    Raises Refused, having kept nothing, for words that are missing, too long, sent before, or hold an
    address, a number that names a person or a piece of a family's file; and where more was sent within the
    hour than people can read.
    """
    words = " ".join(text.split())
    signs = _signs_allowed(words)
    if band not in BANDS:
        raise Refused("said_back_empty")
    number = _new_number()
    digest = _hash(f"{area_code} {_same_words(words)}")
    said_id = new_id("Y")
    with store.writing(PUBLIC, Act.RECORD_STATEMENT) as write:
        _refuse_too_much(write, digest)
        kept = kept_texts("said_back_text", {"text": words})["text"]
        write.connection.execute(
            insert(tables.said_back_text).values(said_id=said_id, text=kept)
        )
        write.add(
            tables.said_back,
            said_id=said_id,
            number_hash=_hash(number),
            area_code=area_code,
            la_code=la_code,
            theme_id=theme_id,
            project_id=project_id,
            stance=str(stance),
            band=band,
            lang=lang,
            state=str(SaidState.UNREAD),
            signs=json.dumps([str(s) for s in signs]),
            digest=digest,
            response=str(Response.NONE_YET),
            said_on=write.at[:10],
            sent_at=write.at,
        )
    return number


def _new_number() -> str:
    """A number nobody can guess, in three groups that can be read out."""
    groups = (
        "".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)
    )
    return "-".join(groups)


def _refuse_too_much(write: Write, digest: str) -> None:
    """Raises Refused for words that were sent before, and where more was sent within the hour than people
    can read.
    """
    t = tables.said_back
    same = select(t.c.said_id).where(t.c.digest == digest)
    if write.connection.execute(same).first():
        raise Refused("said_back_again")
    an_hour_ago = datetime.fromisoformat(write.at) - timedelta(hours=1)
    since = an_hour_ago.isoformat(timespec="microseconds")
    sent_since = select(func.count()).select_from(t).where(t.c.sent_at >= since)
    if write.connection.execute(sent_since).scalar_one() >= MOST_AN_HOUR:
        raise Refused("said_back_too_many")


def sent_to_read(
    store: Store,
    viewer: Viewer,
    la_codes: Collection[str],
) -> list[Sent]:
    """What waits to be read in these authorities, for those who may read it there: what may be a threat
    first, then the oldest.
    """
    t = tables.said_back
    with store.reading() as connection:
        rows = connection.execute(
            select(t)
            .where(t.c.state == str(SaidState.UNREAD))
            .order_by(t.c.sent_at)
        ).mappings()
        sent = [
            Sent(
                record_of(SaidBack, dict(r)),
                _text(connection, r["said_id"]),
            )
            for r in rows
            if r["la_code"] in la_codes
            and viewer.may(
                Act.RECORD_STATEMENT,
                r["la_code"],
            )
        ]
    return sorted(
        sent,
        key=lambda s: Sign.THREAT not in s.signs,
    )


def read_it(
    store: Store,
    viewer: Viewer,
    sent: Sent,
    *,
    show: bool,
    own_words: str = "",
    is_checked: bool = False,
) -> SaidBack:
    """A person has read it: it is shown, or goes no further. Raises Stale.

    `own_words` is the reader's summary in its place, where it cannot stand as it is. Words that hint at a
    refuge or hold a threat are never shown as they are; words in which a name or a very small group was found
    are shown only where the reader has checked.
    """
    viewer.require(Act.RECORD_STATEMENT, sent.record.la_code)
    words = " ".join(own_words.split()) or sent.text
    if show:
        _refuse_to_show(words, is_checked)
    with store.writing(viewer, Act.RECORD_STATEMENT) as write:
        if show:
            kept = kept_texts("said_back_text", {"text": words})["text"]
            write.connection.execute(
                tables.said_back_text.update()
                .where(tables.said_back_text.c.said_id == sent.record.said_id)
                .values(text=kept)
            )
        else:
            _take_away(write, sent.record.said_id)
        state = SaidState.SHOWN if show else SaidState.NOT_SHOWN
        changed = write.change(
            tables.said_back,
            sent.record.said_id,
            sent.record.version,
            state=str(state),
            read_by=viewer.name,
        )
    store.clear_away()
    return record_of(SaidBack, changed)


def _refuse_to_show(words: str, is_checked: bool) -> None:
    """Raises Refused for words that are never shown as they stand, or that nobody has checked."""
    signs = signs_of(words)
    if any(s in (*NEVER_AS_IT_STANDS, *REFUSED) for s in signs):
        raise Refused("said_back_never_as_it_stands")
    if signs and not is_checked:
        raise Refused("said_back_check_first")


def answer_said_back(
    store: Store,
    viewer: Viewer,
    record: SaidBack,
    response: Response,
    text: str,
    because: str = "",
) -> SaidBack:
    """What came of it. "We did not" always says because. Raises Stale."""
    viewer.require(Act.RESPOND_TO_STATEMENT, record.la_code)
    check_answer(response, text, because)
    with store.writing(viewer, Act.RESPOND_TO_STATEMENT) as write:
        changed = write.change(
            tables.said_back,
            record.said_id,
            record.version,
            response=str(response),
            response_text=text.strip(),
            because=because.strip() or None,
        )
    return record_of(SaidBack, changed)


def shown_back(store: Store, area_codes: Collection[str]) -> list[Sent]:
    """What was read and may be shown, of these areas; the latest first. Public."""
    t = tables.said_back
    with store.reading() as connection:
        rows = connection.execute(
            select(t)
            .where(t.c.state == str(SaidState.SHOWN))
            .order_by(t.c.sent_at.desc())
        ).mappings()
        return [
            Sent(
                record_of(SaidBack, dict(r)),
                _text(connection, r["said_id"]),
            )
            for r in rows
            if r["area_code"] in area_codes
        ]


def looked_up(store: Store, number: str) -> SaidBack:
    """What came of a sending, for whoever holds its number. Raises NotFound. Never answers the words."""
    t = tables.said_back
    with store.reading() as connection:
        row = (
            connection.execute(
                select(t).where(t.c.number_hash == _hash(_tidy(number)))
            )
            .mappings()
            .one_or_none()
        )
    if row is None:
        raise NotFound("said_back")
    return record_of(SaidBack, dict(row))


def withdraw_by_number(store: Store, number: str) -> None:
    """Takes a sending away for good: from this moment it is on no page and in no pack, and its words are
    nowhere. Raises NotFound.
    """
    _withdraw(
        store,
        PUBLIC,
        looked_up(store, number),
    )


def withdraw_for(
    store: Store,
    viewer: Viewer,
    record: SaidBack,
) -> None:
    """The same, by a person of the authority whom its sender asked."""
    viewer.require(Act.RECORD_STATEMENT, record.la_code)
    _withdraw(store, viewer, record)


def unread_count(
    store: Store,
    la_codes: Collection[str],
) -> tuple[int, date | None]:
    """How many wait to be read in these authorities, and since when."""
    t = tables.said_back
    with store.reading() as connection:
        days = [
            r.said_on
            for r in connection.execute(
                select(t.c.said_on, t.c.la_code).where(t.c.state == "unread")
            )
            if r.la_code in la_codes
        ]
    return len(days), date.fromisoformat(min(days)) if days else None


def _withdraw(
    store: Store,
    viewer: Viewer,
    record: SaidBack,
) -> None:
    if record.state == SaidState.WITHDRAWN:
        return
    with store.writing(viewer, Act.RECORD_STATEMENT) as write:
        _take_away(write, record.said_id)
        write.change(
            tables.said_back,
            record.said_id,
            record.version,
            state=str(SaidState.WITHDRAWN),
            digest="",
        )
    store.clear_away()


def _take_away(write: Write, said_id: str) -> None:
    write.connection.execute(
        delete(tables.said_back_text).where(
            tables.said_back_text.c.said_id == said_id
        )
    )


def _text(connection: Connection, said_id: str) -> str:
    t = tables.said_back_text
    text: Any = connection.execute(
        select(t.c.text).where(t.c.said_id == said_id)
    ).scalar_one_or_none()
    return str(text or "")


def _tidy(number: str) -> str:
    plain = "".join(c for c in number.upper() if c in _LETTERS)
    return (
        "-".join(plain[at : at + 4] for at in range(0, 12, 4))
        if len(plain) == 12
        else number
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
