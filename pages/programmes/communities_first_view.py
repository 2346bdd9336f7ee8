"""Communities First: clusters made of small areas, its three questions of each outcome, partners and plan,
and the sums that are published.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.report.my_area_map import clusters_svg
from clearlink.report.returned import (
    at_newest,
    count_words,
    figures_named,
    newest,
    part_words,
    start_of,
)
from clearlink.rules.programmes.measures import OUTCOMES
from clearlink.rules.programmes.systems import (
    PROGRAMMES_OF,
    RETURNED_AS,
    System,
)
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from pages.frame.choices import address
from pages.frame.frame import carry_away, plain, table
from pages.frame.speech import Speech
from pages.programmes.commissioned import commissioned
from pages.programmes.returned import nothing_told, section, who_says
from pages.programmes.returns_table import returns_table

PLAN: Final = "cf_involvement_plan"
# the map is 340 wide: the list of what it shows takes the rest
BESIDE: Final = (2, 3)
MEASURES: Final = ("cf_how_much", "cf_how_well", "cf_better_off")


def communities_first(say: Speech, system: System, place: str) -> None:
    """Clusters, outcomes, partners and plan, money: of a programme that has ended."""
    st.caption(plain(say("programmes.cf.ended")))
    _clusters(say, place)
    _outcomes(say, system, place)
    _plan_and_partners(say, system, place)
    _money(say, system, place)
    commissioned(say, system, place)
    returns_table(say, system, place)


def _clusters(say: Speech, place: str) -> None:
    rows = reader.clusters(place)
    if rows:
        section(
            say,
            "programmes.cf.clusters_title",
            cluster_finding(say, place, rows),
            leads=True,
        )
    else:
        st.subheader(say("programmes.cf.clusters_title"))
    st.markdown(plain(say("programmes.cf.none_published")))
    if not rows:
        nothing_told(
            say,
            say(
                "programmes.cf.clusters_what",
                place=say.in_place(place),
            ),
        )
        return
    _clusters_table(say, place, rows)
    who_says(
        say,
        rows,
        rows[0]["period"],
    )


def _clusters_table(say: Speech, place: str, rows: Rows) -> None:
    """The clusters by name with their areas and people; their map and small areas side by side; the file."""
    shown = [
        {
            **r,
            "la": say.place(r["la_code"]),
            "people": _people(say, r),
        }
        for r in rows
    ]
    labels = _labels(
        say,
        "cluster",
        "la",
        "areas",
        "in_part",
        "people",
        "period",
    )
    table(shown, labels, key="cf_clusters", height=260)
    _choices(say, rows)
    drawn = clusters_svg(place)
    left, right = st.columns(BESIDE) if drawn else (None, st.container())
    if drawn and left:
        with left:
            _map(
                say,
                drawn,
                len(rows),
            )
    with right:
        _small_areas(say, place)
    carry_away(
        say,
        "clusters",
        shown,
        labels,
        (say("programmes.cf.clusters_title"),),
    )


def _labels(say: Speech, *columns: str) -> dict[str, str]:
    return {c: say(f"programmes.cf.col.{c}") for c in columns}


def _small_areas(say: Speech, place: str) -> None:
    """Which small areas a cluster served, each with the share of it that lay there."""
    shown = [
        {
            "cluster": r["cluster"],
            "area": say.of(r),
            "share": 100 * r["share"],
        }
        for r in reader.cluster_areas(place)
    ]
    labels = _labels(say, "cluster", "area", "share")
    st.markdown(plain(say("programmes.cf.small_areas")))
    table(
        shown,
        labels,
        key="cf_small_areas",
        height=360,
        config={"share": st.column_config.NumberColumn(format="%.0f%%")},
    )
    carry_away(
        say,
        "cluster-areas",
        shown,
        labels,
        (say("programmes.cf.small_areas"),),
    )


def _choices(say: Speech, rows: Rows) -> None:
    """Each cluster as a place of its own: need in it, what reached it, what people said."""
    places = [r for r in rows if r["place"]]
    if not places:
        return
    st.caption(plain(say("programmes.cf.choose")))
    with st.container(horizontal=True):
        for row in places:
            st.page_link(
                "pages/area.py",
                label=plain(row["cluster"]),
                query_params=address(area=row["place"]),
            )


def _map(say: Speech, drawn: str, clusters: int) -> None:
    """Where the clusters lie, as far as this build has outlines of their small areas."""
    st.image(
        drawn,
        alt=say("programmes.cf.map_alt", n=clusters),
    )
    st.caption(plain(say("programmes.cf.map")))


def cluster_finding(say: Speech, place: str, rows: Rows) -> str:
    """How many clusters, of how many small areas, a list that was loaded names here."""
    return say(
        "programmes.cf.clusters_finding",
        place=start_of(say, place),
        n=len(rows),
        areas=say.number(sum(r["areas"] for r in rows)),
    )


def _people(say: Speech, row: Row) -> str:
    return (
        say("programmes.not_told")
        if row["people"] is None
        else say.number(row["people"])
    )


def _outcomes(say: Speech, system: System, place: str) -> None:
    """One row an outcome: the three questions of the programme's own scorecard."""
    st.subheader(say("programmes.cf.outcomes_title"))
    now = at_newest(
        [r for r in figures_named(system, place, MEASURES) if r["part"]]
    )
    if not now:
        nothing_told(
            say,
            say(
                "programmes.cf.outcomes_what",
                place=say.in_place(place),
            ),
        )
        return
    cells = {(r["part"], r["measure_id"]): r for r in now}
    shown = [_outcome(say, cells, outcome) for outcome in OUTCOMES]
    better = max(
        shown,
        key=lambda r: r["share"] or 0,
    )
    if better["share"]:
        finding = say(
            "programmes.cf.outcomes_finding",
            outcome=better["outcome"],
            share=f"{better['share']:.0f}%",
        )
        st.markdown(f"**{plain(finding)}**")
    labels = {
        c: say(f"programmes.cf.outcome.{c}")
        for c in ("outcome", *MEASURES, "share")
    }
    table(
        shown,
        labels,
        key="cf_outcomes",
        config={"share": st.column_config.NumberColumn(format="%.0f%%")},
    )
    carry_away(
        say,
        "communities-first-outcomes",
        shown,
        labels,
        (say("programmes.cf.outcomes_title"),),
    )
    who_says(
        say,
        now,
        now[0]["period"],
    )


def _outcome(
    say: Speech, cells: dict[tuple[str, str], Row], outcome: str
) -> dict[str, Any]:
    absent = {"value": None, "marker": None}
    known = {
        m: cells.get(
            (outcome, m),
            absent,
        )
        for m in MEASURES
    }
    words = {m: count_words(say, cell) for m, cell in known.items()}
    much, better = (known[m]["value"] for m in ("cf_how_much", "cf_better_off"))
    share = 100 * better / much if much and better is not None else None
    return {
        "outcome": part_words(say, outcome),
        **words,
        "share": share,
    }


def _plan_and_partners(say: Speech, system: System, place: str) -> None:
    st.subheader(say("programmes.cf.plan_title"))
    plans = [
        r
        for r in reader.programme_returns(
            place,
            RETURNED_AS[system],
        )
        if r["measure_id"] == PLAN
    ]
    if plans:
        st.markdown("\n".join(_plan_lines(say, plans)))
    else:
        nothing_told(
            say,
            say(
                "programmes.cf.plan_what",
                place=say.in_place(place),
            ),
        )
    partners = at_newest(
        [r for r in figures_named(system, place, ("cf_partners",)) if r["part"]]
    )
    if partners:
        counts = say.names(
            [
                f"{part_words(say, r['part'])} {count_words(say, r)}"
                for r in partners
            ]
        )
        period = partners[0]["period"]
        st.markdown(
            plain(say("programmes.cf.partners", counts=counts, period=period))
        )
    who_says(
        say,
        plans or partners,
        newest(plans or partners),
    )


def _plan_lines(say: Speech, plans: Rows) -> list[str]:
    """The newest of each authority, a line each."""
    latest = {r["area_code"]: r for r in plans}
    return [_plan_line(say, row) for row in latest.values()]


def _plan_line(say: Speech, row: Row) -> str:
    note = say.of(
        {
            "note_en": row["note"],
            "note_cy": row["note_cy"],
        },
        "note",
    )
    key = _plan_key(
        bool(row["value"]),
        bool(note),
    )
    return "- " + plain(
        say(
            f"programmes.cf.{key}",
            place=say.place(row["area_code"]),
            period=row["period"],
            note=note,
        )
    )


def _plan_key(has_plan: bool, is_dated: bool) -> str:
    if not has_plan:
        return "plan_lacking"
    return "plan_dated" if is_dated else "plan_undated"


def _money(say: Speech, system: System, place: str) -> None:
    """The published sums in hand, with how exact each is."""
    st.subheader(say("programmes.cf.money_title"))
    inside = {
        place,
        *reader.members().get(place, ()),
    }
    sums: Rows = [
        a
        for a in reader.allocations()
        if a["la_code"] in inside and a["programme_id"] in PROGRAMMES_OF[system]
    ]
    if not sums:
        st.info(
            plain(
                say(
                    "programmes.cf.no_money",
                    place=start_of(say, place),
                )
            )
        )
        return
    shown = [
        {
            **a,
            "la": say.place(a["la_code"]),
        }
        for a in sums
    ]
    labels = {
        c: say(f"programmes.cf.money.{c}")
        for c in ("la", "grant_name", "year", "amount_gbp", "source_url")
    }
    config = {
        "amount_gbp": st.column_config.NumberColumn(format="£%,.0f"),
        "source_url": st.column_config.LinkColumn(),
    }
    table(
        shown,
        labels,
        key="cf_money",
        height=260,
        config=config,
    )
    st.caption(plain(say("programmes.cf.money_real")))
