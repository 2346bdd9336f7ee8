"""What the three numbers would be if need, or the placing of money, were taken otherwise: worked out
afresh, written nowhere.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from clearlink.rules.fairness.fairness_what_if import (
    PLACINGS,
    Outcome,
    Supposition,
    supposed_fairness,
)
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.words import numbers
from pages.fairness.fairness_areas import area_columns
from pages.fairness.fairness_view import FairnessView
from pages.frame.choices import address
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.frame.state import Box
from pages.project.verdict_what_if import verdicts_one_step_away

SHARES: Final = (
    "share_to_neediest_fifth",
    "need_share_of_neediest_fifth",
    "hoover",
)
SHOWN: Final = (
    "share_to_neediest_fifth",
    "need_share_of_neediest_fifth",
    "hoover",
    "money_to_move_gbp",
    "money_between_authorities_gbp",
    "needs_gap",
    "spend_gbp",
    "spend_per_person_in_need",
)
# percentages on the sliders, so that a person reads whole numbers
START: Final = {"concentration": 0, "neediest": 20, "rural": 100}
_PLACED: Final = Box[str]("fair_if_placed")


def fairness_what_if(say: Speech, view: FairnessView) -> None:
    """Sliders, what they change in a sentence and a table, and how firm the verdicts behind the money are."""
    st.warning(
        say("gaps.what_if.notice"),
        icon=None,
    )
    columns, law = area_columns(view.theme, view.region), served_law()
    if st.button(
        say("fairness.what_if.reset"),
        key="fair_if_reset",
        type="tertiary",
    ):
        for name, value in START.items():
            Box[int](f"fair_if_{name}").keep(value)
        _PLACED.keep(PLACINGS[0])
    supposed = _asked(
        say,
        bool(columns.is_rural.any()),
    )
    now = supposed_fairness(
        columns,
        Supposition(neediest_share=law.neediest_share),
        law,
    )
    then = supposed_fairness(columns, supposed, law)
    if now is None or then is None:
        st.info(say("fairness.what_if.nothing"))
        return
    _finding(say, now, then, law.no_direction)
    cuts = _cuts(say, supposed)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(say("fairness.what_if.measures"))
        _measures(say, view, now, then, cuts)
    with right:
        st.subheader(say("fairness.what_if.gaps"))
        _authorities(say, view, now, then, cuts)
    _verdicts(say, view)


def _measures(
    say: Speech,
    view: FairnessView,
    now: Outcome,
    then: Outcome,
    cuts: str,
) -> None:
    """Each measure as it is and as it would be."""
    rows = [
        {
            "measure": say(f"fairness.measure.{m}"),
            "now": _said(
                m,
                now.measures[m],
            ),
            "then": _said(
                m,
                then.measures[m],
            ),
        }
        for m in SHOWN
    ]
    labels = {
        c: say(f"fairness.what_if.col.{c}") for c in ("measure", "now", "then")
    }
    table(rows, labels, key="fair_if_measures")
    carry_away(
        say,
        f"what-if-fairness-{view.theme}",
        rows,
        labels,
        (say("gaps.what_if.notice"), cuts),
    )


def _asked(say: Speech, has_rural: bool) -> Supposition:
    concentration, neediest, rural = _sliders(say, has_rural)
    placed = st.segmented_control(
        say("fairness.placed_by"),
        PLACINGS,
        format_func=lambda p: say(f"fairness.placed_by_of.{p}"),
        key=_PLACED.key,
        default=PLACINGS[0],
        required=True,
        help=say("fairness.placed_by_help"),
    )
    return Supposition(
        concentration / 100,
        neediest / 100,
        rural / 100 if has_rural else 1.0,
        placed or PLACINGS[0],
    )


def _sliders(say: Speech, has_rural: bool) -> tuple[int, int, int]:
    """Concentration, the neediest share and the weight of a person in the country, each in %."""
    for name, value in START.items():
        Box[int](f"fair_if_{name}").begun_with(value)
    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        concentration = st.slider(
            say("fairness.what_if.concentration"),
            0,
            100,
            step=5,
            format="%d%%",
            key="fair_if_concentration",
            help=say("fairness.definition_help"),
        )
    with second:
        neediest = st.slider(
            say("fairness.what_if.neediest"),
            10,
            50,
            step=5,
            format="%d%%",
            key="fair_if_neediest",
        )
    with third:
        rural = st.slider(
            say("fairness.what_if.rural"),
            80,
            150,
            step=5,
            format="%d%%",
            key="fair_if_rural",
            disabled=not has_rural,
            help=say(
                "fairness.what_if.rural_help"
                if has_rural
                else "fairness.what_if.rural_missing"
            ),
        )
    return concentration, neediest, rural


def _side(gap: float, no_direction: float) -> str:
    if abs(gap) < no_direction:
        return "even"
    return "under" if gap > 0 else "over"


def _finding(
    say: Speech,
    now: Outcome,
    then: Outcome,
    no_direction: float,
) -> None:
    move = {
        "now": say.money(now.measures["money_to_move_gbp"]),
        "then": say.money(then.measures["money_to_move_gbp"]),
    }
    was, becomes = (
        _side(
            o.measures["needs_gap"],
            no_direction,
        )
        for o in (now, then)
    )
    text = (
        say("fairness.what_if.finding", **move)
        + " "
        + say(
            f"fairness.what_if.{'same' if was == becomes else 'turns'}",
            was=say(f"fairness.what_if.side.{was}"),
            becomes=say(f"fairness.what_if.side.{becomes}"),
        )
    )
    st.markdown(f"**{plain(text)}**")


def _said(measure: str, value: float) -> str:
    if measure in SHARES:
        return numbers.pct(value, 1)
    if measure == "needs_gap":
        return f"{value:+.3f}"
    return (
        f"£{value:,.2f}"
        if measure == "spend_per_person_in_need"
        else f"£{value:,.0f}"
    )


def _authorities(
    say: Speech,
    view: FairnessView,
    now: Outcome,
    then: Outcome,
    cuts: str,
) -> None:
    before = {a["la_code"]: a["gap_gbp"] for a in now.authorities}
    rows = [
        {
            "la": say.place(a["la_code"]),
            "now": round(
                before.get(
                    a["la_code"],
                    0.0,
                )
            ),
            "then": round(a["gap_gbp"]),
        }
        for a in sorted(
            then.authorities,
            key=lambda a: -a["gap_gbp"],
        )
    ]
    labels = {
        "la": say("fairness.col.la"),
        "now": say("fairness.what_if.col.gap_now"),
        "then": say("fairness.what_if.col.gap_then"),
    }
    number = st.column_config.NumberColumn
    table(
        rows,
        labels,
        key="fair_if_authorities",
        height=320,
        config={
            "now": number(format="%,.0f"),
            "then": number(format="%,.0f"),
        },
    )
    carry_away(
        say,
        f"what-if-authorities-{view.theme}",
        rows,
        labels,
        (say("gaps.what_if.notice"), cuts),
    )


def _cuts(say: Speech, supposed: Supposition) -> str:
    """The supposition goes with the file: without it the figures could be taken for the served ones."""
    parts = {
        "concentration": supposed.concentration,
        "neediest": supposed.neediest_share,
        "rural": supposed.rural_cost,
    }
    return "; ".join(
        [
            *(
                f"{say(f'fairness.what_if.{name}')}: {numbers.pct(value)}"
                for name, value in parts.items()
            ),
            f"{say('fairness.placed_by')}: {say(f'fairness.placed_by_of.{supposed.placed_by}')}",
        ]
    )


def _verdicts(say: Speech, view: FairnessView) -> None:
    rows = reader.what_if_facts(
        view.place,
        None,
        view.theme,
    )
    if not rows:
        return
    around = verdicts_one_step_away(view.place, view.theme)
    firm = sum(len(v) == 1 for v in around.values())
    st.markdown(
        plain(
            say(
                "fairness.what_if.verdicts",
                firm=say.number(firm),
                total=say.number(len(rows)),
                borderline=say.number(len(rows) - firm),
            )
        )
    )
    st.page_link(
        "pages/projects.py",
        label=say("fairness.what_if.to_projects"),
        query_params=address(),
    )
