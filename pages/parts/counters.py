"""The numbers on top of Home, each a way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts.speech import Speech


def counters(say: Speech, shown: Sequence[tuple[str, int | None, str | None, Mapping[str, str]]]) -> None:
    """Each counter is (key, number, page or "#place on this page", query of the link); no number where nothing is loaded to count."""
    for column, (name, number, way, query) in zip(st.columns(len(shown), gap="small"), shown, strict=True):
        with column, st.container(border=True, key=f"counter_{name}", height="stretch", gap=None):
            words = say(f"home.counter.{name}" if number is not None else f"home.counter.{name}_not_loaded")
            st.metric(words, "–" if number is None else say.number(number), label_visibility="collapsed")
            if way is not None and way.startswith("#"):
                st.markdown(f"[{words}]({way})", help=say(f"home.counter.{name}_help"))
            elif way is not None:
                st.page_link(
                    f"pages/{way}.py",
                    label=words,
                    query_params=dict(query),
                    help=say(f"home.counter.{name}_help"),
                    width="stretch",
                )
