"""Justified exceptions of the committee, shown beside what the test found and never in its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st
from sqlalchemy.exc import OperationalError

from clearlink.review.exceptions import ENDING_DAYS, exceptions
from clearlink.review.records import ExceptionGrant
from clearlink.review.store import review_store
from clearlink.warehouse import reader
from pages.frame.frame import plain, table
from pages.frame.picks import open_picked, opens
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person


def exceptions_in_force(say: Speech) -> dict[str, ExceptionGrant]:
    """Project id → its exception in force today; asked once a run. Says so where the committee's record
    cannot be reached.
    """
    try:
        store = review_store()
        return exceptions(
            store,
            person(say),
            store.today(),
        )
    except OperationalError:
        st.warning(say("exception.unread"))
        return {}


def mark(say: Speech, grant: ExceptionGrant) -> str:
    """'◆ Justified exception until 30 June 2027', for a cell."""
    return say(
        "exception.until",
        mark=say.verdict("EXCEPTION"),
        until=say.date(grant.until),
    )


def mark_with_reason(say: Speech, grant: ExceptionGrant) -> str:
    """The mark with the committee's reason, for a line of its own."""
    return say(
        "exception.mark",
        mark=say.verdict("EXCEPTION"),
        until=say.date(grant.until),
        reason=grant.reason,
    )


def show_exception(say: Speech, grant: ExceptionGrant | None) -> None:
    """The exception on a project's record: mark, reason, day, and that the verdict stands as found."""
    if grant is not None:
        st.markdown(f"**{plain(mark_with_reason(say, grant))}**")
        st.caption(
            plain(
                say(
                    "exception.record",
                    granted=say.date(grant.granted_on),
                )
            )
        )


def exceptions_table(
    say: Speech,
    granted: Mapping[str, ExceptionGrant],
    today: date,
) -> None:
    """Every exception in force, the one that ends first leading; a row opens its project. Nothing where
    there is none.
    """
    named = {key: reader.project(key) for key in granted}
    rows = [
        {
            "id": key,
            "project": project["title"],
            "until": say.date(grant.until),
            "place": say.place(grant.place),
            "reason": grant.reason,
        }
        for key, grant in granted.items()
        if (project := named[key]) is not None
    ]
    if not rows:
        return
    st.subheader(say("exception.list"))
    st.caption(
        plain(
            say(
                "exception.list_lead",
                n=len(rows),
                ending=sum(
                    x.until <= today + timedelta(days=ENDING_DAYS)
                    for x in granted.values()
                ),
            )
        )
    )
    table(
        rows,
        {
            c: say(f"exception.col_{c}")
            for c in ("project", "until", "place", "reason")
        },
        key="exceptions",
        pick=True,
        on_pick=opens("project", rows, "id"),
    )
    open_picked()
