"""Back and Forward give what was seen: an address that a page wrote says every choice, one that the
navigation brings says none.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.choices import DEFAULTS

START = (Path(__file__).parents[2] / "pages" / "server" / "start.js").read_text(
    encoding="utf-8"
)


def page() -> None:
    import streamlit as st

    from pages.frame.choices import current_choices
    from pages.frame.language import (
        chosen_language,
        keep_language,
        write_language,
    )
    from pages.frame.visit.url_choice import url_choice

    language = chosen_language()
    keep_language(language)
    write_language(language)
    st.session_state["seen"] = current_choices()
    st.session_state["tone"] = url_choice(
        "Tone", "tone", ["plain", "loud"], str
    )


VALUES = {
    "place": ("W06000015", "W06000016"),
    "theme": ("disability", "early_years"),
    "need": ("rate", "wimd"),
    "level": ("LA",),
    "basis": ("today",),
    "verdict": ("PARTIAL",),
    "words": ("rhianta",),
    "square": (),
}
STEPS = [(name, value) for name, values in VALUES.items() for value in values]


@pytest.fixture
def visit(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    return AppTest.from_function(page, default_timeout=60)


def at(visit: AppTest, address: dict[str, str]) -> dict[str, str]:
    """What a run at an address shows, as far as it is not the default."""
    visit.query_params.clear()
    for name, value in address.items():
        visit.query_params[name] = value
    visit.run()
    assert not visit.exception
    seen = visit.session_state["seen"]
    shown = {
        name: getattr(seen, name)
        for name in VALUES
        if getattr(seen, name) != getattr(DEFAULTS, name)
    }
    return shown | (
        {"tone": "loud"} if visit.session_state["tone"] == "loud" else {}
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pair
        for pair in itertools.permutations(STEPS, 2)
        if pair[0][0] != pair[1][0]
    ],
)
def test_a_step_back_to_a_default_is_a_step_back(
    visit: AppTest, first: tuple[str, str], second: tuple[str, str]
) -> None:
    steps = [
        {},
        dict([first]),
        dict([first, second]),
        {**dict([second]), "tone": "loud"},
    ]
    for step in [*steps, *reversed(steps), *steps]:
        assert at(visit, {"lang": "en", **step}) == step


@pytest.mark.parametrize("step", STEPS)
def test_another_page_keeps_what_was_chosen(
    visit: AppTest, step: tuple[str, str]
) -> None:
    chosen = dict([step])
    assert at(visit, {"lang": "cy", **chosen}) == chosen
    # the navigation brings no address: what was chosen holds, and stands in the address again
    assert at(visit, {}) == chosen
    assert {
        name: visit.query_params[name] for name in visit.query_params
    } | chosen == {
        name: visit.query_params[name] for name in visit.query_params
    }


def test_one_act_is_one_step_of_the_browsers_history() -> None:
    assert (
        "acted || !stays ? pushState : replaceState" in START
        and "popstate" in START
    )
