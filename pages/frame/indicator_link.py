"""One click from a figure to what it counts, who publishes it and how it changes."""

from __future__ import annotations

import streamlit as st

from pages.frame.choices import address
from pages.frame.speech import Speech


def indicator_link(say: Speech, indicator_id: str | None) -> None:
    """A link to the page of the indicator behind a figure; nothing where the figure is an index of
    several.
    """
    if indicator_id:
        st.page_link(
            "pages/indicators.py",
            label=say("indicator.link"),
            query_params={**address(), "indicator": indicator_id},
        )
