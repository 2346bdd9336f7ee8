"""Planned, outturn, capacity, reached, in need: side by side, and what of it is odd."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from clearlink.figures.step_bars import step_bars
from clearlink.report.returned import (
    amount,
    figures_of,
    newest,
    part_words,
    start_of,
)
from clearlink.rules.programmes.systems import RETURNED_AS, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.frame.frame import carry_away, plain, table
from pages.frame.pictures import show_picture
from pages.frame.speech import Speech
from pages.programmes.returned import nothing_told, who_says

PEOPLE: Final = ("in_need", "capacity", "reached")
MOST_NAMED: Final = 4
MONEY_COLUMNS: Final = ("planned_gbp", "outturn_gbp")


def cascade(
    say: Speech, system: System, place: str, *, drawn: bool = True
) -> None:
    """The sums of the place, and every authority whose own figures do not go together. `drawn`: with bars."""
    st.subheader(say("programmes.cascade.title"))
    told = [r for r in figures_of(system, place) if r["cascade"]]
    if not told:
        nothing_told(
            say,
            say(
                "programmes.cascade.what",
                place=say.in_place(place),
            ),
        )
        return
    period = newest(told)
    now = [r for r in told if r["period"] == period]
    sums = {
        role: _sum(now, role, period)
        for role in (*PEOPLE, "planned", "outturn")
    }
    finding = cascade_finding(say, place, period, sums)
    st.markdown(f"**{plain(finding)}**")
    steps = [
        _bar(
            say,
            now,
            role,
            sums[role],
        )
        for role in PEOPLE
        if sums[role] is not None
    ]
    if steps and drawn:
        labels = {
            c: say(f"programmes.cascade.col.{c}") for c in ("name", "shown")
        }
        show_picture(
            say,
            step_bars(steps, finding, labels),
            key=f"cascade_{system}",
            name=f"cascade-{system}",
        )
    who_says(say, now, period)
    _odd(
        say,
        system,
        _returned_in(system, place, period),
    )


def _returned_in(system: System, place: str, period: str) -> Rows:
    """What the authorities of a place returned of a programme for one period."""
    returned = reader.programme_cascade(
        place,
        RETURNED_AS[system],
    )
    return [r for r in returned if r["period"] == period]


def _sum(rows: Rows, role: str, period: str) -> float | None:
    measure = next(
        (r["measure_id"] for r in rows if r["cascade"] == role),
        "",
    )
    return amount(rows, measure, period)


def _bar(
    say: Speech, rows: Rows, role: str, count: float | None
) -> dict[str, Any]:
    named = next(r for r in rows if r["cascade"] == role)
    shown = say.number(count or 0)
    return {
        "name": say.of(named),
        "count": count,
        "shown": shown,
        "said": shown,
    }


def cascade_finding(
    say: Speech,
    place: str,
    period: str,
    sums: dict[str, float | None],
) -> str:
    """What is known of the five, in one sentence."""
    parts = [
        say(
            f"programmes.cascade.part.{role}",
            count=say.number(value),
        )
        for role in PEOPLE
        if (value := sums[role]) is not None
    ]
    parts += [
        say(
            f"programmes.cascade.part.{role}",
            money=say.money(value),
        )
        for role in ("planned", "outturn")
        if (value := sums[role]) is not None
    ]
    return say(
        "programmes.cascade.finding",
        place=start_of(say, place),
        period=period,
        parts=numbers.join(say.lang, parts) or say("programmes.not_told"),
    )


def _odd(say: Speech, system: System, rows: Rows) -> None:
    odd = [r for r in rows if r["odd"]]
    if not odd:
        st.caption(plain(say("programmes.cascade.nothing_odd")))
        return
    names = [
        say.place(code) for code in dict.fromkeys(r["area_code"] for r in odd)
    ]
    listed = numbers.join(
        say.lang,
        numbers.sorted_names(say.lang, names)[:MOST_NAMED],
    )
    more = len(names) - MOST_NAMED
    key = (
        "programmes.cascade.odd_more" if more > 0 else "programmes.cascade.odd"
    )
    st.warning(
        plain(
            say(
                key,
                n=len(odd),
                names=listed,
                more=max(more, 0),
            )
        )
    )
    _odd_table(say, system, odd)


def _odd_table(say: Speech, system: System, odd: Rows) -> None:
    shown = [_odd_row(say, r) for r in odd]
    columns = (
        "area",
        "part",
        "why",
        "planned_gbp",
        "outturn_gbp",
        "in_need",
        "capacity",
        "reached",
    )
    labels = {c: say(f"programmes.cascade.col.{c}") for c in columns}
    number = st.column_config.NumberColumn
    with st.expander(say("programmes.cascade.odd_rows")):
        table(
            shown,
            labels,
            key=f"odd_{system}",
            height=260,
            config={
                c: number(format="£%,.0f" if c in MONEY_COLUMNS else "%,.0f")
                for c in columns[3:]
            },
        )
        carry_away(
            say,
            f"odd-{system}",
            shown,
            labels,
            (say("programmes.cascade.title"),),
        )


def _odd_row(say: Speech, row: Row) -> dict[str, Any]:
    why = [say(f"programmes.odd.{code}") for code in row["odd"]]
    return {
        **row,
        "area": say.place(row["area_code"]),
        "part": part_words(say, row["part"]),
        "why": numbers.join(say.lang, why),
    }
