"""Flying Start: eligible, offered, taken up; inside and outside its areas; Welsh-medium places, outreach
and the expansion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from clearlink.figures.paired_bars import paired_bars
from clearlink.report.returned import (
    amount,
    count_words,
    figures_named,
    figures_of,
    newest,
    start_of,
)
from clearlink.rules.programmes.systems import System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.area.phase_words import phase_words
from pages.frame.choices import address
from pages.frame.frame import plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.cascade_view import cascade
from pages.programmes.commissioned import commissioned
from pages.programmes.funnel_view import funnel
from pages.programmes.returned import nothing_told, who_says
from pages.programmes.returns_table import returns_table

PAIRS: Final = ("on_roll", "immunised", "weight")
OTHERS: Final = (
    "fs_welsh_wanted",
    "fs_welsh_places",
    "fs_outreach",
    "fs_two_year_olds",
    "fs_caseload",
    "fs_under_4",
)


def flying_start(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """Do places follow the children, and who is left outside?"""
    funnel(
        say,
        system,
        place,
        leads=True,
    )
    left, right = st.columns(2, gap="large")
    with left:
        _inside_and_outside(say, system, place)
    with right:
        _other_figures(say, system, place)
    _areas(say, place)
    cascade(
        say,
        system,
        place,
        drawn=False,
    )
    commissioned(say, system, place)
    returns_table(say, system, place)


def _inside_and_outside(
    say: Speech,
    system: System,
    place: str,
) -> None:
    st.subheader(say("programmes.fs.inside_title"))
    told = [
        r
        for r in figures_of(system, place)
        if r["measure_id"].endswith(("_inside", "_outside"))
    ]
    period = newest(told)
    pairs = [_pair(say, told, name, period) for name in PAIRS]
    rows = [pair for pair in pairs if pair]
    if not rows:
        _no_pair(say, place)
        return
    alt = " ".join(
        say(
            "programmes.fs.pair",
            name=r["region"],
            inside=f"{r['inside']:.0f}%",
            outside=f"{r['outside']:.0f}%",
        )
        for r in rows
    )
    names = {c: say(f"programmes.fs.{c}") for c in ("inside", "outside")}
    labels = {"region": say("programmes.fs.col_indicator"), **names}
    series = [(c, names[c]) for c in ("inside", "outside")]
    percent = st.column_config.NumberColumn(format="%.0f%%")
    picture = paired_bars(
        rows,
        series,
        say("programmes.fs.axis"),
        alt,
        labels,
    )
    show_picture(
        say,
        picture,
        key="fs_inside",
        name="flying-start-inside-outside",
        config={"inside": percent, "outside": percent},
    )
    who_says(
        say,
        [r for r in told if r["period"] == period],
        period,
    )
    st.caption(plain(say("programmes.fs.inside_note")))


def _no_pair(say: Speech, place: str) -> None:
    """Shares are no counts: those of a region's authorities cannot be added up."""
    if len(reader.members().get(place, ())) > 1:
        st.info(plain(say("programmes.fs.by_authority")))
    else:
        nothing_told(
            say,
            say(
                "programmes.fs.inside_what",
                place=say.in_place(place),
            ),
        )


def _pair(
    say: Speech,
    told: Rows,
    name: str,
    period: str,
) -> dict[str, Any] | None:
    inside, outside = (
        amount(
            told,
            f"fs_{name}_{side}",
            period,
        )
        for side in ("inside", "outside")
    )
    if inside is None or outside is None:
        return None
    return {
        "region": say(f"programmes.fs.pair_of.{name}"),
        "inside": inside,
        "outside": outside,
    }


def _other_figures(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """Welsh-medium places against those asked for, outreach, two-year-olds: each of its newest period."""
    st.subheader(say("programmes.fs.others_title"))
    latest = {r["measure_id"]: r for r in figures_named(system, place, OTHERS)}
    if not latest:
        nothing_told(
            say,
            say(
                "programmes.fs.others_what",
                place=say.in_place(place),
            ),
        )
        return
    welsh = welsh_medium(say, place, latest)
    if welsh:
        st.markdown(f"**{plain(welsh)}**")
    shown = [
        {
            "name": say.of(row),
            "shown": count_words(say, row),
            "period": row["period"],
        }
        for row in latest.values()
    ]
    labels = {
        c: say(f"programmes.fs.col.{c}") for c in ("name", "shown", "period")
    }
    table(
        shown,
        labels,
        key="fs_others",
        config={"name": st.column_config.TextColumn(width="medium")},
    )
    who_says(
        say,
        list(latest.values()),
        newest(latest.values()),
    )


def welsh_medium(
    say: Speech,
    place: str,
    latest: Mapping[str, Row],
) -> str:
    """Welsh-medium places against those that parents asked for; empty where either is not told."""
    known = {m: row["value"] for m, row in latest.items()}
    wanted, places = known.get("fs_welsh_wanted"), known.get("fs_welsh_places")
    if wanted is None or places is None:
        return ""
    key = "welsh_short" if places < wanted else "welsh_enough"
    counts = {
        "places": say.number(places),
        "wanted": say.number(wanted),
    }
    return say(
        f"programmes.fs.{key}",
        place=start_of(say, place),
        **counts,
    )


def _areas(say: Speech, place: str) -> None:
    """Which areas are listed, by phase, and where need outside them is drawn."""
    inside = set(reader.members().get(place, (place,)))
    listed = [
        a
        for a in reader.area_choices()
        if a["chosen"] and a["la_code"] in inside
    ]
    st.subheader(say("programmes.fs.areas_title"))
    if listed:
        counted = Counter(phase_words(say, a["phase"]) for a in listed)
        # areas of which no phase is named come last
        named = sorted(
            counted,
            key=lambda phase: (not phase, phase),
        )
        counts = [
            f"{phase or say('programmes.fs.no_phase')}: {counted[phase]}"
            for phase in named
        ]
        st.markdown(
            plain(
                say(
                    "programmes.fs.areas",
                    n=len(listed),
                    phases="; ".join(counts),
                )
            )
        )
    else:
        st.info(
            plain(
                say(
                    "programmes.fs.areas_none",
                    place=start_of(say, place),
                )
            )
        )
    st.page_link(
        "pages/fairness.py",
        label=say("programmes.fs.areas_link"),
        query_params=address(theme="early_years") | {"tab": "flying_start"},
    )
