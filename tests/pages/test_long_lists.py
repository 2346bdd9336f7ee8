"""Long lists are sent by page: what a rerun sends is bounded, every row can be reached and carried away, and
which page is open stands in the address (issue 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
)
from streamlit.testing.v1 import AppTest

from clearlink.warehouse import reader
from pages.frame.speech import Speech
from pages.frame.visit.list_page import ROWS_A_PAGE
from pages.project import project_list
from tests.entrances import entrance
from tests.patience import PATIENCE_S
from tests.random_register import random_rows

MANY = 20_602
MOST_BYTES = 1_500_000
NONE_CHOSEN = {
    name: ["x"]
    for name in ("programme", "target_group", "theme", "priority_id")
}


@pytest.fixture
def large_register(
    on_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> list[dict[str, Any]]:
    """20,602 projects: those of the sample again and again, under titles drawn at random."""
    known = reader.projects("W92000004")
    titles = [r["title"] for r in random_rows(500, 7, NONE_CHOSEN)]
    rows = [
        {
            **known[at % len(known)],
            "project_id": f"L-{at}",
            "title": f"{titles[at % len(titles)]} {at}",
        }
        for at in range(MANY)
    ]
    really = reader.projects

    def projects(*asked: Any, **named: Any) -> Any:
        return rows if really(*asked, **named) else []

    monkeypatch.setattr(reader, "projects", projects)
    return rows


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The bytes of each message to the browser."""
    sizes: list[int] = []
    really = ScriptRunContext.enqueue

    def enqueue(self: ScriptRunContext, message: Any) -> None:
        sizes.append(message.ByteSize())
        really(self, message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", enqueue)
    yield sizes


def test_a_rerun_sends_a_page_and_the_download_all(
    large_register: list[dict[str, Any]],
    sent: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    carried: list[int] = []
    monkeypatch.setattr(
        project_list,
        "carry_away",
        lambda say, name, rows, labels, notes: carried.append(len(rows)),
    )
    app = AppTest.from_file(
        str(entrance("projects")), default_timeout=PATIENCE_S
    )
    app.query_params["lang"] = "cy"
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    assert sum(sent) < MOST_BYTES
    assert carried == [MANY]
    say = Speech("cy")
    # the count over the list is that of the whole list
    assert any(say.number(MANY) in each.value for each in app.markdown)
    (box,) = [s for s in app.selectbox if s.label == say("common.list_page")]
    assert len(box.options) == -(-MANY // ROWS_A_PAGE)
    shown = app.dataframe[0].value
    assert len(shown) == ROWS_A_PAGE
    sent.clear()
    box.set_value((len(box.options) - 1) * ROWS_A_PAGE).run()
    assert sum(sent) < MOST_BYTES
    last = app.dataframe[0].value
    assert len(last) == MANY % ROWS_A_PAGE
    titles = [r["title"] for r in large_register]
    assert list(last.iloc[:, 0]) == titles[-len(last) :]
    by_name = app.selectbox(key="open_project_by_name")
    assert len(by_name.options) == len(last)
    # the address alone opens the same page
    part = app.query_params["part"]
    part = part if isinstance(part, str) else part[0]
    again = AppTest.from_file(
        str(entrance("projects")), default_timeout=PATIENCE_S
    )
    again.query_params["lang"] = "en"
    again.query_params["part"] = part
    again.run()
    assert len(again.dataframe[0].value) == len(last)


ONE_LIST = """
import streamlit as st
from pages.frame.frame import table
from pages.frame.speech import speech

rows = [{"n": at} for at in range(LENGTH)]
table(rows, {"n": "n"}, key="some")
"""


@pytest.mark.parametrize(
    ("length", "part", "first", "rows"),
    [
        (0, "", None, 0),
        (ROWS_A_PAGE, "some~2", 0, ROWS_A_PAGE),
        (ROWS_A_PAGE + 1, "", 0, ROWS_A_PAGE),
        (ROWS_A_PAGE + 1, "some~2", ROWS_A_PAGE, 1),
        (ROWS_A_PAGE + 1, "some~9", ROWS_A_PAGE, 1),
        (ROWS_A_PAGE + 1, "some~0", 0, ROWS_A_PAGE),
        (ROWS_A_PAGE + 1, "some~-1", 0, ROWS_A_PAGE),
        (ROWS_A_PAGE + 1, "some~²", 0, ROWS_A_PAGE),
        (ROWS_A_PAGE + 1, "other~2", 0, ROWS_A_PAGE),
        (ROWS_A_PAGE + 1, f"some~{'9' * 5000}", ROWS_A_PAGE, 1),
    ],
)
def test_which_rows_an_address_shows(
    on_sample: Path, length: int, part: str, first: int | None, rows: int
) -> None:
    app = AppTest.from_string(ONE_LIST.replace("LENGTH", str(length)))
    app.query_params["lang"] = "en"
    app.query_params["part"] = part
    app.run(timeout=PATIENCE_S)
    assert not app.exception, [e.value for e in app.exception]
    shown = app.dataframe[0].value
    assert len(shown) == rows
    if rows:
        assert shown.iloc[0, 0] == first
    assert bool(app.selectbox) == (length > ROWS_A_PAGE)
