"""One box to find an area by postcode or name, wherever an area is chosen. What is typed is forgotten as
soon as it is answered.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.place_finder import WARD, find_places, place_of
from clearlink.rules.place_words import MOST_ASKED, Asked, Outcome
from clearlink.warehouse import reader
from pages.frame.choices import address, choose, current_choices, levels_held
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.state import Box, Kept

BOX: Final = Box[str | None]("place_search")
_ANSWERED: Final = Kept[Asked]("place_search_answered")
_SILENT: Final = (Outcome.NOTHING_ASKED, Outcome.POSTCODE, Outcome.ONE)


def place_search(
    say: Speech,
    page: str,
    *,
    keeps_level: bool = False,
    opens_wards: bool = False,
) -> None:
    """The box and, under it, what came of the asking. `page` is where an offer leads to; with
    `keeps_level` the map's level follows. `opens_wards`: the page can show a ward, elsewhere its small areas
    stand for it.
    """
    st.text_input(
        say("places.search"),
        key=BOX.key,
        max_chars=MOST_ASKED,
        placeholder=say("places.placeholder"),
        help=say("places.help"),
        on_change=_asked,
        args=(keeps_level, opens_wards),
        autocomplete="off",
    )
    answered = _ANSWERED.value_or_none()
    if answered is None or answered.outcome in _SILENT:
        return
    with st.container(key="place_answers"):
        st.markdown(plain(outcome_words(say, answered)))
        for code in answered.offers:
            st.page_link(
                f"pages/{page}.py",
                label=plain(place_words(say, code)),
                query_params=address(**_choices_for(code, keeps_level)),
            )
        if answered.more:
            st.caption(say("places.more", n=answered.more))


def outcome_words(say: Speech, answered: Asked) -> str:
    """What came of the asking, in a sentence that never repeats what was typed."""
    where = (
        place_words(
            say,
            answered.offers[0],
        )
        if answered.offers
        else ""
    )
    return say(
        f"places.outcome.{answered.outcome}",
        district=answered.district,
        place=where,
    )


def place_words(say: Speech, code: str) -> str:
    """A place with its authority: 'Mold, Flintshire'."""
    row = place_of(code)
    if row is None:
        return code
    if row["la_code"] == code:
        return say(
            "places.authority",
            name=say.of(row),
        )
    name = say.of(row)
    if row["area_type"] == WARD:
        name = say("choices.place_WD24", name=name)
    return say(
        "places.in_authority",
        name=name,
        authority=say.place(row["la_code"]),
    )


def _asked(keeps_level: bool, opens_wards: bool) -> None:
    """Answers at the moment of asking, and empties the box: a postcode stays nowhere."""
    answered = find_places(
        BOX.value_or_none() or "",
        opens_wards=opens_wards,
    )
    BOX.keep("")
    _ANSWERED.keep(answered)
    if answered.taken:
        choose(**_choices_for(answered.taken, keeps_level))


def _choices_for(code: str, keeps_level: bool) -> dict[str, str]:
    """The area, with the place of the page widened where the area lies outside it."""
    row = place_of(code)
    chosen = {"area": code}
    if row is None:
        return chosen
    if row["la_code"] not in reader.members().get(current_choices().place, ()):
        chosen["place"] = reader.WALES
    if keeps_level and row["area_type"] in levels_held():
        chosen["level"] = row["area_type"]
    return chosen
