"""Patterns between neighbours: worked by hand, islands said, and no pattern found where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from clearlink.rules.need.spatial import (
    Cluster,
    contiguity,
    discoveries,
    global_moran,
    local_moran,
)
from clearlink.warehouse.law import catalogue_law
from etl.build.neighbours import size_km2, touching

LAW = catalogue_law()
SIDE = 12
CODES = [
    f"{row:02d}{column:02d}" for row in range(SIDE) for column in range(SIDE)
]
CENTRES = {
    code: (int(code[2:]) / 10 - 4, int(code[:2]) / 10 + 51) for code in CODES
}
BESIDE = [
    (a, b)
    for a in CODES
    for b in CODES
    if a < b
    and max(abs(int(a[:2]) - int(b[:2])), abs(int(a[2:]) - int(b[2:]))) == 1
]


def test_moran_of_four_areas_in_a_row_by_hand() -> None:
    near = contiguity(
        ["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d")], {}
    )
    # values 1 2 3 4: z = −1.5 −0.5 0.5 1.5; lags −0.5 −0.5 0.5 0.5; z·lag = 0.75 0.25 0.25 0.75 = 2; z·z = 5
    assert global_moran([1, 2, 3, 4], near, LAW).moran == pytest.approx(0.4)
    assert global_moran([1, 2, 3, 4], near, LAW).expected == pytest.approx(
        -1 / 3
    )
    # local: (n − 1)·z·lag ÷ z·z = 3·0.75 ÷ 5
    assert local_moran([1, 2, 3, 4], near, LAW).moran == pytest.approx(
        [0.45, 0.15, 0.15, 0.45]
    )


def test_an_island_is_joined_with_the_nearest_and_named() -> None:
    near = contiguity(
        ["a", "b", "holy"],
        [("a", "b"), ("a", "elsewhere")],
        {"a": (-4.0, 53.0), "b": (-3.0, 53.0), "holy": (-4.1, 53.0)},
    )
    assert near.joined == (2,)
    assert near.counts.tolist() == [2, 1, 1]


def test_a_planted_cluster_is_named_and_noise_is_not() -> None:
    draw = np.random.default_rng(LAW.seed)
    near = contiguity(CODES, BESIDE, CENTRES)
    noise = draw.normal(size=len(CODES))
    planted = noise + 5 * np.array(
        [int(c[:2]) < 4 and int(c[2:]) < 4 for c in CODES]
    )
    named = dict(
        zip(CODES, local_moran(planted, near, LAW).cluster, strict=True)
    )
    assert (
        named["0101"] is Cluster.HIGH_BY_HIGH
        and named["1010"] is not Cluster.HIGH_BY_HIGH
    )
    assert global_moran(planted, near, LAW).p_value == pytest.approx(
        1 / (LAW.moran_permutations + 1)
    )
    # by chance alone no more than a handful of 144 areas may be named
    assert (
        sum(
            c is not Cluster.NONE for c in local_moran(noise, near, LAW).cluster
        )
        <= 5
    )
    assert (
        local_moran(planted, near, LAW).cluster
        == local_moran(planted, near, LAW).cluster
    )


def test_the_ring_around_a_region_is_never_named() -> None:
    near = contiguity(CODES, BESIDE, CENTRES)
    inside = np.array([int(c[:2]) < 6 for c in CODES])
    values = [float(int(c[2:])) for c in CODES]
    assert all(
        c is Cluster.NONE
        for c, told in zip(
            local_moran(values, near, LAW, inside).cluster, inside, strict=True
        )
        if not told
    )


def test_the_same_figure_everywhere_is_refused() -> None:
    with pytest.raises(ValueError, match="expected three or more that differ"):
        global_moran(
            [1, 1, 1],
            contiguity(["a", "b", "c"], [("a", "b"), ("b", "c")], {}),
            LAW,
        )


def test_discoveries_by_hand() -> None:
    # of four tests at 5 %: the cuts are 0.0125, 0.025, 0.0375, 0.05
    assert discoveries([0.01, 0.03, 0.03, 0.6], 0.05).tolist() == [
        True,
        True,
        True,
        False,
    ]
    assert not discoveries([0.2, 0.9], 0.05).any()


def test_areas_that_share_a_corner_touch_and_those_that_do_not_do_not() -> None:
    def square(west: float, south: float) -> list[list[list[float]]]:
        return [
            [
                [west, south],
                [west + 1, south],
                [west + 1, south + 1],
                [west, south + 1],
                [west, south],
            ]
        ]

    assert touching(
        {"a": square(0, 0), "b": square(1, 1), "c": square(3, 0)}
    ) == {("a", "b")}
    # a degree square on the equator
    assert size_km2(square(0, 0)[0]) == pytest.approx(111.32**2)
