"""What people told us and what came of it, from both sources: statements that a build holds and statements
that committees recorded.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import streamlit as st
from sqlalchemy.exc import OperationalError

from clearlink.review.codes import Response, Stance
from clearlink.review.records import LoadedAnswer, SaidBack, Statement
from clearlink.review.said_back import shown_back
from clearlink.review.statements import loaded_answers, recorded_statements
from clearlink.review.store import Store, review_store
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build
from pages.frame.frame import plain
from pages.frame.speech import Speech


@dataclass(frozen=True, slots=True)
class Said:
    """One statement from either source, with what came of it. `kept` is the committee's own record of it,
    where it is one;
    `before` the answer to a loaded one that stands; `sent` the record of what a member of the public sent and
    a person has read.
    """

    statement_id: str
    text: str
    who: str
    said_on: date | None
    area_code: str
    theme_id: str | None
    stance: str
    response: str
    response_text: str | None
    because: str | None
    is_illustrative: bool
    kept: Statement | None
    before: LoadedAnswer | None = None
    sent: SaidBack | None = None


def all_voices(
    say: Speech,
    store: Store,
    inside: Collection[str],
) -> list[Said]:
    """Statements about these areas, the latest first."""
    recorded = [
        Said(
            s.statement_id,
            s.text,
            s.who,
            s.said_on,
            s.area_code,
            s.theme_id,
            s.stance,
            s.response,
            s.response_text,
            s.because,
            False,
            s,
        )
        for s in recorded_statements(store, frozenset(inside))
    ]
    answers = loaded_answers(store)
    loaded = {
        s["statement_id"]: _loaded(
            say,
            s,
            answers.get(s["statement_id"]),
        )
        for s in _held(frozenset(inside))
    }
    sent = _sent(say, store, inside)
    return sorted(
        [
            *recorded,
            *sent,
            *loaded.values(),
        ],
        key=lambda v: v.said_on or date.min,
        reverse=True,
    )


def voices_inside(
    say: Speech,
    place: str,
    theme: str,
) -> list[Said] | None:
    """Statements about a place and the authorities in it, on a theme (all: ""). None where the committee's
    record cannot be reached, which is not the same as none.
    """
    inside = frozenset(
        {
            place,
            *reader.members().get(place, ()),
        }
    )
    try:
        voices = all_voices(say, review_store(), inside)
    except OperationalError:
        return None
    return [v for v in voices if not theme or v.theme_id == theme]


def _sent(
    say: Speech,
    store: Store,
    inside: Collection[str],
) -> list[Said]:
    """What the public sent about these areas, read by a person and shown."""
    return [
        Said(
            s.record.said_id,
            s.text,
            say(f"say_back.who_{s.record.band}"),
            s.record.said_on,
            s.record.area_code,
            s.record.theme_id,
            s.record.stance,
            s.record.response,
            s.record.response_text,
            s.record.because,
            False,
            None,
            sent=s.record,
        )
        for s in shown_back(store, inside)
    ]


@once_a_build
def _held(inside: frozenset[str]) -> tuple[Row, ...]:
    """Statements of the build about these areas."""
    return tuple(
        s for s in reader.every_statement() if s["area_code"] in inside
    )


def voices_of(say: Speech, area_code: str) -> list[Said]:
    """Statements about one area or the authority it lies in. Those of the build alone where the
    committee's record cannot be reached.
    """
    area = reader.area(area_code)
    try:
        store = review_store()
        recorded = all_voices(
            say,
            store,
            {
                area_code,
                *([area["la_code"]] if area and area["la_code"] else []),
            },
        )
        answers = loaded_answers(store)
    except OperationalError:
        recorded, answers = [], {}
    known = {v.statement_id for v in recorded}
    others = [
        _loaded(
            say,
            s,
            answers.get(s["statement_id"]),
        )
        for s in reader.statements(area_code)
        if s["statement_id"] not in known
    ]
    return sorted(
        [*recorded, *others],
        key=lambda v: v.said_on or date.min,
        reverse=True,
    )


def what_came(say: Speech, v: Said) -> None:
    """We did, we did not because, or no answer yet."""
    if v.response == Response.NONE_YET:
        st.markdown(f"*{say('voices.not_yet')}*")
    elif v.response == Response.DID:
        st.markdown(
            f"**{say('voices.we_did')}:** {plain(v.response_text or '')}"
        )
    else:
        st.markdown(
            f"**{say('voices.we_did_not')}:** {plain(v.response_text or '')}  "
            f"\n**{say('voices.because')}** {plain(v.because or '')}"
        )


def _loaded(
    say: Speech,
    s: Row,
    answer: LoadedAnswer | None,
) -> Said:
    stance = {True: Stance.SUPPORTS, False: Stance.DISPUTES}.get(
        s["supports"],
        Stance.NEITHER,
    )
    text, who = (
        s[f"{part}_{say.lang}"] or s[f"{part}_en"] for part in ("text", "who")
    )
    return Said(
        s["statement_id"],
        text,
        who,
        s["said_on"],
        s["area_code"],
        s["theme_id"],
        stance,
        answer.response if answer else Response.NONE_YET,
        answer.response_text if answer else None,
        answer.because if answer else None,
        bool(s["is_illustrative"]),
        None,
        answer,
    )
