"""The areas that an area is compared with: the ten most like it, or those of the link, with how near each is
and what makes it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from clearlink.place_finder import places_by_code
from clearlink.report.likeness import LEVELS, like_here, likeness_of
from clearlink.rules.need.similar import NEAREST, Similar
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.frame.state import Box

_URL: Final = "similar"
_BOX: Final = Box[list[str]]("similar_areas")
MOST: Final = 20
# more than these is a list that nobody reads
MOST_OFFERED: Final = 100


def asked_in_link() -> list[str]:
    """The areas that the link names, as it names them."""
    return [c for c in st.query_params.get(_URL, "").split(".") if c][:MOST]


def similar_choice(say: Speech, area: Row) -> list[Similar]:
    """The box of similar areas, kept in the link. None where the area is like nobody or nothing is chosen."""
    if area["area_type"] not in LEVELS:
        return []
    nearest = likeness_of(area["area_type"]).like(
        area["area_code"],
        MOST_OFFERED,
    )
    if not nearest:
        return []
    by_rule = [s.area_code for s in nearest[:NEAREST]]
    asked = like_here(area["area_code"], area["area_type"], asked_in_link())
    _BOX.keep([s.area_code for s in asked])
    offered = [s.area_code for s in (*asked, *nearest)]

    def changed() -> None:
        now = _BOX.value()
        if now == by_rule or not now:
            st.query_params.pop(_URL, None)
        else:
            st.query_params[_URL] = ".".join(now)

    known = places_by_code()
    chosen = st.multiselect(
        say("similar.choose"),
        list(dict.fromkeys(offered)),
        format_func=lambda code: (
            f"{say.of(known.get(code) or {}) or code} · {code}"
        ),
        key=_BOX.key,
        max_selections=MOST,
        on_change=changed,
    )
    if not chosen:
        return []
    return like_here(area["area_code"], area["area_type"], chosen)


def similar_table(say: Speech, area: Row, listed: list[Similar]) -> None:
    """Each similar area with its distance, and in what it is nearest and farthest."""
    known = places_by_code()
    rows = [_row(say, known, s) for s in listed]
    labels = {
        c: say(f"similar.col.{c}")
        for c in ("area", "authority", "distance", "near", "far", "code")
    }
    table(
        rows,
        labels,
        key="similar_table",
        height=420,
        config={"distance": st.column_config.NumberColumn(format="%.2f")},
    )
    carry_away(
        say,
        f"similar-{area['area_code']}",
        rows,
        labels,
        (say("similar.title"),),
    )


def similar_authorities(say: Speech, place: str) -> list[Similar]:
    """Where one authority is chosen, those it is compared with, closed under a heading: what they are, how
    near, and the box to change them. None for a wider place.
    """
    area = reader.area(place)
    if area is None or area["area_type"] != "LA":
        return []
    with st.expander(say("similar.title_authorities")):
        listed = similar_choice(say, area)
        if not listed:
            st.info(say("similar.none"))
            return []
        held = likeness_of(area["area_type"])
        st.caption(
            plain(
                say(
                    "similar.method",
                    characteristics=characteristics(say, held.characteristics),
                    areas=say.number(len(held.areas)),
                )
            )
        )
        similar_table(say, area, listed)
    return listed


def characteristics(say: Speech, names: tuple[str, ...]) -> str:
    """By what areas are called alike, as a list in words."""
    return say.names([say(f"similar.characteristic.{c}") for c in names])


def _row(
    say: Speech,
    known: Mapping[str, Row],
    s: Similar,
) -> Row:
    row = known.get(s.area_code) or {}
    return {
        "area": say.of(row) or s.area_code,
        "authority": say.place(row.get("la_code")),
        "distance": round(s.distance, 2),
        "near": say(f"similar.characteristic.{s.nearest_in}"),
        "far": say(f"similar.characteristic.{s.farthest_in}"),
        "code": s.area_code,
    }
