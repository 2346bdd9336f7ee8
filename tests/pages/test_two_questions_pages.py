"""The two questions on screens: a square opens exactly its records, signs filter, and Home opens on what
was never recorded.
"""

from __future__ import annotations

import pytest

from clearlink import words
from clearlink.report.standing_words import square_words
from clearlink.report.verdict_finding import record_finding
from clearlink.rules.link.two_questions import added, squares
from clearlink.warehouse import reader
from pages.frame.speech import Speech
from pages.home.two_questions_view import in_square
from tests.pages.test_pages import finding, page, spoken, unescaped

pytestmark = pytest.mark.usefixtures("on_sample")


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_square_opens_exactly_its_records_and_says_which(lang: words.Lang) -> None:
    rows = reader.projects()
    at = ("above", "not_recorded")
    held = squares(rows)[at]
    app = page("projects", lang, square=".".join(at))
    assert not app.exception
    assert any(len(frame.value) == held.records for frame in app.dataframe)
    said = unescaped(" ".join(box.value for box in app.info))
    assert square_words(Speech(lang), at, held) in said


def test_signs_filter_the_list_and_stand_on_the_record_with_their_paper() -> None:
    signed = in_square(reader.projects(), "", "S3")
    app = page("projects", "en", sign="S3")
    assert signed and any(len(frame.value) == len(signed) for frame in app.dataframe)
    told = unescaped(" ".join(spoken(page("projects", "en", project="R011"))))
    assert "S1 Ran or was paid past its end" in told and "payments made on an expired contract" in told
    assert "Source: council or board paper" in told


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_home_opens_on_what_was_never_recorded_where_nothing_can_be_assessed(lang: words.Lang) -> None:
    place, theme = "W06000024", "early_years"
    rows = reader.projects(place, None, theme)
    assert added(rows).records == sum(r["verdict"] == "CANNOT_ASSESS" for r in rows) > 0
    said = finding(page("home", lang, place=place, theme=theme))
    assert said == unescaped(record_finding(Speech(lang), place, rows))
