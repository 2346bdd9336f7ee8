"""The box that finds an area by name or postcode: it opens what is beyond doubt, offers what is close, and
forgets what was typed.
"""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import words
from tests.entrances import entrance

pytestmark = pytest.mark.usefixtures("on_sample")
SEARCHED = ("area", "need_map")


def asked(name: str, typed: str, lang: str = "en") -> AppTest:
    app = AppTest.from_file(str(entrance(name)), default_timeout=90)
    app.query_params["lang"] = lang
    app.run()
    app.text_input(key="place_search").set_value(typed).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(str(m.value) for m in app.markdown).replace("\\", "")


@pytest.mark.parametrize("name", SEARCHED)
def test_a_name_beyond_doubt_opens_its_area_in_either_language(
    name: str,
) -> None:
    for typed in ("Ynys Môn", "ISLE OF ANGLESEY", "isle of anglesey 001A"):
        app = asked(name, typed)
        assert app.query_params["area"] in ("W06000001", "W01000003")


@pytest.mark.parametrize("name", SEARCHED)
@pytest.mark.parametrize("typed", ["CF37 1AA", "SY1 1AA", "CF37"])
def test_a_postcode_stays_nowhere(name: str, typed: str) -> None:
    app = asked(name, typed)
    assert words.say("en", "places.outcome.postcodes_not_held") in said(app), (
        "the sample has no list of postcodes"
    )
    assert app.text_input(key="place_search").value == ""
    kept = repr(app.session_state)
    assert typed not in f"{kept} {dict(app.query_params)}"


def test_a_name_written_wrong_is_answered_with_the_nearest_and_opens_nothing() -> (
    None
):
    app = asked("area", "Gwyned Môn", "cy")
    assert "area" not in app.query_params
    assert words.say("cy", "places.outcome.near") in said(app) or words.say(
        "cy", "places.outcome.none"
    ) in said(app)
    app = asked("area", "Ceredigon")
    assert (
        words.say("en", "places.outcome.near") in said(app)
        and "area" not in app.query_params
    )
