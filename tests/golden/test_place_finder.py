"""Places of real Wales are found by the postcodes and the names that people use, in both languages."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from clearlink.place_finder import find_places
from clearlink.rules.place_words import Outcome


@pytest.fixture(autouse=True)
def _served(
    built: tuple[Path, duckdb.DuckDBPyConnection],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(built[0]))


@pytest.mark.parametrize(
    ("typed", "outcome", "first"),
    [
        ("CF37 1AA", Outcome.POSTCODE, "W01001236"),
        ("cf1 1aa", Outcome.POSTCODE_ENDED, "W01001767"),
        ("Yr Wyddgrug", Outcome.ONE, "W02000073"),
        ("Mold", Outcome.SEVERAL, "W02000073"),
        ("Casnewydd", Outcome.ONE, "W06000022"),
        ("Caerdydd", Outcome.SEVERAL, "W06000015"),
    ],
)
def test_a_place_is_found(typed: str, outcome: Outcome, first: str) -> None:
    answered = find_places(typed)
    assert (answered.outcome, answered.offers[0]) == (outcome, first)


def test_pontypridd_is_several_places_and_so_is_trallwng() -> None:
    assert {"W02000270", "W02000272"} <= set(find_places("Pontypridd").offers)
    assert {"W02000099", "W01001256"} <= set(find_places("Trallwng").offers)
    # where a page shows wards, the ward itself is offered, and what lies in it is not offered beside it
    whole = set(find_places("Trallwng", opens_wards=True).offers)
    assert {"W02000099", "W05001108"} <= whole and "W01001256" not in whole


def test_half_a_postcode_offers_the_places_in_it_and_shrewsbury_is_outside() -> (
    None
):
    assert set(find_places("CF37").offers) >= {"W02000270", "W02000272"}
    assert find_places("SY1 1AA").outcome is Outcome.POSTCODE_ELSEWHERE
    assert find_places("SY10 7AA").outcome in (
        Outcome.POSTCODE_UNKNOWN,
        Outcome.POSTCODE,
    )
