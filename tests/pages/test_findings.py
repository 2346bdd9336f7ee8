"""The sentence that a page opens with says no more than was assessed, counted or stated."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from clearlink import words
from clearlink.report.area_finding import area_finding
from clearlink.report.content import Table, Text
from clearlink.report.region_sheet import region_sheet, sum_cells
from clearlink.report.verdict_finding import (
    opening_finding,
    record_finding,
    verdict_finding,
)
from clearlink.rules.link.two_questions import Sum
from clearlink.warehouse import reader
from clearlink.words.rates import in_need_words
from pages.fairness.childcare_offers import childcare_finding
from pages.frame.scope import region_of
from pages.frame.speech import Speech
from pages.gaps.gap_layer import GapView, _hover
from pages.gaps.gap_lists import _people_and_class, gap_finding, gap_told
from pages.gaps.gap_picture import gap_source
from pages.meeting.meeting_words import why_sentence

pytestmark = pytest.mark.usefixtures("on_sample")
WALES = "W92000004"


def counted(
    projects: int, gbp: float = 0.0, without: int | None = None
) -> dict[str, Any]:
    return {
        "projects": projects,
        "year_gbp": gbp,
        "without_value": projects if without is None else without,
    }


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    ("counts", "keys"),
    [
        ({}, ["finding_none"]),
        (
            {"NO_LINK_SHOWN": counted(2, 9e4, 0), "CLEAR": counted(3)},
            ["finding"],
        ),
        (
            {"NO_LINK_SHOWN": counted(2, 9e4, 1), "CANNOT_ASSESS": counted(3)},
            ["finding"],
        ),
        (
            {"NO_LINK_SHOWN": counted(2), "CLEAR": counted(3, 5e5, 0)},
            ["finding_unvalued"],
        ),
        ({"CANNOT_ASSESS": counted(5)}, ["finding_all_unknown"]),
        (
            {"CANNOT_ASSESS": counted(5), "PARTIAL": counted(2)},
            ["finding_unknown", "finding_rest"],
        ),
        ({"CLEAR": counted(5), "PARTIAL": counted(2)}, ["finding_all_linked"]),
    ],
)
def test_home_calls_nothing_good_that_was_not_assessed(
    lang: words.Lang, counts: dict[str, Any], keys: list[str]
) -> None:
    say = Speech(lang)
    place = say.in_place(WALES)
    place = place[:1].upper() + place[1:]
    total = sum(row["projects"] for row in counts.values())
    cannot = counts.get("CANNOT_ASSESS", counted(0))["projects"]
    no_link = counts.get("NO_LINK_SHOWN", counted(2, 9e4, 0))
    money = say.sum_in_year(9e4, 2, no_link["without_value"])
    n = {
        "finding": 2,
        "finding_unvalued": 2,
        "finding_all_unknown": 5,
        "finding_unknown": cannot,
        "finding_rest": total - cannot,
        "finding_all_linked": total,
    }
    said = [
        say(
            f"home.{key}",
            place=place,
            n=n.get(key, 0),
            total=say.number(total),
            money=money,
        )
        for key in keys
    ]
    assert verdict_finding(say, WALES, counts) == " ".join(said)
    assert ("£" in verdict_finding(say, WALES, counts)) is (keys == ["finding"])


def test_the_pack_opens_as_home_does_and_a_sum_says_of_how_many_it_is_not_known() -> (
    None
):
    say = Speech("en")
    rows = reader.projects(WALES)
    counts = {row["verdict"]: row for row in reader.verdict_counts(WALES)}
    sheet = region_sheet(say, WALES, (), with_meeting=True)
    texts = [block.text for block in sheet if isinstance(block, Text)]
    assert (
        texts[0]
        == opening_finding(say, WALES, counts, rows)
        == verdict_finding(say, WALES, counts)
    )
    unassessed = [{**row, "verdict": "CANNOT_ASSESS"} for row in rows]
    assert opening_finding(say, WALES, counts, unassessed) == record_finding(
        say, WALES, unassessed
    )
    by_verdict = next(block for block in sheet if isinstance(block, Table))
    unknown = {
        say.verdict(v): str(row["without_value"]) for v, row in counts.items()
    }
    assert {cells[0]: cells[-1] for cells in by_verdict.rows} == unknown
    assert sum_cells(Sum(2, 0.0, 2, 0)) == ("2", "—", "2")
    assert sum_cells(Sum(3, 0.0, 1, 0)) == ("3", "£0", "1")


def area(
    name: str,
    kind: str,
    *,
    high: bool,
    provision: float = 0.0,
    wide: bool = False,
) -> dict[str, Any]:
    return {
        "area_code": name,
        "area_type": "LSOA21",
        "class": kind,
        "high_need": high,
        "provision": provision,
        "area_wide": wide,
        "people_in_need": 50.0,
    }


# what returns tell of people reached is a sentence of its own, asserted where it is told
WITHOUT_RETURNS = "carers"


def view(gap_type: str, *rows: dict[str, Any]) -> GapView:
    return GapView(WITHOUT_RETURNS, gap_type, WALES, WALES, list(rows))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_area_whose_need_may_be_average_is_in_no_count_of_high_need(
    lang: words.Lang,
) -> None:
    say = Speech(lang)
    known = {
        "place": "Yng Nghymru" if lang == "cy" else "In Wales",
        "theme": say.theme(WITHOUT_RETURNS),
    }
    bare, open_ = (
        area("A", "NO_PROVISION", high=True),
        area("B", "UNCERTAIN", high=True),
    )
    met = area("C", "MATCHED", high=True, provision=1.0)
    apart = " " + say("gaps.finding_uncertain_bare", n=1)
    assert (
        gap_finding(say, view("presence", bare, open_, met))
        == say("gaps.finding_presence_only", **known, n=1, total="2", wide=0)
        + apart
    )
    assert gap_finding(say, view("presence", met)) == say(
        "gaps.finding_presence_all", **known, n=0, total="1", wide=0
    )
    assert (
        gap_finding(say, view("presence", open_))
        == say("gaps.finding_none_certain", **known) + apart
    )
    reached = {**open_, "provision": 1.0}
    assert gap_finding(say, view("presence", reached)) == say(
        "gaps.finding_none_certain", **known
    ) + " " + say("gaps.finding_uncertain", n=1)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(("high", "others"), [(7, 18), (1, 3), (0, 4)])
def test_what_figures_say_is_counted_of_the_areas_that_the_sentence_is_about(
    lang: words.Lang, high: int, others: int
) -> None:
    """Of 7 areas of high need 25 were served: the 18 others are in no high need."""
    say = Speech(lang)
    rows = [area(f"H{n}", "PRESENT_BY_FIGURES", high=True) for n in range(high)]
    rows += [
        area(f"L{n}", "PRESENT_BY_FIGURES", high=False) for n in range(others)
    ]
    lead, *beside = gap_told(
        say, view("presence", *rows, area("S", "NOT_KNOWN", high=True))
    )
    # right behind the sentence that it counts in, and before what is said of other areas
    assert beside[:-1] == (
        [say("gaps.finding_by_figures", n=high)] if high else []
    )
    assert beside[-1] == say("gaps.finding_some_not_known", n=1) and lead


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    ("gap_type", "key"),
    [
        ("money", "finding_nothing_placed"),
        ("capacity", "finding_nothing_counted"),
    ],
)
def test_money_or_places_that_nobody_recorded_are_not_called_a_gap(
    lang: words.Lang, gap_type: str, key: str
) -> None:
    say = Speech(lang)
    rows = [area(name, "NO_PROVISION", high=True) for name in "AB"]
    place = "Yng Nghymru" if lang == "cy" else "In Wales"
    known = {
        "place": place,
        "theme": say.theme(WITHOUT_RETURNS),
        "year": say.year(),
    }
    assert view(gap_type, *rows).nothing_recorded
    assert gap_finding(say, view(gap_type, *rows)) == say(
        f"gaps.{key}", **known
    )
    assert not view(
        gap_type, *rows, area("C", "MATCHED", high=False, provision=3.0)
    ).nothing_recorded


@pytest.mark.parametrize(
    ("offered", "key", "moving"),
    [([90, 180], "near", 0), ([98, 182], "near", 5), ([150, 60], "apart", 80)],
)
def test_childcare_offers_are_held_against_the_children_who_became_eligible(
    offered: list[int], key: str, moving: int
) -> None:
    """By hand: the children are ⅓ and ⅔. Offers of [150, 60] are 15/21 and 6/21, so (15/21 − 7/21) × 210 =
    80 would move; of [98, 182] 98 − 280/3 = 4⅔.
    """
    say = Speech("en")
    rows = [
        {
            "la_code": f"W0600000{n}",
            "period": "2018-19",
            "eligible": e,
            "offered": o,
            "taken_up": o,
        }
        for n, (e, o) in enumerate(zip((100, 200), offered, strict=True), 1)
    ]
    said = childcare_finding(say, WALES, rows)
    total = sum(offered)
    exact = abs(offered[0] - total / 3)
    assert said.startswith(
        f"In Wales, 300 children became newly eligible; {total} ({100 * total / 300:.1f}%)"
    )
    assert said.endswith(
        say(
            f"fairness.childcare.{key}",
            n=moving,
            places=str(moving),
            share=f"{100 * exact / total:.1f}%",
        )
    )
    assert "would have to move" not in childcare_finding(
        say, "W06000001", rows[:1]
    )


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    ("rank", "key"), [(1, "finding"), (958, "finding"), (959, "finding_low")]
)
def test_need_is_highest_on_a_theme_only_where_it_is_high(
    lang: words.Lang, rank: int, key: str
) -> None:
    """1,220th of 1,917 on its best theme is no place in which need is high on anything."""
    say = Speech(lang)
    theme = {"theme_en": "Older people", "theme_cy": "Pobl hŷn"}
    needs = [
        {**theme, "rank": rank, "rank_of": 1917},
        {"theme_en": "x", "rank": 1900, "rank_of": 1917},
    ]
    reaching = [
        {"time_state": state}
        for state in ("running", "ended", "running", "running", "not_dated")
    ]
    said = area_finding(say, {"name_en": "Castle 9"}, needs, reaching)
    known = {
        "area": "Castle 9",
        "theme": say.of(theme, "theme"),
        "rank": say.rank(rank, 1917),
        "n": 3,
    }
    assert said == say(f"area.{key}", **known)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("ends", ["2026-12-31", None])
def test_a_reason_that_knows_no_end_says_so(
    lang: words.Lang, ends: str | None
) -> None:
    why = {
        "key": "priority_uncited",
        "theme_id": "early_years",
        "assessment": "Strategy",
        "valid_to": ends,
    }
    said = why_sentence(Speech(lang), SimpleNamespace(why=why))
    assert "—" not in said and ("2026" in said) is (ends is not None)


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("gap_type", ["presence", "money"])
def test_a_theme_without_need_names_no_edition(
    lang: words.Lang, gap_type: str
) -> None:
    """Its source said “Need: —. Money: project registers, 2026-27, …” of a page that shows neither."""
    say = Speech(lang)
    assert gap_source(say, view(gap_type)) == say("gaps.source_no_need")
    assert gap_told(say, view(gap_type)) == (
        say("gaps.finding_none", theme=say.theme(WITHOUT_RETURNS)),
    )


def test_the_people_of_an_area_are_one_number_in_table_list_and_map() -> None:
    say = Speech("en")
    region = region_of(WALES)
    rows = reader.gap_areas("early_years", region, "presence", WALES)
    view = GapView("early_years", "presence", WALES, region, rows)
    told = [r for r in rows if r["people_in_need"] is not None]
    listed = {
        r["area_code"]: _people_and_class(say, view, r).split(" people")[0]
        for r in told
    }
    lines = _hover(say, rows, "presence", "LSOA21")
    need = say("gaps.hover_need")
    hovered = next(e.columns[0] for e in lines if e.template == need)
    table = {r["area_code"]: f"{round(r['people_in_need']):,}" for r in told}
    panel = {
        r["area_code"]: in_need_words({**r, "population_at_risk": 1_000})[0]
        for r in told
    }
    assert table and listed == hovered == panel == table
