"""Justified exceptions of the committee, shown beside what the test found and never in its place."""

from __future__ import annotations

import streamlit as st
from sqlalchemy.exc import OperationalError

from clearlink.review.follow import exceptions
from clearlink.review.records import ExceptionGrant
from clearlink.review.store import review_store
from pages.parts.frame import plain
from pages.parts.meeting_person import person
from pages.parts.speech import Speech


def exceptions_in_force(say: Speech) -> dict[str, ExceptionGrant]:
    """Project id → its exception in force today; asked once a run. Says so where the committee's record cannot be reached."""
    try:
        store = review_store()
        return exceptions(store, person(say), store.today())
    except OperationalError:
        st.warning(say("exception.unread"))
        return {}


def mark(say: Speech, grant: ExceptionGrant) -> str:
    """'◆ Justified exception until 30 June 2027', for a cell."""
    return say("exception.until", mark=say.verdict("EXCEPTION"), until=say.date(grant.until))


def mark_with_reason(say: Speech, grant: ExceptionGrant) -> str:
    """The mark with the committee's reason, for a line of its own."""
    return say("exception.mark", mark=say.verdict("EXCEPTION"), until=say.date(grant.until), reason=grant.reason)


def show_exception(say: Speech, grant: ExceptionGrant | None) -> None:
    """The exception on a project's record: mark, reason, day, and that the verdict stands as found."""
    if grant is not None:
        st.markdown(f"**{plain(mark_with_reason(say, grant))}**")
        st.caption(plain(say("exception.record", granted=say.date(grant.granted_on))))
