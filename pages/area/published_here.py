"""What papers published of a place: sums of programmes, and what auditors and scrutiny found."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse import reader
from pages.frame.frame import plain, table
from pages.frame.speech import Speech


def published_sums(say: Speech, place: str) -> None:
    """Sums of programmes as papers and ministers gave them, side by side and never added up; nothing where
    none is held.
    """
    sums = reader.programme_sums(place)
    if not sums:
        return
    st.subheader(say("area.sums.title"))
    st.caption(plain(say("area.sums.help")))
    rows = [
        {
            "grant": say.of(row, "grant"),
            "place": say.place(row["area_code"]),
            "year": say.of(row, "year"),
            "gbp": row["amount_gbp"],
            "note": say.of(row, "note") if row["note_en"] else "",
            "url": row["source_url"],
        }
        for row in sums
    ]
    table(
        rows,
        {
            name: say(f"area.sums.{name}")
            for name in ("grant", "place", "year", "gbp", "note", "url")
        },
        key="programme_sums",
        height=420,
        config={
            "grant": st.column_config.TextColumn(width=330),
            "gbp": st.column_config.NumberColumn(format="£%,d"),
            "note": st.column_config.TextColumn(width=360),
            "url": st.column_config.LinkColumn(width=200),
        },
    )


def auditors_found(say: Speech, place: str | None = None) -> None:
    """Findings on how councils commission, in our words with the address; nothing where none is held."""
    findings = reader.auditor_findings(place)
    if not findings:
        return
    st.subheader(say("area.found.title"))
    st.caption(plain(say("area.found.help")))
    for row in findings:
        told = say(
            "area.found.line",
            place=say.place(row["area_code"]),
            who=say.of(row, "who"),
            day=say.of(row, "day"),
            found=say.of(row, "finding"),
        )
        source = f"[{say('area.found.source')}]({row['source_url']})"
        st.markdown(f"- {plain(told)} {source}")
