"""Families First: strategic projects need at least one assessed priority; those that name none, listed."""

from __future__ import annotations

import streamlit as st

from clearlink.report.returned import start_of
from clearlink.report.ten_systems import running_under
from clearlink.rules.programmes.systems import System
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.frame.frame import carry_away, plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech


def unserving(system: System, place: str) -> Rows:
    """Running records that the system's programmes pay for and that serve no assessed priority as far as is
    shown, with the reason.
    """
    paid = {r["project_id"] for r in running_under(system, place)}
    rows = reader.projects_without_priority(place)
    return [r for r in rows if r["project_id"] in paid]


def without_priority(
    say: Speech,
    system: System,
    place: str,
) -> None:
    """How many name no assessed priority, and which, each with the reason."""
    running = running_under(system, place)
    if not running:
        # the section of what is commissioned says that nothing runs
        return
    st.subheader(say("programmes.priority.title"))
    rows = unserving(system, place)
    st.markdown(
        plain(
            say(
                "programmes.priority.finding",
                place=start_of(say, place),
                n=len(rows),
                of=say.number(len(running)),
            )
        )
    )
    if rows:
        _unserving_table(say, system, rows)


def _unserving_table(
    say: Speech,
    system: System,
    rows: Rows,
) -> None:
    """Each project with the reason; a row opens its record."""
    shown = [
        {
            "id": r["project_id"],
            "title": r["title"],
            "why": say(f"gaps.coherence.why.{r['reason']}"),
            "value": r["year_gbp"],
        }
        for r in rows
    ]
    labels = {
        c: say(
            f"gaps.coherence.col.{c}",
            year=say.year(),
        )
        for c in ("title", "why", "value")
    }
    table(
        shown,
        labels,
        key=f"without_priority_{system}",
        height=260,
        pick=True,
        on_pick=opens("project", shown, "id"),
        config={"value": st.column_config.NumberColumn(format="£%,.0f")},
    )
    open_picked()
    carry_away(
        say,
        f"without-priority-{system}",
        shown,
        labels,
        (say("programmes.priority.title"),),
    )
