"""Real figures: money of a year and of a place, offices that place nothing, and provision that nobody loaded
(issue 6, money and places).

Council budgets, grants and notices of the mirror, each with its own dates; expected figures are typed from
the publishers' files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang
from pages.frame.scope import region_of
from pages.frame.speech import Speech
from pages.gaps.gap_layer import GapView, figures_words
from pages.gaps.gap_lists import gap_finding
from pages.need.area_panel import nothing_reaches
from tests.place_sums import differences

RCT, CARDIFF, BLAENAU_GWENT, ANGLESEY, MERTHYR = (
    "W06000016",
    "W06000015",
    "W06000019",
    "W06000001",
    "W06000024",
)
PONTYPRIDD_TOWN_1 = "W01001227"


pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module", autouse=True)
def _served(built: tuple[Path, duckdb.DuckDBPyConnection]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEARLINK_DATA", str(built[0]))
        yield


def test_five_annual_budgets_are_not_the_money_of_one_year() -> None:
    """RCT's Flying Start budgets of 2011-12 to 2015-16 came to £26.8m together: all five have ended."""
    states = {r["time_state"]: r for r in reader.time_states(RCT)}
    assert (
        states["ended"]["stated_gbp"] >= 26_000_000
        and states["ended"]["year_gbp"] == 0
    )
    # the fifty areas of the papers state no day: neither running nor ended
    assert states["not_dated"]["projects"] >= 50
    assert all(
        "Flying Start revenue budget" not in p["title"] for p in running(RCT)
    )


def test_wales_counts_no_ended_budget_ceiling_or_notice_as_money_of_the_year() -> (
    None
):
    states = {r["time_state"]: r for r in reader.time_states()}
    counted = sum(r["year_gbp"] for r in reader.verdict_counts())
    assert counted == pytest.approx(sum(r["year_gbp"] for r in states.values()))
    # £12,998,373 of notices and ceilings without days was called yearly money
    notices = [p for p in reader.projects() if p["value_kind"] != "yearly"]
    assert sum(p["annual_value_gbp"] or 0 for p in notices) == pytest.approx(
        12_998_373.33, abs=0.01
    )
    assert {p["year_gbp"] for p in notices} == {None}
    assert {p["time_state"] for p in notices} == {
        "notice",
        "not_dated",
        "running",
    }
    coherent = reader.coherence()
    assert coherent["value_gbp"] == pytest.approx(states["running"]["year_gbp"])
    assert coherent["projects"] == states["running"]["projects"]


def test_a_small_area_has_its_share_and_not_the_money_of_its_authority() -> (
    None
):
    """Pontypridd Town 1 was given £26.86m: the whole of RCT's budgets and a service for all of Wales."""
    reaching = reader.projects_reaching(PONTYPRIDD_TOWN_1, "at_decision")
    here = sum(p["value_here_gbp"] or 0 for p in reaching)
    whole = sum(
        p["value_here_gbp"] or 0
        for p in reader.projects_reaching(RCT, "at_decision")
    )
    assert here <= whole < 26_000_000 and here < 200_000
    wider = [p for p in reaching if not p["is_here"]]
    assert (
        wider
        and {p["value_here_gbp"] for p in wider} == {None}
        and all(p["covers_code"] for p in wider)
    )


def test_an_office_is_no_place_of_benefit() -> None:
    by_office = [p for p in reader.projects() if p["recipient_area"]]
    # 372 of Lloyds Bank Foundation and 69 of the Dulverton Trust; the one refuge among them names none
    assert len(by_office) == 441
    assert sum(p["recipient_area"] == CARDIFF for p in by_office) > 50
    for p in by_office[:40]:
        assert reader.answer("project_areas", project_id=p["project_id"]) == []
        assert (
            reader.project_verdicts(p["project_id"])["at_decision"]["c2"]
            == "NO_EVIDENCE"
        )
    listed = {p["project_id"] for p in reader.projects(CARDIFF)}
    assert not listed & {p["project_id"] for p in by_office}
    assert not {
        p["project_id"]
        for p in reader.projects_reaching(CARDIFF, "at_decision")
    } & {p["project_id"] for p in by_office}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("la", "children"), [(BLAENAU_GWENT, "1,042"), (ANGLESEY, "669")]
)
def test_published_figures_of_flying_start_are_provision_known(
    lang: Lang, la: str, children: str
) -> None:
    say = Speech(lang)
    rows = reader.gap_areas("early_years", region_of(la), "presence", la)
    # need is published by middle-layer area, provision by authority: of one area it is not known, of the
    # whole it is told
    assert {(r["class"], r["projects"]) for r in rows} == {("NOT_KNOWN", None)}
    [whole] = reader.provision_known("early_years", la)
    assert children in (figures_words(say, whole) or "")
    said = gap_finding(
        say, GapView("early_years", "presence", la, region_of(la), rows)
    )
    assert children in said and "2018-19" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_panel_of_the_map_calls_nothing_a_gap_that_nobody_loaded(
    lang: Lang,
) -> None:
    """It said “a presence gap on this theme” of an area whose authority's register nobody had loaded."""
    say = Speech(lang)
    told = nothing_reaches(say, "early_years", BLAENAU_GWENT)
    assert (
        say("map.panel.not_known", place=say.place(BLAENAU_GWENT)) in told
        and "1,042" in told
    )
    for theme in reader.themes():
        for known in reader.provision_known(theme):
            not_known = say(
                "map.panel.not_known", place=say.place(known["la_code"])
            )
            assert (
                not_known in nothing_reaches(say, theme, known["la_code"])
            ) is not known["by_register"]


def test_no_register_is_not_no_provision() -> None:
    for theme in reader.themes():
        for gap_type in ("presence", "reach", "money", "capacity"):
            rows = reader.gap_areas(theme, reader.WALES, gap_type)
            # no register of a programme is part of the mirror, so nothing may be called bare
            bare = [
                r
                for r in rows
                if r["class"]
                in ("NO_PROVISION", "LOW_NEED_LOW_PROVISION", "GAP")
            ]
            assert [
                r for r in bare if not r["by_register"] and not r["is_known"]
            ] == []
            assert all(
                r["provision"] is None
                for r in rows
                if r["class"] == "NOT_KNOWN" and not r["projects"]
            )
    money = reader.gap_areas("family_support", reader.WALES, "money")
    assert {r["class"] for r in money} == {"NOT_KNOWN"}


def test_parts_never_come_to_more_than_the_place() -> None:
    assert list(differences()) == []


def running(place: str) -> reader.Rows:
    return [p for p in reader.projects(place) if p["time_state"] == "running"]


def test_flying_start_returns_are_the_published_counts_of_children() -> None:
    """Wales in 2018-19, as the release prints it: 9,132 newly eligible, 8,937 offered, 7,823 taking up."""
    rows = [
        r
        for r in reader.programme_figures(reader.WALES, "flying_start")
        if r["period"] == "2018-19"
    ]
    told = {r["measure_id"]: (r["value"], r["is_published"]) for r in rows}
    assert told["fs_eligible"] == (9132, True)
    assert (told["fs_offered"][0], told["fs_taken_up"][0]) == (8937, 7823)
    # Neath Port Talbot offered more in 2017-18 than became eligible: said, and never mended
    odd = [
        r
        for r in reader.programme_cascade("W06000012", "flying_start")
        if r["odd"]
    ]
    assert [(r["period"], r["odd"]) for r in odd] == [
        ("2017-18", ["capacity_over_need"])
    ]
