"""What is commissioned under a system in a place: how it stands to need, and what ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import streamlit as st

from clearlink.report.ten_systems import by_verdict, ends_of
from clearlink.rules.programmes.systems import PROGRAMMES_OF, System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech
from pages.frame.which_projects import states_in_words, states_of

# what was sought: it neither runs nor has ended, for it is not known to have been bought
SOUGHT: Final = ("notice", "never_bought")


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
    counted = states_of(rows)
    if running:
        yield by_verdict(say, running).text
        yield ends_of(say, running).text
    if undated := counted.get("not_dated"):
        yield say("programmes.ten.undated", n=undated)
    yield from _besides(say, counted)


def _besides(
    say: Speech,
    counted: Mapping[str, int],
) -> Iterator[str]:
    """What has ended or is to come, and what was only sought. `counted`: time state → records."""
    may_run = "running" in counted or "not_dated" in counted
    if over := counted.get("ended", 0) + counted.get("to_come", 0):
        key = "besides" if may_run else "none_running"
        yield say(f"programmes.commissioned.{key}", n=over)
    elif not may_run:
        yield say("programmes.ten.need_none")
    sought = {s: counted[s] for s in SOUGHT if s in counted}
    if sought:
        yield say(
            "common.counts_others",
            parts=states_in_words(say, sought),
        )


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
