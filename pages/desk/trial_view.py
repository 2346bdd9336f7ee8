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

_BASES = (Basis.AT_DECISION, Basis.TODAY)


def trial_view(say: Speech, tried: Tried) -> None:
    """One sentence of rows loaded and refused, the verdicts counted on both days, and the rows themselves."""
    is_clean = tried.refused == 0 and tried.accepted
    (st.success if is_clean else st.warning)(plain(_report(say, tried)))
    if not tried.accepted:
        st.info(say("desk.nothing_accepted"))
    if not tried.is_judged:
        st.info(say("desk.not_judged"))
    if not tried.verdicts:
        return
    st.markdown(f"### {plain(say('desk.verdicts_title'))}")
    st.caption(plain(say("desk.verdicts_lead")))
    _verdict_counts(say, tried)
    _verdict_rows(say, tried)


def _report(say: Speech, tried: Tried) -> str:
    """How many rows were loaded and refused, and which were passed over."""
    report = say("data.desk.report", n=tried.accepted, refused=tried.refused)
    if not tried.passed_over:
        return report
    listed = tried.passed_over[:6]
    rows = "; ".join(
        say(
            "desk.map.passed_row",
            row=each["row"],
            text=each["text"],
        )
        for each in listed
    )
    return f"{report} {say('desk.map.passed_over', rows=rows)}"


def _verdict_counts(say: Speech, tried: Tried) -> None:
    counts = Counter((row["basis"], row["verdict"]) for row in tried.verdicts)
    counted = [
        {
            "verdict": say.verdict(verdict),
            **{basis: counts[basis, verdict] for basis in _BASES},
        }
        for verdict in VERDICT_ORDER
    ]
    labels = {name: say(f"desk.col.{name}") for name in ("verdict", *_BASES)}
    table(counted, labels, key="desk_verdict_counts")


def _verdict_rows(say: Speech, tried: Tried) -> None:
    """The verdict of each row on the day of its decision, in the order of the verdicts."""
    at_decision = [r for r in tried.verdicts if r["basis"] == Basis.AT_DECISION]
    listed = [
        {
            "title": r["title"],
            "commissioner": say.place(r["place"])
            if r["place"]
            else say.printed(r["commissioner"]),
            "value": r["annual_value_gbp"],
            "verdict": say.verdict(r["verdict"]),
            "why": say(f"verdict.sentence.{r['reason']}"),
        }
        for r in sorted(
            at_decision,
            key=lambda r: (VERDICT_ORDER.index(r["verdict"]), r["title"]),
        )
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
