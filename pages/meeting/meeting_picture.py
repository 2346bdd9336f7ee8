"""The picture that an item's question is about: need where the project works, and the areas it reaches."""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.report.item_map import ItemMap, item_map
from clearlink.report.voice import Voice
from clearlink.review.records import Item, Meeting
from clearlink.review.roles import Viewer
from clearlink.warehouse import reader
from clearlink.words import Lang
from pages.frame.frame import plain
from pages.frame.speech import Speech

SIZE_MM = (170, 96)


def place_picture(
    say: Speech,
    viewer: Viewer,
    meeting: Meeting,
    item: Item,
    facts: dict[str, Any],
) -> None:
    """Draws it, with its sentence; says so where this build has no boundaries to draw on."""
    drawn = _drawn(
        say.lang,
        meeting.place,
        item.evidence_id or item.item_id,
        reader.build()["build_id"],
        repr(viewer.scope()),
        facts,
    )
    if drawn is None:
        st.caption(say("meetings.run.no_map"))
        return
    st.image(
        drawn.png,
        width="stretch",
        alt=drawn.alt,
    )
    st.caption(plain(drawn.alt))


@st.cache_data(max_entries=128, show_spinner=False)
def _drawn(
    lang: Lang,
    place: str,
    evidence_id: str,
    build_id: str,
    scope: str,
    _facts: dict[str, Any],
) -> ItemMap | None:
    # a frozen item's picture never changes: it is kept by what it shows, and by who may see it
    return item_map(
        Voice(lang),
        place,
        _facts,
        SIZE_MM,
    )
