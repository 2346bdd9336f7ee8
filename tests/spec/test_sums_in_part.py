"""What nobody recorded is not £0: a sum says of how many of its records the money is not known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlink.report.standing_words import sum_words
from clearlink.report.verdict_finding import verdict_finding
from clearlink.report.voice import Voice
from clearlink.rules.link.two_questions import Sum
from clearlink.words import LANGUAGES, Lang
from pages.home.two_questions_view import _short


@pytest.fixture(autouse=True)
def _on_sample(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


sums = st.integers(1, 400).flatmap(
    lambda n: st.builds(
        Sum, st.just(n), st.floats(0, 5e7), st.integers(0, n), st.just(0)
    )
)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(deadline=None)  # the first example opens the build
@given(held=sums)
def test_a_sum_says_for_how_many_it_is_not_known(lang: Lang, held: Sum) -> None:
    say = Voice(lang)
    for said in (
        sum_words(say, held).split(" · ", 1)[1],
        say.sum_cell(held.gbp, held.records, held.unvalued),
    ):
        assert ("£" in said) is (held.unvalued < held.records)
        is_part = 0 < held.unvalued < held.records
        apart = re.findall(
            r"(?:not known|anhysbys)[^\d]*(\d+)", said.replace(say.year(), "")
        )
        assert apart == ([str(held.unvalued)] if is_part else [])
        # a sum, and a nought above all, says first of how many it is told: "£0, not known for 45" was read as
        # a nought
        known = held.records - held.unvalued
        told = said.split("; ")[0]
        count = r"\b(?:one|un)\b" if known == 1 else rf"\b{known}\b"
        assert not is_part or re.search(rf"{count}|\b{known}\b", told)
    # the small line of a square has no room for words: at least so much, never a £0 that nobody said
    if held.unvalued:
        assert _short(held) == "" or _short(held).startswith("≥")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("unknown", "told"), [(0, False), (2, True)])
def test_home_says_how_much_of_the_money_it_does_not_know(
    lang: Lang, unknown: int, told: bool
) -> None:
    counts = {
        "NO_LINK_SHOWN": {
            "projects": 5,
            "year_gbp": 9e4,
            "without_value": unknown,
        }
    }
    say = Voice(lang)
    assert (
        say.sum_in_year(9e4, 5, unknown)
        in verdict_finding(say, "W92000004", counts)
    ) and (
        (
            "not known" in verdict_finding(say, "W92000004", counts)
            or "anhysbys" in verdict_finding(say, "W92000004", counts)
        )
        is told
    )
