"""The ten systems side by side: each with its three answers and the way to its panel."""

from __future__ import annotations

import streamlit as st

from clearlink.report.ten_systems import (
    COLUMNS,
    ten_columns,
    ten_finding,
    ten_rows,
    ten_systems,
)
from pages.frame.choices import address
from pages.frame.frame import carry_away, finding, plain
from pages.frame.speech import Speech


def ten_view(say: Speech, place: str) -> None:
    """Does it follow need, who is left out, what ends: of every system, on one screen."""
    finding(ten_finding(say, place))
    questions = ten_columns(say)[1:]
    for each in ten_systems(say, place):
        st.page_link(
            "pages/programmes.py",
            label=f"**{say(f'programmes.system.{each.system}')}**",
            query_params=address(place=place) | {"system": str(each.system)},
        )
        answers = (
            each.need,
            each.left_out,
            each.ends,
        )
        st.markdown(
            "\n".join(
                f"- {plain(question)} {plain(answer)}"
                for question, answer in zip(questions, answers, strict=True)
            )
        )
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in ten_rows(say, place)]
    carry_away(
        say,
        "ten-systems",
        rows,
        dict(
            zip(
                COLUMNS,
                ten_columns(say),
                strict=True,
            )
        ),
        (say("programmes.ten.page"),),
    )
