"""Which areas of high need are missed has one answer: Home's sentence is that of the page its link opens,
with a map.
"""

from __future__ import annotations

import pytest
from test_pages import finding, unescaped

from clearlink import words
from clearlink.warehouse import reader
from pages.frame.speech import Speech
from tests.counters import links, opened

pytestmark = pytest.mark.usefixtures("on_sample")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize(
    "place", [reader.WALES, "RCC_GWENT", "W06000016", "W06000023"]
)
@pytest.mark.parametrize("theme", ["", "early_years", "domestic_abuse"])
def test_home_and_gaps_give_one_answer(
    lang: words.Lang, place: str, theme: str
) -> None:
    say = Speech(lang)
    home = opened("home", {"lang": lang, "place": place, "theme": theme}, {})
    question = say("home.missed.question")
    told = next(
        t
        for t in (unescaped(str(m.value)) for m in home.markdown)
        if question in t
    )
    link = next(x for x in links(home) if x["label"] == say("home.missed.map"))
    gaps = opened(link["page"], link["query"], {"place": place, "theme": theme})
    assert not gaps.exception
    assert told == f"**{question}** {finding(gaps)}"
    assert gaps.get("bidi_component"), "the answer stands on a map"


def test_a_council_s_list_speaks_for_its_own_authority() -> None:
    say = Speech("en")
    home = opened("home", {"lang": "en", "place": "W06000016"}, {})
    link = next(x for x in links(home) if x["label"] == say("home.missed.map"))
    assert (
        link["query"]["gap"] == "choice"
        and link["query"]["theme"] == "early_years"
    )
    by_presence = opened(
        "gaps", {**link["query"], "gap": "presence"}, {"place": "W06000016"}
    )
    said = [unescaped(str(m.value)) for m in by_presence.markdown]
    assert any("11 of its 50" in text for text in said), (
        "the other gap points to the list"
    )
