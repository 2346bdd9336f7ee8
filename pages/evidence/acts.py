"""What every button of the desk does around its write: the answer told in words, the verdict before and
after, the way back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from clearlink.review.readings import withdraw_reading
from clearlink.review.records import PaperReading, Settled, SignSeen
from clearlink.review.roles import Viewer
from clearlink.review.settled import withdraw, withdraw_batch
from clearlink.review.signs_seen import withdraw_sign
from clearlink.review.store import Store
from clearlink.warehouse import reader
from etl.settling import settle_now
from pages.frame.frame import SETTLED_HERE, plain
from pages.frame.speech import Speech
from pages.meeting.meeting_place import tell, writing

_LAST: Final = "evidence_last"


def act(say: Speech, store: Store, project_id: str, what: str, write: Callable[[], object]) -> bool:
    """Writes, lets it act, and tells what came of it. `what`: the sentence of what was done. Answers whether
    it was written.
    """
    before = _verdict(project_id)
    done = False
    with writing(say):
        st.session_state[_LAST] = write()
        done = True
    if done:
        st.session_state[SETTLED_HERE] = True
        settle_now(store, whole=False)
        after = _verdict(project_id)
        key = "evidence.came_of_it" if after != before else "evidence.verdict_stays"
        tell(
            "success",
            plain(what),
            plain(say(key, before=_named(say, before), after=_named(say, after))),
        )
    return done


def take_back(say: Speech, store: Store, viewer: Viewer) -> None:
    """A button for the last act of this visit, where there is one."""
    last = st.session_state.get(_LAST)
    if last is None or not st.button(say("evidence.take_back"), key="evidence_take_back", shortcut="u"):
        return
    with writing(say):
        if isinstance(last, Settled):
            withdraw(store, viewer, last)
        elif isinstance(last, PaperReading):
            withdraw_reading(store, viewer, last)
        elif isinstance(last, SignSeen):
            withdraw_sign(store, viewer, last)
        else:
            withdraw_batch(store, viewer, str(last))
        del st.session_state[_LAST]
        tell("success", say("evidence.taken_back"))
    st.rerun()


def _verdict(project_id: str) -> str | None:
    row = reader.project_verdicts(project_id).get("at_decision")
    return None if row is None else str(row["verdict"])


def _named(say: Speech, verdict: str | None) -> str:
    return say.verdict(verdict) if verdict else "—"
