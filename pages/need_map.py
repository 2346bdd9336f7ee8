"""Where is need, and what reaches it?"""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.parts.area_panel import area_panel
from pages.parts.choices import choices_row, choose, current_choices
from pages.parts.frame import finding, open_page, source_line
from pages.parts.need_layer import need_layer, need_shown
from pages.parts.need_picture import need_picture, precision_line
from pages.parts.need_sentences import need_finding, need_source, offer_words
from pages.parts.need_table import need_table

say = open_page("map.title")
if not current_choices().theme:
    choose(theme=next(iter(reader.themes())))
chosen = choices_row(say, ("place", "programme", "one_theme", "need", "level", "basis"))
shown = need_shown(chosen.theme, chosen.need, chosen.level)
if shown is None:
    finding(say("map.nothing_at_all", theme=say.theme(chosen.theme)))
    st.stop()
layer = need_layer(say, chosen.theme, shown)
finding(need_finding(say, chosen, shown, layer))
if not shown.as_chosen:
    st.info(say("map.shown_instead", measure=say(f"need.definition.{shown.definition}"), level=say(f"area_type.{shown.level}")) + " " + offer_words(say, chosen.theme))
left, right = st.columns((2, 1), gap="medium")
with left:
    need_picture(say, chosen, shown, layer)
    precision_line(say, chosen)
with right:
    area_panel(say, chosen, shown, layer)
need_table(say, chosen, shown, layer)
source_line(say, need_source(say, shown))
