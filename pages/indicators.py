"""What does an indicator count, how does it change, and where is need higher or lower than in a wider
place?
"""

from __future__ import annotations

from pages.frame.choices import choices_row
from pages.frame.frame import finding, open_page, source_line
from pages.frame.visit.url_tabs import url_tabs
from pages.indicators.compared_table import compared_table
from pages.indicators.indicator_facts import choose_indicator, indicator_facts
from pages.indicators.indicator_trend import indicator_trend

say = open_page("indicator.title")
chosen = choices_row(say, ("place",))
tabs = url_tabs(
    {name: say(f"indicator.tab.{name}") for name in ("one", "table")},
    "indicator_tabs",
)
with tabs["one"]:
    indicator = choose_indicator(say)
    finding(
        say(
            "indicator.finding",
            name=say.of(indicator),
            unit=say.of(indicator, "unit"),
        )
    )
    indicator_facts(say, indicator)
    indicator_trend(say, indicator, chosen.place)
with tabs["table"]:
    compared_table(say, chosen.place)
source_line(say, say("indicator.source"))
