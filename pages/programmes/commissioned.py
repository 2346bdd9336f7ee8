"""What is commissioned under a system in a place: how it stands to need, and what ends."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from clearlink.report.ten_systems import by_verdict, ends_of
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech


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
    """Does it follow need, and what ends: a sentence each, and the records behind them."""
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
    for sentence in sentences(say, rows, running):
        st.markdown(plain(sentence))
    with st.expander(say("programmes.commissioned.records")):
        _records(
            say,
            system,
            [
                *running,
                *(r for r in rows if r not in running),
            ],
        )


def sentences(
    say: Speech,
    rows: Rows,
    running: Rows,
) -> Iterator[str]:
    """How what runs stands to need, what of it ends within a year, and how much more is on record."""
    undated = sum(r["time_state"] == "not_dated" for r in rows)
    if not running and not undated:
        yield say(
            "programmes.commissioned.none_running",
            n=len(rows),
        )
        return
    if running:
        yield by_verdict(say, running).text
        yield ends_of(say, running).text
    if undated:
        yield say("programmes.ten.undated", n=undated)
    ended = len(rows) - len(running) - undated
    if ended:
        yield say("programmes.commissioned.besides", n=ended)


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
