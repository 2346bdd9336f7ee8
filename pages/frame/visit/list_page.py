"""Long lists by page: what of a list is sent to the browser at once, which part of it the address says, and
the box that turns to another.

A download is whole all the same, and a count counts the whole list.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.frame.speech import Speech
from pages.frame.state import Box

# the small areas of Wales, 1,917, are one page; a register of 20,000 projects is eleven
ROWS_A_PAGE: Final = 2_000
_URL: Final = "part"
_BETWEEN: Final = "~"


def page_of(
    key: str,
    length: int,
) -> slice:
    """Which rows of the list `key` are shown: those of the page that the address names, else the first."""
    name, _, number = str(st.query_params.get(_URL, "")).rpartition(_BETWEEN)
    is_named = name == key and number.isascii() and number.isdecimal()
    page = int(number[:6]) if is_named else 1
    last = max(1, -(-length // ROWS_A_PAGE))
    start = (min(max(page, 1), last) - 1) * ROWS_A_PAGE
    return slice(start, min(start + ROWS_A_PAGE, length))


def list_page(
    say: Speech,
    key: str,
    length: int,
) -> slice:
    """The same, under a box that says how long the list is and turns to another page; without one where the
    list is of one page.
    """
    shown = page_of(key, length)
    if length <= ROWS_A_PAGE:
        return shown
    box = Box[int](f"page_of_{key}")

    def turned() -> None:
        start = box.value()
        if start:
            page = start // ROWS_A_PAGE + 1
            st.query_params[_URL] = f"{key}{_BETWEEN}{page}"
        elif _URL in st.query_params:
            del st.query_params[_URL]

    box.keep(shown.start)
    st.selectbox(
        say("common.list_page"),
        range(0, length, ROWS_A_PAGE),
        format_func=lambda start: say(
            "common.list_rows",
            first=say.number(start + 1),
            last=say.number(min(start + ROWS_A_PAGE, length)),
            all=say.number(length),
        ),
        key=box.key,
        on_change=turned,
        help=say("common.list_page_help"),
    )
    return shown
