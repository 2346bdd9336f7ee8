"""A counter opens exactly what it counted: as many rows as its number, in every place, in both languages,
whatever another page was left with.
"""

from __future__ import annotations

import pytest

from clearlink import words
from clearlink.warehouse import plans, reader
from pages.frame.speech import Speech
from tests.counters import COUNTERS, LEFT, counter_of, miscounted, opened

pytestmark = pytest.mark.usefixtures("on_sample")
PLACES = (reader.WALES, "RCC_GWENT", "W06000016", "W06000023")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_a_counter_opens_exactly_what_it_counted(
    lang: words.Lang, place: str
) -> None:
    assert miscounted(lang, place) == []


def test_every_counter_of_wales_counts_something() -> None:
    home = opened("home", {"lang": "en", "place": reader.WALES}, LEFT)
    counted = {
        name: counter_of(home, Speech("en"), name)[0] for name in COUNTERS
    }
    assert all(
        counted[name]
        for name in ("no_link", "orphans", "duplicates", "cannot", "expiring")
    )


def test_home_and_the_plans_page_agree_on_what_is_assessed_in_every_place() -> (
    None
):
    """A joint assessment is in force in each authority it covers, and one without a last day of its own
    lapses with its kind: Home counts what the tree of the plans shows as not lapsed, and nothing else.
    """
    for place in reader.place_rows():
        state = {
            d["document_id"]: d["document_state"]
            for d in plans.documents_of_place(place)
            if not d["is_plan"]
        }
        in_force = {
            d for d, s in state.items() if s not in ("lapsed", "to_come")
        }
        named = {
            p["priority_id"]
            for p in plans.priorities_of_place(place)
            if p["assessment_id"] in in_force
        }
        asked = reader.coherence(place)
        assert asked["assessments"] == len(in_force), place
        assert asked["priorities"] == len(named), place
        left = {
            p["priority_id"] for p in reader.priorities_without_project(place)
        }
        assert left <= named, place
        assert (
            len(left) == asked["priorities"] - asked["priorities_with_project"]
        )
        soon = {e["assessment_id"] for e in reader.expiring(place)}
        assert soon <= {d for d, s in state.items() if s == "lapses_soon"}, (
            place
        )
