"""The gap in words: the finding, the areas to look at first, and the table twin of the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from clearlink.rules.gap.gap import GapClass
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, once_a_build
from clearlink.words import numbers
from clearlink.words.rates import decimals_of, range_words, share_figure
from pages.frame.choices import address
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech
from pages.gaps.gap_layer import (
    ABOVE,
    SHORT,
    GapView,
    figures_words,
    places_told,
    provision_words,
    returned_words,
)
from pages.gaps.gap_picture import gap_source, unvalued_line

# Provision that nobody loaded, or that its publisher withholds: neither is none.
UNKNOWN: Final = (GapClass.NOT_KNOWN, GapClass.PROVISION_WITHHELD)
MOST = {
    "presence": 7,
    "reach": 7,
    "capacity": 4,
    "money": 4,
}


def gap_finding(say: Speech, view: GapView) -> str:
    """What the view found, in a sentence or two."""
    return " ".join(gap_told(say, view))


def gap_told(say: Speech, view: GapView) -> tuple[str, ...]:
    """The same apart: what was found first, then what must be said in the same breath."""
    if not view.rows:
        return (
            say(
                "gaps.finding_none",
                theme=say.theme(view.theme),
            ),
        )
    place = say.in_place(view.place)
    start = sentence_start(place)
    theme = say.theme(view.theme)
    if (
        view.level == "LA"
        and len(view.rows) == 1
        and view.gap_type in ("presence", "reach")
    ):
        return (
            _one_authority_text(
                say,
                view.rows[0],
                start,
                theme,
            ),
        )
    silent = view.of_class(*UNKNOWN)
    if silent and len(silent) == len(view.rows):
        return (
            say("gaps.finding_not_known", place=start, theme=theme),
            *_figures_told(say, view),
            # where nothing else tells, a return may
            *filter(
                None,
                [returned_words(say, view.theme, view.place)],
            ),
        )
    if view.nothing_recorded:
        return (_nothing_text(say, view, start, theme),)
    beside = (
        [say("gaps.finding_some_not_known", n=len(silent))] if silent else []
    )
    return (
        _lead(say, view, start, theme),
        *_figures_told(say, view),
        *beside,
        *_uncertain_told(say, view),
    )


def _one_authority_text(
    say: Speech,
    row: Row,
    start: str,
    theme: str,
) -> str:
    # one authority against its neighbours says nothing of the areas inside it
    if row["class"] in UNKNOWN:
        return say("gaps.finding_not_known", place=start, theme=theme)
    figures = figures_words(say, row)
    text = say(
        "gaps.finding_one_authority",
        theme=theme,
        area=say.of(row),
    )
    return f"{text} {figures}." if figures else text


def _lead(
    say: Speech,
    view: GapView,
    start: str,
    theme: str,
) -> str:
    # an area whose need may be average is in none of the counts of high need: it is said apart
    certain = [
        r
        for r in view.rows
        if r["high_need"] and r["class"] not in (GapClass.UNCERTAIN, *UNKNOWN)
    ]
    if view.gap_type in ("money", "capacity"):
        return say(
            f"gaps.finding_{view.gap_type}",
            place=start,
            theme=theme,
            n=len(view.of_class(GapClass.NO_PROVISION, GapClass.GAP)),
            above=len(view.of_class(*ABOVE)),
            region=say.place(view.region),
        )
    if view.gap_type == "reach":
        return _reach_text(
            say,
            view,
            len(certain),
            start,
            theme,
        )
    return _presence_text(
        say,
        view,
        certain,
        start,
        theme,
    )


def _uncertain_told(say: Speech, view: GapView) -> list[str]:
    """Of how many areas nobody can tell whether need is high."""
    uncertain = view.of_class(GapClass.UNCERTAIN)
    if not uncertain:
        return []
    bare = view.gap_type == "presence" and not any(
        r["provision"] or r["area_wide"] for r in uncertain
    )
    return [
        say(
            "gaps.finding_uncertain_bare" if bare else "gaps.finding_uncertain",
            n=len(uncertain),
        )
    ]


def _nothing_text(
    say: Speech,
    view: GapView,
    start: str,
    theme: str,
) -> str:
    level = "_authorities" if view.level == "LA" else ""
    name = "placed" if view.gap_type == "money" else "counted"
    return say(
        f"gaps.finding_nothing_{name}{level}",
        place=start,
        theme=theme,
        year=say.year(),
    )


def _reach_text(
    say: Speech,
    view: GapView,
    certain: int,
    start: str,
    theme: str,
) -> str:
    known = [r for r in view.rows if r["class"] not in UNKNOWN]
    people = sum(r["people_in_need"] or 0 for r in known)
    reached = sum(
        (r["people_in_need"] or 0)
        * min(
            1.0,
            r["provision"] or 0.0,
        )
        for r in known
    )
    return say(
        "gaps.finding_reach",
        place=start,
        theme=theme,
        reached=numbers.pct(reached / people) if people else "—",
        n=len(view.of_class(GapClass.NO_PROVISION)),
        total=numbers.whole(certain),
    )


def _presence_text(
    say: Speech,
    view: GapView,
    certain: list[Row],
    start: str,
    theme: str,
) -> str:
    high = [r for r in view.rows if r["high_need"]]
    if not high:
        return say(
            "gaps.finding_no_high",
            place=start,
            theme=theme,
            region=say.place(view.region),
        )
    if not certain:
        unheard = any(r["class"] in UNKNOWN for r in high)
        key = "high_not_known" if unheard else "none_certain"
        return say(
            f"gaps.finding_{key}",
            place=start,
            theme=theme,
        )
    bare = len(view.of_class(GapClass.NO_PROVISION))
    wide = sum(1 for r in certain if r["class"] == GapClass.AREA_WIDE_ONLY)
    by_figures = any(r["class"] == GapClass.PRESENT_BY_FIGURES for r in certain)
    if bare:
        key = "presence" if wide else "presence_only"
    elif wide:
        key = "presence_wide"
    else:
        key = "presence_all_figures" if by_figures else "presence_all"
    total = numbers.whole(len(certain))
    return say(
        f"gaps.finding_{key}",
        place=start,
        theme=theme,
        n=bare,
        total=total,
        wide=wide,
    )


def _figures_told(say: Speech, view: GapView) -> list[str]:
    """How many areas of high need are known to be served by a published figure or a list of areas alone."""
    n = sum(
        1 for r in view.of_class(GapClass.PRESENT_BY_FIGURES) if r["high_need"]
    )
    told = [say("gaps.finding_by_figures", n=n)] if n else []
    if view.level == "LA" or reader.members().get(view.place) != [view.place]:
        return told
    # what is published of the whole authority says nothing of one area inside it, and is still known
    whole = next(
        iter(reader.provision_known(view.theme, view.place)),
        None,
    )
    figures = figures_words(say, whole) if whole else None
    return (
        [
            *told,
            say("gaps.finding_whole_authority", figures=figures),
        ]
        if figures
        else told
    )


def nothing_to_compare(say: Speech, view: GapView) -> None:
    """In place of a map and a table in which everything would be unknown: why, and what to do next."""
    st.info(say(f"gaps.nothing.{view.gap_type}"))
    if view.gap_type == "money":
        unvalued_line(say, view.theme, view.place)
    st.page_link(
        "pages/projects.py",
        label=plain(
            say(
                "gaps.nothing.projects",
                theme=say.theme(view.theme),
            )
        ),
        query_params=address(verdict="", project=""),
    )
    st.page_link(
        "pages/gaps.py",
        label=say("gaps.nothing.presence"),
        query_params={**address(project=""), "gap": "presence"},
    )


def gap_lists(say: Speech, view: GapView) -> None:
    """High need with little provision first, then well above share; each opens its area."""
    _list(
        say,
        view,
        "short",
        view.of_class(*SHORT),
    )
    if view.gap_type in ("money", "capacity"):
        above = sorted(
            view.of_class(*ABOVE),
            key=lambda r: (
                r["class"] != GapClass.WELL_ABOVE_SHARE,
                -(r["relative_provision"] or 0),
                r["area_code"],
            ),
        )
        _list(say, view, "above", above)


def _list(
    say: Speech,
    view: GapView,
    name: str,
    rows: list[Row],
) -> None:
    st.subheader(say(f"gaps.list.{name}"))
    if not rows:
        open_question = name == "short" and view.of_class(GapClass.UNCERTAIN)
        st.info(
            say(
                "gaps.list.short_none_certain"
                if open_question
                else f"gaps.list.{name}_none"
            )
        )
        return
    st.caption(say(f"gaps.list.{name}_lead"))
    for r in rows[: MOST[view.gap_type]]:
        with st.container(gap=None, key=f"gap_{name}_{r['area_code']}"):
            st.page_link(
                "pages/area.py",
                label=plain(_area_and_authority(say, view, r)),
                query_params=address(area=r["area_code"]),
            )
            st.caption(plain(_people_and_class(say, view, r)))
    if len(rows) > MOST[view.gap_type]:
        st.caption(
            say(
                "gaps.list.more",
                n=len(rows) - MOST[view.gap_type],
            )
        )


def _area_and_authority(
    say: Speech,
    view: GapView,
    r: Row,
) -> str:
    """The area, with its authority where the name does not hold it."""
    area, la = say.of(r), say.place(r["la_code"])
    return area if view.level == "LA" or la in area else f"{area} · {la}"


def _people_and_class(
    say: Speech,
    view: GapView,
    r: Row,
) -> str:
    """People in need there, £ for each where the gap is one of money, and the class."""
    facts = {
        "people": numbers.whole(r["people_in_need"] or 0),
        "class": say(f"gaps.class.{r['class']}"),
    }
    if view.gap_type == "money" and r["provision"]:
        each = provision_words(r, "money")
        if each:
            return say("gaps.list.money", each=each, **facts)
    return say("gaps.list.people", **facts)


COLUMNS = {
    "presence": ("projects", "figures", "returned", "undated", "wide"),
    "reach": ("reached", "returned", "wide"),
    "capacity": ("places", "places_each", "relative", "returned", "wide"),
    "money": ("spend", "each", "relative", "gap", "returned", "wide"),
}


# columns that stand only where a row has something in them
WHERE_ANY: Final = ("figures", "returned", "undated")

# What is short of its share comes first.
TABLE_ORDER: Final = (
    GapClass.NO_PROVISION,
    GapClass.GAP,
    GapClass.WATCH,
    GapClass.AREA_WIDE_ONLY,
    GapClass.WELL_ABOVE_SHARE,
    GapClass.ABOVE_SHARE,
    GapClass.UNCERTAIN,
    GapClass.MATCHED,
    GapClass.PART_REACHED,
    GapClass.NOT_KNOWN,
    GapClass.PROVISION_WITHHELD,
    GapClass.LOW_NEED_LOW_PROVISION,
)


def gap_table(say: Speech, view: GapView) -> None:
    """The areas of the view, those short of their share first; a row opens its area."""
    st.subheader(say("gaps.table.title"))
    rows = _table_rows(
        say,
        view.theme,
        view.gap_type,
        view.place,
        view.region,
    )
    labels = _table_labels(say, view, rows)
    number = st.column_config.NumberColumn
    config: dict[str, Any] = {
        "class": st.column_config.TextColumn(width=215),
        "people": number(format="%,d"),
        "rate": number(format=f"%.{decimals_of(next(iter(view.rows), {}))}f"),
        "spend": number(format="£%,.0f"),
        "each": number(format="£%,.2f"),
        "relative": number(format="%.2f"),
        "gap": number(format="%,.0f"),
        "places": number(format="%.1f"),
        "places_each": number(format="%.1f"),
        "reached": number(format="%.0f"),
    }
    table(
        rows,
        labels,
        key=f"gap_table_{view.theme}_{view.gap_type}_{view.place}",
        height=340,
        pick=True,
        on_pick=opens("area", rows, "code"),
        config=config,
    )
    open_picked()
    notes = (
        f"{say('gaps.title')}: {say.theme(view.theme)} – {say(f'gaps.type.{view.gap_type}')}",
        gap_source(say, view),
    )
    carry_away(
        say,
        f"gap-{view.gap_type}-{view.theme}",
        rows,
        labels,
        notes,
    )


def _table_labels(
    say: Speech,
    view: GapView,
    rows: Sequence[Row],
) -> dict[str, str]:
    """Columns → headings: those of the gap that is shown, and of what is seldom there only what is there."""
    names = (
        "area",
        *(("la",) if view.level != "LA" else ()),
        "class",
        "people",
        "rate",
        "range",
        *(
            name
            for name in COLUMNS[view.gap_type]
            if name not in WHERE_ANY or any(r[name] for r in rows)
        ),
        "code",
    )
    year = say.year()
    return {name: say(f"gaps.table.{name}", year=year) for name in names}


@once_a_build
def _table_rows(
    say: Speech,
    theme: str,
    gap_type: str,
    place: str,
    region: str,
) -> tuple[dict[str, Any], ...]:
    order = {c: at for at, c in enumerate(TABLE_ORDER)}
    areas = sorted(
        reader.gap_areas(theme, region, gap_type, place),
        key=lambda r: (
            order.get(
                r["class"],
                99,
            ),
            -(r["people_in_need"] or 0),
            r["area_code"],
        ),
    )
    authorities = {
        code: say.place(code) for code in {r["la_code"] for r in areas}
    }
    # a return is of a whole authority: the heading says so, and it is in no class of an area inside it
    returned = places_told(say, theme)
    classes = {c: say(f"gaps.class.{c}") for c in {r["class"] for r in areas}}
    return tuple(
        _row(
            say,
            r,
            authorities[r["la_code"]],
            classes[r["class"]],
            returned.get(
                r["la_code"],
                "",
            ),
        )
        for r in areas
    )


def _row(
    say: Speech,
    r: Row,
    authority: str,
    class_words: str,
    returned: str,
) -> dict[str, Any]:
    return {
        "area": say.of(r),
        "la": authority,
        "class": class_words,
        "people": None
        if r["people_in_need"] is None
        else round(r["people_in_need"]),
        "rate": share_figure(r),
        "range": range_words(say, r),
        "projects": r["projects"],
        "figures": figures_words(say, r)
        or (
            say("gaps.figure.listed")
            if r["listed"] and r["area_type"] == "LSOA21"
            else ""
        ),
        "returned": returned,
        "undated": r["undated"] or None,
        "spend": r["spend_gbp"],
        "each": r["per_person"],
        "places": r["provision"],
        "places_each": None
        if r["per_person"] is None
        else 100 * r["per_person"],
        "reached": None if r["provision"] is None else 100 * r["provision"],
        "relative": r["relative_provision"],
        "gap": r["gap_gbp"],
        "wide": say("common.yes") if r["area_wide"] else say("common.no"),
        "code": r["area_code"],
    }
