"""What the verdicts would be under other thresholds: worked out afresh, written nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from clearlink.rules.codes import VERDICT_ORDER, Basis, Reason, Result, Verdict
from clearlink.rules.link.what_if import (
    STEPS,
    AreaFigures,
    ProjectFacts,
    Supposed,
    supposed_verdicts,
    verdicts_around,
)
from clearlink.rules.settings import Settings
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Row, Rows
from pages.frame.choices import Choices
from pages.frame.frame import carry_away, plain, source_line, table
from pages.frame.speech import Speech
from pages.frame.state import Box

# the least and the most that each threshold can be set to
RANGE: Final[dict[str, tuple[float, float]]] = {
    "ratio_met": (1.0, 1.5),
    "targeting_met": (1.0, 3.0),
    "lapsed_months": (0, 36),
    "current_months": (12, 84),
    "ageing_months": (24, 144),
    "slow_current_months": (24, 132),
    "slow_ageing_months": (60, 180),
}
RISING: Final = (
    ("current_months", "ageing_months"),
    ("slow_current_months", "slow_ageing_months"),
)


def facts_of(row: Mapping[str, Any]) -> ProjectFacts:
    """One served row as the rules read it."""
    area = (
        AreaFigures(
            row["ratio"],
            row["lower"],
            row["upper"],
            row["targeting"],
            row["anachronistic"],
            row["half"],
        )
        if row["has_area_figures"]
        else None
    )
    c1, c2, c3, c4 = (Result(row[c]) for c in ("c1", "c2", "c3", "c4"))
    return ProjectFacts(
        row["project_id"],
        row["judged_on"],
        c1,
        c2,
        c3,
        c4,
        Reason(row["c3_reason"]),
        area,
        row["valid_to"],
        row["reference_end"],
        row["slow_moving"],
    )


def verdict_what_if(say: Speech, chosen: Choices) -> None:
    """Seven sliders and what they change: in a sentence, by verdict, and project by project."""
    st.warning(
        say("projects.what_if.notice"),
        icon=None,
    )
    law = served_law()
    if st.button(
        say("projects.what_if.reset"),
        key="verdict_if_reset",
        type="tertiary",
    ):
        for name in RANGE:
            _threshold_box(name).keep(getattr(law, name))
    supposed = law.with_changes(**_sliders(say, law))
    if any(
        getattr(supposed, low) > getattr(supposed, high) for low, high in RISING
    ):
        st.error(say("projects.what_if.order"))
        return
    view = _view(chosen)
    rows = reader.what_if_facts(*view)
    if not rows:
        st.info(say("projects.finding_none"))
        return
    facts, around = _judged(
        reader.build_key(),
        *view,
    )
    _what_changes(
        say,
        rows,
        {s.project_id: s for s in supposed_verdicts(facts, supposed)},
        around,
    )
    several = sum(r["citations"] > 1 for r in rows)
    source = say("projects.what_if.source")
    if several:
        source += f" {say('projects.what_if.several', n=several)}"
    source_line(say, source)


def _view(
    chosen: Choices,
) -> tuple[str, str | None, str | None, str | None, str]:
    """What is chosen as the questions of a what-if ask it: nothing chosen is None."""
    return (
        chosen.place,
        chosen.programme or None,
        chosen.theme or None,
        chosen.words or None,
        chosen.basis,
    )


def _what_changes(
    say: Speech,
    rows: Rows,
    then: Mapping[str, Supposed],
    around: Mapping[str, Collection[Verdict]],
) -> None:
    """How many verdicts change, the verdicts before and after, and the records that change or are near it."""
    changed = [r for r in rows if then[r["project_id"]].verdict != r["verdict"]]
    borderline = [r for r in rows if len(around[r["project_id"]]) > 1]
    told = say(
        "projects.what_if.finding",
        n=len(changed),
        total=say.number(len(rows)),
        robust=say.number(len(rows) - len(borderline)),
        borderline=say.number(len(borderline)),
    )
    st.markdown(f"**{plain(told)}**")
    st.caption(plain(say("projects.what_if.robust_help")))
    _by_verdict(
        say,
        rows,
        {p: str(s.verdict) for p, s in then.items()},
        {r["project_id"] for r in borderline},
    )
    _changed(say, changed, then)
    with st.expander(say("projects.what_if.borderline_list")):
        _borderline(say, borderline, around)


def _changed(
    say: Speech,
    changed: Rows,
    then: Mapping[str, Supposed],
) -> None:
    """Projects whose verdict would be another, with the new one and its reason."""
    st.subheader(say("projects.what_if.changed"))
    if not changed:
        st.info(say("projects.what_if.none_changed"))
        return
    shown = [
        _line(say, r)
        | {
            "to": say.verdict(then[r["project_id"]].verdict),
            "why": say(f"verdict.reason.{then[r['project_id']].reason}"),
        }
        for r in changed
    ]
    _list(
        say,
        "what-if-changed",
        shown,
        ("title", "from", "to", "why", "value", "id"),
    )


def _borderline(
    say: Speech,
    borderline: Rows,
    around: Mapping[str, Collection[Verdict]],
) -> None:
    """Projects one step of a slider away from another verdict; the one it has is not among those it could
    have.
    """

    def could(row: Row) -> str:
        reached = around[row["project_id"]]
        return ", ".join(
            say.verdict(v)
            for v in VERDICT_ORDER
            if v in reached and v != row["verdict"]
        )

    shown = [_line(say, r) | {"could": could(r)} for r in borderline]
    _list(
        say,
        "what-if-borderline",
        shown,
        ("title", "from", "could", "value", "id"),
    )


@lru_cache(maxsize=16)
def _judged(
    key: tuple[int, int, int],
    place: str,
    programme: str | None,
    theme: str | None,
    words: str | None,
    basis: str,
) -> tuple[list[ProjectFacts], dict[str, frozenset[Verdict]]]:
    """The facts of a choice of projects and what each could be called one step away: both the same
    wherever the sliders stand.
    """
    facts = [
        facts_of(row)
        for row in reader.what_if_facts(
            place,
            programme,
            theme,
            words,
            basis,
        )
    ]
    return facts, verdicts_around(facts, served_law())


def verdicts_one_step_away(
    place: str,
    theme: str,
) -> dict[str, frozenset[Verdict]]:
    """Project → every verdict it can have when each threshold moves by one step, for the projects of a
    place on a theme.
    """
    return _judged(
        reader.build_key(),
        place,
        None,
        theme,
        None,
        Basis.AT_DECISION,
    )[1]


def _sliders(say: Speech, law: Settings) -> dict[str, float]:
    thresholds: dict[str, float] = {}
    names = list(RANGE)
    for row in (names[:3], names[3:]):
        for column, name in zip(
            st.columns(
                len(row),
                vertical_alignment="bottom",
            ),
            row,
            strict=True,
        ):
            low, high = RANGE[name]
            default = getattr(law, name)
            _threshold_box(name).begun_with(default)
            step: float = 0.05 if isinstance(default, float) else 1
            with column:
                thresholds[name] = st.slider(
                    say(f"projects.what_if.{name}"),
                    low,
                    high,
                    step=step,
                    key=_threshold_box(name).key,
                )
    return thresholds


def _threshold_box(name: str) -> Box[float]:
    return Box(f"verdict_if_{name}")


def _by_verdict(
    say: Speech,
    rows: reader.Rows,
    then: Mapping[str, str],
    borderline: set[str],
) -> None:
    now, after = Counter(r["verdict"] for r in rows), Counter(then.values())
    near = Counter(r["verdict"] for r in rows if r["project_id"] in borderline)
    shown = [
        {
            "verdict": say.verdict(v),
            "now": now[v],
            "then": after[v],
            "robust": now[v] - near[v],
            "borderline": near[v],
        }
        for v in VERDICT_ORDER
    ]
    table(
        shown,
        {
            name: say(f"projects.what_if.{name}")
            for name in ("verdict", "now", "then", "robust", "borderline")
        },
        key="verdict_if_counts",
    )


def _line(say: Speech, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["project_id"],
        "title": row["title"],
        "from": say.verdict(row["verdict"]),
        "value": row["year_gbp"],
    }


def _list(
    say: Speech,
    name: str,
    rows: list[dict[str, Any]],
    columns: tuple[str, ...],
) -> None:
    own = ("from", "to", "could")
    labels = {
        c: say(
            f"projects.what_if.{c}" if c in own else f"projects.column.{c}",
            year=say.year(),
        )
        for c in columns
    }
    table(
        rows,
        labels,
        key=f"{name}_table",
        height=360,
        config={
            "title": st.column_config.TextColumn(width="large"),
            "value": st.column_config.NumberColumn(format="£%,.0f"),
        },
    )
    # the thresholds go with the file: without them its verdicts could be taken for the served ones
    cuts = "; ".join(
        f"{say(f'projects.what_if.{n}')}: {_threshold_box(n).value():g}"
        for n in STEPS
    )
    carry_away(
        say,
        name,
        rows,
        labels,
        (say("projects.what_if.notice"), cuts),
    )
