"""The analyst's page: curves, needs gap, Theil split, funnel, and every measure under every definition."""

from __future__ import annotations

import streamlit as st

from clearlink.figures.concentration import concentration
from clearlink.warehouse import reader
from clearlink.words import numbers
from pages.fairness.fairness_authorities import funnel
from pages.fairness.fairness_view import FairnessView
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech

SHARES = ("share_to_neediest_fifth", "need_share_of_neediest_fifth", "hoover")


def fairness_analyst(say: Speech, view: FairnessView) -> None:
    """Nothing here is a headline."""
    st.caption(plain(say("fairness.analyst.lead")))
    left, right = st.columns(2, gap="large")
    with left:
        _curve(say, view)
    with right:
        funnel(say, view)
    total, between, within = (
        view.value(f"theil_{part}") for part in ("total", "between", "within")
    )
    if total is None or between is None or within is None:
        st.markdown(plain(say("fairness.analyst.theil_undefined")))
    else:
        st.markdown(
            plain(
                say(
                    "fairness.analyst.theil",
                    total=f"{total:.3f}",
                    between=f"{between:.3f}",
                    within=f"{within:.3f}",
                    share=numbers.pct(between / total) if total else "—",
                )
            )
        )
    _measures(say, view)


def _curve(say: Speech, view: FairnessView) -> None:
    st.subheader(say("fairness.analyst.curve"))
    points = [
        {name: round(100 * value, 2) for name, value in p.items()}
        for p in reader.fairness_curve(
            view.region,
            view.theme,
            view.definition,
            view.placed_by,
        )
    ]
    half = next(p for p in points if p["population_share"] >= 50)
    alt = say(
        "fairness.analyst.curve_alt",
        need=f"{half['need_share']:.0f}%",
        spend=f"{half['spend_share']:.0f}%",
    )
    names = (
        say("fairness.analyst.curve_need"),
        say("fairness.analyst.curve_spend"),
        say("fairness.analyst.curve_equal"),
    )
    labels = {
        "population_share": say("fairness.analyst.col.point") + " %",
        "need_share": names[0] + " %",
        "spend_share": names[1] + " %",
    }
    axes = (say("fairness.analyst.curve_x"), say("fairness.analyst.curve_y"))
    show_picture(
        say,
        concentration(
            points,
            names,
            axes,
            alt,
            labels,
        ),
        key="fair_curve",
        name=f"concentration-{view.theme}",
    )


def _value_shown(measure: str, value: float | None) -> str:
    """A measure in its own unit: per cent, pounds, people, or a number with its sign."""
    if value is None:
        return ""
    if measure in SHARES:
        return numbers.pct(value, 1)
    if "gbp" in measure or measure == "spend_per_person_in_need":
        return f"{value:,.2f}"
    return (
        numbers.whole(value) if measure == "people_in_need" else f"{value:+.4f}"
    )


def _measures(say: Speech, view: FairnessView) -> None:
    st.subheader(say("fairness.analyst.table"))

    rows = [
        {
            "measure": say(f"fairness.measure.{r['measure']}"),
            "definition": say(f"fairness.definition_of.{r['definition']}"),
            "placed_by": say(f"fairness.placed_by_of.{r['placed_by']}"),
            "value": _value_shown(
                r["measure"],
                r["value"],
            ),
            "low": _value_shown(
                r["measure"],
                r["low"],
            ),
            "high": _value_shown(
                r["measure"],
                r["high"],
            ),
        }
        for r in sorted(
            view.rows,
            key=lambda r: (
                r["measure"],
                r["definition"],
                r["placed_by"],
            ),
        )
        if r["measure"] != "depends"
    ]
    labels = {
        name: say(f"fairness.analyst.col.{name}")
        for name in (
            "measure",
            "definition",
            "placed_by",
            "value",
            "low",
            "high",
        )
    }
    table(rows, labels, key="fair_measures", height=320)
    carry_away(
        say,
        f"fairness-{view.theme}",
        rows,
        labels,
        (say("fairness.title"), say("fairness.benchmark")),
    )
