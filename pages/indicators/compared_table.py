"""Authorities by need: on each theme higher than, like or lower than Wales and the region, by the range of
each figure.
"""

from __future__ import annotations

import streamlit as st

from clearlink.rules.need.compared import compared, wider_rate
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words.numbers import sorted_names
from clearlink.words.rates import share_words
from pages.frame.frame import carry_away, plain, table
from pages.frame.scope import region_of
from pages.frame.speech import Speech

LEVEL = "LA"


def compared_table(say: Speech, place: str) -> None:
    """One row an authority of the place, one column a theme; the mark says how it stands to Wales and,
    where one is open, to the region.
    """
    held: dict[tuple[str, str], Row] = {(n["area_code"], n["theme_id"]): n for n in reader.lead_needs(LEVEL)}
    themes = [t for t in reader.themes() if any(theme == t for _, theme in held)]
    codes = [code for code in reader.members().get(place, ()) if any((code, t) in held for t in themes)]
    if not codes or not themes:
        st.info(say("indicator.table.none"))
        return
    region = region_of(place)
    wider = {"wales": reader.members()[reader.WALES]}
    if region != reader.WALES:
        wider["region"] = reader.members()[region]
    rates = {
        (name, theme): wider_rate(
            (n["people_in_need"], n["population_at_risk"]) if (n := held.get((code, theme))) else (None, None)
            for code in members
        )
        for name, members in wider.items()
        for theme in themes
    }
    labels = {"area": say("indicator.table.area")} | {t: say.theme(t) for t in themes}
    rows = []
    for code in sorted_names(say.lang, codes, say.place):
        row: Row = {"area": say.place(code)}
        for theme in themes:
            row[theme] = _cell(say, held.get((code, theme)), [rates[name, theme] for name in wider])
        rows.append(row)
    lead = "lead_region" if len(wider) > 1 else "lead_wales"
    st.markdown(plain(say(f"indicator.table.{lead}", region=say.place(region))))
    st.caption(plain(say("indicator.table.help")))
    table(rows, labels, key="compared", height=820)
    carry_away(say, "compared", rows, labels, (say("indicator.table.title"), say("indicator.table.help")))


def _cell(say: Speech, need: Row | None, wider: list[float | None]) -> str:
    if need is None or need["rate"] is None:
        return say(f"map.marker.{need['marker']}") if need and need["marker"] else "–"
    marks = [
        say(f"indicator.table.mark.{compared(need['rate'], need['lower'], need['upper'], w)}") for w in wider
    ]
    return f"{share_words(need)} {' '.join(marks)}"
