"""Real figures: a counter opens exactly what it counted, and so does each square of the two questions (issue
6, items 5 and 8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from clearlink.rules.link.two_questions import squares
from clearlink.warehouse import reader
from clearlink.words import Lang
from pages.frame.speech import Speech
from tests.counters import links, miscounted, opened, rows_in

pytestmark = pytest.mark.mirror
RCT, TORFAEN = "W06000016", "W06000020"


@pytest.fixture(autouse=True)
def _served(
    built: tuple[Path, duckdb.DuckDBPyConnection],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    monkeypatch.setenv("CLEARLINK_DATA", str(built[0]))
    monkeypatch.setenv(
        "CLEARLINK_REVIEW_URL", f"sqlite:///{tmp_path / 'review.sqlite'}"
    )
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {})
    yield


@pytest.mark.parametrize(
    ("place", "lang"),
    [
        (reader.WALES, "en"),
        (reader.WALES, "cy"),
        (RCT, "cy"),
        ("RCC_GWENT", "en"),
        (TORFAEN, "cy"),
    ],
)
def test_a_counter_opens_exactly_what_it_counted(
    place: str, lang: Lang
) -> None:
    assert miscounted(lang, place) == []


@pytest.mark.parametrize(("place", "lang"), [(reader.WALES, "cy"), (RCT, "en")])
def test_a_square_opens_exactly_its_records(place: str, lang: Lang) -> None:
    say, held = Speech(lang), squares(reader.projects(place))
    home = opened("home", {"lang": lang, "place": place}, {})
    shown = [x for x in links(home) if x["query"].get("square")]
    assert shown
    for link in shown:
        at = tuple(link["query"]["square"].split("."))
        assert re.match(r"[\d,]+", link["label"]), link["label"]
        there = opened(link["page"], link["query"], {"place": place})
        assert rows_in(there, say, "projects.column.why") == held[at].records


def test_a_board_s_plan_is_assessed_need_of_each_of_its_authorities() -> None:
    """Home said of Rhondda Cynon Taf that nothing in force is assessed there, and of Swansea that five needs
    are, all of plans of 2013 and 2015.
    """
    (named,) = reader.priorities_without_project(RCT)
    assert named["body"] == "Cwm Taf Morgannwg Public Services Board"
    assert reader.priorities_without_project("W06000011") == []
    assert reader.coherence("W06000011")["assessments"] > 0
