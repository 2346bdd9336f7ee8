"""Families First: the meter of what is set aside for disabled children and their families."""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.figures.set_aside_bars import set_aside_bars
from clearlink.report.programme_words import set_aside_finding
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.frame.frame import table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.returned import nothing_told, section, who_says


def set_aside_meter(say: Speech, place: str) -> None:
    """Who sets aside less than the year requires, by how much, and the sum that is missing."""
    rows = reader.set_asides(place)
    if not rows:
        st.subheader(say("programmes.set_aside.title"))
        nothing_told(
            say,
            say(
                "programmes.set_aside.what",
                place=say.in_place(place),
            ),
        )
        return
    finding = set_aside_finding(say, place, rows)
    section(say, "programmes.set_aside.title", finding, leads=True)
    shown = _rows(say, rows)
    labels = {
        c: say(f"programmes.set_aside.col.{c}")
        for c in ("la", "share", "required", "missing", "money")
    }
    config = {
        "share": st.column_config.NumberColumn(format="%.1f%%"),
        "required": st.column_config.NumberColumn(format="%.1f%%"),
        "missing": st.column_config.NumberColumn(format="£%,.0f"),
        "money": st.column_config.NumberColumn(format="£%,.0f"),
    }
    required = [r["required"] for r in shown if r["required"] is not None]
    if required:
        axis = say("programmes.set_aside.axis")
        picture = set_aside_bars(
            shown,
            max(required),
            axis,
            finding,
            labels,
        )
        show_picture(
            say, picture, key="set_aside", name="set-aside", config=config
        )
    else:
        table(shown, labels, key="set_aside_table", height=260, config=config)
    who_says(
        say,
        rows,
        rows[0]["period"],
    )


def _rows(say: Speech, rows: Rows) -> list[dict[str, Any]]:
    shown = [
        {
            "la": say.place(r["la_code"]),
            "share": 100 * r["share"],
            "required": None
            if r["required_share"] is None
            else 100 * r["required_share"],
            "missing": r["missing_gbp"],
            "money": r["money_gbp"],
        }
        for r in rows
        if r["share"] is not None
    ]
    return sorted(
        shown,
        key=lambda r: (r["share"], r["la"]),
    )
