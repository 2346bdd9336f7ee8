"""Each system that the letter names: does it follow need, who is left out, what ends?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from clearlink.rules.programmes.systems import System
from pages.frame.choices import choices_row
from pages.frame.frame import open_page, plain, source_line
from pages.frame.speech import Speech
from pages.frame.visit.url_choice import url_choice
from pages.frame.which_projects import all_records_line
from pages.programmes.communities_first_view import communities_first
from pages.programmes.families_view import (
    families_first,
    team_around_the_family,
)
from pages.programmes.flying_start_view import flying_start
from pages.programmes.housing_support_view import housing_support
from pages.programmes.intensive_view import intensive
from pages.programmes.on_plans import on_plans
from pages.programmes.systems_table import systems_table
from pages.programmes.ten_view import ten_view

Panel = Callable[[Speech, System, str], None]
# a system is offered from the day that it has a panel
PANELS: Final[Mapping[System, Panel]] = {
    System.FAMILIES_FIRST: families_first,
    System.TEAM_AROUND_THE_FAMILY: team_around_the_family,
    System.FLYING_START: flying_start,
    System.IFSS: intensive,
    System.COMMUNITIES_FIRST: communities_first,
    System.HOUSING_SUPPORT: housing_support,
    System.BOARDS: on_plans,
    System.THIRD_SECTOR: on_plans,
    System.CO_PRODUCTION: on_plans,
    System.PARTICIPATION: on_plans,
}

# the ten side by side come first: an answer of each system, and the way to its panel
ALL: Final = "all"

say = open_page("programmes.title")
chosen = choices_row(say, ("place",))
all_records_line(say, chosen.place)
open_one = url_choice(
    say("programmes.pick"),
    "system",
    [
        ALL,
        *(str(s) for s in PANELS),
    ],
    lambda s: say(
        "programmes.system_all" if s == ALL else f"programmes.system.{s}"
    ),
    help=say("programmes.pick_help"),
)
if open_one == ALL:
    ten_view(say, chosen.place)
else:
    system = System(open_one)
    st.caption(plain(say(f"programmes.asks.{system}")))
    PANELS[system](say, system, chosen.place)
systems_table(say)
source_line(say, say("programmes.source"))
