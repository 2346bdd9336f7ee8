"""A theme of which nothing is known says so where it is chosen, and every theme says at each level what
is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang
from pages.frame import choices
from pages.frame.speech import Speech
from pages.need.standing import Standing, has_figure, standings


@pytest.fixture(autouse=True)
def served(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_theme_without_a_figure_says_so_in_the_chooser(
    lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = Speech(lang)
    monkeypatch.setattr(choices, "has_figure", lambda theme: theme != "carers")
    found = choices.theme_options.__wrapped__(say)
    assert found.keys() == reader.themes().keys()
    assert (
        found["carers"]
        == say.theme("carers")
        + {"en": " (no figure of need)", "cy": " (dim ffigur angen)"}[lang]
    )
    assert all(
        name == say.theme(theme)
        for theme, name in found.items()
        if theme != "carers"
    )


def test_the_overall_index_is_no_figure_of_a_theme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only = [
        o
        for o in reader.need_offer()
        if o["theme_id"] != "carers" or o["definition"] == "wimd"
    ]
    assert any(o["theme_id"] == "carers" for o in only)
    with monkeypatch.context() as patch:
        patch.setattr(reader, "need_offer", lambda: only)
        held = standings.__wrapped__()
    assert {pair for pair in held if pair[0] == "carers"} == set()
    assert held["mental_health", "LSOA21"] is Standing.PEOPLE
    assert has_figure("carers")


def test_what_counts_nobody_is_not_called_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = [
        {**o, "has_people": False}
        if o["theme_id"] == "carers" and o["definition"] == "lead"
        else o
        for o in reader.need_offer()
    ]
    monkeypatch.setattr(reader, "need_offer", lambda: told)
    assert standings.__wrapped__()["carers", "LSOA21"] is Standing.RATE
