"""Is it one coherent set, resting on plans that stand, paid to whom, and made with the people concerned?"""

from __future__ import annotations

import streamlit as st

from clearlink.report.which_records import records_said
from clearlink.report.whole_set import set_finding
from clearlink.review.store import review_store
from pages.frame.choices import choices_row
from pages.frame.frame import finding, open_page, source_line
from pages.frame.visit.url_tabs import url_tabs
from pages.frame.which_projects import all_records_line, counts_line
from pages.meeting.meeting_person import person
from pages.plans.assessment_checklist import (
    assessment_checklist,
    quality_finding,
)
from pages.plans.children_view import children_finding, children_view
from pages.plans.coherent_set import coherent_set_view, whole_list
from pages.plans.if_it_ends import if_it_ends
from pages.plans.lineage_view import (
    lineage_finding,
    lineage_view,
    region_switch,
)
from pages.plans.listening import listening_finding, listening_view
from pages.plans.plan_tree import plan_tree, tree_finding
from pages.plans.third_sector import sector_finding, third_sector_view

FINDINGS = {
    "set": set_finding,
    "tree": tree_finding,
    "quality": quality_finding,
    "sector": sector_finding,
    "listening": listening_finding,
    "children": children_finding,
    "lineage": lineage_finding,
}

say = open_page("plans.title")
place = choices_row(say, ("place",)).place
# the sentence of the tab that is open stands over the tabs
top = st.container()
tabs = url_tabs(
    {name: say(f"plans.tab.{name}") for name in FINDINGS},
    "plan_tabs",
)
open_tab = next(name for name, tab in tabs.items() if tab.open)
with top:
    finding(FINDINGS[open_tab](say, place))
    region_switch(say, place)
    if open_tab in ("set", "sector", "listening"):
        counts_line(say, place, running=True, besides=records_said(say, place))
    else:
        all_records_line(say, place)
with tabs[open_tab]:
    if open_tab == "set":
        coherent_set_view(say, place)
        if_it_ends(say, place)
        whole_list(say, place)
    elif open_tab == "tree":
        plan_tree(say, place)
    elif open_tab == "quality":
        assessment_checklist(say, place)
    elif open_tab == "sector":
        third_sector_view(say, place)
    elif open_tab == "listening":
        listening_view(say, place)
    elif open_tab == "children":
        children_view(
            say,
            review_store(),
            person(say),
            place,
        )
    else:
        lineage_view(say, place)
source_line(
    say,
    say(f"plans.source.{open_tab}"),
)
