"""Where Flying Start went against the council's own figure: every area of the paper counts, with a code of
today or without.
"""

from __future__ import annotations

import csv

import pytest

from clearlink import folders, words
from clearlink.warehouse import reader
from pages.area.area_choice_map import KINDS, choice_classes
from pages.area.area_choice_view import (
    choice_finding,
    choices_of,
    speaking_choice,
)
from pages.frame.speech import Speech

pytestmark = pytest.mark.usefixtures("on_sample")
RCT = "W06000016"
CHOSEN = ("Flying Start Area", "In FS by 31/3/16")
in_both = pytest.mark.parametrize("lang", words.LANGUAGES)


def paper() -> list[tuple[str, bool, float]]:
    """The areas of the council's paper as printed: name, chosen, figure; the neediest first."""
    with (folders.SAMPLE / "flying_start_council_papers.csv").open(
        encoding="utf-8"
    ) as file:
        rows = [
            r
            for r in csv.DictReader(file)
            if r["la_code"] == RCT and r["record_type"] == "area coverage"
        ]
    found = [
        (r["area_as_published"], r["status"] in CHOSEN, float(r["need_value"]))
        for r in rows
    ]
    return sorted(found, key=lambda r: -r[2])


def test_the_council_s_own_figure_needs_no_code() -> None:
    printed = paper()
    chosen = [r for r in printed if r[1]]
    assert (
        len(printed) == 152
        and len(chosen) == 50
        and min(r[2] for r in chosen) == 10.3
    )
    rows = [r for r in reader.choice_need(RCT) if r["measure"] == "council"]
    assert sorted(
        (r["area_name"], r["chosen"], r["value"]) for r in rows
    ) == sorted(printed)
    place = {
        name: 1 + sum(other > value for _, _, other in printed)
        for name, _, value in printed
    }
    assert {r["area_name"]: r["place"] for r in rows} == place
    summary = speaking_choice(Speech("en"), RCT)
    assert summary is not None and summary["chosen_areas"] == 50
    left_out = {
        name
        for name, is_chosen, _ in printed
        if not is_chosen and place[name] <= 50
    }
    assert summary["higher_not_chosen"] == len(left_out) == 11


@in_both
def test_whatever_a_headline_leaves_out_stands_in_it(lang: words.Lang) -> None:
    say = Speech(lang)
    for summary in choices_of(reader.WALES):
        said = choice_finding(say, summary)
        assert str(summary["chosen_areas"]) in said
        short = summary["chosen_listed"] - summary["chosen_areas"]
        assert (
            not short
            or str(summary["chosen_listed"]) in said
            or summary["measure"] == "council"
        )
        assert all(
            name in said
            for name in summary["unplaced"]
            if summary["measure"] != "council"
        )
    by_council = choice_finding(
        say, next(r for r in choices_of(RCT) if r["measure"] == "council")
    )
    assert (
        "50" in by_council and "10.3%" in by_council and "37.5%" in by_council
    )
    by_index = [
        choice_finding(say, r)
        for r in choices_of(RCT)
        if r["measure"] != "council"
    ]
    assert by_index and all(
        "Tonyrefail West 2" in said and "50" in said for said in by_index
    )


def test_the_map_shows_what_was_left_out_before_anything_else() -> None:
    rows = [r for r in reader.choice_need(RCT) if r["measure"] == "council"]
    drawn = choice_classes(rows)
    missed = {
        code
        for r in rows
        if not r["chosen"] and r["place"] <= 50
        for code in r["area_codes"]
    }
    assert {
        code for code, at in drawn.items() if KINDS[at] == "missed"
    } == missed and len(missed) == 11
    assert set(drawn) <= {
        a["area_code"] for a in reader.areas("LSOA21") if a["la_code"] == RCT
    }
