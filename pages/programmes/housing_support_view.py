"""Supporting People and the Housing Support Grant: spend against need by client group, what an hour costs
beside peers, what can be held, and which reviews are due.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.figures.range_marks import range_marks
from clearlink.report.programme_words import need_finding, shares_here
from clearlink.report.returned import (
    amount,
    figures_of,
    newest,
    part_words,
    start_of,
)
from clearlink.rules.programmes.spend_and_need import (
    Against,
    GroupShare,
)
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.rules.programmes.unit_cost import Spread, spread
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from clearlink.words import numbers
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.cascade_view import cascade
from pages.programmes.commissioned import commissioned
from pages.programmes.returned import nothing_told, section, who_says
from pages.programmes.returns_table import returns_table

UNITS: Final = (
    "hs_units_fixed",
    "hs_units_floating",
    "hs_units_alarm",
    "hs_hours",
)


def housing_support(say: Speech, system: System, place: str) -> None:
    """Does the money follow need, what does an hour cost, what is due for review?"""
    _spend_and_need(say, system, place)
    _hourly_cost(say, place)
    _units(say, system, place)
    cascade(say, system, place)
    _reviews(say, system, place)
    commissioned(say, system, place)
    returns_table(say, system, place)


def _spend_and_need(say: Speech, system: System, place: str) -> None:
    told = figures_of(system, place)
    period, shares = shares_here(place)
    both = [s for s in shares if s.against != Against.NOT_KNOWN]
    if not both:
        st.subheader(say("programmes.hs.need_title"))
        nothing_told(
            say,
            say(
                "programmes.hs.need_what",
                place=say.in_place(place),
            ),
        )
        return
    finding = need_finding(
        say,
        place,
        period,
        both,
    )
    section(
        say,
        "programmes.hs.need_title",
        finding,
        leads=True,
    )
    _need_picture(say, finding, both)
    alone = [
        part_words(say, s.group)
        for s in shares
        if s.against == Against.NOT_KNOWN
    ]
    if alone:
        st.caption(
            plain(
                say(
                    "programmes.hs.left_out",
                    groups=say.names(alone),
                )
            )
        )
    now = [
        r
        for r in told
        if r["measure_id"] in ("hs_need", "hs_money") and r["period"] == period
    ]
    who_says(say, now, period)


def _need_picture(say: Speech, finding: str, both: list[GroupShare]) -> None:
    """Each client group: its share of the need, as a range, and its share of the money."""
    rows = [_group_row(say, s) for s in both]
    columns = (
        "name",
        "mark",
        "share",
        "low",
        "high",
        "words",
    )
    labels = {c: say(f"programmes.hs.need.{c}") for c in columns}
    percent = st.column_config.NumberColumn(format="%.1f%%")
    names = (say("programmes.hs.need_range"), say("programmes.hs.money_share"))
    show_picture(
        say,
        range_marks(
            rows,
            "",
            "%",
            names,
            finding,
            labels,
        ),
        key="hs_need",
        name="spend-and-need",
        config=dict.fromkeys(
            columns[1:5],
            percent,
        ),
    )


def _group_row(say: Speech, s: GroupShare) -> dict[str, Any]:
    return {
        "name": part_words(say, s.group),
        "low": 100 * (s.need_low or 0),
        "high": 100 * (s.need_high or 0),
        "share": 100 * (s.need_share or 0),
        "mark": 100 * (s.money_share or 0),
        "words": say(f"programmes.hs.against.{s.against}"),
    }


def _hourly_cost(say: Speech, place: str) -> None:
    """For each client group: the others' spread, and the mean of this place's authorities in it."""
    st.subheader(say("programmes.hs.cost_title"))
    costs = reader.hourly_costs()
    inside = set(reader.members().get(place, (place,)))
    rows = [
        row
        for group in dict.fromkeys(c["part"] for c in costs)
        if (row := _cost_row(say, costs, group, inside))
    ]
    if not rows:
        nothing_told(say, say("programmes.hs.cost_what"))
        return
    finding = cost_finding(say, place, rows)
    st.markdown(f"**{plain(finding)}**")
    _cost_picture(
        say,
        place,
        finding,
        rows,
    )
    who_says(
        say,
        costs,
        newest(costs),
    )


def _cost_picture(
    say: Speech,
    place: str,
    finding: str,
    rows: list[dict[str, Any]],
) -> None:
    """Each client group: what an hour costs elsewhere, and here. £ an hour."""
    columns = (
        "name",
        "mark",
        "low",
        "middle",
        "high",
        "peers",
        "words",
    )
    labels = {c: say(f"programmes.hs.cost.{c}") for c in columns}
    money = st.column_config.NumberColumn(format="£%.2f")
    names = (
        say("programmes.hs.cost_range"),
        say(
            "programmes.hs.cost_here",
            place=say.place(place),
        ),
    )
    show_picture(
        say,
        range_marks(
            rows,
            "£",
            "",
            names,
            finding,
            labels,
        ),
        key="hs_cost",
        name="hourly-cost",
        config=dict.fromkeys(
            columns[1:5],
            money,
        ),
    )


def _cost_row(
    say: Speech,
    costs: Rows,
    group: str,
    inside: set[str],
) -> dict[str, Any] | None:
    of_group = [c for c in costs if c["part"] == group]
    here = [c["cost_gbp"] for c in of_group if c["la_code"] in inside]
    others = [c["cost_gbp"] for c in of_group if c["la_code"] not in inside]
    mean = sum(here) / len(here) if here else None
    # of Wales there is no other: its own authorities are the spread
    beside: Spread | None = spread(
        mean if others else None,
        others or [c["cost_gbp"] for c in of_group],
    )
    if beside is None:
        return None
    return {
        "name": part_words(say, group),
        "low": beside.least,
        "high": beside.most,
        "inner_low": beside.quarter,
        "inner_high": beside.three_quarters,
        "middle": beside.middle,
        "mark": mean,
        "peers": beside.peers,
        "place": beside.place,
        "words": say(f"programmes.hs.cost_place.{beside.place}")
        if beside.place
        else "",
    }


def cost_finding(say: Speech, place: str, rows: list[dict[str, Any]]) -> str:
    """How many groups cost more than the middle half of the others, and the one furthest above."""
    if place == reader.WALES:
        widest = max(
            rows,
            key=lambda r: r["high"] - r["low"],
        )
        known = {c: f"£{widest[c]:.2f}" for c in ("low", "high")}
        return say(
            "programmes.hs.cost_wales",
            group=widest["name"],
            **known,
        )
    dear = [r for r in rows if r["place"] == "above"]
    known = {
        "place": start_of(say, place),
        "total": say.number(len(rows)),
    }
    if not dear:
        return say("programmes.hs.cost_none", **known)
    dearest = max(
        dear,
        key=lambda r: r["mark"] - r["inner_high"],
    )
    return say(
        "programmes.hs.cost_dear",
        n=len(dear),
        **known,
        group=dearest["name"],
        cost=f"£{dearest['mark']:.2f}",
    )


def _units(say: Speech, system: System, place: str) -> None:
    told = figures_of(system, place)
    period = newest([r for r in told if r["measure_id"] in UNITS])
    sums = {measure: amount(told, measure, period) for measure in UNITS}
    parts = [
        say(
            f"programmes.hs.unit.{measure}",
            count=say.number(count),
        )
        for measure, count in sums.items()
        if count is not None
    ]
    if parts:
        listed = numbers.join(say.lang, parts)
        st.markdown(
            plain(
                say(
                    "programmes.hs.units",
                    place=start_of(say, place),
                    period=period,
                    parts=listed,
                )
            )
        )


def _reviews(say: Speech, system: System, place: str) -> None:
    """Which services a review is due for, the longest overdue first."""
    st.subheader(say("programmes.hs.reviews_title"))
    rows = reader.reviews_due(
        place,
        PROGRAMMES_OF[system],
    )
    if not rows:
        st.info(
            plain(
                say(
                    "programmes.hs.reviews_none",
                    place=start_of(say, place),
                )
            )
        )
        return
    today = reader.build()["as_of"]
    late = sum(r["due"] < today for r in rows)
    key = "reviews_only" if len(rows) == 1 else "reviews"
    st.markdown(
        plain(
            say(
                f"programmes.hs.{key}",
                n=late,
                total=say.number(len(rows)),
                when=say.date(today),
            )
        )
    )
    _reviews_table(say, rows)


def _reviews_table(say: Speech, rows: Rows) -> None:
    """The services whose review is due, by the day it was due; a row opens its record."""
    shown = [
        {
            "id": r["project_id"],
            "title": r["title"],
            "last": r["last_review"],
            "due": r["due"],
        }
        for r in sorted(
            rows,
            key=lambda r: (r["due"], r["project_id"]),
        )
    ]
    labels = {
        c: say(f"programmes.hs.review.{c}") for c in ("title", "last", "due")
    }
    table(
        shown,
        labels,
        key="hs_reviews",
        height=260,
        pick=True,
        on_pick=opens("project", shown, "id"),
    )
    open_picked()
    carry_away(
        say,
        "reviews-due",
        shown,
        labels,
        (say("programmes.hs.reviews_title"),),
    )
