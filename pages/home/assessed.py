"""On Home: what assessments in force ask for and nobody answers, and which of them are about to lapse."""

from __future__ import annotations

import streamlit as st

from clearlink.warehouse.reader import Row, Rows
from pages.frame.frame import plain, table
from pages.frame.speech import Speech


def orphans_view(
    say: Speech,
    orphans: Rows,
    priorities: int,
) -> None:
    """Priorities with no project, of all the `priorities` that assessments in force name here."""
    st.subheader(
        say("home.orphans.title"),
        anchor="orphans",
    )
    if orphans:
        _orphans_table(say, orphans)
    elif priorities:
        st.success(say("home.orphans.none"))
    else:
        st.info(say("home.orphans.not_loaded"))


def expiring_view(
    say: Speech,
    expiring: Rows,
    assessments: int,
    undated: str,
) -> None:
    """Assessments about to lapse, of all the `assessments` in force here; `undated` says of how many the last
    day is not known.
    """
    st.subheader(
        say("home.expiring.title"),
        anchor="expiring",
    )
    if expiring:
        _expiring_table(say, expiring)
    elif assessments:
        st.success(say("home.expiring.none"))
    else:
        st.info(say("home.expiring.not_loaded"))
    if undated:
        st.caption(plain(undated))


def _orphans_table(say: Speech, orphans: Rows) -> None:
    rows = [
        {
            "statement": say.needed(o),
            "title": say.title(o["title"]),
            "page": o["page"],
            "theme": say.theme(o["theme_id"]),
            "valid_to": _until(say, o),
        }
        for o in orphans
    ]
    labels = {
        "statement": say("home.orphans.statement"),
        "title": say("home.orphans.assessment"),
        "page": say("home.orphans.page"),
        "theme": say("choices.theme"),
        "valid_to": say("home.orphans.valid_to"),
    }
    wide = st.column_config.TextColumn
    config = {
        "statement": wide(width=440),
        "title": wide(width=360),
        "page": wide(width=60),
        "theme": wide(width=175),
        "valid_to": wide(width=200),
    }
    table(
        rows,
        labels,
        key="orphans_table",
        height=260,
        config=config,
    )


def _expiring_table(say: Speech, expiring: Rows) -> None:
    rows = [
        {
            "title": say.title(e["title"]),
            "valid_to": _until(say, e),
            "projects": e["projects"],
        }
        for e in expiring
    ]
    labels = {
        "title": say("home.orphans.assessment"),
        "valid_to": say("home.orphans.valid_to"),
        "projects": say("home.expiring.projects"),
    }
    config = {"title": st.column_config.TextColumn(width="large")}
    table(
        rows,
        labels,
        key="expiring_table",
        height=260,
        config=config,
    )


def _until(say: Speech, assessment: Row) -> str:
    """The last day of an assessment, and whether it states it itself."""
    if assessment["valid_to"] is None:
        return say("home.orphans.no_last_day")
    day = say.date(assessment["valid_to"])
    if assessment["is_by_life"]:
        return say("home.orphans.by_life", date=day)
    return day
