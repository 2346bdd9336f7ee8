"""Parts and wholes of money, on the sample: every programme, year and place, by every page's reader, against a twin that adds up by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearlink.warehouse import reader
from tests.place_sums import differences, parts_above_the_whole


@pytest.fixture(autouse=True)
def _served(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))


def test_the_parts_of_a_place_never_come_to_more_than_the_place() -> None:
    assert list(differences()) == []


def test_the_law_would_be_seen_broken() -> None:
    """An authority whose one small area holds more than it does, and a region whose authorities do."""
    area = reader.areas("LSOA21")[0]
    assert parts_above_the_whole({area["area_code"]: 10.0, area["la_code"]: 5.0}) != []
    assert (
        parts_above_the_whole(
            {area["area_code"]: 5.0, area["la_code"]: 5.0, reader.WALES: 5.0} | wider(area["la_code"], 5.0)
        )
        == []
    )


def wider(la: str, gbp: float) -> dict[str, float]:
    return {place: gbp for place, members in reader.members().items() if la in members}


@pytest.mark.parametrize("area", ["W01001227", "W01001274"])
def test_what_only_covers_an_area_has_no_sum_there(area: str) -> None:
    reaching = reader.projects_reaching(area, "at_decision")
    wide = [p for p in reaching if not p["is_here"]]
    assert wide and all(
        p["value_here_gbp"] is None and p["covers_code"] and p["weight"] is None for p in wide
    )
    assert all(p["weight"] <= 1 for p in reaching if p["is_here"])
