"""A second area beside the first: need of both on one picture, and one table with both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from clearlink.figures.two_need_strips import two_need_strips
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words.rates import share_words
from pages.area.area_profile import speaking_needs
from pages.frame.frame import plain
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.frame.state import Box

_URL = "beside"
_BESIDE: Final = Box[str | None]("beside_area")


def choose_beside(
    say: Speech,
    area: Row,
    options: Sequence[str],
    names: Mapping[str, str],
) -> Row | None:
    """The chooser of a second area of the same kind, kept in the link; None where none is chosen."""
    in_address = st.query_params.get(_URL)
    _BESIDE.keep(
        in_address
        if in_address in options and in_address != area["area_code"]
        else None
    )

    def changed() -> None:
        code = _BESIDE.value()
        if code:
            st.query_params[_URL] = code
        elif _URL in st.query_params:
            del st.query_params[_URL]

    code = st.selectbox(
        say("area.beside.choose"),
        [c for c in options if c != area["area_code"]],
        format_func=lambda c: f"{names[c]} · {c}",
        key=_BESIDE.key,
        placeholder=say("area.beside.placeholder"),
        on_change=changed,
    )
    return reader.area(code) if code else None


def two_areas(
    say: Speech,
    area: Row,
    other: Row,
    needs: Rows,
) -> None:
    """Need by theme in both, each theme on the measure and edition that speaks for the first."""
    rows = both_needs(
        say,
        needs,
        reader.area_need(other["area_code"]),
    )
    names = say.of(area), say.of(other)
    known = [
        r for r in rows if r["rank_a"] is not None and r["rank_b"] is not None
    ]
    st.subheader(say("area.need"))
    st.markdown(f"**{plain(_which_is_needier(say, names, known))}**")
    st.caption(plain(say("area.beside.help")))
    show_picture(
        say,
        two_need_strips(
            rows,
            names,
            _beside_alt(say, names, known),
            say("area.strip_axis"),
            _beside_labels(say, names),
        ),
        key="two_need_strips",
        name=f"need-{area['area_code']}-{other['area_code']}",
    )


def _which_is_needier(
    say: Speech,
    names: tuple[str, str],
    known: Rows,
) -> str:
    """In how many themes the first area ranks higher than the second, and in how many lower."""
    return say(
        "area.beside.finding",
        compared=len(known),
        area=names[0],
        other=names[1],
        n=sum(r["rank_a"] < r["rank_b"] for r in known),
        lower=sum(r["rank_b"] < r["rank_a"] for r in known),
    )


def _beside_alt(
    say: Speech,
    names: tuple[str, str],
    known: Rows,
) -> str:
    """The picture in a sentence: both ranks of each theme."""
    parts = "; ".join(
        say(
            "area.beside.alt_part",
            theme=r["theme"],
            first=say.rank(
                r["rank_a"],
                r["rank_of"],
            ),
            second=say.rank(
                r["rank_b"],
                r["rank_of"],
            ),
        )
        for r in known
    )
    return say(
        "area.beside.alt",
        area=names[0],
        other=names[1],
        parts=parts or "—",
    )


def _beside_labels(say: Speech, names: tuple[str, str]) -> dict[str, str]:
    """Columns → headings, each figure under the name of its area."""
    labels = {
        "theme": say("area.col.theme"),
        "measure": say("area.col.measure"),
    }
    for column in ("rank", "range", "rate", "people"):
        labels |= {
            f"{column}_{side}": say(f"area.beside.col.{column}", area=name)
            for side, name in zip(
                ("a", "b"),
                names,
                strict=True,
            )
        }
    labels["edition"] = say("area.col.edition")
    return labels


def both_needs(
    say: Speech,
    needs: Rows,
    others: Rows,
) -> Rows:
    """A row a theme with both areas; the second is empty where it is not published on the same measure and
    edition.
    """
    alike = {
        (
            n["theme_id"],
            n["definition"],
            n["edition"],
            n["area_type"],
        ): n
        for n in others
    }
    rows = []
    for n in speaking_needs(needs):
        twin = alike.get(
            (
                n["theme_id"],
                n["definition"],
                n["edition"],
                n["area_type"],
            )
        )
        rows.append(
            {
                "theme": say.of(n, "theme"),
                "measure": say.of(n, "indicator")
                if n["indicator_en"]
                else say(f"need.definition.{n['definition']}"),
                "rank_of": n["rank_of"] or (twin or {}).get("rank_of"),
                "edition": say.edition(n["edition"]),
                **_side(say, n, "a"),
                **_side(say, twin, "b"),
            }
        )
    return rows


def _side(
    say: Speech,
    n: Row | None,
    side: str,
) -> Row:
    if n is None:
        return {
            f"{column}_{side}": None
            for column in ("rank", "low", "high", "range", "rate", "people")
        }
    return {
        f"rank_{side}": n["rank"],
        f"low_{side}": n["rank_low"],
        f"high_{side}": n["rank_high"],
        f"range_{side}": ""
        if n["rank_low"] is None
        else f"{n['rank_low']:,} – {n['rank_high']:,}",
        f"rate_{side}": say(f"map.marker.{n['marker']}")
        if n["marker"]
        else share_words(n),
        f"people_{side}": None
        if n["people_in_need"] is None
        else round(n["people_in_need"]),
    }
