"""One system's three answers side by side: does it follow need, who is left out, what ends?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clearlink.report.ten_systems import Answers, ten_columns, ten_systems
from clearlink.rules.programmes.systems import System
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech

OF_A_CELL: Final = 3


def three_answers(
    say: Speech,
    answers: Answers,
    cells: Sequence[DeltaGenerator],
) -> None:
    """A question and its answer in each cell."""
    questions = ten_columns(say)[1:]
    for cell, question, answer in zip(
        cells,
        questions,
        answers.each,
        strict=True,
    ):
        cell.markdown(f":small[{plain(question)}]  \n{plain(answer.text)}")


def lead_answers(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """A panel's three answers, where nothing else opens it: the first leads the page."""
    (answers,) = (a for a in ten_systems(say, place) if a.system == system)
    finding(answers.need.text)
    with st.container(border=True):
        three_answers(
            say,
            answers,
            st.columns(OF_A_CELL),
        )
