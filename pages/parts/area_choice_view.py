"""Where an area-based programme went, against need: which areas in higher need were left out, and which in lower need were chosen."""

from __future__ import annotations

from typing import Any

import streamlit as st

from clearlink.figures.choice_strip import choice_strip
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.parts.frame import carry_away, plain, table
from pages.parts.pictures import show_picture
from pages.parts.speech import Speech


def area_choice_view(say: Speech, place: str) -> None:
    """Authorities with papers; the one of the chosen place first."""
    found = reader.choice_authorities()
    authorities = list(dict.fromkeys(r["la_code"] for r in found))
    if not authorities:
        st.info(say("fairness.fs.finding_none"))
        return
    inside = set(reader.members().get(place, ()))
    # papers that name the areas left out as well say most, so they stand first
    told = {r["la_code"] for r in found if r["named_not_chosen"]}
    authorities.sort(key=lambda la: (la not in inside, la not in told, say.place(la)))
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        la = st.selectbox(
            say("fairness.fs.authority"), authorities, format_func=say.place, key="fs_authority"
        )
    measures = sorted(
        (r for r in found if r["la_code"] == la and (r["measure"] != "council" or r["named_not_chosen"])),
        key=lambda r: (r["measure"] != "council", r["measure"].split()[-1], r["measure"]),
    )
    with right:
        names = [r["measure"] for r in measures]
        measure = st.selectbox(
            say("fairness.fs.measure"),
            names,
            format_func=lambda m: _measure_words(say, m),
            key=f"fs_measure_{la}",
        )
    summary = next(r for r in measures if r["measure"] == measure)
    st.markdown(f"**{plain(_finding(say, summary))}**")
    if summary["children_neediest"] and summary["children"]:
        outside = summary["children_neediest_outside"] or 0
        st.markdown(
            plain(
                say(
                    "fairness.fs.outside",
                    la=say.place(la),
                    n=summary["chosen_areas"],
                    outside=numbers.people(outside),
                    total=numbers.people(summary["children_neediest"]),
                    share=numbers.pct(outside / summary["children_neediest"]),
                    places=say.number(summary["places"]),
                )
            )
        )
    rows = [r for r in reader.choice_need(la) if r["measure"] == measure]
    _strip(say, summary, rows)
    above, below = st.columns(2, gap="large")
    cut = summary["chosen_areas"]
    with above:
        _list(say, "not_chosen", [r for r in rows if not r["chosen"] and r["place"] <= cut], measure)
    with below:
        _list(
            say,
            "lower_chosen",
            sorted((r for r in rows if r["chosen"] and r["place"] > cut), key=lambda r: -r["place"]),
            measure,
        )
    reasons = sorted({r["reason"] for r in rows if r["reason"]})
    lines = [say("fairness.fs.reason", reason=f"“{reason}”") for reason in reasons] or [
        say("fairness.fs.no_reason")
    ]
    lines += [say("fairness.fs.children"), say("fairness.fs.rule"), say("fairness.fs.phases")]
    if measure.startswith("wimd_income"):
        lines.append(say("fairness.fs.hindsight", edition=_edition(measure)))
    if measure == "council":
        lines.append(say("fairness.fs.source"))
    lines.append(say("fairness.fs.communities_first"))
    st.caption("  \n".join(plain(line) for line in lines))


def _edition(measure: str) -> str:
    return measure.split()[-1]


def _measure_words(say: Speech, measure: str) -> str:
    if measure == "council":
        return say("fairness.fs.measure_council")
    return say(
        "fairness.fs.measure_child" if measure.startswith("child_income") else "fairness.fs.measure_index",
        edition=_edition(measure),
    )


def _finding(say: Speech, summary: Row) -> str:
    values = {
        "la": say.place(summary["la_code"]),
        "n": summary["lower_chosen"],
        "chosen": summary["chosen_areas"],
    }
    if summary["measure"] == "council":
        return say(
            "fairness.fs.finding_council",
            **values,
            highest=f"{summary['highest_not_chosen']:.1f}",
            lowest=f"{summary['lowest_chosen']:.1f}",
        )
    return say(
        "fairness.fs.finding_index" if values["n"] else "fairness.fs.finding_index_none",
        **values,
        measure=_measure_words(say, summary["measure"]),
    )


def _shown(say: Speech, r: Row, measure: str) -> dict[str, Any]:
    return {
        "area": r["area_name"] or "",
        "name": say.of(r),
        "code": r["area_code"],
        "value": f"{r['value']:.1f}%"
        if measure == "council"
        else f"{r['value']:,.1f}"
        if measure.startswith("child_income")
        else f"{r['value']:,.0f}",
        "place": r["place"],
        "is_chosen": r["chosen"],
        "chosen": say("common.yes") if r["chosen"] else say("common.no"),
        "phase": r["phase"] or "",
        "reason": r["reason"] or "",
        "decided": say.date(r["decided_on"]) if r["decided_on"] else "",
        "source": r["source_ref"] or "",
    }


def _labels(say: Speech) -> dict[str, str]:
    return {
        name: say(f"fairness.fs.col.{name}")
        for name in (
            "area",
            "name",
            "value",
            "place",
            "chosen",
            "phase",
            "decided",
            "reason",
            "code",
            "source",
        )
    }


def _strip(say: Speech, summary: Row, rows: Rows) -> None:
    shown = [_shown(say, r, summary["measure"]) for r in rows]
    names = (say("fairness.fs.chosen"), say("fairness.fs.left"), say("fairness.fs.cut"))
    alt = say("fairness.fs.strip_alt", la=say.place(summary["la_code"]), n=summary["lower_chosen"])
    show_picture(
        say,
        choice_strip(shown, summary["chosen_areas"], names, say("fairness.fs.strip_axis"), alt, _labels(say)),
        key="fs_strip",
        name=f"area-choice-{summary['la_code']}",
    )


def _list(say: Speech, name: str, rows: Rows, measure: str) -> None:
    st.subheader(say(f"fairness.fs.{name}"))
    if not rows:
        st.success(say(f"fairness.fs.{name}_none"))
        return
    shown = [_shown(say, r, measure) for r in rows]
    labels = {
        column: text
        for column, text in _labels(say).items()
        if column in ("area", "name", "value", "place", "phase", "reason")
    }
    for empty in [column for column in ("area", "phase", "reason") if not any(r[column] for r in shown)]:
        labels.pop(empty)
    if "area" in labels and all(r["area"] for r in shown):
        # the paper's own name says it; the other stands in the table of all areas
        labels.pop("name")
    table(shown, labels, key=f"fs_{name}", height=min(320, 40 + 35 * max(1, len(shown))))
    carry_away(
        say,
        f"flying-start-{name.replace('_', '-')}",
        shown,
        _labels(say),
        (say(f"fairness.fs.{name}"), say("fairness.fs.source")),
    )
