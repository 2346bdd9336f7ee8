"""Which areas of high need are missed? One answer, wherever it is asked: the finest figure that is held of
a place speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from clearlink.rules.gap.gap import GapClass
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build
from pages.area.area_choice_view import choice_finding, speaking_choice
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.scope import region_of
from pages.frame.speech import Speech
from pages.gaps.gap_layer import GAP_TYPES, GapView
from pages.gaps.gap_lists import gap_finding

CHOICE: Final = "choice"
FINEST_FIRST: Final = ("LSOA21", "MSOA21", "LA")


@dataclass(frozen=True, slots=True)
class Missed:
    """The answer for a place, and the gap of which theme holds it with its map."""

    theme: str
    gap: str
    sentence: str

    def way(self) -> dict[str, str]:
        """Query of the link to the gap and its map."""
        return {
            **address(theme=self.theme, area="", project=""),
            "gap": self.gap,
        }


def choice_of(
    say: Speech,
    place: str,
    theme: str,
) -> Row | None:
    """A council's list of chosen areas that can be held against its own figure, where its programme is
    meant for the theme.
    """
    summary = speaking_choice(say, place)
    if summary is None:
        return None
    meant = {
        (x["programme_id"], x["theme_id"])
        for x in reader.programme_themes()
        if x["fit"] == "core"
    }
    return summary if (summary["programme_id"], theme) in meant else None


def offered_gaps(
    say: Speech,
    place: str,
    theme: str,
) -> tuple[str, ...]:
    """The gaps that can be asked for; a list of chosen areas stands first where it is of the one authority
    of the place.
    """
    summary = choice_of(say, place, theme)
    if summary is None:
        return GAP_TYPES
    alone = reader.members().get(place) == [summary["la_code"]]
    return (CHOICE, *GAP_TYPES) if alone else (*GAP_TYPES, CHOICE)


def speaking_theme(say: Speech, place: str) -> str:
    """The theme that can say most of which areas are missed: that of a council's list, else the one with
    the finest figure.
    """
    listed = (
        t for t in reader.themes() if offered_gaps(say, place, t)[0] == CHOICE
    )
    return next(listed, None) or finest_theme(place)


def finest_theme(place: str) -> str:
    """The theme whose people in need are counted for the smallest areas; of those, one on which some
    provision is known; then in their order.
    """
    themes = list(reader.themes())
    level_of: dict[str, int] = {}
    for o in reader.need_offer():
        if (
            o["areas"]
            and o["definition"] == "lead"
            and o["area_type"] in FINEST_FIRST
        ):
            at = FINEST_FIRST.index(o["area_type"])
            level_of[o["theme_id"]] = min(
                at,
                level_of.get(
                    o["theme_id"],
                    at,
                ),
            )
    known = {
        r["theme_id"]
        for r in reader.gaps(
            region_of(place),
            place,
        )
        if r["gap_type"] == "presence"
        and r["class"]
        in (
            GapClass.PRESENT,
            GapClass.PRESENT_BY_FIGURES,
            GapClass.AREA_WIDE_ONLY,
        )
    }
    return min(
        themes,
        key=lambda t: (
            level_of.get(
                t,
                len(FINEST_FIRST),
            ),
            t not in known,
            themes.index(t),
        ),
    )


@once_a_build
def missed(
    say: Speech,
    place: str,
    theme: str = "",
) -> Missed:
    """The answer for a place, on a theme or on the one that can say most."""
    theme = theme or speaking_theme(say, place)
    gap = offered_gaps(say, place, theme)[0]
    summary = choice_of(say, place, theme)
    if gap == CHOICE and summary is not None:
        return Missed(
            theme,
            gap,
            choice_finding(say, summary),
        )
    region = region_of(place)
    view = GapView(
        theme,
        gap,
        place,
        region,
        reader.gap_areas(theme, region, gap, place),
    )
    return Missed(
        theme,
        gap,
        gap_finding(say, view),
    )


def missed_line(
    say: Speech,
    place: str,
    theme: str,
) -> None:
    """On Home: the question, the answer, and the way to its map."""
    answer = missed(say, place, theme)
    with st.container(gap=None, key="missed"):
        st.markdown(
            f"**{plain(say('home.missed.question'))}** {plain(answer.sentence)}"
        )
        st.page_link(
            "pages/gaps.py",
            label=say("home.missed.map"),
            query_params=answer.way(),
        )


def choice_too(
    say: Speech,
    place: str,
    theme: str,
) -> None:
    """Under a gap told by authority or by projects: what a council's own list of chosen areas says."""
    summary = choice_of(say, place, theme)
    if summary is not None:
        st.markdown(plain(choice_finding(say, summary)))
        st.page_link(
            "pages/gaps.py",
            label=say("gaps.choice_map"),
            query_params={
                **address(
                    theme=theme,
                    place=summary["la_code"],
                    project="",
                ),
                "gap": CHOICE,
            },
        )
