"""Each system that the letter names: does it follow need, who is left out, what ends?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from clearlink.rules.programmes.systems import System
from pages.frame.choices import choices_row
from pages.frame.frame import finding, open_page, source_line
from pages.frame.speech import Speech
from pages.frame.visit.url_choice import url_choice
from pages.programmes.commissioned import commissioned

Panel = Callable[[Speech, System, str], None]
# a system is offered from the day that it has a panel
PANELS: Final[Mapping[System, Panel]] = {
    System.FAMILIES_FIRST: commissioned,
    System.TEAM_AROUND_THE_FAMILY: commissioned,
    System.FLYING_START: commissioned,
    System.IFSS: commissioned,
    System.COMMUNITIES_FIRST: commissioned,
    System.HOUSING_SUPPORT: commissioned,
}

say = open_page("programmes.title")
chosen = choices_row(say, ("place",))
system = System(
    url_choice(
        say("programmes.pick"),
        "system",
        [str(s) for s in PANELS],
        lambda s: say(f"programmes.system.{s}"),
        help=say("programmes.pick_help"),
    )
)
finding(say(f"programmes.asks.{system}"))
PANELS[system](say, system, chosen.place)
source_line(say, say("programmes.source"))
