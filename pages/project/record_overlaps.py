"""On a project's record: the running projects that serve the same people at the same time."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row
from clearlink.words import numbers
from pages.frame.choices import choose
from pages.frame.frame import plain
from pages.frame.speech import Speech


def overlaps_of(say: Speech, project: Row) -> None:
    """Each other project as a link to its record, with what the two have in common; nothing where there is
    none.
    """
    own = project["project_id"]
    pairs = [
        p
        for p in reader.overlaps(
            project["la_code"] or project["region_code"] or reader.WALES
        )
        if own in (p["project_a"], p["project_b"])
    ]
    if not pairs:
        return
    st.subheader(say("record.overlaps"))
    for pair in pairs:
        other = "b" if pair["project_a"] == own else "a"
        other_id = pair[f"project_{other}"]
        with st.container(gap=None, key=f"overlap_{other_id}"):
            # a link from a page to itself leaves the address of the browser as it was: the choice must be in
            # the link that people share
            st.button(
                plain(pair[f"title_{other}"]),
                key=f"open_overlap_{other_id}",
                type="tertiary",
                on_click=choose,
                kwargs={"project": other_id},
            )
            where = (
                say.place(pair[f"la_{other}"])
                if pair[f"la_{other}"]
                else say.programme(pair[f"programme_{other}"])
            )
            st.caption(
                plain(
                    say(
                        f"record.overlap_{pair['kind']}",
                        where=where,
                        people=numbers.whole(pair["shared_people"]),
                        days=pair["shared_days"],
                    )
                )
            )
