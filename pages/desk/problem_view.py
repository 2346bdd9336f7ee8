"""What was refused, or loaded with something to look at, sorted by where it stands: one line a row, so
that a count of rows opens as many.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from clearlink.warehouse.reader import Row, Rows
from pages.desk.data_tables import problem_table
from pages.frame.frame import plain
from pages.frame.speech import Speech
from pages.frame.visit.url_choice import url_choice

KINDS: Final[dict[str, Callable[[Row], bool]]] = {
    "all": lambda p: True,
    "register": lambda p: p["severity"] == "refused" and p["in_register"],
    "figures": lambda p: p["severity"] == "refused" and not p["in_register"],
    "look": lambda p: p["severity"] != "refused",
}


def refused_rows(
    problems: Rows,
    kind: str = "all",
) -> set[tuple[str, int | None]]:
    """File and row of everything that was refused; `kind`: register (rows of projects) or figures (rows of
    publishers' files).
    """
    return {
        (p["file"], p["row_no"])
        for p in problems
        if p["severity"] == "refused" and KINDS[kind](p)
    }


def problem_view(say: Speech, problems: Rows) -> None:
    """The table under a choice of kinds, with how many rows each kind is."""
    kind = url_choice(
        say("data.rows.pick"),
        "rows",
        tuple(KINDS),
        lambda k: say(f"data.rows.{k}"),
    )
    st.markdown(
        plain(
            say(
                "data.rows.finding",
                register=say.number(len(refused_rows(problems, "register"))),
                figures=say.number(len(refused_rows(problems, "figures"))),
            )
        )
    )
    problem_table(
        say,
        _one_line_a_row([p for p in problems if KINDS[kind](p)]),
    )


def _one_line_a_row(problems: Rows) -> Rows:
    """A refused row with several faults stands once, with the first of them and how many more."""
    lines: dict[tuple[object, ...], Row] = {}
    for at, p in enumerate(problems):
        is_row = p["severity"] == "refused"
        key = (p["file"], p["row_no"]) if is_row else (at,)
        if key in lines:
            lines[key]["more"] += 1
        else:
            lines[key] = {**p, "more": 0}
    return list(lines.values())
