"""A counter opens exactly what it counted: as many rows as its number, in every place, in both languages,
whatever another page was left with.
"""

from __future__ import annotations

import pytest

from clearlink import words
from clearlink.warehouse import reader
from pages.frame.speech import Speech
from tests.counters import COUNTERS, LEFT, counter_of, miscounted, opened

pytestmark = pytest.mark.usefixtures("on_sample")
PLACES = (reader.WALES, "RCC_GWENT", "W06000016", "W06000023")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_a_counter_opens_exactly_what_it_counted(lang: words.Lang, place: str) -> None:
    assert miscounted(lang, place) == []


def test_every_counter_of_wales_counts_something() -> None:
    home = opened("home", {"lang": "en", "place": reader.WALES}, LEFT)
    counted = {name: counter_of(home, Speech("en"), name)[0] for name in COUNTERS}
    assert all(
        counted[name]
        for name in ("no_link", "orphans", "duplicates", "cannot", "expiring")
    )
