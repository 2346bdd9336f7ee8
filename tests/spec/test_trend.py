"""Trends and comparisons by range: held against SciPy's Kendall test, and what may not be said is not
said.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.stats import kendalltau

from clearlink.rules.need.compared import Compared, compared, wider_rate
from clearlink.rules.need.trend import (
    LATEST,
    ORDER_ONLY,
    SIGNIFICANT,
    Trend,
    trend,
)
from clearlink.words import LANGUAGES, knows

values = some.lists(
    some.integers(0, 12).map(lambda n: n / 4), min_size=5, max_size=14
)


@settings(max_examples=150, deadline=None)
@given(values)
def test_the_test_is_that_of_an_independent_computation(
    series: list[float],
) -> None:
    latest = series[-LATEST:]
    ours = trend(series)
    if len(set(latest)) == 1:
        assert (ours.trend, ours.probability) == (Trend.NO_CLEAR_CHANGE, 1.0)
        return
    theirs = kendalltau(range(len(latest)), latest, method="asymptotic")
    assert ours.probability == pytest.approx(theirs.pvalue, abs=1e-9)
    assert ours.values == len(latest)
    if theirs.pvalue < SIGNIFICANT:
        assert ours.trend is (Trend.UP if theirs.statistic > 0 else Trend.DOWN)
    else:
        assert ours.trend is Trend.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("direction", "rising", "falling"),
    [
        ("+", Trend.WORSE, Trend.BETTER),
        ("-", Trend.BETTER, Trend.WORSE),
        ("0", Trend.UP, Trend.DOWN),
    ],
)
def test_better_and_worse_follow_which_way_need_goes(
    direction: str, rising: Trend, falling: Trend
) -> None:
    up = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert trend(up, direction).trend is rising
    assert trend(up[::-1], direction).trend is falling
    assert trend([1, 3, 2, 3, 1, 2], direction).trend is Trend.NO_CLEAR_CHANGE


def test_few_values_and_ranks_say_nothing() -> None:
    assert trend([1, 2, 3, 4]).trend is Trend.TOO_FEW
    assert trend([]).trend is Trend.TOO_FEW
    assert {"rank", "group", "score"} == ORDER_ONLY
    early = [9.0, 8.0, 7.0]
    assert trend([*early, *range(10)]).values == LATEST, "the latest ten alone"
    assert (
        all(knows(f"indicator.trend.outcome_{t}") for t in Trend) and LANGUAGES
    )


@pytest.mark.parametrize(
    ("rate", "lower", "upper", "wider", "told"),
    [
        (0.3, 0.25, 0.35, 0.2, Compared.HIGHER),
        (0.3, 0.25, 0.35, 0.25, Compared.SIMILAR),
        (0.3, 0.25, 0.35, 0.36, Compared.LOWER),
        (0.3, None, None, 0.2, Compared.NO_RANGE),
        (None, None, None, 0.2, Compared.NO_FIGURE),
        (0.3, 0.2, 0.4, None, Compared.NO_FIGURE),
    ],
)
def test_an_area_is_compared_by_the_range_of_its_own_figure(
    rate: float | None,
    lower: float | None,
    upper: float | None,
    wider: float | None,
    told: Compared,
) -> None:
    assert compared(rate, lower, upper, wider) is told
    assert knows(f"indicator.table.mark.{told}")


def test_a_wider_place_has_a_figure_only_where_all_its_areas_have_one() -> None:
    assert wider_rate([(10, 100), (30, 100)]) == pytest.approx(0.2)
    assert wider_rate([(10, 100), (None, 100)]) is None
    assert wider_rate([]) is None
