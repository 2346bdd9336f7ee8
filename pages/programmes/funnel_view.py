"""A funnel: how many get to each step, as a share of the step before, beside Wales."""

from __future__ import annotations

import streamlit as st

from clearlink.figures.step_bars import step_bars
from clearlink.report.funnel_words import funnel_finding, funnel_steps
from clearlink.report.returned import figures_of, newest
from clearlink.rules.programmes.systems import System
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.returned import nothing_told, section, who_says


def funnel(
    say: Speech,
    system: System,
    place: str,
    *,
    leads: bool = False,
) -> None:
    """Sentence, picture and table of the newest period that has a funnel here."""
    told = [r for r in figures_of(system, place) if r["step"] and not r["part"]]
    told = [r for r in told if r["period"] == newest(told)]
    if not told:
        st.subheader(say("programmes.funnel.title"))
        nothing_told(
            say,
            say(
                "programmes.funnel.what",
                place=say.in_place(place),
            ),
        )
        return
    period = told[0]["period"]
    steps = funnel_steps(
        say,
        system,
        place,
        sorted(
            told,
            key=lambda r: r["step"],
        ),
    )
    finding = funnel_finding(say, place, period, steps)
    section(say, "programmes.funnel.title", finding, leads=leads)
    labels = {
        c: say(f"programmes.funnel.col.{c}")
        for c in ("name", "shown", "pct", "wales", "words", "told")
    }
    percent = st.column_config.NumberColumn(format="%.0f%%")
    show_picture(
        say,
        step_bars(steps, finding, labels),
        key=f"funnel_{system}",
        name=f"funnel-{system}",
        config={
            "pct": percent,
            "wales": percent,
            "name": st.column_config.TextColumn(width="medium"),
        },
    )
    who_says(say, told, period)
