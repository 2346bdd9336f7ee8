"""Engagements of a place or a project as a table that can be carried away."""

from __future__ import annotations

import streamlit as st

from clearlink.report.engagement_words import engagement_labels, engagement_rows
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech


def engagements_here(
    say: Speech,
    place: str,
    name: str,
) -> None:
    """Who was listened to for the assessments, services and places of an authority, or of every authority
    of a region.
    """
    st.subheader(say("engagement.title"))
    rows = reader.engagements_of_place(place)
    if not rows:
        st.info(plain(say("engagement.none", place=name)))
        return
    changed = sum(bool(e["changed"]) for e in rows)
    st.markdown(
        plain(
            say(
                "engagement.lead",
                n=len(rows),
                changed=changed,
                place=name,
            )
        )
    )
    engagement_table(say, rows, "engagements")


def engagement_table(
    say: Speech,
    engagements: Rows,
    key: str,
) -> None:
    """The engagements, a row each."""
    rows, labels = engagement_rows(say, engagements), engagement_labels(say)
    table(rows, labels, key=key, height=300)
    carry_away(
        say,
        key,
        rows,
        labels,
        (say("engagement.title"),),
    )
