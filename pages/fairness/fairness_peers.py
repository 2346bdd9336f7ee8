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
from pages.frame.similar_choice import similar_authorities
from pages.frame.speech import Speech

MONEY = {
    "population_at_risk": "spend_gbp",
    "population": "spend_by_population_gbp",
}


Group = tuple[str, Rows]


def fairness_peers(say: Speech, view: FairnessView) -> None:
    """Need rate and pounds for each person in need, of the place and of those it may be compared with."""
    areas = reader.fairness_areas(view.theme)
    st.subheader(say("fairness.peers.title"))
    if not areas:
        theme = say.theme(view.theme)
        st.info(plain(say("fairness.peers.none", theme=theme)))
        return
    st.caption(plain(_rule(say, areas)))
    money = MONEY[view.placed_by]
    whole = _places(say, view, areas)
    groups = [
        *whole,
        *_of_similar(say, view, areas),
        *_of_one_kind(say, whole),
    ]
    rows = [_row(name, held, money) for name, held in groups if held]
    wales = _row("", areas, money)
    alt = _alt(
        say,
        rows,
        has_money=bool(wales["each"]),
    )
    left, right = st.columns(2, gap="large")
    with left:
        _need_rates(
            say,
            view,
            rows,
            wales,
            alt,
        )
    with right:
        if wales["each"]:
            _pounds_each(
                say,
                view,
                rows,
                wales,
                alt,
            )
        else:
            st.info(say("fairness.no_money", year=say.year()))


def _rule(say: Speech, areas: Rows) -> str:
    """By what rule areas were called alike."""
    rule = next(
        (area["rule"] for area in areas if area["rule"]),
        "none",
    )
    return say(f"fairness.peers.rule_{rule}")


def _places(
    say: Speech,
    view: FairnessView,
    areas: Rows,
) -> list[Group]:
    """The place, then its region and Wales where they are not the place itself, each with its areas."""
    inside = set(reader.members().get(view.place, ()))
    here = [r for r in areas if r["la_code"] in inside]
    groups = [(say.place(view.place), here)]
    if view.region != view.place:
        of_region = [
            r for r in areas if view.region in (reader.WALES, r["region_code"])
        ]
        groups.append((say.place(view.region), of_region))
    if reader.WALES not in (view.place, view.region):
        groups.append((say.place(reader.WALES), areas))
    return groups


def _of_similar(
    say: Speech,
    view: FairnessView,
    areas: Rows,
) -> list[Group]:
    """Where one authority is chosen, the areas of the authorities most like it; of how many there are."""
    codes = {s.area_code for s in similar_authorities(say, view.place)}
    held = [r for r in areas if r["la_code"] in codes]
    told = {r["la_code"] for r in held}
    key = "similar" if told == codes else "similar_of"
    name = say(
        f"fairness.peers.{key}",
        place=say.place(view.place),
        n=len(told),
        of=say.number(len(codes)),
    )
    return [(name, held)] if held else []


def _of_one_kind(say: Speech, whole: list[Group]) -> list[Group]:
    """Of every kind that the place has, the areas of that kind in each of the groups."""
    _, here = whole[0]
    groups = []
    for kind in sorted({r["peer"] for r in here if r["peer"]}):
        words = say(f"fairness.peers.{kind}")
        for place, areas in whole:
            name = say("fairness.peers.kind", place=place, kind=words)
            groups.append((name, [r for r in areas if r["peer"] == kind]))
    return groups


def _alt(
    say: Speech,
    rows: list[Row],
    *,
    has_money: bool,
) -> str:
    """What both pictures show, in a sentence."""
    parts = []
    for row in rows:
        part = f"{row['la']}: {row['rate']:.1f}%"
        if has_money and row["each"] is not None:
            part += f", £{row['each']:,.2f}"
        parts.append(part)
    key = "fairness.peers.alt" if has_money else "fairness.peers.alt_rate"
    return say(
        key,
        parts="; ".join(parts),
    )


def _labels(say: Speech) -> dict[str, str]:
    columns = ("la", "areas", "people", "rate", "each")
    return {column: say(f"fairness.peers.col.{column}") for column in columns}


def _need_rates(
    say: Speech,
    view: FairnessView,
    rows: list[Row],
    wales: Row,
    alt: str,
) -> None:
    picture = peer_bars(
        rows,
        "rate",
        "{:.1f}%",
        wales["rate"],
        say("fairness.peers.axis_rate"),
        alt,
        _labels(say),
    )
    show_picture(
        say,
        picture,
        key="fair_peers_rate",
        name=f"peers-need-{view.theme}",
    )


def _pounds_each(
    say: Speech,
    view: FairnessView,
    rows: list[Row],
    wales: Row,
    alt: str,
) -> None:
    picture = peer_bars(
        [r for r in rows if r["each"] is not None],
        "each",
        "£{:,.2f}",
        wales["each"],
        say("fairness.peers.axis"),
        alt,
        _labels(say),
    )
    show_picture(
        say,
        picture,
        key="fair_peers",
        name=f"peers-{view.theme}",
    )


def _row(
    name: str,
    held: Rows,
    money: str,
) -> Row:
    people = sum(r["people_in_need"] for r in held)
    row: dict[str, Any] = {
        "la": name,
        "areas": len(held),
        "people": round(people),
        "rate": round(
            100 * people / sum(r["population_at_risk"] for r in held),
            1,
        ),
    }
    return row | {
        "each": round(
            sum(float(r[money]) for r in held) / people,
            2,
        )
        if people
        else None
    }
