"""Where an area-based programme went, against need: which areas in higher need were left out, and which in
lower need were chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from clearlink.figures.choice_strip import choice_strip
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from clearlink.words.rates import people_beside
from pages.area.area_choice_map import choice_map
from pages.area.phase_words import phase_words
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech


@dataclass(frozen=True, slots=True)
class ChoiceMeasure:
    """One authority's choice held against one measure of need: what came of it, and every area."""

    summary: Row
    rows: Rows

    @property
    def missed(self) -> Rows:
        """Areas not chosen although among as many neediest as were chosen, the neediest first."""
        return [
            r
            for r in self.rows
            if not r["chosen"] and r["place"] <= r["chosen_areas"]
        ]

    @property
    def less_needy(self) -> Rows:
        """Areas chosen although they stand below that many, the least needy first."""
        return sorted(
            (
                r
                for r in self.rows
                if r["chosen"] and r["place"] > r["chosen_areas"]
            ),
            key=lambda r: (-r["place"], r["area_code"]),
        )


def choices_of(place: str) -> Rows:
    """How the choice of each authority of a place compares with need, on every measure that can tell; the
    council's own figure first.
    """
    inside = set(reader.members().get(place, ()))
    return sorted(
        (
            r
            for r in reader.choice_authorities()
            # a paper that names only what was chosen says nothing of what was left out
            if r["la_code"] in inside
            and (r["measure"] != "council" or r["named_not_chosen"])
        ),
        key=lambda r: (
            r["measure"] != "council",
            r["measure"].split()[-1],
            r["measure"],
        ),
    )


def speaking_choice(say: Speech, place: str) -> Row | None:
    """The choice of a place that says most: by a council's own figure, of a paper that names the areas it
    left out as well.
    """
    told = [r for r in choices_of(place) if r["measure"] == "council"]
    return (
        min(
            told,
            key=lambda r: say.place(r["la_code"]),
        )
        if told
        else None
    )


def area_choice_view(
    say: Speech,
    place: str,
    headline: str = "",
) -> None:
    """Where an area-based programme went in one authority with papers, those of the chosen place first.

    `headline` is what the page has said already and is not said again.
    """
    here = choices_of(place)
    choices = here or choices_of(reader.WALES)
    if not choices:
        st.info(say("fairness.fs.finding_none"))
        return
    if not here:
        st.info(
            plain(
                say(
                    "fairness.fs.elsewhere",
                    place=say.place(place),
                )
            )
        )
    summary = _pick(say, choices)
    shown = ChoiceMeasure(
        summary,
        [
            r
            for r in reader.choice_need(summary["la_code"])
            if r["measure"] == summary["measure"]
        ],
    )
    text = choice_finding(say, summary)
    if text != headline:
        st.markdown(f"**{plain(text)}**")
    _children(say, summary)
    measure = summary["measure"]
    in_words = [_shown(say, r, measure) for r in shown.rows]
    choice_map(
        say,
        summary["la_code"],
        measure_words(say, measure),
        shown.rows,
        in_words,
    )
    _strip(say, summary, in_words)
    above, below = st.columns(2, gap="large")
    with above:
        _list(say, "not_chosen", shown.missed, measure)
    with below:
        _list(say, "lower_chosen", shown.less_needy, measure)
    _notes(say, summary, shown.rows)


def _pick(say: Speech, found: Rows) -> Row:
    """The authority and the measure, chosen in two boxes."""
    # papers that name the areas left out as well say most, so they stand first
    told = {r["la_code"] for r in found if r["named_not_chosen"]}
    authorities = sorted(
        {r["la_code"] for r in found},
        key=lambda la: (la not in told, say.place(la)),
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        la = st.selectbox(
            say("fairness.fs.authority"),
            authorities,
            format_func=say.place,
            key="fs_authority",
        )
    measures = {r["measure"]: r for r in found if r["la_code"] == la}
    with right:
        measure = st.selectbox(
            say("fairness.fs.measure"),
            list(measures),
            format_func=lambda m: measure_words(say, m),
            key=f"fs_measure_{la}",
        )
    return measures[measure]


def _children(say: Speech, summary: Row) -> None:
    """How many of the children of the neediest areas live outside the chosen ones, and of how many areas none
    are counted.
    """
    if not (summary["children_neediest"] and summary["children"]):
        return
    outside, total, share = people_beside(
        summary["children_neediest_outside"] or 0,
        summary["children_neediest"],
        0,
    )
    text = say(
        "fairness.fs.outside",
        la=say.place(summary["la_code"]),
        n=summary["chosen_areas"],
        outside=outside,
        total=total,
        share=share,
        places=say.number(summary["places"]),
    )
    if summary["uncounted"]:
        text += " " + say("fairness.fs.uncounted", n=summary["uncounted"])
    st.markdown(plain(text))


def _notes(
    say: Speech,
    summary: Row,
    rows: Rows,
) -> None:
    measure = summary["measure"]
    reasons = sorted({r["reason"] for r in rows if r["reason"]})
    lines = [
        say("fairness.fs.reason", reason=f"“{reason}”") for reason in reasons
    ] or [say("fairness.fs.no_reason")]
    lines += [
        say("fairness.fs.children"),
        say("fairness.fs.rule"),
        say("fairness.fs.phases"),
    ]
    if measure.startswith("wimd_income"):
        lines.append(say("fairness.fs.hindsight", edition=_edition(measure)))
    if measure == "council":
        lines.append(say("fairness.fs.source"))
    lines.append(say("fairness.fs.communities_first"))
    st.caption("  \n".join(plain(line) for line in lines))


def _edition(measure: str) -> str:
    return measure.split()[-1]


def measure_words(say: Speech, measure: str) -> str:
    """What a measure of need is called."""
    if measure == "council":
        return say("fairness.fs.measure_council")
    return say(
        "fairness.fs.measure_child"
        if measure.startswith("child_income")
        else "fairness.fs.measure_index",
        edition=_edition(measure),
    )


def choice_finding(say: Speech, summary: Row) -> str:
    """How many areas in higher need were left out; whatever these counts leave out themselves stands in the
    same breath.
    """
    values = {
        "la": say.place(summary["la_code"]),
        "n": summary["lower_chosen"],
        "chosen": summary["chosen_areas"],
    }
    if summary["measure"] == "council":
        text = say(
            "fairness.fs.finding_council",
            **values,
            highest=f"{summary['highest_not_chosen']:.1f}",
            lowest=f"{summary['lowest_chosen']:.1f}",
        )
    else:
        named = "_named" if summary["named_not_chosen"] else ""
        text = say(
            f"fairness.fs.finding_index{named}"
            if values["n"]
            else f"fairness.fs.finding_index{named}_none",
            **values,
            measure=measure_words(say, summary["measure"]),
        )
    return " ".join(
        [
            text,
            *_left_out(say, summary),
        ]
    )


def _left_out(say: Speech, summary: Row) -> list[str]:
    """Why the number of chosen areas of a measure is not the number that the papers chose."""
    if summary["measure"] == "council":
        without = summary["chosen_listed"] - summary["chosen_areas"]
        return [say("fairness.fs.no_figure", n=without)] if without else []
    reasons = []
    if summary["chosen_today"] != summary["chosen_listed"]:
        reasons.append(
            say(
                "fairness.fs.became",
                listed=summary["chosen_listed"],
                n=summary["chosen_today"],
            )
        )
    if summary["unplaced"]:
        reasons.append(
            say(
                "fairness.fs.unplaced",
                n=len(summary["unplaced"]),
                names=numbers.join(
                    say.lang,
                    summary["unplaced"],
                ),
            )
        )
    without = summary["chosen_today"] - summary["chosen_areas"]
    return (
        [
            *reasons,
            say("fairness.fs.no_figure", n=without),
        ]
        if without
        else reasons
    )


def _value_shown(value: float, measure: str) -> str:
    """A council's own figure and the share of children are told to a tenth, ranks and counts whole."""
    if measure == "council":
        return f"{value:.1f}%"
    return (
        f"{value:,.1f}"
        if measure.startswith("child_income")
        else f"{value:,.0f}"
    )


def _shown(
    say: Speech,
    r: Row,
    measure: str,
) -> dict[str, Any]:
    return {
        "area": r["area_name"] or "",
        "name": say.of(r) if r["name_en"] else say("fairness.fs.no_code_today"),
        "code": r["area_code"],
        "value": _value_shown(r["value"], measure),
        "place": r["place"],
        "is_chosen": r["chosen"],
        "chosen": say("common.yes") if r["chosen"] else say("common.no"),
        "phase": phase_words(say, r["phase"]),
        "reason": r["reason"] or "",
        "decided": say.date(r["decided_on"]) if r["decided_on"] else "",
        "source": say.reference(r["source_ref"]) if r["source_ref"] else "",
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


def _strip(
    say: Speech,
    summary: Row,
    shown: list[dict[str, Any]],
) -> None:
    names = (
        say("fairness.fs.chosen"),
        say("fairness.fs.left"),
        say("fairness.fs.cut"),
    )
    alt = say(
        "fairness.fs.strip_alt",
        la=say.place(summary["la_code"]),
        n=summary["lower_chosen"],
    )
    show_picture(
        say,
        choice_strip(
            shown,
            summary["chosen_areas"],
            names,
            say("fairness.fs.strip_axis"),
            alt,
            _labels(say),
        ),
        key="fs_strip",
        name=f"area-choice-{summary['la_code']}",
    )


def _list(
    say: Speech,
    name: str,
    rows: Rows,
    measure: str,
) -> None:
    st.subheader(say(f"fairness.fs.{name}"))
    if not rows:
        st.success(say(f"fairness.fs.{name}_none"))
        return
    shown = [_shown(say, r, measure) for r in rows]
    table(
        shown,
        _labels_of(say, shown),
        key=f"fs_{name}",
        height=min(
            320,
            40 + 35 * max(1, len(shown)),
        ),
    )
    carry_away(
        say,
        f"flying-start-{name.replace('_', '-')}",
        shown,
        _labels(say),
        (say(f"fairness.fs.{name}"), say("fairness.fs.source")),
    )


def _labels_of(say: Speech, shown: list[dict[str, Any]]) -> dict[str, str]:
    """The columns of a list, without those that hold nothing, and without the other name of an area where
    the paper's own says it: that stands in the table of all areas.
    """
    filled = {
        column
        for column in ("area", "phase", "reason")
        if any(r[column] for r in shown)
    }
    filled |= (
        {"value", "place"}
        if all(r["area"] for r in shown)
        else {"name", "value", "place"}
    )
    return {
        column: text
        for column, text in _labels(say).items()
        if column in filled
    }
