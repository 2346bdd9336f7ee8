"""Real figures: a counter opens exactly what it counted, and so does each square of the two questions (issue
6, items 5 and 8).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from clearlink.report.ten_systems import ten_finding, ten_systems
from clearlink.rules.link.two_questions import squares
from clearlink.rules.programmes.systems import System
from clearlink.warehouse import reader
from clearlink.words import Lang
from pages.frame.speech import Speech
from pages.plans.plan_tree import tree_finding
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


def test_areas_of_high_need_by_later_figures_are_no_average_need() -> None:
    """Home said that 46 of these serve areas of about average need: all the people of Tylorstown 1 live in
    the neediest fifth, by an edition that is later than the choice.
    """
    rows = {r["project_id"]: r for r in reader.projects(RCT, "flying_start")}
    assert rows["FSR0001"]["serves"] == "above_later"
    (fact,) = (
        json.loads(c["facts"])
        for c in reader.project_criteria("FSR0001")
        if c["criterion"] == 2
    )
    assert fact["served_fifth_share"] == 1.0


def test_programmes_opens_on_what_is_known_and_undated_records_may_run() -> (
    None
):
    first = ten_systems(Speech("en"), RCT)[0]
    undated = [
        r
        for r in reader.projects(RCT, "flying_start")
        if r["time_state"] == "not_dated"
    ]
    assert (first.system, len(undated) > 40) == (System.FLYING_START, True)
    # the one record that runs has no end: nobody can say that none ends
    finding = ten_finding(Speech("en"), RCT)
    assert "not recorded" in finding and "none ends" not in finding
    assert first.need.text == Speech("en")(
        "programmes.ten.undated", n=len(undated)
    )


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_an_assessment_whose_last_day_is_unknown_is_said_wherever_it_counts(
    lang: Lang,
) -> None:
    """Plans said of 35 in Wales that they are not past their last day: of 15 it is not known."""
    say = Speech(lang)
    for place, undated in ((reader.WALES, 15), (RCT, 1)):
        told = say("plans.undated", n=undated)
        boards = {a.system: a for a in ten_systems(say, place)}[System.BOARDS]
        assert told in tree_finding(say, place)
        assert told in boards.ends.text
    home = opened("home", {"lang": lang, "place": RCT}, {})
    captions = [re.sub(r"\\(.)", r"\1", str(c.value)) for c in home.caption]
    assert told in captions


def test_a_board_s_plan_is_assessed_need_of_each_of_its_authorities() -> None:
    """Home said of Rhondda Cynon Taf that nothing in force is assessed there, and of Swansea that five needs
    are, all of plans of 2013 and 2015.
    """
    (named,) = reader.priorities_without_project(RCT)
    assert named["body"] == "Cwm Taf Morgannwg Public Services Board"
    assert (named["priority_id"], named["page"], str(named["valid_to"])) == (
        "P003",
        "objective 1",
        "2028-12-31",
    )
    assert counted(RCT) == (2, 1, 0)
    assert reader.priorities_without_project("W06000011") == []
    assert counted("W06000011") == (1, 0, 0)


def counted(place: str) -> tuple[int, int, int]:
    """Assessments in force in a place, the needs they name, and those that a running project answers."""
    held = reader.coherence(place)
    return (
        held["assessments"],
        held["priorities"],
        held["priorities_with_project"],
    )
