"""Flying Start childcare: do the places that are offered follow the children who become eligible?"""

from __future__ import annotations

import streamlit as st

from clearlink.rules.fairness.fairness import hoover
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech


def childcare_offers(say: Speech, place: str) -> None:
    """The finding, each authority's figures, and what they do not say."""
    st.subheader(say("fairness.childcare.title"))
    rows = reader.childcare_offers(place)
    if not rows:
        st.info(say("fairness.childcare.none"))
        return
    st.markdown(f"**{plain(childcare_finding(say, place, rows))}**")
    shown = [
        {
            "la": say.place(r["la_code"]),
            "eligible": round(r["eligible"]),
            "offered": round(r["offered"]),
            "share": 100 * r["offered"] / r["eligible"]
            if r["eligible"]
            else None,
            "taken_up": round(r["taken_up"]),
        }
        for r in rows
    ]
    shown.sort(key=lambda r: (r["share"] is None, r["share"]))
    labels = {
        c: say(f"fairness.childcare.col.{c}")
        for c in ("la", "eligible", "offered", "share", "taken_up")
    }
    number = st.column_config.NumberColumn
    table(
        shown,
        labels,
        key="childcare_table",
        height=320,
        config={
            "share": number(format="%.1f%%"),
            **{
                c: number(format="%,d")
                for c in ("eligible", "offered", "taken_up")
            },
        },
    )
    caveat = say(
        "fairness.childcare.caveat",
        year=rows[0]["period"],
    )
    st.caption(plain(caveat))
    carry_away(
        say,
        "flying-start-childcare",
        shown,
        labels,
        (say("fairness.childcare.title"), caveat),
    )


def childcare_finding(
    say: Speech,
    place: str,
    rows: Rows,
) -> str:
    """How many of the children were offered a place, and how many places would have to move for offers to
    follow eligibility.
    """
    eligible, offered, taken = (
        sum(r[c] for r in rows) for c in ("eligible", "offered", "taken_up")
    )
    start = say.in_place(place)
    start = sentence_start(start)
    known = {
        "place": start,
        "n": round(eligible),
        "eligible": say.number(eligible),
        "offered": say.number(offered),
        "share": _exact(offered / eligible),
        "taken": _exact(taken / eligible),
    }
    text = say("fairness.childcare.finding", **known)
    if len(rows) < 2:
        return text
    moving = hoover(
        [r["eligible"] for r in rows],
        [r["offered"] for r in rows],
    )
    near = moving <= served_law().near_share
    return (
        text
        + " "
        + say(
            "fairness.childcare.near" if near else "fairness.childcare.apart",
            n=round(moving * offered),
            places=say.number(moving * offered),
            share=_exact(moving),
        )
    )


def _exact(share: float) -> str:
    # whole per cents would call 99.7% of the children all of them
    return numbers.pct(share, 1)
