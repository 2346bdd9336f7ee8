"""What the panels share: the newest figures of a system in a place, who says them, and what to do where there
are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import streamlit as st

from clearlink import folders
from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.frame.frame import finding, plain
from pages.frame.speech import Speech

TEMPLATE = "programme_return_template.csv"


def figures_of(system: System, place: str) -> Rows:
    """Every figure of the system's returns for a place."""
    return reader.programme_figures(place, RETURNED_AS[system])


def newest(rows: Iterable[Row]) -> str:
    """The latest period among the rows; empty where there is none."""
    return max((r["period"] for r in rows), default="")


def at_newest(rows: Sequence[Row]) -> Rows:
    """The rows of the latest period among them."""
    period = newest(rows)
    return [r for r in rows if r["period"] == period]


def figures_named(system: System, place: str, ids: Iterable[str]) -> Rows:
    """The figures of some measures for a place, wholes and parts."""
    wanted = set(ids)
    return [r for r in figures_of(system, place) if r["measure_id"] in wanted]


def start_of(say: Speech, place: str) -> str:
    """“In Cardiff”, as a sentence begins."""
    text = say.in_place(place)
    return text[:1].upper() + text[1:]


def amount(rows: Sequence[Row], measure: str, period: str) -> float | None:
    """A figure of a period: the whole where it is told, else the sum of its parts; None where neither is."""
    asked = (measure, period)
    told = [
        r
        for r in rows
        if (r["measure_id"], r["period"]) == asked and r["value"] is not None
    ]
    if not told:
        return None
    wholes = [r for r in told if not r["part"]]
    return float(sum(r["value"] for r in wholes or told))


def count_words(say: Speech, row: Row) -> str:
    """A count, or why there is none."""
    if row["value"] is not None:
        return say.number(row["value"])
    return say("programmes.few" if row["marker"] == "low" else "programmes.not_told")


def who_says(say: Speech, rows: Sequence[Row], period: str) -> None:
    """Under a picture: whether its rows are illustrative, a publisher's or returned, and of when."""
    if not rows:
        return
    if all(r["is_illustrative"] for r in rows):
        key = "illustrative"
    else:
        key = "published" if all(r.get("is_published") for r in rows) else "returned"
    st.caption(plain(say(f"programmes.rows.{key}", period=period)))


def section(say: Speech, title: str, text: str, *, leads: bool) -> None:
    """Heading and sentence of a section; the sentence of a panel's first is what the page opens with."""
    if leads:
        finding(text)
    st.subheader(say(title))
    if not leads:
        st.markdown(f"**{plain(text)}**")


def nothing_told(say: Speech, what: str) -> None:
    """The empty state: what is missing, and the template under the panel that would hold it."""
    st.info(plain(say("programmes.nothing_told", what=what)))


@cache
def template() -> bytes:
    """The blank for returns."""
    return (folders.CATALOGUE / TEMPLATE).read_bytes()
