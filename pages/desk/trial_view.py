"""What a register would give, before anything is kept: how many of each verdict, and each row with its
verdict and why.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from clearlink.rules.codes import VERDICT_ORDER, Basis
from etl.records import Severity
from pages.desk.load_desk import Tried
from pages.desk.problem_words import problem_words
from pages.frame.frame import plain, table
from pages.frame.speech import Speech

_BASES = (Basis.AT_DECISION, Basis.TODAY)


def trial_view(say: Speech, tried: Tried) -> None:
    """One sentence of rows loaded and refused, the verdicts counted on both days, and the rows themselves."""
    is_clean = tried.refused == 0 and tried.accepted
    if reasons := refused_whole(tried):
        st.error(plain(_refusal(say, reasons)))
        return
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


def refused_whole(tried: Tried) -> list[dict[str, Any]]:
    """Why the file as a whole is refused: none of its rows was looked at; nothing where rows were."""
    if tried.accepted or tried.refused:
        return []
    return [p for p in tried.problems if p["severity"] == Severity.REFUSED]


def _refusal(say: Speech, reasons: list[dict[str, Any]]) -> str:
    """That the file is refused, why, and what to do; of several reasons the first, and how many more."""
    first = problem_words(say, reasons[0])
    told = say(
        "desk.refused_whole",
        found=first["found"] or "–",
        expected=first["expected"] or "–",
        remedy=first["remedy"],
    )
    more = len(reasons) - 1
    return f"{told} {say('desk.refused_more', n=more)}" if more else told


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
