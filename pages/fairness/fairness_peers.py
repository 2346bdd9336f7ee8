"""The place beside those like it: Wales, its region, and areas of the same kind (rural or urban, or as
thickly peopled).
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.figures.peer_bars import peer_bars
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.fairness.fairness_view import FairnessView
from pages.frame.frame import plain
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech

MONEY = {"population_at_risk": "spend_gbp", "population": "spend_by_population_gbp"}


def fairness_peers(say: Speech, view: FairnessView) -> None:
    """Need rate and pounds for each person in need, of the place and of those it may be compared with."""
    areas = reader.fairness_areas(view.theme)
    st.subheader(say("fairness.peers.title"))
    rules = {r["rule"] for r in areas if r["rule"]}
    st.caption(
        plain(
            say(
                f"fairness.peers.rule_{next(iter(rules))}"
                if rules
                else "fairness.peers.rule_none"
            )
        )
    )
    inside = set(reader.members().get(view.place, ()))
    groups: list[tuple[str, Rows]] = [
        (say.place(view.place), [r for r in areas if r["la_code"] in inside])
    ]
    if view.region != view.place:
        groups.append(
            (
                say.place(view.region),
                [r for r in areas if view.region in (reader.WALES, r["region_code"])],
            )
        )
    if reader.WALES not in (view.place, view.region):
        groups.append((say.place(reader.WALES), areas))
    kinds = sorted({r["peer"] for r in groups[0][1] if r["peer"]})
    whole = list(groups)
    for kind in kinds:
        groups += [
            (
                say(
                    "fairness.peers.kind",
                    place=name,
                    kind=say(f"fairness.peers.{kind}"),
                ),
                [r for r in rows if r["peer"] == kind],
            )
            for name, rows in whole
        ]
    rows = [
        _row(
            name,
            held,
            MONEY[view.placed_by],
        )
        for name, held in groups
        if held
    ]
    labels = {
        c: say(f"fairness.peers.col.{c}")
        for c in ("la", "areas", "people", "rate", "each")
    }
    wales = _row(
        "",
        areas,
        MONEY[view.placed_by],
    )
    told = [r for r in rows if r["each"] is not None]
    has_money = bool(wales["each"])
    parts = [
        f"{r['la']}: {r['rate']:.1f}%"
        + (f", £{r['each']:,.2f}" if has_money and r["each"] is not None else "")
        for r in rows
    ]
    alt = say(
        "fairness.peers.alt" if has_money else "fairness.peers.alt_rate",
        parts="; ".join(parts),
    )
    left, right = st.columns(2, gap="large")
    with left:
        show_picture(
            say,
            peer_bars(
                rows,
                "rate",
                "{:.1f}%",
                wales["rate"],
                say("fairness.peers.axis_rate"),
                alt,
                labels,
            ),
            key="fair_peers_rate",
            name=f"peers-need-{view.theme}",
        )
    with right:
        if has_money:
            show_picture(
                say,
                peer_bars(
                    told,
                    "each",
                    "£{:,.2f}",
                    wales["each"],
                    say("fairness.peers.axis"),
                    alt,
                    labels,
                ),
                key="fair_peers",
                name=f"peers-{view.theme}",
            )
        else:
            st.info(say("fairness.no_money", year=say.year()))


def _row(name: str, held: Rows, money: str) -> Row:
    people = sum(r["people_in_need"] for r in held)
    row: dict[str, Any] = {
        "la": name,
        "areas": len(held),
        "people": round(people),
        "rate": round(100 * people / sum(r["population_at_risk"] for r in held), 1),
    }
    return row | {
        "each": round(sum(float(r[money]) for r in held) / people, 2)
        if people
        else None
    }
