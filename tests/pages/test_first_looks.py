"""What a person sees first: small areas, the areas of a Flying Start record, no empty column, no number lost
in a thin bar.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from test_pages import unescaped

from clearlink import words
from clearlink.figures.verdict_bars import verdict_bars
from clearlink.rules.codes import VERDICT_ORDER
from clearlink.warehouse import reader
from pages.frame.frame import _arrow
from pages.frame.speech import Speech
from pages.home.missed import CHOICE, FINEST_FIRST, finest_theme
from tests.counters import links, opened

pytestmark = pytest.mark.usefixtures("on_sample")
RCT = "W06000016"


@given(
    some.lists(
        some.fixed_dictionaries(
            {v: some.integers(0, 400) for v in VERDICT_ORDER}
        ).filter(lambda d: any(d.values())),
        min_size=1,
        max_size=22,
    )
)
def test_every_number_of_a_bar_stands_in_it_or_beside_it(
    counted: list[dict[str, int]],
) -> None:
    say = Speech("en")
    names = {f"LA{at}": f"Place {at}" for at in range(len(counted))}
    rows: list[dict[str, Any]] = [
        {"la_code": f"LA{at}", "verdict": v, "projects": n}
        for at, each in enumerate(counted)
        for v, n in each.items()
        if n
    ]
    figure = verdict_bars(
        rows, names, {v: say.verdict(v) for v in VERDICT_ORDER}, "", "Authority"
    ).figure
    told: dict[str, list[int]] = {name: [] for name in names.values()}
    for trace in figure.data:
        for name, text in zip(trace.y, trace.text, strict=True):
            told[name] += map(int, re.findall(r"\d+", text))
    for note in figure.layout.annotations:
        told[note.y] += map(int, re.findall(r"\d+", note.text))
    for at, each in enumerate(counted):
        assert sorted(told[f"Place {at}"]) == sorted(
            n for n in each.values() if n
        )


def test_a_column_in_which_nothing_stands_is_not_drawn() -> None:
    say = Speech("en")
    rows = [
        {"a": "x", "b": None, "c": "", "d": 0},
        {"a": None, "b": None, "c": None, "d": None},
    ]
    labels = {name: name.upper() for name in "abcd"}
    assert _arrow(say, rows, labels).column_names == ["A", "D"]
    assert _arrow(say, [], labels).column_names == ["A", "B", "C", "D"]


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("place", [reader.WALES, RCT])
def test_the_first_map_opens_on_small_areas(
    lang: words.Lang, place: str
) -> None:
    first = finest_theme(place)
    best = {
        t: min(
            (
                FINEST_FIRST.index(o["area_type"])
                for o in reader.need_offer()
                if o["theme_id"] == t
                and o["areas"]
                and o["definition"] == "lead"
                and o["area_type"] in FINEST_FIRST
            ),
            default=9,
        )
        for t in reader.themes()
    }
    assert best[first] == min(best.values()) == 0
    app = opened("need_map", {"lang": lang, "place": place}, {})
    assert not app.exception
    assert app.query_params["theme"] in (first, [first])
    shown = [unescaped(str(i.value)) for i in app.info]
    assert not any(
        Speech(lang)("choices.level_LA") in text for text in shown
    ), "no box says why not"


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    ("project", "key"),
    [("FSR0001", "places_placed"), ("FSR0137", "places_no_code")],
)
def test_a_flying_start_record_shows_its_area_and_the_council_s_list(
    lang: words.Lang, project: str, key: str
) -> None:
    say = Speech(lang)
    app = opened("projects", {"lang": lang, "project": project}, {})
    assert not app.exception
    said = [unescaped(str(m.value)) for m in app.markdown]
    assert any("Tonyrefail West 2" in text for text in said) is (
        key == "places_no_code"
    )
    assert bool(app.get("bidi_component")) is (key == "places_placed"), (
        "what has no code cannot be drawn"
    )
    link = next(
        x for x in links(app) if x["label"] == say("record.council_list", n=50)
    )
    assert link["query"]["gap"] == CHOICE and link["query"]["place"] == RCT
