"""Every tab of Fairness and Gaps in both languages: it draws, it says the served numbers, and a what-if
writes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.exchange.gap_answers import fairness_rows
from clearlink.rules.codes import FAIRNESS_DEFINITIONS, PLACINGS
from clearlink.rules.fairness.fairness_what_if import (
    Supposition,
    supposed_fairness,
)
from clearlink.warehouse import reader
from clearlink.warehouse.law import served_law
from clearlink.words import LANGUAGES, Lang
from pages.fairness.fairness_areas import area_columns
from pages.fairness.fairness_move import move_rows
from pages.fairness.fairness_view import FairnessView
from pages.fairness.real_money import grants_in_order
from pages.frame.speech import Speech
from tests.patience import PATIENCE_S

PROJECT = Path(__file__).parents[2]
in_both = pytest.mark.parametrize("lang", LANGUAGES)
pytestmark = pytest.mark.usefixtures("on_sample")
THEME, REGION = "disability", "RCC_GWENT"
TABS = {
    "fairness": ("committee", "analyst", "what_if", "real", "flying_start"),
    "gaps": ("map", "overlap", "coherence", "what_if"),
}


def opened(
    page: str, tab: str, lang: Lang, folder: Path, **query: str
) -> AppTest:
    """A page with one of its tabs open."""
    (folder / "pages").symlink_to(PROJECT / "pages", target_is_directory=True)
    names = (
        "home",
        "need_map",
        "projects",
        "area",
        "gaps",
        "fairness",
        "meetings",
        "voices",
        "data_and_method",
    )
    pages = ", ".join(
        f"st.Page('pages/{n}.py', title='{n}', url_path='{n}', default={n == page})"
        for n in names
    )
    entrance = folder / "enter.py"
    entrance.write_text(
        f"import streamlit as st\nst.navigation([{pages}]).run()\n",
        encoding="utf-8",
    )
    app = AppTest.from_file(str(entrance), default_timeout=PATIENCE_S)
    for key, value in {
        "lang": lang,
        "theme": THEME,
        "place": REGION,
        **query,
    }.items():
        app.query_params[key] = value
    app.session_state["fair_tabs" if page == "fairness" else "gap_tabs"] = (
        words.say(lang, f"{page}.tab.{tab}")
    )
    return app.run()


def spoken(app: AppTest) -> Iterator[str]:
    for kind in (
        "subheader",
        "markdown",
        "caption",
        "info",
        "success",
        "warning",
    ):
        yield from (
            re.sub(r"\\(.)", r"\1", str(each.value))
            for each in getattr(app, kind)
        )


@in_both
@pytest.mark.parametrize(
    ("page", "tab"),
    [(page, tab) for page, tabs in TABS.items() for tab in tabs],
)
def test_a_tab_draws_without_fault(
    page: str, tab: str, lang: Lang, tmp_path: Path
) -> None:
    app = opened(page, tab, lang, tmp_path, gap="money")
    assert not app.exception, app.exception
    assert not app.error
    assert list(spoken(app)), "a tab is never empty"


@in_both
def test_the_committee_is_told_from_where_to_where_and_what_rests_on_one_project(
    lang: Lang, tmp_path: Path
) -> None:
    app = opened("fairness", "committee", lang, tmp_path)
    heads = [s.value for s in app.subheader]
    for key in (
        "move.list",
        "move.areas_below",
        "move.areas_above",
        "without.title",
    ):
        assert words.say(lang, f"fairness.{key}") in heads
    rows = reader.fairness_without(REGION, THEME, "lead", "population_at_risk")
    assert rows and any(
        r["title"] in text for r in rows for text in spoken(app)
    )


@in_both
def test_the_analyst_is_told_how_many_areas_stand_out_and_beside_whom(
    lang: Lang, tmp_path: Path
) -> None:
    app = opened("fairness", "analyst", lang, tmp_path)
    heads = [s.value for s in app.subheader]
    assert (
        words.say(lang, "fairness.clusters.title") in heads
        and words.say(lang, "fairness.peers.title") in heads
    )
    assert any("Moran" in text for text in spoken(app))
    assert words.say(lang, "fairness.clusters.no_islands") in "\n".join(
        spoken(app)
    )


@in_both
def test_a_moved_slider_changes_the_answer_and_the_way_back_brings_it_home(
    lang: Lang, tmp_path: Path
) -> None:
    app = opened("fairness", "what_if", lang, tmp_path)
    served = reader.fairness(REGION, THEME)
    assert app.warning[0].value == words.say(lang, "gaps.what_if.notice")

    def finding() -> str:
        return next(
            str(m.value) for m in app.markdown if str(m.value).startswith("**")
        )

    first = finding()
    app.slider(key="fair_if_concentration").set_value(100).run()
    assert not app.exception and finding() != first
    app.button(key="fair_if_reset").click().run()
    assert finding() == first
    assert reader.fairness(REGION, THEME) == served


@pytest.mark.parametrize("definition", FAIRNESS_DEFINITIONS)
@pytest.mark.parametrize("placed_by", PLACINGS)
def test_screens_what_if_and_command_agree_to_the_penny(
    definition: str, placed_by: str
) -> None:
    told = json.loads(json.dumps(fairness_rows(REGION, THEME)))
    command = {
        r["measure"]: r["value"]
        for r in told
        if (r["definition"], r["placed_by"]) == (definition, placed_by)
    }
    view = FairnessView(
        THEME,
        REGION,
        REGION,
        definition,
        placed_by,
        reader.fairness(REGION, THEME),
    )
    supposed = supposed_fairness(
        area_columns(THEME, REGION),
        Supposition(
            concentration=float(definition == "extent"), placed_by=placed_by
        ),
        served_law(),
    )
    assert supposed is not None
    assert command
    for measure, value in command.items():
        assert view.value(measure) == value
        assert supposed.measures[measure] == pytest.approx(
            value, abs=0.005 if "gbp" in measure else 1e-9
        )
    moved = move_rows(Speech("en"), view)
    assert sum(r["gap"] for r in moved if r["gap"] > 0) == pytest.approx(
        command["money_to_move_gbp"], abs=0.005
    )
    between = view.authorities()
    assert sum(
        r["gap_gbp"] for r in between if r["gap_gbp"] > 0
    ) == pytest.approx(command["money_between_authorities_gbp"], abs=0.005)


def test_the_range_on_screen_takes_in_every_project_left_out() -> None:
    view = FairnessView(
        THEME,
        REGION,
        REGION,
        "lead",
        "population_at_risk",
        reader.fairness(REGION, THEME),
    )
    low, high = view.span("money_to_move_gbp")
    for r in reader.fairness_without(
        REGION, THEME, "lead", "population_at_risk"
    ):
        assert low - 0.005 <= r["money_to_move_gbp"] <= high + 0.005


@in_both
def test_money_that_nobody_knows_is_not_the_least_of_all(
    lang: Lang, tmp_path: Path
) -> None:
    """Rhondda Cynon Taf “has £0.00” per person: none of its 50 Flying Start areas has a date on record."""
    app = opened(
        "fairness",
        "committee",
        lang,
        tmp_path,
        theme="early_years",
        place="RCC_CWM_TAF",
    )
    say = Speech(lang)
    told = [str(x.value).replace("\\", "") for x in app.caption]
    assert not any("£0.00" in text for text in told)
    unknown = {
        r["la_code"]: r["projects"]
        for r in reader.unvalued("early_years", "RCC_CWM_TAF")
    }
    where = f"{say.place('W06000016')} {unknown['W06000016']}"
    assert any(where in text and say.year() in text for text in told)
    assert app.get("plotly_chart")


def test_published_money_opens_on_what_is_paid_for_the_theme_and_known_here() -> (
    None
):
    held = [
        {
            "grant_name": name,
            "programme_id": programme,
            "year": year,
            "region": region,
        }
        for name, programme, year, region in (
            ("UKSPF", "other", "2022-25", "RCC_NORTH_WALES"),
            ("Early money", "flying_start", "2011-15", "RCC_CWM_TAF"),
            ("Early money", "flying_start", "2011-15", "RCC_NORTH_WALES"),
            ("Flying Start, no more", None, "2024-25", "RCC_MID"),
        )
    ]
    firsts = {
        (theme, region): grants_in_order(held, theme, region)[0][0]
        for theme in ("early_years", "older_people")
        for region in ("RCC_CWM_TAF", "RCC_NORTH_WALES")
    }
    assert firsts == {
        ("early_years", "RCC_CWM_TAF"): "Early money",
        ("early_years", "RCC_NORTH_WALES"): "Early money",
        ("older_people", "RCC_CWM_TAF"): "Early money",
        ("older_people", "RCC_NORTH_WALES"): "UKSPF",
    }
