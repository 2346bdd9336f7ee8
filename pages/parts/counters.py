"""Five numbers, each a way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts.speech import Speech


def counters(say: Speech, shown: Sequence[tuple[str, int, str | None, Mapping[str, str]]]) -> None:
    """Each counter is (key, number, page to open or None, query of the link)."""
    for column, (name, number, page, query) in zip(st.columns(len(shown)), shown, strict=True):
        with column, st.container(border=True, key=f"counter_{name}"):
            words = say(f"home.counter.{name}")
            st.metric(words, say.number(number), help=say(f"home.counter.{name}_help"), label_visibility="visible")
            if page:
                st.page_link(f"pages/{page}.py", label=say("common.open_named", what=words), query_params=dict(query))
