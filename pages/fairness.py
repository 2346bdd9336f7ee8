"""Does the money follow need?"""

from __future__ import annotations

import streamlit as st

from clearlink.rules.codes import FAIRNESS_DEFINITIONS, PLACINGS
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.area.area_choice_view import area_choice_view
from pages.area.published_here import published_sums
from pages.fairness.childcare_offers import childcare_offers
from pages.fairness.fairness_analyst import fairness_analyst
from pages.fairness.fairness_authorities import each_person, from_and_to
from pages.fairness.fairness_clusters import fairness_clusters
from pages.fairness.fairness_move import move_lists, move_map, without_each
from pages.fairness.fairness_numbers import (
    fairness_finding,
    three_numbers,
    what_changed,
)
from pages.fairness.fairness_peers import fairness_peers
from pages.fairness.fairness_view import FairnessView, first_theme
from pages.fairness.fairness_what_if import fairness_what_if
from pages.fairness.real_money import real_money
from pages.frame.choices import choices_row, choose, current_choices
from pages.frame.frame import finding, open_page, plain, source_line
from pages.frame.scope import region_of
from pages.frame.visit.url_choice import url_choice
from pages.frame.visit.url_tabs import url_tabs

say = open_page("fairness.title")
if not current_choices().theme:
    choose(theme=first_theme(region_of(current_choices().place)))
chosen = choices_row(
    say,
    ("place", "one_theme", "records"),
)
region = region_of(chosen.place)
worked_out = reader.fairness(region, chosen.theme)
definition, placed_by = FAIRNESS_DEFINITIONS[0], PLACINGS[0]
# without money on the theme neither choice changes anything on the page
if worked_out:
    with st.container(
        horizontal=True, key="fairness_choices", vertical_alignment="bottom"
    ):
        definition = url_choice(
            say("fairness.definition"),
            "fair_need",
            FAIRNESS_DEFINITIONS,
            lambda d: say(f"fairness.definition_of.{d}"),
            help=say("fairness.definition_help"),
        )
        placed_by = url_choice(
            say("fairness.placed_by"),
            "fair_spread",
            PLACINGS,
            lambda p: say(f"fairness.placed_by_of.{p}"),
            help=say("fairness.placed_by_help"),
        )
view = FairnessView(
    chosen.theme,
    chosen.place,
    region,
    definition,
    placed_by,
    worked_out,
)
finding(fairness_finding(say, view))
silent = [
    k["la_code"]
    for k in reader.provision_known(chosen.theme, region)
    if not k["by_register"]
]
if worked_out and silent:
    names = numbers.sorted_names(
        say.lang,
        [say.place(la) for la in silent],
    )
    st.caption(
        plain(
            say(
                "fairness.left_out",
                names=numbers.join(say.lang, names),
            )
        )
    )
if region != chosen.place:
    st.caption(
        plain(
            say(
                "fairness.compared_wales"
                if region == reader.WALES
                else "fairness.compared",
                region=say.place(region),
                place=say.place(chosen.place),
            )
        )
    )
measured = view.value("share_to_neediest_fifth") is not None
# where no register has money for the committee's numbers, what is published stands open instead
first_open = "committee" if measured else "real"
tabs = url_tabs(
    {
        name: say(f"fairness.tab.{name}")
        for name in ("committee", "analyst", "what_if", "real", "flying_start")
    },
    "fair_tabs",
    first_open,
)
committee, analyst, supposed, published, flying_start = tabs.values()
# only the open tab is drawn
if committee.open and measured:
    with committee:
        three_numbers(say, view)
        what_changed(say, view)
        left, right = st.columns(2, gap="large")
        with left:
            from_and_to(say, view)
        with right:
            each_person(say, view)
        move_map(say, view)
        move_lists(say, view)
        without_each(say, view)
if committee.open and not measured:
    with committee:
        st.info(say("fairness.no_money", year=say.year()))
if analyst.open:
    with analyst:
        if measured:
            fairness_analyst(say, view)
        # where need clusters can be told without any money
        fairness_clusters(say, view)
        fairness_peers(say, view)
if supposed.open:
    with supposed:
        if measured:
            fairness_what_if(say, view)
        else:
            st.info(say("fairness.no_money", year=say.year()))
if published.open:
    with published:
        real_money(say, chosen.theme, region)
        published_sums(say, chosen.place)
if flying_start.open:
    with flying_start:
        area_choice_view(say, chosen.place)
        childcare_offers(say, chosen.place)
buckets = reader.money_buckets(chosen.theme, region)
source_line(
    say,
    say(
        "fairness.source" if buckets else "fairness.source_no_money",
        year=say.year(),
    ),
)
