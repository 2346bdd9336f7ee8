"""The page of an indicator says what it counts and where it comes from, shows a trend only where one may
be, and compares by range.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.report.likeness import most_like
from clearlink.rules.need.compared import compared, wider_rate
from clearlink.rules.need.similar import NEAREST
from clearlink.warehouse import reader
from pages.frame.speech import Speech
from pages.indicators.indicator_facts import indicators_held
from tests.entrances import entrance

pytestmark = pytest.mark.usefixtures("on_sample")


def opened(lang: str = "en", **query: str) -> AppTest:
    app = AppTest.from_file(str(entrance("indicators")), default_timeout=90)
    for key, value in {"lang": lang, **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


def told(app: AppTest) -> str:
    return " ".join(
        str(m.value)
        for kind in ("markdown", "info", "caption")
        for m in getattr(app, kind)
    ).replace("\\", "")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_an_indicator_of_each_kind_says_how_it_is_made(lang: str) -> None:
    by_kind = {row["kind"]: i for i, row in indicators_held().items()}
    assert len(by_kind) >= 3
    for kind, indicator in by_kind.items():
        said = told(opened(lang, indicator=indicator))
        unit = indicators_held()[indicator][f"unit_{lang}"]
        assert (
            words.say(words.language(lang), f"indicator.kind.{kind}", unit=unit)
            in said
        )
        if kind in ("rank", "group", "score"):
            assert (
                words.say(words.language(lang), "indicator.trend.order_only")
                in said
            )


def test_an_address_that_names_no_indicator_opens_the_first() -> None:
    first = opened().selectbox(key="indicator_chosen").value
    for bad in ("<script>", "x" * 5_000, "🏴"):
        assert (
            opened(indicator=bad).selectbox(key="indicator_chosen").value
            == first
        )


def test_the_table_says_more_less_or_similar_as_the_ranges_do() -> None:
    app = opened(place="RCC_NORTH_WALES")
    # the picture’s own table and the one under it are the same
    compared, twin = (
        d.value for d in app.dataframe if "Authority" in d.value.columns
    )
    assert compared.equals(twin)
    assert len(compared) == len(reader.members()["RCC_NORTH_WALES"])
    marks = {
        m
        for column in compared.columns[1:]
        for cell in compared[column]
        for m in ("▲", "▼", "●", "○", "–")
        if m in cell
    }
    assert marks & {"▲", "▼", "●"}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_table_is_a_picture_too_and_its_last_mark_is_beside_similar_authorities(
    lang: words.Lang,
) -> None:
    say = Speech(lang)
    app = opened(lang, indicator_tabs="table", place="RCC_NORTH_WALES")
    held = {(n["area_code"], n["theme_id"]): n for n in reader.lead_needs("LA")}
    like = most_like("W06000001", "LA")
    assert len(like) == NEAREST and "W06000001" not in like
    heading = say("indicator.table.area")
    frame = next(d.value for d in app.dataframe if heading in d.value.columns)
    row = next(
        r for _, r in frame.iterrows() if r[heading] == say.place("W06000001")
    )
    checked = 0
    for theme in reader.themes():
        need = held.get(("W06000001", theme))
        if (
            need is None
            or need["rate"] is None
            or say.theme(theme) not in frame.columns
        ):
            continue
        beside = wider_rate(
            (
                held[c, theme]["people_in_need"],
                held[c, theme]["population_at_risk"],
            )
            if (c, theme) in held
            else (None, None)
            for c in like
        )
        state = compared(need["rate"], need["lower"], need["upper"], beside)
        assert str(row[say.theme(theme)]).endswith(
            say(f"indicator.table.mark.{state}")
        )
        checked += 1
    assert checked
    assert len(app.get("plotly_chart")) == 1
