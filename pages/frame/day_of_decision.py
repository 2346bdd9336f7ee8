"""Whether the day of a decision is known, and what "if decided today" says where it tells another story."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from clearlink.rules.codes import VERDICT_ORDER, Basis
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.frame.choices import Choices, address
from pages.frame.frame import plain
from pages.frame.speech import Speech


def day_known(project: Row) -> str:
    """decision, start (the day it started stands in for it) or none: no day is known."""
    if project["decision_date"] is not None:
        return "decision"
    return "none" if project["start_date"] is None else "start"


def basis_names(say: Speech, project: Row) -> dict[str, str]:
    """What the two bases are called on the record of one project: a day that nobody recorded is not called
    the day of decision.
    """
    known = day_known(project)
    own = (
        "choices.basis_at_decision"
        if known == "decision"
        else f"record.basis_{known}"
    )
    return {
        Basis.AT_DECISION: say(own),
        Basis.TODAY: say("choices.basis_today"),
    }


def no_decision_note(say: Speech, project: Row) -> None:
    """On a record: that the decision date is not recorded, and what was taken in its place."""
    known = day_known(project)
    if known != "decision":
        st.caption(
            plain(
                say(
                    f"record.no_decision_{known}",
                    date=say.date(project["start_date"]),
                )
            )
        )


def days_line(say: Speech, chosen: Choices) -> str:
    """How many projects of a view have no decision date on record; empty where all have one."""
    days = reader.decision_days(
        chosen.place,
        chosen.programme or None,
        chosen.theme or None,
    )
    if not days["without_decision"]:
        return ""
    return say(
        "projects.no_decision_date",
        started=say.number(days["without_decision"] - days["without_day"]),
        neither=say.number(days["without_day"]),
        total=say.number(days["projects"]),
    )


def today_changes(
    say: Speech,
    then: Mapping[str, Row],
    today: Rows,
) -> str:
    """Verdicts whose number would be another if everything were decided today, in words; empty where none
    is. `then`: verdict → projects.
    """
    now = {row["verdict"]: row["projects"] for row in today}
    before = {verdict: row["projects"] for verdict, row in then.items()}
    parts = [
        say(
            "home.today.change",
            verdict=say.verdict(verdict),
            now=say.number(now.get(verdict, 0)),
            then=say.number(before.get(verdict, 0)),
        )
        for verdict in VERDICT_ORDER
        if now.get(verdict, 0) != before.get(verdict, 0)
    ]
    return numbers.join(say.lang, parts)


def today_line(
    say: Speech,
    chosen: Choices,
    then: Mapping[str, Row],
) -> None:
    """On Home: where "if decided today" tells another story, what it says, how many decision dates are not
    recorded, and the way to it.
    """
    today = reader.verdict_counts(
        chosen.place,
        chosen.programme or None,
        chosen.theme or None,
        basis=Basis.TODAY,
    )
    changes = today_changes(say, then, today)
    days = days_line(say, chosen)
    if changes:
        with st.container(gap=None, key="today"):
            st.markdown(
                plain(
                    " ".join(
                        filter(
                            None,
                            (say("home.today.other", changes=changes), days),
                        )
                    )
                )
            )
            st.page_link(
                "pages/projects.py",
                label=say("home.today.open"),
                query_params=address(
                    verdict="", project="", words="", basis=Basis.TODAY
                ),
            )
    elif days:
        st.caption(plain(days))
