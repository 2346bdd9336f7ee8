"""Who is paid: shares by sector and size, how concentrated they are, and what ends within twelve months."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import streamlit as st

from clearlink.figures.stacked_bars import Part, stacked_bars
from clearlink.rules.dates import add_months
from clearlink.rules.plain_text import sentence_start
from clearlink.rules.sectors import (
    LARGEST,
    SIZES,
    TOP,
    class_of_the_whole,
    is_third,
    size_of,
)
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import knows, numbers
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech

UNSAID: Final = ""
MONTHS: Final = 12


def sector_words(say: Speech, sector: str | None) -> str:
    """A sector in the language of the page; one that we do not know as its register writes it."""
    if not sector:
        return say("plans.sector.unsaid")
    key = f"plans.sector.{sector.lower().replace(' ', '_').replace('-', '_')}"
    return say(key) if knows(key) else sector


@once_a_build
def by_sector(place: str) -> tuple[dict[str, Any], ...]:
    """Sector → records and money of the year in a place, the most money first; sector unsaid last."""
    sums: dict[str, dict[str, Any]] = {}
    for r in plans.paid_providers(place):
        sector = r["provider_sector"] or UNSAID
        held = sums.setdefault(
            sector,
            {
                "sector": sector,
                "projects": 0,
                "gbp": 0.0,
                "unvalued": 0,
            },
        )
        held["projects"] += 1
        held["gbp"] += r["year_gbp"] or 0.0
        held["unvalued"] += r["year_gbp"] is None
    return tuple(
        sorted(
            sums.values(),
            key=lambda s: (
                s["sector"] == UNSAID,
                -s["gbp"],
                s["sector"],
            ),
        )
    )


def sector_finding(say: Speech, place: str) -> str:
    """What share of the money and of the records goes to the third sector, and what ends within a year."""
    rows = plans.paid_providers(place)
    where = say.in_place(place)
    where = sentence_start(where)
    if not rows:
        return say("plans.sector.finding_none", place=where)
    whole = sum(r["year_gbp"] or 0 for r in rows)
    third = [r for r in rows if is_third(r["provider_sector"])]
    if not any(r["provider_sector"] and r["year_gbp"] for r in rows):
        # a sector that nobody recorded is not the third sector's nought
        ends = say.number(len(ending(place)))
        return say(
            "plans.sector.finding_unknown",
            place=where,
            year=say.year(),
            ends=ends,
        )
    share, unsaid = (
        sum(r["year_gbp"] or 0 for r in some) / whole
        for some in (third, [r for r in rows if not r["provider_sector"]])
    )
    text = say(
        "plans.sector.finding",
        place=where,
        money=numbers.pct(share),
        year=say.year(),
        n=len(third),
        total=say.number(len(rows)),
        ends=say.number(len(ending(place))),
    )
    if not unsaid:
        return text
    # a share beside money of which nobody said the sector is the least that it can be
    return (
        f"{text} {say('plans.sector.finding_least', money=numbers.pct(unsaid))}"
    )


def third_sector_view(say: Speech, place: str) -> None:
    """Sector, size, concentration, calendar, and the county voluntary council."""
    if not plans.paid_providers(place):
        st.info(say("plans.sector.nothing"))
        return
    _partners(say, place)
    _sectors(say, place)
    _sizes(say, place)
    _concentration(say, place)
    _calendar(say, place)


def _partners(say: Speech, place: str) -> None:
    """The county voluntary councils as partners: who they are, and whether a paper here names them."""
    held = plans.voluntary_councils(place)
    if not held:
        return
    names = dict.fromkeys(say.of(row) for row in held)
    text = say(
        "plans.sector.partners",
        n=len(names),
        names=say.names(list(names)),
    )
    if any(not row["seen"] for row in held):
        text += " " + say("plans.sector.partners_unseen")
    st.markdown(plain(text))


def _sectors(say: Speech, place: str) -> None:
    st.subheader(say("plans.sector.by_sector"))
    rows = [
        {
            "sector": sector_words(say, s["sector"]),
            "projects": s["projects"],
            "gbp": round(s["gbp"]),
            "unvalued": s["unvalued"] or None,
        }
        for s in by_sector(place)
    ]
    labels = {
        name: say(
            f"plans.sector.col.{name}",
            year=say.year(),
        )
        for name in ("sector", "projects", "gbp", "unvalued")
    }
    parts = (Part("gbp", labels["gbp"], "#045a8d"),)
    top = rows[0]
    alt = say(
        "plans.sector.alt",
        sector=top["sector"],
        money=say.money_in_year(float(str(top["gbp"]))),
    )
    show_picture(
        say,
        stacked_bars(
            rows,
            "sector",
            parts,
            labels["gbp"],
            alt,
            labels,
            prefix="£",
        ),
        key="by_sector",
        name="money-by-sector",
        config={"gbp": st.column_config.NumberColumn(format="£%,.0f")},
    )


@once_a_build
def by_size(place: str) -> tuple[dict[str, Any], ...]:
    """Size of the contract or grant → records and money, those of the third sector beside the others."""
    names = (
        *(name for name, _ in SIZES),
        LARGEST,
        UNSAID,
    )
    sums = {
        name: {
            "size": name,
            "third": 0,
            "others": 0,
            "gbp": 0.0,
        }
        for name in names
    }
    for r in plans.paid_providers(place):
        yearly = r["annual_value_gbp"] if r["value_kind"] == "yearly" else None
        held: dict[str, Any] = sums[size_of(yearly) or UNSAID]
        held["third" if is_third(r["provider_sector"]) else "others"] += 1
        held["gbp"] += r["year_gbp"] or 0.0
    return tuple(sums.values())


def _sizes(say: Speech, place: str) -> None:
    st.subheader(say("plans.sector.by_size"))
    rows = [
        {
            "size": say(f"plans.size.{s['size'] or 'unsaid'}"),
            "third": s["third"],
            "others": s["others"],
            "gbp": round(s["gbp"]),
        }
        for s in by_size(place)
    ]
    labels = {
        name: say(
            f"plans.sector.col.{name}",
            year=say.year(),
        )
        for name in ("size", "third", "others", "gbp")
    }
    parts = (
        Part("third", labels["third"], "#045a8d"),
        Part("others", labels["others"], "#bdc9e1", "/", "#1b1f23"),
    )
    small = rows[0]
    alt = say(
        "plans.sector.size_alt",
        n=int(str(small["third"])),
        size=small["size"],
    )
    show_picture(
        say,
        stacked_bars(
            rows,
            "size",
            parts,
            say("plans.col.projects"),
            alt,
            labels,
        ),
        key="by_size",
        name="projects-by-size",
        config={"gbp": st.column_config.NumberColumn(format="£%,.0f")},
    )


def _concentration(say: Speech, place: str) -> None:
    st.subheader(say("plans.sector.concentration"))
    held = plans.concentration(place)
    if held["hhi"] is None:
        st.info(say("plans.sector.nobody_named"))
        return
    st.markdown(
        plain(
            say(
                "plans.sector.hhi",
                hhi=say.number(held["hhi"]),
                level=say(f"plans.sector.hhi_{_level(held)}"),
                share=numbers.pct(held["top_share"]),
                n=held["providers"],
                named=numbers.pct(held["named_share"]),
            )
        )
    )
    rows = top_rows(say, place)
    labels = {
        name: say(
            f"plans.sector.col.{name}",
            year=say.year(),
        )
        for name in ("provider", "sector", "projects", "gbp", "share")
    }
    table(
        rows,
        labels,
        key="top_providers",
        height=260,
        config={"gbp": st.column_config.NumberColumn(format="£%,.0f")},
    )
    carry_away(
        say,
        "largest-providers",
        rows,
        labels,
        (say("plans.sector.concentration"),),
    )


def _level(held: Row) -> str:
    """How concentrated all the money is, as far as names tell."""
    level = class_of_the_whole(
        held["hhi"], held["largest_share"], held["named_share"]
    )
    return level or "unknown"


@once_a_build
def top_rows(say: Speech, place: str) -> tuple[dict[str, Any], ...]:
    """The five providers that get the most of the money of the year in a place."""
    sums: dict[str, dict[str, Any]] = {}
    for r in plans.paid_providers(place):
        who = r["provider_org_id"] or r["provider_name"]
        if who and r["year_gbp"]:
            held = sums.setdefault(
                who,
                {"row": r, "projects": 0, "gbp": 0.0},
            )
            held["projects"] += 1
            held["gbp"] += r["year_gbp"]
    whole = sum(held["gbp"] for held in sums.values())
    largest = sorted(
        sums.values(),
        key=lambda held: -held["gbp"],
    )[:TOP]
    return tuple(
        {
            "provider": held["row"]["provider_name"]
            or held["row"]["provider_org_id"],
            "sector": sector_words(
                say,
                held["row"]["provider_sector"],
            ),
            "projects": held["projects"],
            "gbp": round(held["gbp"]),
            "share": numbers.pct(held["gbp"] / whole),
        }
        for held in largest
    )


@once_a_build
def ending(place: str) -> tuple[Row, ...]:
    """Records that end within twelve months of the build's day, the first to end first."""
    last = add_months(
        reader.build()["as_of"],
        MONTHS,
    )
    return tuple(
        r
        for r in plans.paid_providers(place)
        if r["end_date"] and r["end_date"] <= last
    )


def _calendar(say: Speech, place: str) -> None:
    st.subheader(say("plans.sector.calendar"))
    rows = ending(place)
    if not rows:
        st.success(say("plans.sector.nothing_ends"))
        return
    st.caption(plain(say("plans.sector.calendar_help")))
    _months(say, list(rows))
    shown = [
        {
            "project_id": r["project_id"],
            "end": r["end_date"],
            "title": r["title"],
            "provider": r["provider_name"] or say("plans.sector.unsaid"),
            "sector": sector_words(say, r["provider_sector"]),
            "places": say.capacity(r),
            "money": r["year_gbp"],
        }
        for r in rows
    ]
    labels = {
        name: say(
            f"plans.col.{name}",
            year=say.year(),
        )
        for name in ("end", "title", "provider", "sector", "places", "money")
    }
    table(
        shown,
        labels,
        key="contract_calendar",
        height=340,
        pick=True,
        on_pick=opens("project", shown, "project_id"),
        config={"money": st.column_config.NumberColumn(format="£%,.0f")},
    )
    open_picked()
    carry_away(
        say,
        "contracts-that-end",
        shown,
        labels,
        (say("plans.sector.calendar"),),
    )


def _months(say: Speech, rows: Rows) -> None:
    counted: dict[date, dict[str, Any]] = {}
    for r in rows:
        month = r["end_date"].replace(day=1)
        held = counted.setdefault(
            month,
            {
                "month": numbers.month(say.lang, month),
                "third": 0,
                "others": 0,
            },
        )
        held["third" if is_third(r["provider_sector"]) else "others"] += 1
    bars = [counted[month] for month in sorted(counted)]
    labels = {
        name: say(f"plans.sector.col.{name}")
        for name in ("month", "third", "others")
    }
    parts = (
        Part("third", labels["third"], "#045a8d"),
        Part("others", labels["others"], "#bdc9e1", "/", "#1b1f23"),
    )
    most = max(
        bars,
        key=lambda b: b["third"] + b["others"],
    )
    alt = say(
        "plans.sector.calendar_alt",
        n=most["third"] + most["others"],
        month=most["month"],
    )
    show_picture(
        say,
        stacked_bars(
            bars,
            "month",
            parts,
            say("plans.sector.calendar_axis"),
            alt,
            labels,
        ),
        key="calendar",
        name="contracts-by-month",
    )
