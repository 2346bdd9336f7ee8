"""What a register would give, before anything is kept: how many of each verdict, and each row with its
verdict and why.
"""

from __future__ import annotations

from collections import Counter

import streamlit as st

from clearlink.rules.codes import VERDICT_ORDER, Basis
from pages.desk.load_desk import Tried
from pages.frame.frame import plain, table
from pages.frame.speech import Speech

_BASES = (Basis.AT_DECISION, "today")


def trial_view(say: Speech, tried: Tried) -> None:
    """One sentence of rows loaded and refused, the verdicts counted on both days, and the rows themselves."""
    report = say("data.desk.report", n=tried.accepted, refused=tried.refused)
    if tried.passed_over:
        rows = "; ".join(
            say(
                "desk.map.passed_row",
                row=each["row"],
                text=each["text"],
            )
            for each in tried.passed_over[:6]
        )
        report = f"{report} {say('desk.map.passed_over', rows=rows)}"
    (st.success if tried.refused == 0 and tried.accepted else st.warning)(plain(report))
    if not tried.accepted:
        st.info(say("desk.nothing_accepted"))
    if not tried.is_judged:
        st.info(say("desk.not_judged"))
    if not tried.verdicts:
        return
    st.markdown(f"### {plain(say('desk.verdicts_title'))}")
    st.caption(plain(say("desk.verdicts_lead")))
    counts = {
        basis: Counter(
            row["verdict"] for row in tried.verdicts if row["basis"] == basis
        )
        for basis in _BASES
    }
    counted = [
        {
            "verdict": say.verdict(verdict),
            **{basis: counts[basis][verdict] for basis in _BASES},
        }
        for verdict in VERDICT_ORDER
    ]
    table(
        counted,
        {name: say(f"desk.col.{name}") for name in ("verdict", *_BASES)},
        key="desk_verdict_counts",
    )
    listed = [
        {
            "title": r["title"],
            "commissioner": say.place(r["place"]) if r["place"] else r["commissioner"],
            "value": r["annual_value_gbp"],
            "verdict": say.verdict(r["verdict"]),
            "why": say(f"verdict.sentence.{r['reason']}"),
        }
        for r in sorted(
            tried.verdicts,
            key=lambda r: (VERDICT_ORDER.index(r["verdict"]), r["title"]),
        )
        if r["basis"] == Basis.AT_DECISION
    ]
    labels = {
        name: say(f"desk.col.{name}")
        for name in ("title", "verdict", "why", "commissioner", "value")
    }
    table(
        listed,
        labels,
        key="desk_verdict_rows",
        height=320,
        config={
            "why": st.column_config.TextColumn(width="large"),
            "value": st.column_config.NumberColumn(format="£%,.0f"),
        },
    )
