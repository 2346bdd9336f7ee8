"""The region test: the base example of the method, the two reference cases, and independence from order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tables import rows

from clearlink.rules.fairness.fairness import (
    curve,
    from_to,
    hoover,
    neediest_shares,
    needs_gap,
    transfers,
)
from clearlink.rules.fairness.inequality import slope_index, theil
from clearlink.rules.fairness.sensitivity import (
    depends_on_definition,
    redrawn_need,
    sensitivity_range,
)
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()
BASE = rows("align_base_curve")
CODES = ["A1", "A2", "A3", "A4", "A5", "A6"]
# The only division of the six areas into authorities with the stated 0.02894 between them.
AUTHORITIES = ["X", "Y", "X", "Y", "X", "Y"]


def column(name: str, total: float) -> np.ndarray:
    """One column of the six areas, from its cumulative shares."""
    return np.diff([float(row[name]) for row in BASE]) * total


POPULATION = column("cum_population_share", 10_000)
SPEND = column("cum_spend_share", 200_000)
NEED = column("cum_need_share", 1_500)


def test_the_curves_of_the_base_example_are_the_laws() -> None:
    areas = curve(NEED, SPEND, POPULATION)
    for ours, name in (
        (areas.population, "population"),
        (areas.spend, "spend"),
        (areas.need, "need"),
    ):
        assert ours == pytest.approx(
            [float(row[f"cum_{name}_share"]) for row in BASE], abs=1e-9
        )


def test_the_committees_numbers() -> None:
    spend_share, need_share = neediest_shares(curve(NEED, SPEND, POPULATION))
    assert round(10 * spend_share, 2) == 2.00  # £2.00 of each £10
    assert (
        round(10 * need_share, 1) == 3.7
    )  # against 3.7 of each 10 people in need
    assert hoover(NEED, SPEND) == pytest.approx(1 / 3, abs=1e-9)
    assert round(from_to(CODES, NEED, SPEND).money_to_move_gbp, 2) == 66_666.67


def test_the_analysts_numbers() -> None:
    gap = needs_gap(curve(NEED, SPEND, POPULATION))
    assert (
        round(gap.spend_index, 5),
        round(gap.need_index, 5),
        round(gap.gap, 5),
    ) == (
        0.095,
        -0.28933,
        0.38433,
    )
    split = theil(CODES, AUTHORITIES, NEED, SPEND)
    assert (
        split.total is not None
        and split.between is not None
        and split.within is not None
    )
    assert (
        round(split.total, 5),
        round(split.between, 5),
        round(split.within, 5),
    ) == (
        0.31393,
        0.02894,
        0.28499,
    )
    assert (
        round(slope_index(NEED, SPEND, POPULATION).slope_gbp_per_head, 2)
        == 11.95
    )


def test_the_authorities_of_the_base_example_are_the_only_ones_that_fit() -> (
    None
):
    fitting = set()
    for labels in itertools.product(range(3), repeat=6):
        split = theil(CODES, [str(label) for label in labels], NEED, SPEND)
        if split.between is not None and abs(split.between - 0.02894) < 5e-6:
            first_seen = {
                label: place
                for place, label in reversed(list(enumerate(labels)))
            }
            fitting.add(tuple(first_seen[label] for label in labels))
    assert fitting == {(0, 1, 0, 1, 0, 1)}


def test_the_from_and_to_list() -> None:
    moves = from_to(CODES, NEED, SPEND)
    assert [m.area_code for m in moves.above_share] == ["A6", "A5", "A4"]
    assert [m.area_code for m in moves.below_share] == ["A3", "A2", "A1"]
    for side in (moves.above_share, moves.below_share):
        assert abs(sum(m.gap_gbp for m in side)) == pytest.approx(
            moves.money_to_move_gbp
        )


def test_spend_proportional_to_need() -> None:
    spend = NEED * 70
    gap = needs_gap(curve(NEED, spend, POPULATION))
    assert hoover(NEED, spend) == pytest.approx(0, abs=1e-12)
    assert gap.gap == pytest.approx(0, abs=1e-12)
    assert gap.spend_index == pytest.approx(gap.need_index)
    assert from_to(CODES, NEED, spend).above_share == ()


def test_the_same_for_every_head() -> None:
    gap = needs_gap(curve(NEED, POPULATION * 20, POPULATION))
    assert gap.spend_index == pytest.approx(0, abs=1e-12)
    assert round(gap.gap, 5) == 0.28933
    assert slope_index(
        NEED, POPULATION * 20, POPULATION
    ).slope_gbp_per_head == pytest.approx(0, abs=1e-9)


def test_spend_that_leans_to_need_may_still_fall_short_of_it() -> None:
    leaning = POPULATION * (20 + 5 * (NEED / POPULATION > 0.1))
    gap = needs_gap(curve(NEED, leaning, POPULATION))
    assert gap.spend_index < 0 < gap.gap


areas = st.lists(
    st.tuples(
        st.integers(0, 50),
        st.integers(0, 10_000),
        st.sampled_from([50, 100, 200]),
    ),
    min_size=2,
    max_size=12,
)


def test_the_relative_index_runs_from_the_most_to_the_least_needy_end() -> None:
    # two areas of as many people: £10 a head where half are in need, £30 where a tenth are; the fitted ends
    # are £0 and £40
    found = slope_index([50, 10], [1_000, 3_000], [100, 100])
    assert (found.slope_gbp_per_head, found.relative_index) == (
        pytest.approx(40),
        None,
    )
    # £20 and £30: ends £15 and £35, so the least needy end has 7/3 of what the most needy end has
    assert slope_index(
        [50, 10], [2_000, 3_000], [100, 100]
    ).relative_index == pytest.approx(35 / 15)
    # spend that follows need: below 1
    assert slope_index(
        [50, 10], [3_000, 2_000], [100, 100]
    ).relative_index == pytest.approx(15 / 35)


@given(areas, st.randoms())
def test_no_result_depends_on_the_order_of_the_file(
    table: list[tuple[int, int, int]], random: object
) -> None:
    need, spend, people = (
        np.array(c, dtype=float) for c in zip(*table, strict=True)
    )
    assume(need.sum() > 0 and spend.sum() > 0)
    order = list(range(len(table)))
    random.shuffle(order)  # type: ignore[attr-defined]

    def everything(at: list[int]) -> list[float]:
        shares = curve(need[at], spend[at], people[at])
        gap, codes = needs_gap(shares), [f"{i:02d}" for i in at]
        split = theil(codes, [c[-1] for c in codes], need[at], spend[at])
        slope = slope_index(need[at], spend[at], people[at]).slope_gbp_per_head
        return [
            *neediest_shares(shares),
            gap.spend_index,
            gap.gap,
            hoover(need[at], spend[at]),
            split.between or 0.0,
            slope,
        ]

    assert everything(order) == pytest.approx(
        everything(list(range(len(table)))), abs=1e-9
    )


@given(areas)
def test_bounds(table: list[tuple[int, int, int]]) -> None:
    need, spend, people = (
        np.array(c, dtype=float) for c in zip(*table, strict=True)
    )
    assume(need.sum() > 0 and spend.sum() > 0)
    gap = needs_gap(curve(need, spend, people))
    assert 0 <= hoover(need, spend) <= 1
    assert (
        -1 <= gap.need_index <= 1e-9
    )  # need leans to the needy, by definition
    assert -1 <= gap.spend_index <= 1


def test_spend_where_no_need_is_counted_leaves_theil_undefined_and_lists_it() -> (
    None
):
    split = theil(["A", "B", "C"], ["X", "X", "Y"], [5, 0, 5], [10, 10, 10])
    assert (split.total, split.within, split.undefined_areas) == (
        None,
        None,
        ("B",),
    )
    assert split.between is not None
    assert theil(
        ["A", "B"], ["X", "X"], [5, 5], [10, 0]
    ).total == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    ("need", "spend", "people", "told"),
    [
        ([1, np.nan], [1, 1], [9, 9], "missing or negative"),
        ([1, 1], [1, 1], [9, 0], "population is 0"),
        ([0, 0], [1, 1], [9, 9], "nothing to compare"),
        ([1, 1], [1], [9, 9], "the same areas in each"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    need: list[float], spend: list[float], people: list[float], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        curve(need, spend, people)


def test_the_sensitivity_range_holds_the_measure_and_is_the_same_every_time() -> (
    None
):
    measures = [hoover(drawn, SPEND) for drawn in redrawn_need(NEED, None, LAW)]
    low, high = sensitivity_range(measures, LAW)
    assert low < 1 / 3 < high
    assert np.array_equal(
        redrawn_need(NEED, POPULATION, LAW), redrawn_need(NEED, POPULATION, LAW)
    )


@pytest.mark.parametrize(
    ("measures", "says"),
    [
        ([0.119, -0.063], True),
        ([0.233, 0.063], False),
        ([0.0, 0.1], False),
        ([0.003, -0.034], True),
    ],
)
def test_a_change_of_sign_depends_on_how_need_is_measured(
    measures: list[float], says: bool
) -> None:
    assert depends_on_definition(measures) is says


def test_transfers_move_what_must_move_and_leave_every_area_at_its_share() -> (
    None
):
    moves = from_to(CODES, NEED, SPEND)
    found = transfers(moves)
    assert sum(t.gbp for t in found) == pytest.approx(moves.money_to_move_gbp)
    after = dict(zip(CODES, SPEND, strict=True))
    for t in found:
        after[t.from_code] -= t.gbp
        after[t.to_code] += t.gbp
    share = dict(zip(CODES, NEED / NEED.sum() * SPEND.sum(), strict=True))
    assert after == pytest.approx(share)
    # never more moves than areas less one
    assert len(found) < len(CODES)
    assert transfers(from_to(["X", "Y"], [1, 1], [5, 5])) == []
