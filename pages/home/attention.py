"""The ranked list of what to look at first: what, where, why it is here, what to do next, and the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from clearlink.review.records import ExceptionGrant
from clearlink.warehouse.reader import Row
from pages.frame.choices import address
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.project.exception_marks import mark_with_reason


def attention_list(
    say: Speech,
    rows: Sequence[Row],
    granted: Mapping[str, ExceptionGrant],
) -> None:
    """One line a project, the title is the link to its record; a justified exception stands beside the
    verdict.
    """
    st.subheader(say("home.attention.title"))
    if not rows:
        st.success(say("home.attention.none"))
        return
    steps = [
        say(
            "home.attention.next",
            do=say(f"home.attention.do.{row['reason']}"),
        )
        for row in rows
    ]
    # one step that every row shares is said once
    shared = len(set(steps)) == 1
    st.caption(
        plain(say("home.attention.lead") + (f" {steps[0]}" if shared else ""))
    )
    for row, step in zip(rows, steps, strict=True):
        with st.container(gap=None, key=f"attention_{row['project_id']}"):
            _line(
                say,
                row,
                "" if shared else step,
            )
            if row["project_id"] in granted:
                st.caption(
                    plain(
                        mark_with_reason(
                            say,
                            granted[row["project_id"]],
                        )
                    )
                )


def _line(
    say: Speech,
    row: Row,
    step: str,
) -> None:
    money = (
        say("home.attention.no_money")
        if row["year_gbp"] is None
        else say(
            "home.attention.money",
            money=say.money_in_year(row["year_gbp"]),
        )
    )
    st.page_link(
        "pages/projects.py",
        label=f"**{plain(row['title'])}**",
        query_params=address(project=row["project_id"]),
    )
    st.caption(
        plain(
            say(
                "home.attention.why",
                verdict=say.verdict(row["verdict"]),
                reason=say(f"verdict.reason.{row['reason']}"),
                where=say.place(row["la_code"])
                if row["la_code"]
                else say("home.attention.no_one_authority"),
                money=money,
            )
        )
        + (f"  \n{plain(step)}" if step else "")
    )
