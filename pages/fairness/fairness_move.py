"""From where to where: the pounds that would have to move, on a map, between authorities and between
areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from clearlink.rules.fairness.fairness import from_to, transfers
from clearlink.rules.fairness.fairness_what_if import Supposition, supposed_need
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import numbers
from pages.area_map import HoverLine, MapClass, Pattern
from pages.area_map.class_map import ClassMap, class_map
from pages.fairness.fairness_areas import area_columns, rows_of
from pages.fairness.fairness_view import FairnessView
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech
from pages.need.need_layer import BELOW_AUTHORITY

# purple below its share, green above: apart under the three colour-vision deficiencies, darkest at both ends
# in greyscale
COLOURS: Final = ("#762a83", "#c2a5cf", "#f0f0f0", "#80cdc1", "#01665e")
NAMES: Final = ("far_below", "below", "about", "above", "far_above")
NO_NEED, OUTSIDE = 5, 6
MOST: Final = 12


def move_rows(say: Speech, view: FairnessView) -> tuple[dict[str, Any], ...]:
    """Every area of the region with its share of need in pounds and what it has, most below its share
    first.
    """
    return _move_rows(
        say,
        view.theme,
        view.region,
        view.definition,
        view.placed_by,
    )


@once_a_build
def _move_rows(
    say: Speech,
    theme: str,
    region: str,
    definition: str,
    placed_by: str,
) -> tuple[dict[str, Any], ...]:
    columns = area_columns(theme, region)
    need = supposed_need(
        columns,
        Supposition(concentration=float(definition == "extent")),
    )
    spend = columns.spend[placed_by]
    known = need == need
    per_person = float(spend[known].sum() / need[known].sum())
    areas = rows_of(theme, region)
    authorities = {
        code: say.place(code) for code in {r["la_code"] for r in areas}
    }
    moves = [
        {
            "code": r["area_code"],
            "area": say.of(r),
            "la": authorities[r["la_code"]],
            "people": float(n),
            "spend": float(s),
            "each": float(s / n) if n > 0 else None,
            "relative": float(s / n / per_person) if n > 0 else None,
            "gap": float(n * per_person - s),
        }
        for r, n, s in zip(areas, need, spend, strict=True)
        if n == n
    ]
    return tuple(
        sorted(
            moves,
            key=lambda r: (-r["gap"], r["code"]),
        )
    )


def move_map(say: Speech, view: FairnessView) -> None:
    """Areas below, about at and above their share of need."""
    shown = _move_layer(
        say,
        view.theme,
        view.region,
        view.definition,
        view.placed_by,
    )
    class_map(
        say,
        shown,
        view.region,
        key="fair_move_map",
        name=f"clear-link-pounds-to-move-{view.theme}",
    )


@once_a_build
def _move_layer(
    say: Speech,
    theme: str,
    region: str,
    definition: str,
    placed_by: str,
) -> ClassMap:
    rows = _move_rows(
        say,
        theme,
        region,
        definition,
        placed_by,
    )
    level = reader.fairness_areas(theme)[0]["area_type"]
    cuts = _cuts()
    return ClassMap(
        level,
        _classes(say, cuts),
        {r["code"]: _class_number(r["relative"], cuts) for r in rows},
        _hover(say, rows, level),
        say(
            "fairness.map.title",
            theme=say.theme(theme),
        ),
        say(
            "fairness.map.legend",
            region=say.place(region),
        ),
        say("fairness.map.note"),
        say("fairness.benchmark"),
    )


Cuts = tuple[float, float, float, float]


def _cuts() -> Cuts:
    """Where the classes part, as the law of gaps has them: share of money over share of need."""
    law = served_law()
    return (
        law.gap_cut,
        law.watch_cut,
        law.matched_cut,
        law.above_cut,
    )


def _class_number(relative: float | None, cuts: Cuts) -> int:
    """0 (far below the share of need) to 4 (far above it); an area without need is of neither."""
    if relative is None:
        return NO_NEED
    gap, watch, matched, above = cuts
    passed = (
        relative >= gap,
        relative >= watch,
        relative > matched,
        relative > above,
    )
    return sum(passed)


def _classes(say: Speech, cuts: Cuts) -> list[MapClass]:
    gap, watch, matched, above = (f"{cut:g}" for cut in cuts)
    words = {
        "far_below": say("fairness.map.far_below", cut=gap),
        "below": say("fairness.map.below", low=gap, high=watch),
        "about": say("fairness.map.about", low=watch, high=matched),
        "above": say("fairness.map.above", low=matched, high=above),
        "far_above": say("fairness.map.far_above", cut=above),
    }
    shaded = [
        MapClass(colour, words[name])
        for colour, name in zip(COLOURS, NAMES, strict=True)
    ]
    return [
        *shaded,
        MapClass("#ffffff", say("fairness.map.no_need"), Pattern.HATCH),
        MapClass("#ffffff", say("gaps.cross.outside"), Pattern.OUTLINED),
    ]


def _hover(
    say: Speech,
    rows: Sequence[Row],
    level: str,
) -> tuple[HoverLine, ...]:
    """What is told of an area: its authority, pounds for each person in need, what it lacks or has over."""
    authorities = {r["code"]: r["la"] for r in rows if level in BELOW_AUTHORITY}
    told = [r for r in rows if r["each"] is not None]
    pounds = {r["code"]: f"£{r['each']:,.2f}" for r in told}
    people = {r["code"]: numbers.whole(r["people"]) for r in told}
    beside = {r["code"]: _beside(say, r["gap"]) for r in rows}
    return (
        HoverLine("{0}", (authorities,)),
        HoverLine(
            say("fairness.map.hover_each"),
            (pounds, people),
        ),
        HoverLine("{0}", (beside,)),
    )


def _beside(say: Speech, gap: float) -> str:
    return say(
        "fairness.map.hover_below" if gap > 0 else "fairness.map.hover_above",
        money=say.money(abs(gap)),
    )


def move_lists(say: Speech, view: FairnessView) -> None:
    """Moves between authorities, then the areas furthest below and above their share."""
    authorities = view.authorities()
    if len(authorities) > 1:
        _between_authorities(say, view, authorities)
    rows = move_rows(say, view)
    below = [r for r in rows if r["gap"] > 0]
    above = [r for r in reversed(rows) if r["gap"] < 0]
    left, right = st.columns(2, gap="large")
    with left:
        _areas(
            say,
            view,
            "below",
            below,
            rows,
        )
    with right:
        _areas(
            say,
            view,
            "above",
            above,
            rows,
        )


def _between_authorities(
    say: Speech,
    view: FairnessView,
    authorities: Rows,
) -> None:
    """From whom to whom money would move for each to have its share of need."""
    moves = transfers(
        from_to(
            [r["la_code"] for r in authorities],
            [r["people_in_need"] for r in authorities],
            [r["spend_gbp"] for r in authorities],
        )
    )
    st.subheader(say("fairness.move.list"))
    if not moves:
        st.success(say("fairness.move.alt_even"))
        return
    lead = say("fairness.move.list_lead")
    st.caption(plain(lead))
    shown = [
        {
            "from": say.place(t.from_code),
            "to": say.place(t.to_code),
            "gbp": round(t.gbp),
        }
        for t in moves
    ]
    year = say.year()
    labels = {
        name: say(f"fairness.move.col.{name}", year=year)
        for name in ("from", "to", "gbp")
    }
    table(
        shown,
        labels,
        key="fair_transfers",
        height=260,
        config={"gbp": st.column_config.NumberColumn(format="£%,.0f")},
    )
    notes = (
        say("fairness.move.list"),
        lead,
        say("fairness.benchmark"),
    )
    carry_away(
        say,
        f"from-and-to-{view.theme}",
        shown,
        labels,
        notes,
    )


def _areas(
    say: Speech,
    view: FairnessView,
    name: str,
    wanted: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    st.subheader(say(f"fairness.move.areas_{name}"))
    if not wanted:
        st.info(say("fairness.move.alt_even"))
        return
    labels = _columns_named(
        say,
        ("area", "la", "gap", "each"),
    )
    if all(r["la"] in r["area"] for r in wanted[:MOST]):
        labels.pop("la")
    number = st.column_config.NumberColumn
    config = {
        "gap": number(format="£%,.0f"),
        "each": number(format="£%,.2f"),
    }
    shown = [
        {
            **r,
            "gap": abs(r["gap"]),
        }
        for r in wanted[:MOST]
    ]
    table(
        shown,
        labels,
        key=f"fair_areas_{name}_{view.theme}_{view.region}_{view.definition}_{view.placed_by}",
        height=320,
        pick=True,
        on_pick=opens("area", shown, "code"),
        config=config,
    )
    open_picked()
    carry_away(
        say,
        f"areas-{name}-share-{view.theme}",
        lambda: [{**r, "gap_signed": r["gap"]} for r in rows],
        _columns_named(say, _IN_THE_FILE),
        (say(f"fairness.move.areas_{name}"), say("fairness.benchmark")),
    )


_IN_THE_FILE: Final = (
    "code",
    "area",
    "la",
    "people",
    "spend",
    "each",
    "relative",
    "gap_signed",
)


def _columns_named(say: Speech, columns: Sequence[str]) -> dict[str, str]:
    """Columns of the areas' table → their headings, with the year of the money."""
    year = say.year()
    return {c: say(f"fairness.move.col.{c}", year=year) for c in columns}


def without_each(say: Speech, view: FairnessView) -> None:
    """The numbers without the projects that matter most to them."""
    rows = reader.fairness_without(
        view.region,
        view.theme,
        view.definition,
        view.placed_by,
    )
    moved, share = (
        view.value("money_to_move_gbp"),
        view.value("share_to_neediest_fifth"),
    )
    if not rows or moved is None or share is None:
        return
    st.subheader(say("fairness.without.title"))
    st.markdown(plain(_what_matters_most(say, rows, moved, share)))
    _without_list(say, view, rows)
    st.caption(plain(say("fairness.without.note")))


def _what_matters_most(
    say: Speech,
    rows: Rows,
    moved: float,
    share: float,
) -> str:
    """The projects without which the money to move (£), and the share to the neediest fifth, would change
    most.
    """
    most = max(
        rows,
        key=lambda r: abs(r["money_to_move_gbp"] - moved),
    )
    neediest = max(
        rows,
        key=lambda r: abs(r["share_to_neediest_fifth"] - share),
    )
    text = say(
        "fairness.without.move",
        project=most["title"],
        without=say.money(most["money_to_move_gbp"]),
        now=say.money(moved),
    )
    return f"{text} " + say(
        "fairness.without.neediest",
        project=neediest["title"],
        without=f"£{10 * neediest['share_to_neediest_fifth']:.2f}",
        now=f"£{10 * share:.2f}",
    )


def _without_list(say: Speech, view: FairnessView, rows: Rows) -> None:
    """Every project, and the numbers as they would be without it."""
    shown = [
        {
            "id": r["project_id"],
            "project": r["title"],
            "la": say.place(r["la_code"]),
            "spend": round(r["spend_gbp"]),
            "move": round(r["money_to_move_gbp"]),
            "neediest": round(
                10 * r["share_to_neediest_fifth"],
                2,
            ),
            "each": round(r["spend_per_person_in_need"], 2),
        }
        for r in rows
    ]
    year = say.year()
    labels = {
        c: say(f"fairness.without.col.{c}", year=year)
        for c in ("project", "la", "spend", "move", "neediest", "each")
    }
    number = st.column_config.NumberColumn
    config = {
        "project": st.column_config.TextColumn(width="large"),
        "spend": number(format="£%,.0f"),
        "move": number(format="£%,.0f"),
        "neediest": number(format="£%.2f"),
        "each": number(format="£%,.2f"),
    }
    with st.expander(say("fairness.without.list")):
        table(
            shown,
            labels,
            key=f"fair_without_{view.theme}_{view.region}_{view.definition}_{view.placed_by}",
            height=360,
            pick=True,
            on_pick=opens("project", shown, "id"),
            config=config,
        )
        open_picked()
        carry_away(
            say,
            f"without-one-project-{view.theme}",
            shown,
            labels,
            (say("fairness.without.title"), say("fairness.without.note")),
        )
