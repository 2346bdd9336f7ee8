"""What the panels share: the newest figures of a system in a place, who says them, and what to do where there
are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import streamlit as st

from clearlink import folders
from clearlink.warehouse.reader import Row
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech

TEMPLATE = "programme_return_template.csv"


def who_says(
    say: Speech,
    rows: Sequence[Row],
    period: str,
) -> None:
    """Under a picture: whether its rows are illustrative, a publisher's or returned, and of when."""
    if not rows:
        return
    if all(r["is_illustrative"] for r in rows):
        key = "illustrative"
    else:
        key = (
            "published"
            if all(r.get("is_published") for r in rows)
            else "returned"
        )
    st.caption(plain(say(f"programmes.rows.{key}", period=period)))


def section(
    say: Speech,
    title: str,
    text: str,
    *,
    leads: bool,
) -> None:
    """Heading and sentence of a section; the sentence of a panel's first is what the page opens with."""
    if leads:
        finding(text)
    st.subheader(say(title))
    if not leads:
        st.markdown(f"**{plain(text)}**")


def nothing_told(say: Speech, what: str) -> None:
    """The empty state: what is missing. What to do stands once, where the panel ends with its returns."""
    st.markdown(plain(say("programmes.nothing_told", what=what)))


@cache
def template() -> bytes:
    """The blank for returns."""
    return (folders.CATALOGUE / TEMPLATE).read_bytes()
