"""The glossary as a table: each term in both languages, in alphabetical order of the reader's own, and how
sure the Welsh is.
"""

from __future__ import annotations

from operator import itemgetter

import streamlit as st

from clearlink.words.glossary import terms
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech


def glossary_view(say: Speech) -> None:
    """Terms that screens, packs and exports use, so that a reader and a translator mean the same by them."""
    st.markdown(
        plain(
            say(
                "data.glossary.text",
                n=len(terms()),
            )
        )
    )
    first, second = (
        ("term_cy", "term_en") if say.lang == "cy" else ("term_en", "term_cy")
    )
    rows = [
        {
            "term_en": term.en,
            "term_cy": term.cy,
            "status": say(f"data.glossary.status.{term.status}"),
        }
        for term in terms()
    ]
    rows.sort(key=lambda row: itemgetter(first)(row).casefold())
    labels = {
        name: say(f"data.glossary.col.{name}")
        for name in (first, second, "status")
    }
    width = st.column_config.TextColumn
    table(
        rows,
        labels,
        key="glossary_table",
        height=560,
        config={
            first: width(width=170),
            second: width(width=170),
            "status": width(width=160),
        },
    )
    carry_away(
        say,
        "glossary",
        rows,
        labels,
        (say("data.tab.glossary"),),
    )
