"""Where the money went: the worked example of the method, and pennies that always add up."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import rows

from clearlink.rules.codes import DeliveryModel
from clearlink.rules.dates import (
    add_months,
    common_days,
    financial_year,
    financial_years,
    months_between,
)
from clearlink.rules.money import (
    Bucket,
    Placed,
    Placing,
    ThemeSplit,
    annual_value_pence,
    apportion,
    bucket_totals,
    financial_year_pence,
    place,
    placing_weights,
    spend_by_area,
    theme_split,
    to_pence,
    unplaced_share,
)

LSOAS = rows("apportionment_lsoas")
AT_RISK = {row["lsoa"]: float(row["population_at_risk"]) for row in LSOAS}
PROJECTS = defaultdict(list)
for _row in rows("apportionment_example"):
    PROJECTS[_row["project"]].append(_row)


def served(areas: str) -> list[str]:
    """`lsoa:L1|L2`, or `la:LA2` for all of an authority's small areas."""
    kind, _, codes = areas.partition(":")
    if kind == "la":
        return [row["lsoa"] for row in LSOAS if row["la"] == codes]
    return codes.split("|") if kind == "lsoa" else []


def placed_2013_14(project: str) -> Placed:
    row = PROJECTS[project][0]
    start, end = (
        date.fromisoformat(row["start"]),
        date.fromisoformat(row["end"]),
    )
    return place(
        financial_year_pence(to_pence(row["amount_gbp"]), start, end)[
            "2013-14"
        ],
        areas=served(row["areas"]),
        delivery_model=DeliveryModel.CONFIDENTIAL
        if row["areas"].startswith("protected")
        else DeliveryModel.PLACE_BASED,
        is_sensitive=False,
        users=None,
        at_risk=AT_RISK,
        population=None,
    )


@pytest.mark.parametrize("project", sorted(PROJECTS))
def test_the_worked_example(project: str) -> None:
    placed = placed_2013_14(project)
    expected = PROJECTS[project]
    assert placed.bucket == expected[0]["bucket"]
    if placed.bucket is Bucket.PLACED:
        assert placed.by_area == {
            row["lsoa"]: to_pence(row["expected_2013_14_gbp"])
            for row in expected
        }
        assert placed.method is Placing.POPULATION_AT_RISK
    else:
        assert placed.pence == to_pence(expected[0]["expected_2013_14_gbp"])
        assert not placed.by_area


def test_the_buckets_of_the_worked_example_add_to_its_ledger() -> None:
    sums = [placed_2013_14(project) for project in PROJECTS]
    totals = bucket_totals(sums)
    assert totals == {
        Bucket.PLACED: to_pence("136600"),
        Bucket.AREA_WIDE: 0,
        Bucket.PROTECTED: to_pence("90000"),
        Bucket.UNPLACED: to_pence("10000"),
    }
    assert sum(spend_by_area(sums).values()) == totals[Bucket.PLACED]
    assert unplaced_share(totals) == pytest.approx(10_000 / 236_600)


@given(
    st.integers(0, 10**11),
    st.dictionaries(
        st.text("ABCDEFG", min_size=1, max_size=3),
        st.floats(0.001, 1e6),
        min_size=1,
        max_size=12,
    ),
)
def test_parts_add_up_to_the_penny_and_do_not_depend_on_order(
    pence: int, weights: dict[str, float]
) -> None:
    parts = apportion(pence, weights)
    assert sum(parts.values()) == pence
    assert parts == apportion(pence, dict(reversed(list(weights.items()))))
    for code, part in parts.items():
        assert (
            abs(part - pence * weights[code] / sum(weights.values()))
            <= 1 + pence * 1e-12
        )


@pytest.mark.parametrize(
    ("pence", "weights", "parts"),
    [
        (100, {"A": 1, "B": 1, "C": 1}, {"A": 34, "B": 33, "C": 33}),
        (1, {"A": 1, "B": 1}, {"A": 1, "B": 0}),
        (101, {"A": 1, "B": 3}, {"A": 25, "B": 76}),
        (-100, {"A": 1, "B": 1, "C": 1}, {"A": -33, "B": -33, "C": -34}),
    ],
)
def test_the_odd_penny_goes_to_the_largest_remainder(
    pence: int, weights: dict[str, float], parts: dict[str, int]
) -> None:
    assert apportion(pence, weights) == parts


@given(
    st.dates(date(2005, 1, 1), date(2030, 1, 1)),
    st.integers(0, 3000),
    st.integers(0, 10**9),
)
def test_financial_years_add_up_to_the_amount(
    start: date, days: int, pence: int
) -> None:
    end = date.fromordinal(start.toordinal() + days)
    assert sum(financial_year_pence(pence, start, end).values()) == pence


def test_half_a_year_is_by_days() -> None:
    years = financial_year_pence(
        to_pence(73000), date(2013, 9, 30), date(2014, 9, 29)
    )
    assert years == {"2013-14": to_pence(36600), "2014-15": to_pence(36400)}


@pytest.mark.parametrize(
    ("start", "end", "year", "gbp"),
    [
        (date(2012, 4, 1), None, "2013-14", 36500),
        (date(2013, 9, 30), None, "2013-14", 18300),
        (date(2013, 4, 1), date(2013, 4, 10), "2013-14", 1000),
        (date(2014, 4, 1), None, "2013-14", 0),
    ],
)
def test_a_yearly_value_in_one_financial_year(
    start: date, end: date | None, year: str, gbp: int
) -> None:
    assert annual_value_pence(to_pence(36500), start, end, year) == to_pence(
        gbp
    )


@pytest.mark.parametrize(
    ("users", "at_risk", "population", "method"),
    [
        ({"A": 5, "B": 15}, {"A": 1, "B": 1}, {"A": 1, "B": 1}, Placing.USERS),
        (None, {"A": 1, "B": 1}, {"A": 1, "B": 1}, Placing.POPULATION_AT_RISK),
        (
            None,
            {"A": 1},
            {"A": 1, "B": 1},
            Placing.POPULATION,
        ),  # a missing population is not a zero
        (
            {"Z": 9},
            None,
            {"A": 1, "B": 1},
            Placing.POPULATION,
        ),  # users all live elsewhere
        (None, None, {"A": 1}, None),
    ],
)
def test_what_spend_is_shared_by(
    users: dict[str, float] | None,
    at_risk: dict[str, float] | None,
    population: dict[str, float] | None,
    method: Placing | None,
) -> None:
    answer = placing_weights(["A", "B"], users, at_risk, population)
    assert (answer[1] if answer else None) is method


@pytest.mark.parametrize(
    ("model", "sensitive", "bucket"),
    [
        (DeliveryModel.PLACE_BASED, False, Bucket.PLACED),
        (DeliveryModel.DISPERSED, False, Bucket.PLACED),
        (DeliveryModel.AREA_WIDE, False, Bucket.AREA_WIDE),
        (DeliveryModel.CONFIDENTIAL, False, Bucket.PROTECTED),
        (DeliveryModel.PLACE_BASED, True, Bucket.PROTECTED),
        (None, False, Bucket.PLACED),
    ],
)
def test_the_bucket_of_a_project_that_names_its_areas(
    model: DeliveryModel | None, sensitive: bool, bucket: Bucket
) -> None:
    placed = place(
        100,
        areas=["L1"],
        delivery_model=model,
        is_sensitive=sensitive,
        users=None,
        at_risk=AT_RISK,
        population=None,
    )
    assert placed.bucket is bucket


def test_a_sum_stays_whole_in_every_bucket() -> None:
    asked = {
        "users": {"A": 5.0},
        "at_risk": None,
        "population": {"A": 1.0, "B": 1.0},
    }
    placed = {
        model: place(
            101,
            areas=["A", "B"],
            delivery_model=model,
            is_sensitive=False,
            **asked,
        )  # type: ignore[arg-type]
        for model in DeliveryModel
    }
    assert {p.pence for p in placed.values()} == {101}
    assert placed[DeliveryModel.PLACE_BASED].by_area == {"A": 101}
    by_people = place(
        101,
        areas=["A", "B"],
        delivery_model=None,
        is_sensitive=False,
        users=None,
        at_risk=None,
        population={"A": 1.0, "B": 1.0},
    )
    assert (by_people.by_area, by_people.method) == (
        {"A": 51, "B": 50},
        Placing.POPULATION,
    )


@pytest.mark.parametrize(
    ("gbp", "pence"),
    [
        (1, 100),
        ("12.34", 1234),
        ("0.005", 0),
        ("0.015", 2),
        ("0.016", 2),
        (-1.5, -150),
        ("136600", 13_660_000),
    ],
)
def test_pounds_are_a_hundred_pence_and_half_a_penny_goes_to_the_even_one(
    gbp: float | int | str, pence: int
) -> None:
    assert to_pence(gbp) == pence


@pytest.mark.parametrize("weights", [{"A": -1.0, "B": 3.0}, {"A": 0.0}, {}])
def test_nothing_is_shared_by_weights_that_are_none(
    weights: dict[str, float],
) -> None:
    with pytest.raises(
        ValueError,
        match=r"weights: found {.*}, expected none below 0 and one above",
    ):
        apportion(100, weights)


def test_a_weight_of_nothing_gets_nothing() -> None:
    assert apportion(100, {"A": 0.0, "B": 2.0}) == {"A": 0, "B": 100}


def test_a_project_that_ends_before_it_begins_is_shared_nowhere() -> None:
    with pytest.raises(
        ValueError, match="project dates: found 2024-04-02 to 2024-04-01"
    ):
        financial_year_pence(100, date(2024, 4, 2), date(2024, 4, 1))


def test_one_user_counts_and_nobody_at_risk_does_not() -> None:
    assert placing_weights(["A"], {"A": 1}, None, None) == (
        {"A": 1},
        Placing.USERS,
    )
    nobody, one = {"A": 0.0}, {"A": 1.0}
    assert placing_weights(["A"], None, nobody, one) == (
        one,
        Placing.POPULATION,
    )
    assert placing_weights(["A"], None, None, nobody) is None


def test_where_nothing_was_spent_no_share_is_unplaced() -> None:
    assert unplaced_share(bucket_totals([])) == 0.0


def test_no_theme_and_two_themes() -> None:
    assert theme_split(100, []) == ThemeSplit({}, estimated=False)
    assert theme_split(100, ["carers", "disability"]) == ThemeSplit(
        {"carers": 50, "disability": 50}, True
    )


def test_theme_split() -> None:
    equal = theme_split(
        100, ["housing_homelessness", "mental_health", "carers"]
    )
    assert equal.by_theme == {
        "carers": 34,
        "housing_homelessness": 33,
        "mental_health": 33,
    }
    assert equal.estimated
    stated = theme_split(
        100, ["carers", "disability"], {"carers": 0.8, "disability": 0.2}
    )
    assert (stated.by_theme, stated.estimated) == (
        {"carers": 80, "disability": 20},
        False,
    )
    assert not theme_split(100, ["carers"]).estimated
    with pytest.raises(ValueError, match="theme split: found"):
        theme_split(100, ["carers"], {"disability": 1.0})


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2012, 4, 1), date(2013, 4, 1), 12),
        (date(2012, 4, 2), date(2013, 4, 1), 11),
        (date(2012, 2, 29), date(2013, 2, 28), 12),
        (date(2012, 3, 31), date(2012, 4, 30), 1),
        (date(2014, 1, 1), date(2013, 4, 1), -9),
    ],
)
def test_whole_months(earlier: date, later: date, months: int) -> None:
    assert months_between(earlier, later) == months


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 600))
def test_months_between_undoes_add_months(day: date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months


def test_the_financial_year_turns_on_the_first_of_april() -> None:
    assert financial_year(date(2014, 3, 31)) == "2013-14"
    assert financial_year(date(2014, 4, 1)) == "2014-15"
    assert financial_year(date(1999, 4, 1)) == "1999-00"
    assert financial_years(date(2013, 3, 31), date(2014, 4, 1)) == [
        "2012-13",
        "2013-14",
        "2014-15",
    ]
    assert (
        common_days(
            date(2013, 1, 1),
            date(2013, 3, 31),
            date(2013, 3, 31),
            date(2014, 1, 1),
        )
        == 1
    )
