"""Which projects have a clear link to assessed need, and why not?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.frame.choices import choices_row, current_choices
from pages.frame.frame import open_page
from pages.home.two_questions_view import (
    holdings_view,
    in_square,
    question_picture,
    shares_view,
    sign_filter,
    signs_view,
    square_picked,
)
from pages.project.exception_marks import exceptions_in_force
from pages.project.project_list import project_list
from pages.project.record import record
from pages.project.verdict_what_if import verdict_what_if

if current_choices().project:
    record()
else:
    say = open_page("projects.title")
    chosen = choices_row(
        say,
        (
            "place",
            "programme",
            "theme",
            "basis",
            "year",
            "records",
            "words",
        ),
    )
    listed, questions, supposed = st.tabs(
        [
            say(f"projects.tab.{name}")
            for name in ("list", "questions", "what_if")
        ],
        key="project_tabs",
        on_change="rerun",
    )
    # only the open tab is drawn, so that a moved slider repaints nothing else
    if listed.open:
        with listed:
            rows = reader.projects(
                chosen.place,
                chosen.programme or None,
                chosen.theme or None,
                None,
                chosen.words or None,
                chosen.basis,
            )
            sign_filter(say, rows, chosen.sign)
            shown = in_square(rows, chosen.square, chosen.sign)
            square_picked(say, shown, chosen.square)
            project_list(
                say,
                chosen,
                shown,
                exceptions_in_force(say),
            )
    if questions.open:
        with questions:
            rows = reader.projects(
                chosen.place,
                chosen.programme or None,
                chosen.theme or None,
                basis=chosen.basis,
            )
            question_picture(say, rows, key="projects_questions")
            shares_view(say, rows, chosen.basis)
            signs_view(say, rows)
            holdings_view(say, rows, chosen.programme)
    if supposed.open:
        with supposed:
            verdict_what_if(say, chosen)
