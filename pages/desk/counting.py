"""What stands while a file is read or a build made: what is done, and a count of how much of it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from clearlink.counting import What, listening
from pages.frame.speech import Speech


@contextmanager
def counting(say: Speech, doing: str) -> Iterator[None]:
    """While the work within lasts: the sentence `doing` and the newest count of rows or steps; nothing of
    either afterwards.

    A person who goes on meanwhile ends the run when the work is done, at the end of this context: what came
    of the work is kept within it.
    """
    place = st.empty()

    def told(done: int, total: int, what: What) -> None:
        share = done / total if total else 0.0
        words = say(
            f"desk.count_{what}",
            done=say.number(done),
            all=say.number(total),
        )
        place.progress(min(share, 1.0), text=words)

    with st.spinner(doing), listening(told):
        try:
            yield
        finally:
            place.empty()
