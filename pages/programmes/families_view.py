"""Families First, and Team Around the Family: the panels."""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.figures.step_bars import step_bars
from clearlink.report.returned import (
    at_newest,
    count_words,
    figures_named,
    part_words,
    start_of,
)
from clearlink.rules.programmes.systems import System
from clearlink.warehouse.reader import Row
from pages.frame.frame import plain
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.cascade_view import cascade
from pages.programmes.commissioned import commissioned
from pages.programmes.funnel_view import funnel
from pages.programmes.returned import nothing_told, who_says
from pages.programmes.returns_table import returns_table
from pages.programmes.set_aside_view import set_aside_meter
from pages.programmes.without_priority import without_priority


def families_first(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """Set-aside, funnel from assessment to outcome, cascade, who serves no priority, what is commissioned."""
    set_aside_meter(say, place)
    funnel(say, system, place)
    cascade(say, system, place)
    without_priority(say, system, place)
    commissioned(say, system, place)
    returns_table(say, system, place)


def team_around_the_family(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """The funnel, where cases go when they close, who waits and for what."""
    funnel(say, system, place, leads=True)
    left, right = st.columns(2, gap="large")
    with left:
        _closed(say, system, place)
    with right:
        _waiting(say, system, place)
    commissioned(say, system, place)
    returns_table(say, system, place)


def _closed(
    say: Speech,
    system: System,
    place: str,
) -> None:
    st.subheader(say("programmes.taf.closed"))
    ids = (
        "taf_closed",
        "taf_closed_better",
        "taf_stepped_down",
        "taf_stepped_up",
    )
    _bars(say, system, place, ids, "closed")


def _bars(
    say: Speech,
    system: System,
    place: str,
    ids: tuple[str, ...],
    key: str,
) -> None:
    now = at_newest(
        [r for r in figures_named(system, place, ids) if not r["part"]]
    )
    if not now:
        nothing_told(
            say,
            say(
                f"programmes.taf.{key}_what",
                place=say.in_place(place),
            ),
        )
        return
    ordered = sorted(
        now,
        key=lambda r: ids.index(r["measure_id"]),
    )
    rows = [
        _bar(
            say,
            r,
            say.of(r),
        )
        for r in ordered
    ]
    alt = "; ".join(f"{r['name']}: {r['shown']}" for r in rows)
    labels = {c: say(f"programmes.cascade.col.{c}") for c in ("name", "shown")}
    show_picture(
        say,
        step_bars(rows, alt, labels),
        key=f"taf_{key}",
        name=f"taf-{key}",
    )
    who_says(
        say,
        now,
        now[0]["period"],
    )


def _waiting(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """Who waits is evidence of need: the theme says of which."""
    st.subheader(say("programmes.taf.waiting"))
    now = at_newest(figures_named(system, place, ("taf_waiting",)))
    if not now:
        nothing_told(
            say,
            say(
                "programmes.taf.waiting_what",
                place=say.in_place(place),
            ),
        )
        return
    ordered = sorted(
        now,
        key=lambda r: (r["part"] != "", -(r["value"] or 0)),
    )
    everybody = say("programmes.taf.all")
    rows = [
        _bar(
            say,
            r,
            part_words(say, r["part"]) or everybody,
        )
        for r in ordered
    ]
    finding = say(
        "programmes.taf.waiting_finding",
        place=start_of(say, place),
        count=rows[0]["shown"],
        period=now[0]["period"],
    )
    st.markdown(f"**{plain(finding)}**")
    labels = {c: say(f"programmes.cascade.col.{c}") for c in ("name", "shown")}
    show_picture(
        say,
        step_bars(rows, finding, labels),
        key="taf_waiting",
        name="taf-waiting",
    )
    st.caption(plain(say("programmes.taf.waiting_note")))


def _bar(
    say: Speech,
    row: Row,
    name: str,
) -> dict[str, Any]:
    shown = count_words(say, row)
    return {
        "name": name,
        "count": row["value"],
        "shown": shown,
        "said": shown,
    }
