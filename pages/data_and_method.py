"""What is loaded, what was refused and why, and how are the verdicts made?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.area.published_here import auditors_found
from pages.desk.assessment_view import add_assessment, coverage_of_assessments
from pages.desk.build_change_view import build_change_view
from pages.desk.data_tables import (
    coverage_table,
    revision_table,
    source_table,
    standing_table,
    waiting_table,
)
from pages.desk.glossary_view import glossary_view
from pages.desk.paper_view import add_paper
from pages.desk.problem_view import problem_view, refused_rows
from pages.desk.register_help import register_help
from pages.evidence.bulk import measures
from pages.frame.choices import current_choices
from pages.frame.frame import finding, open_page, plain, source_line
from pages.frame.visit.url_tabs import url_tabs

say = open_page("data.title")
current_choices()
files = reader.snapshots()
problems = reader.problems()
refused = refused_rows(problems)
projects = sum(row["projects"] for row in reader.verdict_counts())
finding(
    say(
        "data.finding",
        n=len(files),
        projects=say.number(projects),
        refused=say.number(len(refused)),
    )
)
tabs = url_tabs(
    {
        name: say(f"data.tab.{name}")
        for name in (
            "sources",
            "refused",
            "coverage",
            "assessments",
            "method",
            "glossary",
            "register",
        )
    },
    "data_tabs",
)
with tabs["sources"]:
    source_table(say, files)
    waiting_table(say, reader.source_states())
    revision_table(say, reader.figure_changes())
    build_change_view(say, reader.build_changes())
with tabs["refused"]:
    problem_view(say, problems)
with tabs["coverage"]:
    standing_table(say)
    coverage_table(say, reader.coverage())
with tabs["assessments"]:
    coverage_of_assessments(say)
    add_assessment(say)
    # a form of twenty boxes: only where somebody looks
    if tabs["assessments"].open:
        add_paper(say)
with tabs["method"]:
    auditors_found(say)
    for part in (
        "test",
        "blank",
        "hindsight",
        "area",
        "need",
        "money",
        "limits",
    ):
        st.subheader(say(f"data.method.{part}.title"))
        st.markdown(plain(say(f"data.method.{part}.text")))
    # measured by learning ten times over: only where somebody looks
    if tabs["method"].open:
        st.subheader(say("data.method.proposals.title"))
        st.markdown(plain(say("data.method.proposals.text")))
        measures(say)
with tabs["glossary"]:
    glossary_view(say)
with tabs["register"]:
    register_help(say)
source_line(say, say("data.attribution"))
