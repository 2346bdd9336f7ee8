"""What is commissioned under a system in a place: how it stands to need, and what ends."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import streamlit as st

from clearlink.rules.codes import VERDICT_ORDER
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech

YEAR_AHEAD = timedelta(days=365)


def projects_of(system: System, place: str) -> Rows:
    """Every record of the programmes of a system in a place."""
    return [
        row
        for programme in PROGRAMMES_OF[system]
        for row in reader.projects(place, programme)
    ]


def commissioned(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """Does it follow need, and what ends: two sentences, and the records behind them."""
    rows = projects_of(system, place)
    st.subheader(say("programmes.commissioned.title"))
    if not rows:
        st.info(
            plain(
                say(
                    "programmes.commissioned.none",
                    system=say(f"programmes.system.{system}"),
                )
            )
        )
        return
    running = [r for r in rows if r["time_state"] == "running"]
    if running:
        _does_it_follow_need(
            say,
            running,
            len(rows),
        )
    else:
        st.markdown(
            plain(say("programmes.commissioned.none_running", n=len(rows)))
        )
    with st.expander(say("programmes.commissioned.records")):
        _records(
            say,
            system,
            [
                *running,
                *(r for r in rows if r not in running),
            ],
        )


def _does_it_follow_need(
    say: Speech,
    running: Rows,
    total: int,
) -> None:
    """The verdicts on what runs, and how many of it end within a year."""
    lead = say(
        "programmes.commissioned.lead",
        n=len(running),
        total=say.number(total),
        verdicts=_verdicts(say, running),
    )
    st.markdown(plain(lead))
    ends = say(
        "programmes.commissioned.ends",
        n=sum(map(_ends_soon, running)),
        when=say.date(_in_a_year()),
    )
    st.markdown(plain(ends))


def _in_a_year() -> str:
    return str(reader.build()["as_of"] + YEAR_AHEAD)


def _ends_soon(row: Row) -> bool:
    end = row["end_date"]
    return end is not None and end <= reader.build()["as_of"] + YEAR_AHEAD


def _verdicts(say: Speech, rows: Rows) -> str:
    counted = Counter(r["verdict"] for r in rows)
    parts = [
        f"{say(f'verdict.{v}.name')} {counted[v]}"
        for v in VERDICT_ORDER
        if counted[v]
    ]
    return numbers.join(say.lang, parts)


def _records(
    say: Speech,
    system: System,
    rows: Rows,
) -> None:
    shown = [
        {
            "id": r["project_id"],
            "title": r["title"],
            "verdict": say.verdict(r["verdict"]),
            "ends": r["end_date"],
            "value": r["year_gbp"],
        }
        for r in rows
    ]
    labels = {
        c: say(
            f"programmes.commissioned.col.{c}",
            year=say.year(),
        )
        for c in ("title", "verdict", "ends", "value")
    }
    table(
        shown,
        labels,
        key=f"commissioned_{system}",
        height=300,
        pick=True,
        on_pick=opens("project", shown, "id"),
        config={
            "title": st.column_config.TextColumn(width="large"),
            "value": st.column_config.NumberColumn(format="£%,.0f"),
        },
    )
    open_picked()
    carry_away(
        say,
        f"commissioned-{system}",
        shown,
        labels,
        (say("programmes.commissioned.title"),),
    )
