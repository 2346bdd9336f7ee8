"""Programmes that became others: money and records followed over the change, and a region as it was and as
it is.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.figures.coherence_matrix import coherence_matrix
from clearlink.rules.plain_text import sentence_start
from clearlink.warehouse import plans, reader
from clearlink.warehouse.reader import Row, Rows, once_a_build
from clearlink.words import numbers
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech

YEARS_SHOWN: Final = 12


@once_a_build
def families() -> tuple[tuple[str, ...], ...]:
    """Programmes in families, each with what it grew out of before it and what followed it last."""
    steps = plans.programme_lineage()
    last = {s["successor_id"] for s in steps} - {
        s["predecessor_id"] for s in steps
    }
    return tuple(
        (*_before(programme, steps), programme) for programme in sorted(last)
    )


def _before(programme: str, steps: tuple[Row, ...]) -> tuple[str, ...]:
    earlier: list[str] = []
    for step in steps:
        if step["successor_id"] == programme:
            earlier += [
                *_before(step["predecessor_id"], steps),
                step["predecessor_id"],
            ]
    return tuple(dict.fromkeys(earlier))


def lineage_finding(say: Speech, place: str) -> str:
    """How much of the money of the year lies under programmes that took over from others."""
    year = reader.build()["financial_year"]
    rows = [
        r for r in plans.lineage_money(place) if r["financial_year"] == year
    ]
    heirs = {family[-1] for family in families()}
    where = say.in_place(place)
    where = sentence_start(where)
    inside = {p for family in families() for p in family[:-1]}
    under_heirs = [r["gbp"] for r in rows if r["programme_id"] in heirs]
    under_inside = [r["gbp"] for r in rows if r["programme_id"] in inside]
    if not under_heirs and not under_inside:
        return say("plans.lineage.finding_none", place=where, year=year)
    return say(
        "plans.lineage.finding",
        place=where,
        year=year,
        heirs=say.money(sum(under_heirs)),
        inside=say.money(sum(under_inside)),
    )


def lineage_view(say: Speech, place: str) -> None:
    """One picture of records by year and programme, with why each step was made."""
    rows = plans.lineage_money(place)
    listed = [p for family in families() for p in family]
    last = reader.build()["financial_year"]
    # money of years to come is no history, and may be all there is
    held = [
        r
        for r in rows
        if r["programme_id"] in listed and r["financial_year"] <= last
    ]
    if not held:
        st.info(say("plans.lineage.nothing"))
        return
    st.caption(plain(say("plans.lineage.help")))
    _picture(
        say,
        rows,
        held,
        listed,
    )
    for step in plans.programme_lineage():
        text = say(
            "plans.lineage.step",
            before=say.programme(step["predecessor_id"]),
            after=say.programme(step["successor_id"]),
            date=say.date(step["from_date"]),
            why=say.of(step, "why"),
        )
        st.markdown(f"- {plain(text)}")


def _picture(
    say: Speech,
    rows: Rows,
    held: Rows,
    listed: list[str],
) -> None:
    """Projects by programme and year; the table holds the sums."""
    told = [r["financial_year"] for r in held]
    years = years_between(
        min(told),
        max(told),
    )[-YEARS_SHOWN:]
    names = {p: say.programme(p) for p in listed}
    cells = {
        (names[r["programme_id"]], r["financial_year"]): (r["projects"], "")
        for r in held
        if r["financial_year"] in years
    }
    table_rows = [_row(say, p, rows, years) for p in listed]
    labels = {"programme": say("plans.lineage.col.programme")}
    labels |= {year: say("plans.lineage.col.year", year=year) for year in years}
    alt = say(
        "plans.lineage.alt",
        first=years[0],
        last=years[-1],
    )
    show_picture(
        say,
        coherence_matrix(
            cells,
            list(names.values()),
            years,
            (),
            alt,
            table_rows,
            labels,
            is_slanted=True,
        ),
        key="lineage",
        name="programmes-over-the-change",
        config={
            year: st.column_config.NumberColumn(format="£%,.0f")
            for year in years
        },
    )


def _row(
    say: Speech,
    programme: str,
    rows: list[Row],
    years: list[str],
) -> dict[str, Any]:
    sums = {
        r["financial_year"]: round(r["gbp"])
        for r in rows
        if r["programme_id"] == programme
    }
    return {"programme": say.programme(programme)} | {
        year: sums.get(year) for year in years
    }


@once_a_build
def counterpart(place: str) -> str | None:
    """The region of the other footprint that shares the most authorities with this one; None for other
    places.
    """
    kind = {"RCC": "RPB", "RPB": "RCC"}.get(place[:3])
    if kind is None:
        return None
    mine = set(reader.members().get(place, ()))
    others = [
        (code, set(las))
        for code, las in reader.members().items()
        if code.startswith(kind)
    ]
    shared = [
        (
            len(mine & las),
            -len(las - mine),
            code,
        )
        for code, las in others
        if mine & las
    ]
    return max(shared)[2] if shared else None


def region_switch(say: Speech, place: str) -> None:
    """A region as it was beside the same as it is: who has come, who has gone, and the way to the other."""
    other = counterpart(place)
    if other is None:
        return
    was, now = (place, other) if place.startswith("RCC") else (other, place)
    before, after = (set(reader.members()[code]) for code in (was, now))
    moved = before ^ after
    key = "plans.region.same" if not moved else "plans.region.moved"
    names = numbers.sorted_names(
        say.lang,
        [say.place(la) for la in moved],
    )
    st.caption(
        plain(
            say(
                key,
                was=say.place(was),
                now=say.place(now),
                names=numbers.join(say.lang, names),
            )
        )
    )
    is_then = place == was
    st.page_link(
        "pages/plans.py",
        label=plain(
            say(
                "plans.region.to_now" if is_then else "plans.region.to_then",
                place=say.place(other),
            )
        ),
        query_params=address(place=other),
    )


def years_between(first: str, last: str) -> list[str]:
    """Every financial year from one to another: a year without a record is a blank, and not left out."""
    begins = range(
        int(first[:4]),
        int(last[:4]) + 1,
    )
    return [f"{year}-{(year + 1) % 100:02d}" for year in begins]
