"""The ten systems side by side: each with its three answers and the way to its panel."""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.report.ten_systems import (
    COLUMNS,
    ten_columns,
    ten_finding,
    ten_rows,
    ten_systems,
)
from pages.frame.choices import address
from pages.frame.frame import carry_away, finding
from pages.frame.speech import Speech
from pages.programmes.three_answers import three_answers

# the name of a system, and one cell an answer; on a phone they stand below one another
CELLS: Final = (2, 3, 3, 3)


def ten_view(say: Speech, place: str) -> None:
    """Does it follow need, who is left out, what ends: of every system, one row, on one screen."""
    finding(ten_finding(say, place))
    for each in ten_systems(say, place):
        with st.container(border=True):
            name, *cells = st.columns(CELLS)
            name.page_link(
                "pages/programmes.py",
                label=f"**{say(f'programmes.system.{each.system}')}**",
                query_params=address(place=place)
                | {"system": str(each.system)},
            )
            three_answers(say, each, cells)
    rows = [
        dict(zip(COLUMNS, row, strict=True)) for row in ten_rows(say, place)
    ]
    headings = dict(
        zip(
            COLUMNS,
            ten_columns(say),
            strict=True,
        )
    )
    carry_away(
        say,
        "ten-systems",
        rows,
        headings,
        (say("programmes.ten.page"),),
    )
