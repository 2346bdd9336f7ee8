"""Can everybody use these pages, what was tried, and what falls short?"""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.frame.choices import current_choices
from pages.frame.frame import carry_away, finding, open_page, plain, table

TRIED: Final = ("keyboard", "zoom", "contrast", "scripts", "axe", "reader")
LACKS: Final = ("tables", "map", "english")

say = open_page("accessibility.title")
current_choices()
finding(say("accessibility.finding"))
st.subheader(say("accessibility.tried"))
columns = ("what", "how", "came")
rows = [
    {c: say(f"accessibility.item.{item}.{c}") for c in columns}
    for item in TRIED
]
labels = {c: say(f"accessibility.col.{c}") for c in columns}
table(rows, labels, key="accessibility")
carry_away(
    say,
    "accessibility",
    rows,
    labels,
    (say("accessibility.title"),),
)
st.subheader(say("accessibility.short"))
st.markdown(
    "\n".join(
        f"- {plain(say(f'accessibility.lacks.{lack}'))}" for lack in LACKS
    )
)
st.subheader(say("accessibility.complain"))
st.markdown(plain(say("accessibility.tell")))
