"""Which projects have a clear link to assessed need, and why not?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.parts.choices import choices_row, current_choices
from pages.parts.exception_marks import exceptions_in_force
from pages.parts.frame import open_page
from pages.parts.project_list import project_list
from pages.parts.record import record
from pages.parts.verdict_what_if import verdict_what_if

if current_choices().project:
    record()
else:
    say = open_page("projects.title")
    chosen = choices_row(say, ("place", "programme", "theme", "basis", "words"))
    listed, supposed = st.tabs(
        [say(f"projects.tab.{name}") for name in ("list", "what_if")], key="project_tabs", on_change="rerun"
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
            project_list(say, chosen, rows, exceptions_in_force(say))
    if supposed.open:
        with supposed:
            verdict_what_if(say, chosen)
