"""Areas like the one that is open: how near, what makes them near, and how need here compares with need
there.
"""

from __future__ import annotations

from statistics import median

import streamlit as st

from clearlink.report.likeness import LEVELS, likeness_of
from clearlink.rules.need.similar import ALIKE, FAR
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.area.area_profile import speaking_needs
from pages.frame.frame import carry_away, plain, table
from pages.frame.similar_choice import (
    characteristics,
    similar_choice,
    similar_table,
)
from pages.frame.speech import Speech


def similar_areas(say: Speech, area: Row, needs: Rows) -> None:
    """The nearest ten, changeable and kept in the link, and need here beside the middle one of them."""
    if area["area_type"] not in LEVELS:
        return
    st.subheader(say("similar.title"))
    held = likeness_of(area["area_type"])
    if area["area_code"] not in held.areas:
        st.info(say("similar.none"))
        return
    listed = similar_choice(say, area)
    if not listed:
        st.info(say("similar.none_chosen"))
        return
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
    names = characteristics(say, held.characteristics)
    st.caption(
        plain(
            say(
                "similar.method",
                characteristics=names,
                areas=say.number(len(held.areas)),
            )
        )
    )
    similar_table(say, area, listed)
    _needs_beside(say, area, needs, [s.area_code for s in listed])


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
