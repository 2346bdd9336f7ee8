"""Nobody can be known from a published count: the rule, and an attack on it by solving for what is withheld."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlink.rules.disclosure import published_count, published_table, published_users
from clearlink.rules.settings import Settings

LAW = Settings()


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1002, 1000)]
)
def test_a_count_as_it_may_be_shown(count: int, shown: int | None) -> None:
    assert published_count(count, LAW) == shown


def test_one_small_cell_takes_three_others_with_it() -> None:
    shown = published_table([[3, 40, 60], [50, 30, 80], [70, 90, 95]], LAW)
    assert shown == [
        [None, None, 60, 105],
        [None, None, 80, 160],
        [70, 90, 95, 255],
        [125, 160, 235, 520],
    ]


def test_a_single_column_hides_its_total_too() -> None:
    shown = published_table([[4], [50], [60]], LAW)
    assert shown[0] == [None, None]
    assert sum(row[0] is None for row in shown) >= 2


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(tables)
def test_no_withheld_count_can_be_solved_for(counts: list[list[int]]) -> None:
    """The attacker knows every shown figure before rounding, and that rows and columns add up."""
    shown = published_table(counts, LAW)
    height, width = len(shown), len(shown[0])
    hidden = [(r, c) for r in range(height) for c in range(width) if shown[r][c] is None]
    sums = []
    for r in range(height):
        sums.append([(1.0 if c < width - 1 else -1.0) if (r, c) in hidden else 0.0 for c in range(width)])
    lines = [[row[c] if hr == r else 0.0 for (hr, c) in hidden] for r, row in enumerate(sums)]
    for c in range(width):
        lines.append([(1.0 if r < height - 1 else -1.0) if hc == c else 0.0 for (r, hc) in hidden])
    matrix = np.array(lines).reshape(height + width, len(hidden))
    rank = np.linalg.matrix_rank(matrix) if hidden else 0
    for place in range(len(hidden)):
        unit = np.zeros((1, len(hidden)))
        unit[0, place] = 1
        assert np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank + 1


@given(tables)
def test_no_count_under_ten_is_shown_and_the_rest_are_in_fives(counts: list[list[int]]) -> None:
    for row in published_table(counts, LAW):
        for figure in row:
            assert figure is None or (figure >= 10 and figure % 5 == 0)


@pytest.mark.parametrize(
    ("users", "holders", "served"),
    [
        ({}, {}, {}),
        ({"A": 40}, {}, {"A": 40}),
        ({"A": 4}, {}, {"A": None}),
        ({"A": 12, "B": 33}, {}, {"A": 10, "B": 35}),
        ({"A": 4, "B": 40}, {}, {"A": None, "B": None}),
        ({"A": 4, "B": 40, "C": 60}, {}, {"A": None, "B": None, "C": 60}),
        ({"A": 4, "B": 7, "C": 60}, {}, {"A": None, "B": None, "C": 60}),
        ({"A": 9.6, "B": 0, "C": 60}, {}, {"A": None, "B": None, "C": 60}),
        ({"A": 20, "M": 25}, {"A": {"M", "L"}, "M": {"L"}}, {"A": None, "M": 25}),
        ({"A": 20, "M": 25}, {"A": {"L"}, "M": {"L"}}, {"A": 20, "M": 25}),
    ],
)
def test_users_of_a_project_by_area_as_they_may_be_served(users: dict[str, float], holders: dict[str, set[str]], served: dict[str, float | None]) -> None:
    """One withheld count takes the smallest other with it; a count inside another counted area is withheld."""
    assert published_users(users, holders, LAW) == served


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 40), min_size=1))
def test_users_withheld_are_never_one_alone_and_never_turn_on_what_they_are(users: dict[str, int]) -> None:
    served = published_users(users, {}, LAW)
    withheld = [code for code, count in served.items() if count is None]
    assert len(withheld) != 1 or len(users) == 1
    for code in withheld:
        if users[code] < LAW.disclosure_below:
            others = [published_users({**users, code: count}, {}, LAW) for count in range(LAW.disclosure_below)]
            assert all(other == served for other in others)
