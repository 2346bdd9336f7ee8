"""The glossary stands on Data and method in both languages, in the alphabetical order of the language that
is read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink.words import LANGUAGES, Lang, say
from clearlink.words.glossary import terms

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_is_told_in_both_languages_and_found_by_the_readers_own(
    lang: Lang, on_sample: Path
) -> None:
    app = AppTest.from_file(
        str(ROOT / "pages" / "data_and_method.py"), default_timeout=60
    )
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    own, other = (
        ("term_en", "term_cy") if lang == "en" else ("term_cy", "term_en")
    )
    heading = {
        name: say(lang, f"data.glossary.col.{name}") for name in (own, other)
    }
    shown = next(
        t.value for t in app.dataframe if heading[own] in t.value.columns
    )
    assert list(shown.columns)[:2] == [heading[own], heading[other]]
    first = [str(term) for term in shown[heading[own]]]
    assert first == sorted(first, key=str.casefold)
    pairs = set(
        zip(shown[heading["term_en"]], shown[heading["term_cy"]], strict=True)
    )
    assert pairs == {(term.en, term.cy) for term in terms()}
