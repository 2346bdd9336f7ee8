"""The right of reply on screens: the verdict once answers and silences are counted in, and totals both
ways.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from sqlalchemy.exc import OperationalError

from clearlink.report.both_ways import VERDICTS, WAYS, totals_of
from clearlink.review.records import EvidenceRequest, ExceptionGrant
from clearlink.review.replies import after_reply, settled_requests
from clearlink.review.requests import requests, state
from clearlink.review.store import review_store
from clearlink.warehouse.reader import Row, Rows
from clearlink.words import numbers
from pages.frame.criteria_words import say_recalculated
from pages.frame.frame import plain, table
from pages.frame.speech import Speech
from pages.meeting.meeting_person import person


def reply_on_record(
    say: Speech,
    project: Row,
    verdict: Row,
) -> None:
    """Under a project's verdict: each question to its owner and where it stands, and the verdict with them
    counted in.
    """
    try:
        store, viewer = review_store(), person(say)
        told = settled_requests(store, viewer).get(
            project["project_id"],
            [],
        )
        mine = requests(
            store,
            viewer,
            project["project_id"],
        )
    except OperationalError:
        return  # the record says once that the committee's store cannot be reached (exception_marks)
    today = store.today()
    # those who work on it see questions that still wait, too
    for request in mine or told:
        stands = state(request, today)
        _line(
            say,
            request,
            f"meetings.ask.{'answered_public' if stands == 'answered' else stands}",
        )
    after = after_reply(
        verdict,
        project["decision_date"],
        told,
        today,
    )
    say_recalculated(say, after)


def _line(
    say: Speech,
    request: EvidenceRequest,
    key: str,
) -> None:
    stands = say(
        key,
        date=say.date(
            request.answered_on if request.answered_on else request.due_on
        ),
    )
    st.caption(
        plain(
            say(
                "meetings.ask.line_public",
                field=say(f"meetings.ask.field_{request.field}"),
                asked=say.date(request.asked_on),
                state=stands,
            )
        )
    )


def totals_both_ways(
    say: Speech,
    rows: Rows,
    granted: Mapping[str, ExceptionGrant],
) -> None:
    """Under the totals of a list: the same totals with replies and with exceptions, where they differ."""
    try:
        totals = totals_of(
            rows,
            granted,
            review_store(),
            person(say),
        )
    except OperationalError:
        return
    if not totals.differ:
        return
    with st.expander(say("meetings.both_ways.title")):
        st.caption(plain(say("meetings.both_ways.lead")))
        columns = WAYS
        shown = [
            {
                "verdict": say.verdict(v),
                **{
                    c: say(
                        "meetings.both_ways.cell",
                        n=held[0],
                        money=numbers.gbp(held[1]),
                    )
                    for c in columns
                    for held in [
                        getattr(totals, c).get(
                            v,
                            (0, 0.0),
                        )
                    ]
                },
            }
            for v in VERDICTS
            if any(v in getattr(totals, c) for c in columns)
        ]
        table(
            shown,
            {"verdict": say("meetings.both_ways.verdict")}
            | {c: say(f"meetings.both_ways.{c}") for c in columns},
            key="both_ways",
        )
        unvalued = sum(r["year_gbp"] is None for r in rows)
        if unvalued:
            st.caption(plain(say("meetings.both_ways.unvalued", n=unvalued)))
