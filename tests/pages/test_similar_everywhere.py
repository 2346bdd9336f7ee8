"""Similar areas stand wherever Wales and the region do: on trends, fairness, briefs and items, by the list
of the link.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.report.area_brief import area_brief
from clearlink.report.evidence import project_facts
from clearlink.report.item_page import similar_words
from clearlink.report.likeness import like_here
from clearlink.report.voice import Voice
from clearlink.review.roles import local_viewer
from clearlink.rules.need.similar import NEAREST
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.indicators.indicator_facts import indicators_held
from pages.indicators.indicator_trend import middle_of
from tests.entrances import entrance

pytestmark = pytest.mark.usefixtures("on_sample")
PLACE = "W06000016"


def opened(page: str, lang: str = "en", **query: str) -> AppTest:
    app = AppTest.from_file(str(entrance(page)), default_timeout=90)
    for key, value in {"lang": lang, "place": PLACE, **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def told(app: AppTest) -> str:
    return " ".join(str(c.value) for c in app.caption).replace("\\", "")


def a_series() -> Rows:
    """A series for every authority and for Wales: the sample holds none that is long enough for a trend."""
    areas = [*reader.areas("LA"), {"area_code": reader.WALES}]
    return [
        {
            "area_code": area["area_code"],
            "name_en": area["area_code"],
            "name_cy": area["area_code"],
            "period": str(year),
            "value": float((7 * at + 3 * year) % 11),
            "lower": None,
            "upper": None,
        }
        for at, area in enumerate(areas)
        for year in range(2016, 2026)
    ]


def as_asked(indicator: str, place: str = reader.WALES) -> Rows:
    inside = {reader.WALES, *reader.members()[place]}
    return [p for p in a_series() if p["area_code"] in inside]


def in_tables(app: AppTest) -> str:
    return " ".join(f.value.to_csv() for f in app.dataframe)


def test_the_areas_of_a_link_are_the_areas_compared_with() -> None:
    nearest = like_here(PLACE, "LA")
    assert len(nearest) == NEAREST
    assert [s.distance for s in nearest] == sorted(s.distance for s in nearest)
    asked = ["W06000001", "W06000022"]
    assert {s.area_code for s in like_here(PLACE, "LA", asked)} == {*asked}
    for bad in (["W99999999"], ["<script>"], [PLACE], [""]):
        assert like_here(PLACE, "LA", bad) == nearest
    assert like_here(PLACE, "RCC", asked) == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_trend_stands_beside_the_middle_of_similar_authorities(
    lang: words.Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "indicator_series", as_asked)
    indicator = next(
        i
        for i, row in indicators_held().items()
        if row["kind"] not in ("rank", "group", "score")
    )
    for link, codes in (
        ("", [s.area_code for s in like_here(PLACE, "LA")]),
        ("W06000001.W06000022", ["W06000001", "W06000022"]),
    ):
        app = opened("indicators", lang, indicator=indicator, similar=link)
        said = words.say(lang, "indicator.trend.similar", n=len(codes))
        assert said in told(app)
        last = "2025"
        values = [
            p["value"]
            for p in a_series()
            if p["area_code"] in codes and p["period"] == last
        ]
        assert len(values) == len(codes)
        row = words.say(lang, "indicator.trend.similar_row", n=len(codes))
        (line,) = [
            x for x in in_tables(app).splitlines() if row in x and last in x
        ]
        assert f"{median(values):g} ({last})" in line


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_some_of_those_alike_are_not_told_as_all_of_them(
    n: int, lang: words.Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one of ten with a series was “the one authority chosen”; three of ten were “the 10 authorities”."""
    alike = {s.area_code for s in like_here(PLACE, "LA")}
    told_of = {PLACE, *sorted(alike)[:n]}
    held = [
        r
        for r in reader.fairness_areas("disability")
        if r["la_code"] in told_of
    ]
    assert {r["la_code"] for r in held} == told_of
    monkeypatch.setattr(reader, "fairness_areas", lambda theme: held)
    monkeypatch.setattr(
        reader,
        "indicator_series",
        lambda indicator, place: [
            p for p in as_asked(indicator, place) if p["area_code"] in told_of
        ],
    )
    count = {"n": n, "of": str(len(alike))}
    fairness = opened("fairness", lang, theme="disability", tab="analyst")
    name = words.say(
        lang,
        "fairness.peers.similar_of",
        place=Voice(lang).place(PLACE),
        **count,
    )
    assert name in in_tables(fairness)
    series = next(
        i
        for i, row in indicators_held().items()
        if row["kind"] not in ("rank", "group", "score")
    )
    trend = opened("indicators", lang, indicator=series)
    assert words.say(lang, "indicator.trend.similar_of", **count) in told(trend)
    row = words.say(lang, "indicator.trend.similar_row_of", **count)
    assert row in in_tables(trend)


@pytest.mark.parametrize(
    ("series", "middle"),
    [
        ([], []),
        ([[("a", 1.0), ("b", 2.0)]], [("a", 1.0), ("b", 2.0)]),
        (
            [[("a", 1.0), ("b", 2.0)], [("b", 4.0)], [("b", 9.0), ("c", 1.0)]],
            [("b", 4.0)],
        ),
    ],
)
def test_a_period_that_one_of_them_lacks_is_left_out(
    series: Sequence[Sequence[tuple[str, float]]],
    middle: Sequence[tuple[str, float]],
) -> None:
    rows = [[{"period": p, "value": v} for p, v in one] for one in series]
    assert [(r["period"], r["value"]) for r in middle_of(rows)] == middle


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_fairness_stands_beside_similar_authorities(lang: words.Lang) -> None:
    asked = {"W06000001", "W06000022"}
    app = opened(
        "fairness",
        lang,
        theme="disability",
        tab="analyst",
        similar=".".join(asked),
    )
    name = words.say(
        lang,
        "fairness.peers.similar",
        place=Voice(lang).place(PLACE),
        n=len(asked),
    )
    held = [
        r for r in reader.fairness_areas("disability") if r["la_code"] in asked
    ]
    people = round(sum(r["people_in_need"] for r in held))
    assert held
    (line,) = [x for x in in_tables(app).splitlines() if name in x][:1]
    assert str(people) in line


def test_a_theme_without_areas_is_said_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On real Wales work and income has none, and the page fell over."""
    monkeypatch.setattr(reader, "fairness_areas", lambda theme: [])
    app = opened("fairness", theme="disability", tab="analyst")
    none = words.say(
        "en", "fairness.peers.none", theme=Voice("en").theme("disability")
    )
    assert none in [str(i.value).replace("\\", "") for i in app.info]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_brief_and_an_item_say_how_need_is_beside_similar_areas(
    lang: words.Lang,
) -> None:
    made = area_brief(
        lang,
        PLACE,
        viewer=local_viewer("x"),
        made_at=datetime(2026, 11, 23, tzinfo=UTC),
        similar=["W06000001", "W06000022"],
    )
    assert made is not None
    text = " ".join(
        " ".join(p.extract_text().split())
        for p in PdfReader(io.BytesIO(made)).pages
    )
    say = Voice(lang)
    assert say.place("W06000001") in text and say.place("W06000022") in text
    near = like_here(PLACE, "LA", ["W06000001", "W06000022"])[0]
    assert f"{near.distance:.2f}" in text

    facts = next(
        f
        for p in reader.projects_reaching(PLACE)
        if (f := project_facts(p["project_id"])) and f["similar"]
    )
    kept = facts["similar"]
    assert kept["areas"] == [
        s.area_code for s in like_here(kept["la_code"], "LA")
    ]
    ranks = {
        r["area_code"]: r["rank"]
        for r in reader.ranks_of_areas([*kept["areas"], kept["la_code"]])
        if (r["theme_id"], r["definition"], r["edition"], r["area_type"])
        == (kept["theme_id"], kept["definition"], kept["edition"], "LA")
    }
    here = ranks.pop(kept["la_code"])
    assert (kept["more"], kept["of"]) == (
        sum(here < r for r in ranks.values()),
        len(ranks),
    )
    assert say.place(kept["nearest"]) in similar_words(say, kept)
