"""Similar areas: nearest by standardised characteristics, held against SciPy's own standard scores and
distances.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.spatial.distance import cdist
from scipy.stats import zscore

from clearlink.rules.need.similar import likeness
from clearlink.warehouse import reader
from clearlink.words import LANGUAGES, knows, say

share = some.floats(0, 1, allow_nan=False).map(lambda x: round(x, 4))


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(share, share, share), min_size=3, max_size=25))
def test_distances_and_order_are_those_of_an_independent_computation(
    table: list[tuple[float, ...]],
) -> None:
    shares = {
        f"A{n:03}": dict(zip("xyz", row, strict=True))
        for n, row in enumerate(table)
    }
    ours = likeness(shares)
    kept = [c for c in range(3) if len({row[c] for row in table}) > 1]
    assert len(ours.characteristics) == len(kept)
    if not kept:
        return
    scores = zscore(np.array(table)[:, kept], axis=0)
    theirs = cdist(scores, scores) / np.sqrt(len(kept))
    for at, code in enumerate(ours.areas):
        found = ours.like(code, len(table))
        assert [s.distance for s in found] == pytest.approx(
            sorted(np.delete(theirs[at], at)), abs=1e-8
        )
        for s in found:
            assert s.distance == pytest.approx(
                theirs[at][ours.areas.index(s.area_code)], abs=1e-8
            )
            assert {s.nearest_in, s.farthest_in} <= set(ours.characteristics)


def test_what_makes_two_areas_near_is_named() -> None:
    held = likeness(
        {
            "A": {"old": 0.2, "rural": 1.0},
            "B": {"old": 0.2, "rural": 0.0},
            "C": {"old": 0.9, "rural": 1.0},
            "D": {"old": 0.5},
        }
    )
    assert held.left_out == 1 and held.like("D") == []
    by_code = {s.area_code: s for s in held.like("A")}
    assert (by_code["B"].nearest_in, by_code["B"].farthest_in) == (
        "old",
        "rural",
    )
    assert (by_code["C"].nearest_in, by_code["C"].farthest_in) == (
        "rural",
        "old",
    )


def test_a_characteristic_that_does_not_vary_or_is_not_held_tells_nothing() -> (
    None
):
    assert likeness({}).areas == ()
    held = likeness(
        {
            "A": {"x": 0.1, "same": 0.5},
            "B": {"x": 0.3, "same": 0.5},
            "C": {"x": 0.2, "same": 0.5},
        }
    )
    assert held.characteristics == ("x",)
    assert [s.area_code for s in held.like("A")] == ["C", "B"]


def test_the_unit_of_a_characteristic_is_of_no_weight() -> None:
    rows = {f"A{n}": {"x": n / 10, "y": (n * 7 % 5) / 10} for n in range(9)}
    scaled = {a: {"x": 1000 * r["x"], "y": r["y"]} for a, r in rows.items()}
    assert [s.area_code for s in likeness(rows).like("A4")] == [
        s.area_code for s in likeness(scaled).like("A4")
    ]


@pytest.mark.parametrize("level", ["LSOA21", "MSOA21", "LA"])
def test_shares_lie_between_nought_and_one_and_have_words(
    level: str, sample_data: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    for row in reader.area_characteristics(level):
        assert 0 <= row["share"] <= 1
        key = f"similar.characteristic.{row['characteristic']}"
        assert knows(key) and all(say(lang, key) for lang in LANGUAGES)
