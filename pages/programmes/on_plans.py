"""Systems that are answered on the page of plans: what stands there, and the way to it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.rules.programmes.systems import System
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.programmes.three_answers import lead_answers

# system → the tabs of the page of plans that answer it, the first of them first
TABS: Final = {
    System.BOARDS: ("tree", "quality", "set"),
    System.THIRD_SECTOR: ("sector",),
    System.CO_PRODUCTION: ("listening",),
    System.PARTICIPATION: ("children",),
}


def on_plans(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """The three answers, and what the page of plans says of a system in a place with a link to each part."""
    lead_answers(say, system, place)
    there = say(
        f"plans.of_system.{system}",
        place=say.place(place),
    )
    st.markdown(plain(there))
    for tab in TABS[system]:
        query = {**address(place=place), "tab": tab}
        label = say(
            "plans.of_system.open",
            tab=say(f"plans.tab.{tab}"),
        )
        st.page_link(
            "pages/plans.py",
            label=plain(label),
            query_params=query,
        )
