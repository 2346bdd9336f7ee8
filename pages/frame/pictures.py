"""Shows a picture with its words and its table, never without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from clearlink.figures import Picture
from pages.frame.frame import carry_away, table
from pages.frame.speech import Speech

QUIET = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["sendDataToCloud", "shareChart"],
}


def show_picture(
    voice: Speech,
    picture: Picture,
    *,
    key: str,
    name: str,
    notes: tuple[str, ...] = (),
    open_table: bool = False,
    config: Mapping[str, Any] | None = None,
) -> None:
    """The picture, and under it the same numbers as a table that can be carried away."""
    st.plotly_chart(
        picture.figure,
        key=key,
        theme=None,
        config=QUIET,
        alt=picture.alt,
        width="stretch",
    )
    with st.expander(
        voice("common.table_twin"),
        expanded=open_table,
    ):
        table(
            picture.rows,
            picture.labels,
            key=f"{key}_table",
            config=config,
        )
        carry_away(
            voice,
            name,
            picture.rows,
            picture.labels,
            notes or (picture.alt,),
        )
