"""Nobody can be known from a published count: the rule as it is stated. The attack on it stands in
`tests/oracle/test_disclosure_attack.py`.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlink.rules.disclosure import published_count, published_users
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()
rows = st.dictionaries(
    st.sampled_from("ABCDEF"), st.integers(0, 40), min_size=1
)


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, None),
        (9, None),
        (9.99, None),
        (10, 10),
        (12, 10),
        (13, 15),
        (17, 15),
        (18, 20),
        (1002, 1000),
    ],
)
def test_a_count_as_it_may_be_shown(count: float, shown: int | None) -> None:
    assert published_count(count, LAW) == shown


def test_there_is_no_count_under_nought() -> None:
    with pytest.raises(ValueError, match="-1"):
        published_count(-1, LAW)


@pytest.mark.parametrize(
    ("users", "holders", "served"),
    [
        ({}, {}, {}),
        ({"A": 40}, {}, {"A": 40}),
        ({"A": 4}, {}, {"A": None}),
        ({"A": 12, "B": 33}, {}, {"A": 10, "B": 35}),
        ({"A": 3, "B": 4}, {}, {"A": None, "B": None}),
        ({"A": 0, "B": 40}, {}, {"A": None, "B": None}),
        ({"A": 1, "B": 1, "C": 10}, {}, {"A": None, "B": None, "C": None}),
        ({"A": 9.6, "B": 40, "C": 60}, {}, {"A": None, "B": None, "C": None}),
        (
            {"A": 20, "M": 25},
            {"A": {"M", "L"}, "M": {"L"}},
            {"A": None, "M": None},
        ),
        (
            {"A": 20, "B": 30, "M": 25},
            {"A": {"M"}},
            {"A": None, "B": None, "M": None},
        ),
        ({"A": 20, "M": 25}, {"A": {"L"}, "M": {"L"}}, {"A": 20, "M": 25}),
    ],
)
def test_users_of_a_project_by_area_as_they_may_be_served(
    users: dict[str, float],
    holders: dict[str, set[str]],
    served: dict[str, float | None],
) -> None:
    """All or none: none where an area has fewer than ten, or lies inside another that is counted."""
    assert published_users(users, holders, LAW) == served


@given(rows)
def test_no_count_under_ten_is_shown_and_the_rest_are_in_fives(
    users: dict[str, int],
) -> None:
    for code, figure in published_users(users, {}, LAW).items():
        assert figure is None or (
            figure >= 10 and figure % 5 == 0 and abs(figure - users[code]) <= 2
        )


@given(rows, st.data())
def test_what_is_served_of_a_withheld_row_never_turns_on_what_is_withheld(
    users: dict[str, int], data: st.DataObject
) -> None:
    """Any counts at all, as long as one of them is under ten, and whichever it is, are served alike."""
    few = data.draw(st.sampled_from(sorted(users)))
    other = {
        code: data.draw(st.integers(0, 9 if code == few else 4000))
        for code in users
    }
    assert published_users(other, {}, LAW) == dict.fromkeys(users)
    assert (
        set(published_users(users, {}, LAW).values()) == {None}
        or min(users.values()) >= LAW.disclosure_below
    )
