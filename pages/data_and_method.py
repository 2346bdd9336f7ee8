"""What is loaded, what was refused and why, and how are the verdicts made?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.parts.build_change_view import build_change_view
from pages.parts.choices import current_choices
from pages.parts.data_tables import coverage_table, problem_table, revision_table, source_table, waiting_table
from pages.parts.frame import finding, open_page, plain, source_line
from pages.parts.register_help import register_help

say = open_page("data.title")
current_choices()
files = reader.snapshots()
refused = {(p["file"], p["row_no"]) for p in reader.problems() if p["severity"] == "refused"}
projects = sum(row["projects"] for row in reader.verdict_counts())
finding(say("data.finding", n=len(files), projects=say.number(projects), refused=say.number(len(refused))))
sources, looked_at, covered, method, register = st.tabs(
    [say(f"data.tab.{name}") for name in ("sources", "refused", "coverage", "method", "register")]
)
with sources:
    source_table(say, files)
    waiting_table(say, reader.source_states())
    revision_table(say, reader.figure_changes())
    build_change_view(say, reader.build_changes())
with looked_at:
    problem_table(say, reader.problems())
with covered:
    coverage_table(say, reader.coverage())
with method:
    for part in ("test", "blank", "hindsight", "area", "need", "money", "limits"):
        st.subheader(say(f"data.method.{part}.title"))
        st.markdown(plain(say(f"data.method.{part}.text")))
with register:
    register_help(say)
source_line(say, say("data.attribution"))
