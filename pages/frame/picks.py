"""A row that opens a page when it is chosen: at that moment and once, so that a row chosen earlier never
overrules a later choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import streamlit as st

from pages.frame.choices import address
from pages.frame.state import Kept

_PAGES: Final = {
    "area": "pages/area.py",
    "project": "pages/projects.py",
    "indicator": "pages/indicators.py",
}
Opens = Literal["area", "project", "indicator"]
_WAITING: Final = Kept[tuple[Opens, str]]("picked_to_open")


def opens(
    what: Opens,
    rows: Sequence[Mapping[str, Any]],
    column: str,
) -> Callable[[int], None]:
    """For `on_pick` of a table: remembers that the area, project or indicator named in `column` of the
    chosen row is to be opened.
    """

    def picked(place: int) -> None:
        _WAITING.keep((what, str(rows[place][column])))

    return picked


def open_picked() -> None:
    """After the table: opens what was just chosen, and forgets it. A page may not be left from within a
    callback.
    """
    waiting = _WAITING.take()
    if waiting is not None:
        what, code = waiting
        # an indicator is no choice of the row of choices: it stands in the address of its own page alone
        query = (
            {**address(), what: code}
            if what == "indicator"
            else address(**{what: code})
        )
        st.switch_page(
            _PAGES[what],
            query_params=query,
        )
