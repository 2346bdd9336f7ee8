"""Where is need, and what reaches it?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.frame.choices import choices_row, choose, current_choices
from pages.frame.frame import finding, open_page, plain, source_line
from pages.frame.indicator_link import indicator_link
from pages.frame.place_search import place_search
from pages.frame.scope import region_of
from pages.frame.visit.url_choice import url_choice
from pages.gaps.gap_layer import GapView
from pages.gaps.gap_lists import gap_table, gap_told, nothing_to_compare
from pages.gaps.gap_picture import gap_picture, gap_source, unvalued_line
from pages.home.missed import finest_theme
from pages.need.area_panel import area_panel
from pages.need.need_layer import need_layer, need_shown
from pages.need.need_picture import map_has_drawn, need_picture, precision_line
from pages.need.need_sentences import instead_words, need_finding, need_source
from pages.need.need_table import need_table, table_to_come
from pages.need.provision_layer import provision_finding, provision_picture

NEED, PROVISION, BOTH = "need", "provision", "both"

say = open_page("map.title")
if not current_choices().theme:
    # a first map shows small areas, and never a box that says why it does not
    choose(theme=finest_theme(current_choices().place))
chosen = choices_row(
    say,
    (
        "place",
        "programme",
        "one_theme",
        "need",
        "level",
        "basis",
        "records",
    ),
)
shown = need_shown(
    chosen.theme,
    chosen.need,
    chosen.level,
)
if shown is None:
    finding(
        say(
            "map.nothing_at_all",
            theme=say.theme(chosen.theme),
        )
    )
    st.stop()
layer = need_layer(say, chosen.theme, shown)
# what the map shows stands above the finding, because the finding is written from it
what = url_choice(
    say("map.view.label"),
    "view",
    (NEED, PROVISION, BOTH),
    lambda v: say(f"map.view.{v}"),
)
region = region_of(chosen.place)
money = (
    None
    if what == NEED
    else GapView(
        chosen.theme,
        "money",
        chosen.place,
        region,
        reader.gap_areas(
            chosen.theme,
            region,
            "money",
            chosen.place,
        ),
    )
)
if money is not None and not money.rows:
    finding(*gap_told(say, money))
    st.stop()
# what is in a container that follows the map says so while the map shows a choice that this run has not
# reached yet
with st.container(key="follows_map_finding"):
    if money is None:
        finding(need_finding(say, chosen, shown, layer))
        if not shown.as_chosen:
            st.info(plain(instead_words(say, chosen, shown)))
    elif what == PROVISION and not money.nothing_recorded:
        finding(provision_finding(say, money))
    else:
        finding(*gap_told(say, money))
left, right = st.columns(
    (2, 1),
    gap="medium",
)
with left:
    if money is None:
        need_picture(say, chosen, shown)
    elif money.nothing_recorded:
        nothing_to_compare(say, money)
    elif what == PROVISION:
        provision_picture(say, money)
    else:
        gap_picture(say, chosen, money)
    with st.container(key="follows_map_lines"):
        if money is not None and not money.nothing_recorded:
            unvalued_line(say, money.theme, money.place)
        precision_line(say, chosen)
with right:
    place_search(say, "need_map", keeps_level=True)
# where nothing is drawn there is nothing to choose on
if money is None or chosen.area or not money.nothing_recorded:
    with right, st.container(key="follows_map_panel"):
        area_panel(say, chosen, shown, layer)
with st.container(key="follows_map_table"):
    if money is not None:
        if not money.nothing_recorded:
            gap_table(say, money)
    elif map_has_drawn():
        need_table(say, chosen, shown, layer)
    else:
        table_to_come(say)
    if money is None:
        indicator_link(say, shown.indicator_id)
    source_line(
        say,
        need_source(say, shown) if money is None else gap_source(say, money),
    )
