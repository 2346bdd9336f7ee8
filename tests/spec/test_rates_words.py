"""A count, its total and its share, side by side, are one statement: whoever divides what is printed gets
the share that is printed.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlink.words import numbers
from clearlink.words.rates import (
    in_need_words,
    people_beside,
    share_figure,
    share_words,
)


def figure(words: str) -> int:
    return int(words.replace(",", ""))


@given(
    total=st.integers(1, 3_200_000),
    share=st.floats(0, 1),
    decimals=st.sampled_from((0, 1)),
)
def test_a_count_over_its_total_is_the_share_beside_them(
    total: int, share: float, decimals: int
) -> None:
    some = round(total * share)
    people, of_all, said = people_beside(some, total, decimals)
    assert numbers.pct(figure(people) / figure(of_all), decimals) == said
    assert abs(figure(people) - some) <= 2 and abs(figure(of_all) - total) <= 2


@pytest.mark.parametrize(
    ("people", "at_risk", "basis", "words"),
    [
        # to the nearest five these would be 10 of 210, which is 4.8 %
        (12, 210, "counted", ("12", "210", "5.7%")),
        (86, 1_503, "counted", ("86", "1,503", "5.7%")),
        # and so is an estimate of one area: the table and the map tell the same area beside it
        (6_397.3, 78_016, "published", ("6,397", "78,016", "8.2%")),
        (11.9, 209.6, "none", ("12", "210", "5.7%")),
        # a share of people counted on another base is a fraction of a person; the sentence is still one
        # statement
        (34.6, 402, "counted", ("35", "402", "8.7%")),
        (11.6, 208.4, "none", ("12", "208", "5.8%")),
    ],
)
def test_people_of_one_area_are_told_to_the_person(
    people: float, at_risk: float, basis: str, words: tuple[str, str, str]
) -> None:
    row = {
        "people_in_need": people,
        "population_at_risk": at_risk,
        "rate": people / at_risk,
        "rate_decimals": None,
        "range_basis": basis,
    }
    assert in_need_words(row) == words
    if basis == "counted":
        assert (share_words(row), round(share_figure(row) or 0, 1)) == (
            words[2],
            float(words[2][:-1]),
        )


def test_people_without_a_rate_stand_alone() -> None:
    row = {
        "people_in_need": 12.0,
        "population_at_risk": None,
        "rate": None,
        "range_basis": "none",
    }
    assert in_need_words(row) == ("12", "", "")
