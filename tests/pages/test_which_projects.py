"""Every count of projects says which projects, and pages agree or say why."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from test_pages import unescaped

from clearlink import words
from clearlink.warehouse import reader
from pages.frame.speech import Speech
from pages.frame.which_projects import (
    ORDER,
    all_on_record,
    only_running,
    states_in_words,
)
from tests.counters import opened

pytestmark = pytest.mark.usefixtures("on_sample")
PLACES = (reader.WALES, "RCC_GWENT", "W06000016", "W06000015")
in_both = pytest.mark.parametrize("lang", words.LANGUAGES)


def captions(page: str, **query: str) -> str:
    app = opened(page, query, {})
    assert not app.exception, app.exception
    return " ".join(unescaped(str(c.value)) for c in app.caption)


@in_both
@pytest.mark.parametrize("place", PLACES)
def test_pages_count_the_same_projects_in_the_same_words(
    lang: words.Lang, place: str
) -> None:
    say = Speech(lang)
    rows = reader.projects(place)
    counted = {
        r["time_state"]: r["projects"] for r in reader.time_states(place)
    }
    assert sum(counted.values()) == len(rows) > 0
    assert counted == {
        state: sum(r["time_state"] == state for r in rows) for state in counted
    }, "the list and the count are of the same records"
    every, running = all_on_record(say, counted), only_running(say, counted)
    assert every in captions("home", lang=lang, place=place)
    assert every in captions("projects", lang=lang, place=place)
    assert running in captions("voices", lang=lang, place=place)
    assert running in captions("gaps", lang=lang, place=place, tab="coherence")
    n = counted.get("running", 0)
    assert (
        n
        == len(reader.answer("meeting_engagement", place=place))
        == reader.coherence(place)["projects"]
    )


@in_both
def test_an_authority_s_area_page_adds_up_to_the_other_pages(
    lang: words.Lang,
) -> None:
    say = Speech(lang)
    seen = 0
    for la in ("W06000016", "W06000015", "W06000001"):
        others = {r["project_id"] for r in reader.projects(la)}
        here = {r["project_id"] for r in reader.projects_reaching(la)}
        said = captions("area", lang=lang, place=la, area=la)
        for key, left in (
            ("no_place", others - here),
            ("held_wider", here - others),
        ):
            seen += bool(left)
            assert (
                not left
                or say(
                    f"area.{key}", n=len(left), total=say.number(len(others))
                )
                in said
            )
    assert seen


@given(
    some.dictionaries(some.sampled_from(ORDER), some.integers(1, 999)),
    some.sampled_from(words.LANGUAGES),
)
def test_the_parts_of_a_count_add_up(
    counted: dict[str, int], lang: words.Lang
) -> None:
    say = Speech(lang)
    figures = re.findall(r"\d+", states_in_words(say, counted))
    told = sum(map(int, figures))
    unsaid = (
        counted.get("notice", 0)
        if counted.get("notice", 9) <= (2 if lang == "cy" else 1)
        else 0
    )
    assert told + unsaid == sum(counted.values())
    assert (
        bool(all_on_record(say, counted))
        is bool(counted)
        is bool(only_running(say, counted))
    )


@pytest.mark.parametrize("page", ["plans", "programmes"])
def test_a_page_that_counts_all_records_says_how_many_are_illustrative(
    page: str,
) -> None:
    held = reader.records_held(reader.WALES, None, None)
    assert held["real"] and held["illustrative"]
    told = Speech("cy")(
        "choices.records_with",
        n=held["illustrative"],
        total=Speech("cy").number(held["real"] + held["illustrative"]),
    )
    shown = opened(page, {"lang": "cy"}, {})
    assert any(told in unescaped(str(c.value)) for c in shown.caption)
