"""Where in a meeting this visit is: which meeting, which part, which item. Kept in the URL; the only owner
of those three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import streamlit as st

from clearlink.review.anchor import RecordReplaced
from clearlink.review.refusals import Refused
from clearlink.review.roles import NotPermitted
from clearlink.review.saving import NotSaved
from clearlink.review.store import NotFound, Stale
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Kept

STAGES: Final = ("prepare", "run", "after")
_TOLD: Final = Kept[tuple[str, tuple[str, ...]]]("meeting_told")


def open_meeting_id() -> str:
    """The meeting that the URL names, or none."""
    return str(st.query_params.get("meeting", ""))[:40]


def go_to(meeting_id: str, stage: str = "prepare") -> None:
    """Opens a meeting, or the list of them."""
    for name in ("meeting", "stage", "item"):
        if name in st.query_params:
            del st.query_params[name]
    if meeting_id:
        st.query_params["meeting"] = meeting_id
        st.query_params["stage"] = stage


def stage(default: str) -> str:
    """The part of the meeting that the URL names."""
    named = st.query_params.get("stage")
    return named if named in STAGES else default


def go_to_stage(name: str) -> None:
    st.query_params["stage"] = name


def item_number(of: int) -> int:
    """The item that the URL names, from 1; the first where it names none."""
    named = str(st.query_params.get("item", "1"))
    return (
        min(
            max(int(named), 1),
            of,
        )
        if named.isdigit() and len(named) < 4
        else 1
    )


def go_to_item(number: int) -> None:
    st.query_params["item"] = str(number)


@contextmanager
def writing(say: Speech) -> Iterator[None]:
    """Does a write; what the store answers is told in words and nothing is lost from the screen."""
    try:
        yield
    except Refused as refused:
        facts = {
            name: plain(str(value)) for name, value in refused.facts.items()
        }
        tell(
            "error",
            *(
                say(f"meetings.refused.{code}", **facts)
                for code in refused.codes
            ),
        )
    except NotPermitted:
        tell("error", say("meetings.not_permitted"))
    except Stale:
        tell("warning", say("meetings.stale"))
    except NotFound:
        tell("error", say("meetings.not_found"))
    except RecordReplaced as replaced:
        tell(
            "error",
            say(f"meetings.record.{replaced.kind}"),
        )
    except NotSaved as failed:
        tell(
            "error",
            say(f"meetings.not_saved.{failed.kind}"),
        )


def tell(kind: str, *sentences: str) -> None:
    """Keeps what a write answered until the page is drawn again."""
    _TOLD.keep((kind, sentences))


def told() -> None:
    """Shows what the last write answered, once."""
    kind, sentences = _TOLD.take() or ("", ())
    show: dict[str, Callable[..., Any]] = {
        "error": st.error,
        "warning": st.warning,
        "success": st.success,
    }
    # the place is kept when there is nothing to tell: what stands under it would otherwise be drawn anew, and
    # lose what is being typed
    with st.empty():
        if kind:
            show[kind]("  \n".join(sentences))


def day_of(text: str) -> date | None:
    """A date as people here write it (31/03/2027) or ISO; None for an empty box. Raises
    Refused('date_wrong').
    """
    text = text.strip()
    if not text:
        return None
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("date_wrong") from None


def as_typed(day: date | None) -> str:
    """A date as day_of reads it."""
    return "" if day is None else f"{day:%d/%m/%Y}"
