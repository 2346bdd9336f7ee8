"""The register's template: blank, example, and what each column means."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Final

import streamlit as st

from clearlink import folders
from pages.desk.register_desk import register_desk
from pages.frame.frame import plain, table
from pages.frame.speech import Speech

# Lists that go the same way as a register: what was assessed, the needs it names, and which project cites
# which.
LISTS: Final = ("assessments", "priorities", "citations")
# … what is to be done about it and who pays, and what was read in an assessment
PLAN_LISTS: Final = (
    "plans",
    "plan_actions",
    "funding_lines",
    "assessment_checks",
)


def register_help(say: Speech) -> None:
    """What a steward needs before loading a register."""
    st.markdown(plain(say("data.template_lead")))
    left, right = st.columns(2)
    with left:
        st.download_button(
            say("data.template_blank"),
            _file("register_template.csv"),
            "register-template.csv",
            "text/csv",
            on_click="ignore",
        )
    with right:
        st.download_button(
            say("data.template_example"),
            _file("register_example.csv"),
            "register-example.csv",
            "text/csv",
            on_click="ignore",
        )
    with st.expander(say("data.lists_title")):
        st.markdown(plain(say("data.lists_lead")))
        _templates(say, LISTS)
        st.markdown(plain(say("data.lists_plans_lead")))
        _templates(say, PLAN_LISTS)
    register_desk(say)
    st.subheader(say("data.template_columns"))
    table(
        _columns(say),
        {
            name: say(f"data.col.{name}")
            for name in ("column", "required", "meaning", "example")
        },
        key="register_columns",
        height=420,
        config={"meaning": st.column_config.TextColumn(width="large")},
    )


@cache
def _file(name: str) -> bytes:
    return (folders.CATALOGUE / name).read_bytes()


@cache
def _templates(say: Speech, names: tuple[str, ...]) -> None:
    """A blank of each list, side by side."""
    for place, name in zip(
        st.columns(len(names)),
        names,
        strict=True,
    ):
        with place:
            st.download_button(
                say(f"data.lists_{name}"),
                _file(f"{name}_template.csv"),
                f"{name}-template.csv",
                "text/csv",
                on_click="ignore",
            )


def _columns(say: Speech) -> tuple[dict[str, str], ...]:
    """The columns of a register as the catalogue lists them, in the language of the page."""
    return tuple(
        {
            **row,
            "column": row["column_cy"] if say.lang == "cy" else row["column"],
            "meaning": row[f"meaning_{say.lang}"],
            "required": say("common.yes")
            if row["required"] in ("yes", "true", "1")
            else say("common.no"),
        }
        for row in csv.DictReader(
            io.StringIO(
                _file("register_columns.csv").decode(),
                newline="",
            )
        )
    )
