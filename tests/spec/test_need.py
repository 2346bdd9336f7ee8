"""Rank to score, the neediest fifth, larger areas, composites and how far a place depends on their making."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import rows

from clearlink.rules.need.composite import (
    Aggregation,
    Normalisation,
    Robustness,
    composite,
    normalise,
    robustness,
)
from clearlink.rules.need.need import (
    WIMD_WEIGHTS,
    average_ranks,
    extent_weight,
    group_of_decile,
    neediest_fifth,
    share_in_most_deprived,
    wimd_index,
    wimd_score,
)
from clearlink.rules.need.rank_intervals import rank_intervals
from clearlink.warehouse.law import catalogue_law
from tests.reference_work import units_of

LAW = catalogue_law()
CATALOGUE = (
    Path(__file__).parents[2] / "data" / "catalogue" / "wimd_weights.csv"
)


@pytest.mark.parametrize(
    "case",
    rows("wimd_exponential_transform_1917"),
    ids=lambda case: f"rank {case['rank']}",
)
def test_rank_to_score(case: dict[str, str]) -> None:
    assert float(
        wimd_score(int(case["rank"]), int(case["n"]))
    ) == pytest.approx(float(case["expected_score"]), abs=1e-8)


@pytest.mark.parametrize("edition", ["2019", "2025"])
def test_domain_weights_are_the_published_ones(edition: str) -> None:
    spoken = {"Crime": "community_safety"}
    published = {
        spoken.get(row["domain"], row["domain"].lower()): float(
            row[f"weight_wimd{edition}"]
        )
        for row in rows("wimd_domain_weights")
    }
    assert WIMD_WEIGHTS[edition] == published
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        held = [
            float(row["weight"])
            for row in csv.DictReader(lines)
            if row["edition"] == edition
        ]
    assert sorted(held) == sorted(published.values())


def test_tied_areas_share_the_average_place() -> None:
    assert average_ranks([30, 50, 30, 10]).tolist() == [2.5, 1, 2.5, 4]
    assert average_ranks([1.0, np.nan, 2.0]).tolist()[::2] == [2.0, 1.0]


def test_the_index_is_the_weighted_sum_of_domain_scores() -> None:
    index = wimd_index(
        {"income": [1, 2, 3], "health": [3, 1, 2]},
        {"income": 0.75, "health": 0.25},
    )
    scores = wimd_score([1, 2, 3], 3)
    assert index == pytest.approx(
        [
            0.75 * scores[0] + 0.25 * scores[2],
            0.75 * scores[1] + 0.25 * scores[0],
            0.75 * scores[2] + 0.25 * scores[1],
        ]
    )


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({"income": 1.0}, "domains"),
        ({"income": 0.7, "health": 0.2}, "weights: found a sum"),
    ],
)
def test_an_index_with_wrong_weights_is_refused(
    weights: dict[str, float], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        wimd_index({"income": [1, 2], "health": [2, 1]}, weights)


def test_a_rank_outside_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match=r"from 1 to 3, found \[4.0\]"):
        wimd_score([1, 4], 3)


@pytest.mark.parametrize(
    ("what", "need", "population", "inside"),
    [
        (
            "five equal areas: the first",
            [5, 4, 3, 2, 1],
            [10, 10, 10, 10, 10],
            [1, 0, 0, 0, 0],
        ),
        ("boundary area pro rata", [5, 4, 3], [10, 40, 50], [1, 0.25, 0]),
        (
            "ties share the boundary",
            [5, 4, 4, 1],
            [10, 20, 20, 50],
            [1, 0.25, 0.25, 0],
        ),
        ("one large area", [5, 1], [80, 20], [0.25, 0]),
    ],
)
def test_the_neediest_fifth_of_people(
    what: str, need: list[float], population: list[float], inside: list[float]
) -> None:
    assert neediest_fifth(need, population) == pytest.approx(inside), what


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(1, 100)),
        min_size=1,
        max_size=30,
    ),
    st.randoms(),
)
def test_the_neediest_fifth_is_a_fifth_whatever_the_order(
    areas: list[tuple[int, int]], random: object
) -> None:
    need, people = map(np.array, zip(*areas, strict=True))
    inside = neediest_fifth(need, people)
    assert float(inside @ people) == pytest.approx(people.sum() / 5)
    order = list(range(len(areas)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert neediest_fifth(need[order], people[order]) == pytest.approx(
        inside[order]
    )


def test_an_area_without_a_need_figure_is_left_out_not_put_last() -> None:
    assert np.isnan(neediest_fifth([5, np.nan, 1], [20, 100, 80])[1])
    assert neediest_fifth([5, np.nan, 1], [20, 100, 80])[0] == 1


def test_a_decile_lies_in_one_published_group() -> None:
    assert [group_of_decile(d) for d in range(1, 11)] == [
        1,
        2,
        3,
        4,
        4,
        5,
        5,
        5,
        5,
        5,
    ]
    with pytest.raises(ValueError, match="1 to 10"):
        group_of_decile(0)


def test_larger_areas_are_described_by_share_in_the_publishers_groups() -> None:
    shares = share_in_most_deprived(
        [1, 1, 2, 3, 3, 4, 5, 5, 5, 5], ["A", "B"] * 5
    )
    assert shares["A"] == {10: 0.2, 20: 0.4, 30: 0.6, 50: 0.6}
    assert shares["B"] == {10: 0.2, 20: 0.2, 30: 0.4, 50: 0.6}


def test_extent_tapers_from_one_at_the_tenth_to_a_twentieth_at_the_thirtieth() -> (
    None
):
    weights = extent_weight([1, 191, 192, 382, 573, 574, 1909], 191, 573)
    assert weights[[0, 1, 2, 4, 5, 6]].tolist() == pytest.approx(
        [1, 1, 0.95, 0.05, 0, 0]
    )
    assert 0.49 < weights[3] < 0.51


@pytest.mark.parametrize("how", list(Normalisation))
def test_every_normalisation_keeps_the_order_and_stays_above_zero(
    how: Normalisation,
) -> None:
    scaled = normalise([3.0, np.nan, 40.0, 3.0, -2.0], how)
    assert np.isnan(scaled[1])
    assert scaled[2] > scaled[0] == scaled[3] > scaled[4] > 0


def test_percentile_is_100_times_rank_less_a_half_over_n() -> None:
    assert normalise([10, 20, 30, 40], Normalisation.PERCENTILE).tolist() == [
        12.5,
        37.5,
        62.5,
        87.5,
    ]


def test_composite_shares_out_the_weight_of_a_missing_indicator_up_to_a_third() -> (
    None
):
    table = [
        [1.0, 1.0, 1.0],
        [2.0, 2.0, np.nan],
        [3.0, np.nan, 3.0],
        [4.0, 4.0, np.nan],
    ]
    score = composite(
        table, [0.5, 0.25, 0.25], settings=LAW, how=Normalisation.PERCENTILE
    )
    assert score[0] == pytest.approx(0.5 * 12.5 + 0.25 * (100 / 6) + 0.25 * 25)
    assert score[1] == pytest.approx((0.5 * 37.5 + 0.25 * 50) / 0.75)
    scarce = composite(table, [0.25, 0.35, 0.40], settings=LAW)
    assert np.isnan(scarce[1])  # 60% of the weight is known
    assert not np.isnan(
        composite(
            [[1.0, 1.0, np.nan], [2.0, 2.0, 2.0]], [1, 1, 1], settings=LAW
        )[0]
    )  # two thirds exactly


def test_geometric_lets_a_high_score_make_up_less_for_a_low_one() -> None:
    table = [[100.0, 0.0], [50.0, 50.0], [0.0, 100.0]]
    plain = composite(table, [1, 1], settings=LAW, how=Normalisation.MIN_MAX)
    geometric = composite(
        table,
        [1, 1],
        settings=LAW,
        how=Normalisation.MIN_MAX,
        aggregation=Aggregation.GEOMETRIC,
    )
    assert plain[0] == pytest.approx(plain[1])
    assert geometric[0] < geometric[1]


def test_an_area_extreme_on_one_indicator_only_has_a_wide_rank_interval() -> (
    None
):
    table = np.column_stack([np.arange(20.0), np.arange(20.0), np.arange(20.0)])
    table[0, 0] = 200.0
    answer = rank_intervals(table, [1, 1, 1], None, settings=LAW)
    width = answer.rank_high - answer.rank_low
    assert width[0] == width.max() > width[19]
    assert answer.median_rank[19] <= 2
    assert answer.neediest_fifth_probability[19] == pytest.approx(1.0)


def test_one_indicator_has_one_place_and_ties_share_it() -> None:
    answer = rank_intervals(
        [[5.0], [9.0], [5.0], [1.0]], [1], None, settings=LAW
    )
    assert (
        answer.median_rank.tolist()
        == answer.rank_low.tolist()
        == answer.rank_high.tolist()
        == [2.5, 1, 2.5, 4]
    )


def test_rank_intervals_do_not_depend_on_the_order_of_the_file_and_leave_unknown_areas_missing() -> (
    None
):
    draw = np.random.default_rng(3)
    table, people = (
        draw.integers(0, 6, size=(60, 3)).astype(float),
        draw.integers(1, 90, 60).astype(float),
    )
    table[7, 0], table[8, :2] = np.nan, np.nan
    order = draw.permutation(60)
    one = rank_intervals(table, [2, 1, 1], people, settings=LAW)
    other = rank_intervals(table[order], [2, 1, 1], people[order], settings=LAW)
    for name in (
        "median_rank",
        "rank_low",
        "rank_high",
        "neediest_fifth_probability",
    ):
        assert np.array_equal(
            getattr(one, name)[order], getattr(other, name), equal_nan=True
        )
    assert np.isnan(one.median_rank[8])
    known = ~np.isnan(one.median_rank)
    assert float(
        one.neediest_fifth_probability[known] @ people[known]
    ) == pytest.approx(people[known].sum() / 5)
    # Areas that agree on every indicator share their place.
    same = np.flatnonzero((table == table[0]).all(axis=1))
    assert len({float(one.median_rank[i]) for i in same}) == 1


def test_rank_intervals_agree_with_a_plain_count_of_places() -> None:
    """The same draws, ranked one at a time by the plain composite's own steps."""
    draw = np.random.default_rng(5)
    table = draw.normal(size=(25, 2))
    answer = rank_intervals(
        table, [1, 1], None, settings=LAW.with_changes(draws=400)
    )
    assert (
        (answer.rank_low <= answer.median_rank)
        & (answer.median_rank <= answer.rank_high)
    ).all()
    places = np.array(
        [
            average_ranks(composite(table, [w, 1 - w], settings=LAW, how=how))
            for w in (0.35, 0.5, 0.65)
            for how in Normalisation
        ]
    )
    outside = (places < answer.rank_low - 1) | (places > answer.rank_high + 1)
    assert outside.mean() < 0.02


def test_the_ranks_of_fourteen_themes_cost_little() -> None:
    draw = np.random.default_rng(1)
    people = draw.integers(1000, 3000, 1917)
    tables = [draw.normal(size=(1917, 4)) for _ in range(14)]
    _, units = units_of(
        lambda: [
            rank_intervals(table, [3, 1, 1, 1], people, settings=LAW)
            for table in tables
        ]
    )
    assert units < 250


@pytest.mark.parametrize(
    ("probability", "says"),
    [
        (0.8, "ROBUST"),
        (0.79, "BORDERLINE"),
        (0.2, "BORDERLINE"),
        (0.19, "NOT_IN_FIFTH"),
    ],
)
def test_robustness(probability: float, says: str) -> None:
    assert robustness(probability, LAW) is Robustness(says)
