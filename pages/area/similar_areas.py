"""Areas like the one that is open: how near, what makes them near, and how need here compares with need
there.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Final

import streamlit as st

from clearlink.place_finder import places_by_code
from clearlink.report.likeness import LEVELS, likeness_of
from clearlink.rules.need.similar import (
    ALIKE,
    FAR,
    NEAREST,
    Similar,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.area.area_profile import speaking_needs
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.frame.state import Box

_URL: Final = "similar"
_SIMILAR: Final = Box[list[str]]("similar_areas")
MOST: Final = 20


def similar_areas(
    say: Speech,
    area: Row,
    needs: Rows,
) -> None:
    """The nearest ten, changeable and kept in the link, and need here beside the middle one of them."""
    if area["area_type"] not in LEVELS:
        return
    st.subheader(say("similar.title"))
    held = likeness_of(area["area_type"])
    near = {
        s.area_code: s
        for s in held.like(
            area["area_code"],
            len(held.areas),
        )
    }
    if not near:
        st.info(say("similar.none"))
        return
    chosen = _chosen(say, list(near))
    if not chosen:
        st.info(say("similar.none_chosen"))
        return
    listed = [near[code] for code in chosen]
    how = _how_near(max(s.distance for s in listed))
    st.markdown(
        plain(
            say(
                f"similar.finding_{how}",
                n=len(listed),
                area=say.of(area),
            )
        )
    )
    names = say.names(
        [say(f"similar.characteristic.{c}") for c in held.characteristics]
    )
    st.caption(
        plain(
            say(
                "similar.method",
                characteristics=names,
                areas=say.number(len(held.areas)),
            )
        )
    )
    _similar_table(say, area, listed)
    _needs_beside(say, area, needs, chosen)


def _similar_table(
    say: Speech,
    area: Row,
    listed: list[Similar],
) -> None:
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


def _chosen(say: Speech, nearest: list[str]) -> list[str]:
    """The areas of the link, else the nearest ten."""
    in_address = [
        c for c in st.query_params.get(_URL, "").split(".") if c in nearest
    ]
    _SIMILAR.keep(in_address[:MOST] or nearest[:NEAREST])

    def changed() -> None:
        now = list(_SIMILAR.value())
        if now == nearest[:NEAREST] or not now:
            st.query_params.pop(_URL, None)
        else:
            st.query_params[_URL] = ".".join(now)

    known = places_by_code()
    return list(
        st.multiselect(
            say("similar.choose"),
            # the nearest hundred can be added by hand: more is a list that nobody reads
            list(
                dict.fromkeys(
                    [
                        *in_address,
                        *nearest[:100],
                    ]
                )
            ),
            format_func=lambda code: (
                f"{say.of(known.get(code) or {}) or code} · {code}"
            ),
            key=_SIMILAR.key,
            max_selections=MOST,
            on_change=changed,
        )
    )


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


def _needs_beside(
    say: Speech,
    area: Row,
    needs: Rows,
    chosen: list[str],
) -> None:
    """Need by theme here, and the middle of the similar areas on the same measure and edition."""
    theirs: dict[tuple[str, ...], list[int]] = {}
    for t in reader.ranks_of_areas(chosen):
        measure = (
            t["theme_id"],
            t["definition"],
            t["edition"],
            t["area_type"],
        )
        theirs.setdefault(measure, []).append(t["rank"])
    rows = []
    for n in speaking_needs(needs):
        measure = (
            n["theme_id"],
            n["definition"],
            n["edition"],
            n["area_type"],
        )
        ranks = theirs.get(measure)
        if n["rank"] is not None and ranks:
            rows.append(_beside_the_middle(say, n, ranks))
    if not rows:
        return
    labels = {
        c: say(f"similar.need.{c}")
        for c in ("theme", "here", "of", "middle", "more", "edition")
    }
    st.caption(
        plain(
            say(
                "similar.need.lead",
                area=say.of(area),
            )
        )
    )
    table(rows, labels, key="similar_need", height=420)
    carry_away(
        say,
        f"similar-need-{area['area_code']}",
        rows,
        labels,
        (say("similar.title"),),
    )


def _beside_the_middle(
    say: Speech,
    n: Row,
    ranks: list[int],
) -> Row:
    """The rank of a theme here, beside the middle one of the similar areas."""
    return {
        "theme": say.of(n, "theme"),
        "here": n["rank"],
        "of": n["rank_of"],
        "middle": median(ranks),
        "more": say(
            "similar.more_than",
            n=sum(n["rank"] < r for r in ranks),
            of=len(ranks),
        ),
        "edition": say.edition(n["edition"]),
    }


def _how_near(distance: float) -> str:
    """How like an area at this distance is, in one of three words."""
    if distance <= ALIKE:
        return "alike"
    return "near" if distance <= FAR else "far"
