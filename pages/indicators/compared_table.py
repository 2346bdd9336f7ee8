"""Authorities by need: on each theme higher than, like or lower than Wales and the region, by the range of
each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import streamlit as st

from clearlink.figures.compared_squares import compared_squares
from clearlink.report.likeness import most_like
from clearlink.rules.need.compared import Compared, compared, wider_rate
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words.numbers import sorted_names
from clearlink.words.rates import share_words
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.scope import region_of
from pages.frame.speech import Speech

LEVEL = "LA"
# (authority, theme) → its need
Needs: TypeAlias = Mapping[tuple[str, str], Row]


def compared_table(say: Speech, place: str) -> None:
    """One row an authority of the place, one column a theme; the marks say how it stands to Wales, to the
    region where one is open, and to the authorities most like it.
    """
    held: Needs = {
        (n["area_code"], n["theme_id"]): n for n in reader.lead_needs(LEVEL)
    }
    shown, themes = _measured(held, place)
    if not shown or not themes:
        st.info(say("indicator.table.none"))
        return
    region = region_of(place)
    wider = dict.fromkeys((reader.WALES, region))
    members = [reader.members()[at] for at in wider]
    rates = {
        t: [_rate_of(held, inside, t) for inside in members] for t in themes
    }
    labels = {"area": say("indicator.table.area")} | {
        t: say.theme(t) for t in themes
    }
    areas = {code: say.place(code) for code in shown}
    rows: Rows = [
        {"area": areas[code]} | _cells_of(say, held, code, rates)
        for code in sorted_names(say.lang, shown, areas.__getitem__)
    ]
    lead = "lead_region" if len(wider) > 1 else "lead_wales"
    st.markdown(
        plain(
            say(
                f"indicator.table.{lead}",
                region=say.place(region),
            )
        )
    )
    st.caption(plain(say("indicator.table.help")))
    states = {
        (labels[t], areas[code]): _state(
            held.get((code, t)),
            rates[t][0],
        )
        for code in shown
        for t in themes
    }
    _picture(say, states, rows, labels)
    table(rows, labels, key="compared", height=820)
    about = say("indicator.table.title"), say("indicator.table.help")
    carry_away(
        say,
        "compared",
        rows,
        labels,
        about,
    )


def _cells_of(
    say: Speech,
    held: Needs,
    code: str,
    rates: Mapping[str, list[float | None]],
) -> Row:
    """An authority's cell for each theme. `rates`: theme → the rates of Wales and of the region, to which
    that of similar authorities is added.
    """
    # of similar authorities without this one: it is compared with them
    like = most_like(code, LEVEL)
    return {
        t: _cell(
            say,
            held.get((code, t)),
            [
                *wider,
                _rate_of(held, like, t),
            ],
        )
        for t, wider in rates.items()
    }


def _picture(
    say: Speech,
    states: Mapping[tuple[str, str], Compared],
    rows: Rows,
    labels: Mapping[str, str],
) -> None:
    """How each authority stands to Wales on each theme, as squares; the table below holds every mark."""
    # themes have the longer names: they stand down the side
    down = [name for column, name in labels.items() if column != "area"]
    across = [row["area"] for row in rows]
    names = {
        str(state): say(f"indicator.table.mark.{state}") for state in Compared
    }
    more = sum(state is Compared.HIGHER for state in states.values())
    alt = say(
        "indicator.table.alt",
        n=more,
        of=say.number(len(states)),
    )
    show_picture(
        say,
        compared_squares(
            states,
            down,
            across,
            names,
            alt,
            rows,
            labels,
        ),
        key="compared_squares",
        name="compared-picture",
    )


def _state(need: Row | None, wider: float | None) -> Compared:
    if need is None:
        return Compared.NO_FIGURE
    return compared(
        need["rate"],
        need["lower"],
        need["upper"],
        wider,
    )


def _measured(held: Needs, place: str) -> tuple[list[str], list[str]]:
    """The authorities of a place and the themes of which anything is held."""
    codes, themes = {code for code, _ in held}, {theme for _, theme in held}
    inside = [code for code in reader.members().get(place, ()) if code in codes]
    return inside, [theme for theme in reader.themes() if theme in themes]


def _rate_of(
    held: Needs,
    members: Iterable[str],
    theme: str,
) -> float | None:
    """The rate of a wider place, from the people of the authorities in it."""
    needs = [held.get((code, theme)) for code in members]
    return wider_rate(
        (n["people_in_need"], n["population_at_risk"]) if n else (None, None)
        for n in needs
    )


def _cell(
    say: Speech,
    need: Row | None,
    wider: list[float | None],
) -> str:
    if need is None or need["rate"] is None:
        return (
            say(f"map.marker.{need['marker']}")
            if need and need["marker"]
            else "–"
        )
    marks = [say(f"indicator.table.mark.{_state(need, w)}") for w in wider]
    return f"{share_words(need)} {' '.join(marks)}"
