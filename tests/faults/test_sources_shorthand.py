"""Marks, figures and periods: nothing is turned into a number that is none, and no zero is made or lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.records import Marker
from etl.sources.figures.periods import period
from etl.sources.figures.shorthand import Figure, figure, marks, number

PUBLISHERS = (
    "statswales",
    "els",
    "flying_start",
    "flying_start_areas",
    "homelessness",
    "health_index",
    "council",
)
EVERY_MARK = sorted(
    {mark for name in PUBLISHERS for mark in marks(name)}
    | {"[low]", "~", "–", "1 to 4", "n/a", "N/A", "-", "..", ":", "#"}
)


@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_every_mark_is_a_marker_by_its_publishers_table_or_is_refused(
    publisher: str,
) -> None:
    for mark, before, after in itertools.product(
        EVERY_MARK, ("", " ", "\u00a0"), ("", " ", "  ")
    ):
        found = figure(before + mark + after, publisher)
        known = marks(publisher).get(mark) or marks(publisher).get(mark.lower())
        assert found == (None if known is None else Figure(None, known))


@pytest.mark.parametrize("zero", ["0", "0.0", "-0", "−0", 0.0, -0.0])
def test_zero_stays_zero(zero: str | float) -> None:
    found = figure(zero, "statswales")
    assert found == Figure(0.0, None)
    assert str(found.value) == "0.0"


def test_low_and_confidential_are_not_zero() -> None:
    assert figure("[k]", "statswales") == Figure(None, Marker.LOW)
    assert figure("<3", "homelessness") == Figure(None, Marker.CONFIDENTIAL)


def test_a_blank_is_refused_where_the_publisher_gives_it_no_meaning() -> None:
    assert figure("", "statswales") is None
    assert figure(None, "statswales") is None
    assert figure("", "council") == Figure(None, Marker.NOT_AVAILABLE)


@pytest.mark.parametrize(
    ("dressed", "value"),
    [
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u2009234", 1234),
        ("1\u202f234\u202f567", 1_234_567),
        ("'-3.5", -3.5),
        ("−7", -7),
        ("12.50", 12.5),
        ("126 [t]", 126),
        ("1,467 [r][p]", 1467),
        ("0.5", 0.5),
    ],
)
def test_the_dress_of_a_number_is_taken_off(dressed: str, value: float) -> None:
    assert figure(dressed, "statswales") == Figure(value, None)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34",
        "1,2345",
        "1.2.3",
        "(34)",
        "1e3",
        "£1.2m",
        "１２",
        "12r",
        "12 p",
        "007",
        "-00",
        "0,123",
        "0x10",
        "1_000",
        "--3",
        "+3",
        "1,234 567",
        "inf",
        "nan",
        "12%",
        "3 4",
        "[q]",
        "5 [x]",
    ],
)
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    assert figure(text, "els") is None


def test_a_percent_sign_is_taken_only_in_a_column_of_percentages() -> None:
    assert figure("12%", "els", percent=True) == Figure(12.0, None)
    assert figure("12%", "els") is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_survives_its_dress(value: object) -> None:
    amount = float(str(value))
    assert number(f"{value:,}") == amount
    assert number(f"{value}") == amount


@given(st.text(max_size=12))
def test_no_text_brings_the_reader_down(text: str) -> None:
    found = figure(text, "statswales")
    assert found is None or (found.value is None) != (found.marker is None)
    assert period(text) is None or isinstance(period(text), str)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2025", "2025"),
        (2025.0, "2025"),
        ("2023-24", "2023-24"),
        ("2023/24", "2023-24"),
        ("202324", "2023-24"),
        ("2024-04-01/P1Y", "2024-25"),
        ("2022-01-01/P1Y", "2022"),
        ("2022-01-01/P3Y", "2022 to 2024"),
        ("2020-04-01/P2Y", "2020-21 to 2021-22"),
        ("30/04/2023", "2023-04-30"),
        ("2021 to 2023", "2021 to 2023"),
        ("2020-2022", "2020 to 2022"),
        ("2021-22 and 2022-23", "2021-22 to 2022-23"),
        ("2016/17 and 2017/18", "2016-17 to 2017-18"),
        ("2017-18 to 2018-19", "2017-18 to 2018-19"),
        ("YE March 2025", "2024-25"),
        ("Apr 24 – Mar 25", "2024-25"),
        ("2025 Q2 (p)", "2025 Q2"),
        ("1999-00", "1999-00"),
    ],
)
def test_a_period_has_one_text(written: str | float, canonical: str) -> None:
    assert period(written) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "03/04/05",
        "31/02/2023",
        "202313",
        "2023-23",
        "24",
        "",
        "Spring",
        "2023-19",
        "2024-07-01/P1Y",
        "2025 Q5",
        "99999",
    ],
)
def test_a_period_that_could_mean_two_things_is_refused(text: str) -> None:
    assert period(text) is None
