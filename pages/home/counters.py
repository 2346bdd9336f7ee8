"""The numbers on top of Home, each a way in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.frame.speech import Speech
from pages.home.home_counters import OF_VERDICTS, Counter


def counters(say: Speech, shown: Sequence[Counter]) -> None:
    """Each number over its words, which open what was counted; a dash where nothing is loaded to count.

    Verdicts first, which add up to all the records of the view; below, what else is counted.
    """
    _row(say, [c for c in shown if c.name in OF_VERDICTS])
    _row(say, [c for c in shown if c.name not in OF_VERDICTS])


def _row(say: Speech, shown: Sequence[Counter]) -> None:
    for column, counter in zip(
        st.columns(
            len(shown),
            gap="small",
        ),
        shown,
        strict=True,
    ):
        with (
            column,
            st.container(
                border=True,
                key=f"counter_{counter.name}",
                height="stretch",
                gap=None,
            ),
        ):
            _counter(say, counter)


def _counter(say: Speech, counter: Counter) -> None:
    loaded = "" if counter.number is not None else "_not_loaded"
    words = say(f"home.counter.{counter.name}{loaded}")
    number = "–" if counter.number is None else say.number(counter.number)
    st.metric(words, number, label_visibility="collapsed")
    help_text = say(f"home.counter.{counter.name}_help")
    if counter.way.startswith("#"):
        st.markdown(f"[{words}]({counter.way})", help=help_text)
        return
    st.page_link(
        f"pages/{counter.way}.py",
        label=words,
        query_params=dict(counter.query),
        help=help_text,
        width="stretch",
    )
