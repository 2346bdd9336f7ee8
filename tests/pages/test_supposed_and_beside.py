"""What if on the list of projects, a second area beside the first, and the change since the last build, in
both languages.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from clearlink.figures import two_need_strips as figure
from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, Lang
from pages.area.area_beside import both_needs
from pages.frame.speech import Speech
from tests.patience import PATIENCE_S

pytestmark = [
    pytest.mark.usefixtures("on_sample"),
    pytest.mark.parametrize("lang", LANGUAGES),
]
CALLS = {
    "what_if": "from pages.frame.choices import current_choices; from pages.project.verdict_what_if import "
    "verdict_what_if; verdict_what_if(say, current_choices())",
    "change": "from pages.desk.build_change_view import build_change_view; build_change_view(say, ROWS)",
}
CHANGES = [
    {
        "kind": "build",
        "subject": "sample",
        "before": "sample-1",
        "after": None,
        "title_en": None,
        "title_cy": None,
    },
    {
        "kind": "verdict_at_decision",
        "subject": "P1",
        "before": "CLEAR",
        "after": "PARTIAL",
        "title_en": "A project",
        "title_cy": "A project",
    },
    {
        "kind": "project_removed",
        "subject": "P2",
        "before": "Another",
        "after": None,
        "title_en": None,
        "title_cy": None,
    },
    {
        "kind": "need_edition",
        "subject": "early_years|lead|LSOA21",
        "before": "2019",
        "after": "2025",
        "title_en": None,
        "title_cy": None,
    },
    {
        "kind": "rows",
        "subject": "wimd",
        "before": "3",
        "after": "4",
        "title_en": "Ranks",
        "title_cy": "Safleoedd",
    },
]


def shown(call: str, lang: Lang, folder: Path) -> AppTest:
    script = folder / "one_part.py"
    script.write_text(
        f"from pages.frame.speech import Speech\nROWS = {CHANGES!r}\nsay = Speech({lang!r})\n{CALLS[call]}\n",
        encoding="utf-8",
    )
    app = AppTest.from_file(str(script), default_timeout=PATIENCE_S)
    app.query_params["lang"] = lang
    return app.run()


def test_a_moved_slider_turns_verdicts_and_the_way_back_turns_none(
    lang: Lang, tmp_path: Path
) -> None:
    app = shown("what_if", lang, tmp_path)
    assert not app.exception
    assert app.warning[0].value == words.say(lang, "projects.what_if.notice")
    none = words.say(lang, "projects.what_if.none_changed")
    assert none in [i.value for i in app.info]
    app.slider(key="verdict_if_current_months").set_value(12)
    app.slider(key="verdict_if_ageing_months").set_value(24).run()
    assert none not in [i.value for i in app.info]
    app.slider(key="verdict_if_current_months").set_value(84).run()
    assert app.error[0].value == words.say(lang, "projects.what_if.order")
    app.button(key="verdict_if_reset").click().run()
    assert not app.error and none in [i.value for i in app.info]


def test_the_change_since_the_last_build_is_told(
    lang: Lang, tmp_path: Path
) -> None:
    app = shown("change", lang, tmp_path)
    assert not app.exception
    assert app.subheader[0].value == words.say(lang, "data.change.title")
    table = app.dataframe[0].value
    assert len(table) == 4
    assert "sample" in app.markdown[0].value


def test_two_areas_stand_on_one_measure(lang: Lang) -> None:
    say = Speech(lang)
    first, second = (
        reader.area_need(code) for code in ("W06000016", "W06000015")
    )
    rows = both_needs(say, first, second)
    assert len(rows) == 14
    for row in rows:
        held = [
            n
            for n in second
            if say.of(n, "theme") == row["theme"] and n["rank"] == row["rank_b"]
        ]
        assert row["rank_b"] is None or held
    drawn = figure.two_need_strips(rows, ("a", "b"), "alt", "axis", {})
    assert [len(t.x) for t in drawn.figure.data] == [
        sum(r[f"rank_{side}"] is not None for r in rows) for side in "ab"
    ]
    # an area that holds nothing alike leaves the second side empty, never zero
    assert all(
        r["rank_b"] is None and r["people_b"] is None
        for r in both_needs(say, first, [])
    )
