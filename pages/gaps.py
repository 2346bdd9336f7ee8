"""Where is need not met, and where do services pile up?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.area.area_choice_view import area_choice_view, choice_finding
from pages.frame.choices import choices_row, choose, current_choices
from pages.frame.frame import finding, open_page, source_line
from pages.frame.scope import region_of
from pages.frame.visit.url_choice import url_choice
from pages.frame.visit.url_tabs import url_tabs
from pages.frame.which_projects import counts_line
from pages.gaps.coherence_view import coherence_view
from pages.gaps.gap_layer import GAP_TYPES, GapView
from pages.gaps.gap_lists import (
    gap_lists,
    gap_table,
    gap_told,
    nothing_to_compare,
)
from pages.gaps.gap_picture import bucket_line, gap_picture, gap_source
from pages.gaps.gap_what_if import gap_what_if
from pages.gaps.overlap_list import overlap_list
from pages.home.missed import (
    CHOICE,
    choice_of,
    choice_too,
    offered_gaps,
    speaking_theme,
)

say = open_page("gaps.title")
if not current_choices().theme:
    choose(theme=speaking_theme(say, current_choices().place))
chosen = choices_row(
    say,
    ("place", "programme", "one_theme", "records"),
)
gap_type = url_choice(
    say("gaps.pick"),
    "gap",
    offered_gaps(say, chosen.place, chosen.theme),
    lambda g: say(f"gaps.type.{g}"),
    help=say("gaps.pick_help"),
)
summary = (
    choice_of(say, chosen.place, chosen.theme) if gap_type == CHOICE else None
)
# beside a list of chosen areas the other tabs speak of what is placed
counted = GAP_TYPES[0] if gap_type == CHOICE else gap_type
region = region_of(chosen.place)
view = GapView(
    chosen.theme,
    counted,
    chosen.place,
    region,
    reader.gap_areas(
        chosen.theme,
        region,
        counted,
        chosen.place,
    ),
)
told = (
    (choice_finding(say, summary),)
    if summary is not None
    else gap_told(say, view)
)
finding(*told)
if summary is None:
    counts_line(
        say,
        chosen.place,
        theme=chosen.theme,
        running=True,
    )
tabs = url_tabs(
    {
        name: say(f"gaps.tab.{name}")
        for name in ("map", "overlap", "coherence", "what_if")
    },
    "gap_tabs",
)
on_map, overlapping, coherent, supposed = tabs.values()
# only the open tab is drawn, so that a moved slider repaints nothing else
if on_map.open and summary is not None:
    with on_map:
        area_choice_view(
            say,
            chosen.place,
            told[0],
        )
elif on_map.open and not view.rows:
    with on_map:
        st.info(say("gaps.nothing.need"))
elif on_map.open and view.nothing_recorded:
    with on_map:
        nothing_to_compare(say, view)
elif on_map.open:
    with on_map:
        if view.level != "LSOA21":
            st.info(say(f"gaps.level.{view.level}"))
        if gap_type in ("presence", "reach"):
            choice_too(say, chosen.place, chosen.theme)
        left, right = st.columns(
            (2, 1),
            gap="medium",
        )
        with left:
            gap_picture(say, chosen, view)
            bucket_line(say, view)
        with right:
            gap_lists(say, view)
        gap_table(say, view)
if overlapping.open:
    with overlapping:
        overlap_list(say, chosen)
if coherent.open:
    with coherent:
        coherence_view(say, chosen)
if supposed.open:
    with supposed:
        gap_what_if(say, view)
source_line(
    say,
    say("fairness.fs.source") if summary is not None else gap_source(say, view),
)
