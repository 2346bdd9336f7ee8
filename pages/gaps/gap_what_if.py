"""What the classes would be under other thresholds: worked out afresh, written nowhere."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st

from clearlink.rules.gap.gap import GapClass
from clearlink.rules.settings import Settings
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Rows
from pages.frame.frame import plain, table
from pages.frame.speech import Speech
from pages.frame.state import Box
from pages.gaps.gap_layer import GapView

CUTS: Final = {
    "gap_cut": (0.1, 0.9),
    "watch_cut": (0.3, 1.0),
    "matched_cut": (1.0, 2.0),
    "above_cut": (1.2, 4.0),
}
STAY_SHORT: Final = (GapClass.NO_PROVISION, GapClass.GAP, GapClass.WATCH)


def gap_what_if(say: Speech, view: GapView) -> None:
    """Four sliders and what they change, in a sentence and a table."""
    st.warning(
        say("gaps.what_if.notice"),
        icon=None,
    )
    if view.gap_type not in ("money", "capacity"):
        st.info(say("gaps.what_if.only_money"))
        return
    cuts = _sliders(say, served_law())
    if (
        not cuts["gap_cut"]
        <= cuts["watch_cut"]
        <= cuts["matched_cut"]
        <= cuts["above_cut"]
    ):
        st.error(say("gaps.what_if.order"))
        return
    rows = reader.gap_what_if(
        view.theme,
        view.region,
        view.gap_type,
        view.place,
        cuts,
    )
    st.markdown(f"**{plain(_finding(say, rows))}**")
    now, then = (
        Counter(r["class_now"] for r in rows),
        Counter(r["class_then"] for r in rows),
    )
    moved = Counter(
        r["class_then"] for r in rows if r["class_now"] != r["class_then"]
    )
    shown = [
        {
            "class": say(f"gaps.class.{c}"),
            "now": now[c],
            "then": then[c],
            "moved": moved[c],
        }
        for c in sorted(
            now | then,
            key=lambda c: -now[c],
        )
    ]
    labels = {
        name: say(f"gaps.what_if.{name}")
        for name in ("class", "now", "then", "moved")
    }
    table(shown, labels, key="what_if_table")


def _sliders(say: Speech, law: Settings) -> dict[str, float]:
    """The cuts as the person has set them; the law's own until then, and again on request."""
    if st.button(
        say("gaps.what_if.reset"),
        key="what_if_reset",
        type="tertiary",
    ):
        for name in CUTS:
            _cut_box(name).keep(getattr(law, name))
    cuts: dict[str, float] = {
        "unplaced_share_max": law.unplaced_share_max,
        "small_people": law.small_people,
    }
    columns = st.columns(
        len(CUTS),
        vertical_alignment="bottom",
    )
    for column, (name, (low, high)) in zip(
        columns,
        CUTS.items(),
        strict=True,
    ):
        with column:
            _cut_box(name).begun_with(getattr(law, name))
            cuts[name] = st.slider(
                say(f"gaps.what_if.{name}"),
                low,
                high,
                step=0.05,
                key=_cut_box(name).key,
            )
    return cuts


def _cut_box(name: str) -> Box[float]:
    return Box(f"what_if_{name}")


def _finding(say: Speech, rows: Rows) -> str:
    """How many areas change their class, and how many that are short stay so."""
    short = [r for r in rows if r["class_now"] in STAY_SHORT]
    return say(
        "gaps.what_if.finding",
        n=say.number(sum(r["class_now"] != r["class_then"] for r in rows)),
        total=say.number(len(rows)),
        robust=say.number(sum(r["class_then"] in STAY_SHORT for r in short)),
        short=say.number(len(short)),
    )
