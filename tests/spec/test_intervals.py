"""Limits of shares and counts against a published implementation (SciPy's distributions) and worked
figures.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clearlink.rules.need.intervals import (
    byar,
    byar_limits,
    count_limits,
    empirical_bayes,
    exact_poisson,
    wilson,
    wilson_limits,
)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_agrees_with_the_published_implementation(
    people: int, others: int
) -> None:
    limits = stats.binomtest(people, people + others).proportion_ci(
        method="wilson"
    )
    assert wilson(people, people + others) == pytest.approx(
        (limits.low, limits.high), abs=1e-12
    )


def test_wilson_worked_example() -> None:
    # 65 of 100, the worked figures of the UK public health method.
    assert wilson(65, 100) == pytest.approx((0.5525, 0.7364), abs=5e-5)


@given(st.integers(0, 60))
def test_exact_poisson_agrees_with_the_chi_square_form(count: int) -> None:
    lower = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert exact_poisson(count) == pytest.approx(
        (lower, stats.chi2.ppf(0.975, 2 * count + 2) / 2), rel=1e-9
    )


@given(st.floats(0.05, 9.99))
def test_exact_limits_of_apportioned_people_use_the_gamma_form(
    count: float,
) -> None:
    expected = (
        stats.gamma.ppf(0.025, count),
        stats.gamma.ppf(0.975, count + 1),
    )
    assert exact_poisson(count) == pytest.approx(expected, rel=1e-8)


@given(st.integers(10, 5000))
def test_byar_stays_within_half_a_percent_of_exact_from_ten_on(
    count: int,
) -> None:
    exact = (
        stats.chi2.ppf(0.025, 2 * count) / 2,
        stats.chi2.ppf(0.975, 2 * count + 2) / 2,
    )
    assert byar(count) == pytest.approx(exact, rel=5e-3)


def test_byar_worked_example() -> None:
    z, o = 1.959963984540054, 65
    lower = o * (1 - 1 / (9 * o) - z / (3 * math.sqrt(o))) ** 3
    upper = (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * math.sqrt(o + 1))) ** 3
    assert byar(65) == pytest.approx((lower, upper))
    assert byar(65) == pytest.approx((50.16, 82.85), abs=0.01)


def test_small_counts_are_exact_and_larger_ones_byar() -> None:
    assert count_limits(9, exact_below=10) == exact_poisson(9)
    assert count_limits(10, exact_below=10) == byar(10)


def test_columns_agree_with_single_figures() -> None:
    counts = [0, 1, 12, 240]
    for column, single in zip(
        zip(*byar_limits(counts), strict=True), map(byar, counts), strict=True
    ):
        assert column == pytest.approx(single)
    for column, count in zip(
        zip(*wilson_limits(counts, 300), strict=True), counts, strict=True
    ):
        assert column == pytest.approx(wilson(count, 300))
    assert np.isnan(wilson_limits([0], [0])[0]).all()


def test_small_areas_are_drawn_to_the_whole_and_large_ones_hardly() -> None:
    shrunk = empirical_bayes([2, 400, 200, 50], [10, 2000, 2000, 500])
    whole = 652 / 4510
    assert abs(shrunk[0] - whole) < abs(0.2 - whole) / 2
    assert shrunk[1] == pytest.approx(0.2, abs=0.005)


def test_equal_rates_stay_equal() -> None:
    assert empirical_bayes([1, 10, 100], [10, 100, 1000]) == pytest.approx(
        [0.1] * 3
    )


def test_empirical_bayes_worked_by_hand() -> None:
    # m = 30/200 = 0.15; s² = (100·0.05² + 100·0.05²)/200 = 0.0025; A = 0.0025 − 0.15/100 = 0.001; w =
    # 0.001/0.0025 = 0.4.
    assert empirical_bayes([10, 20], [100, 100]) == pytest.approx([0.13, 0.17])


@pytest.mark.parametrize(("people", "out_of"), [(1, 0), (5, 4), (-1, 4)])
def test_impossible_shares_are_refused(people: int, out_of: int) -> None:
    with pytest.raises(ValueError, match="expected 0 ≤ people ≤ total"):
        wilson(people, out_of)
