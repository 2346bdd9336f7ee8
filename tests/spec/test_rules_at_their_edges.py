"""What a rule is given that it cannot answer, and what stands exactly at its edge."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from clearlink.rules.codes import Reason, Result
from clearlink.rules.dates import financial_year_bounds, financial_years
from clearlink.rules.fairness.fairness import hoover
from clearlink.rules.fairness.inequality import theil
from clearlink.rules.gap.gap import GapClass, gap_class, provision
from clearlink.rules.gap.overlap import (
    Overlap,
    OverlapKind,
    Served,
    jaccard,
    overlap,
    overlap_coefficient,
)
from clearlink.rules.link.confidence import Downgrade, downgrades
from clearlink.rules.link.outcome import Outcome
from clearlink.rules.need.composite import (
    Normalisation,
    checked_table,
    normalise,
)
from clearlink.rules.need.intervals import byar, empirical_bayes, exact_poisson
from clearlink.rules.need.need import share_in_most_deprived
from clearlink.rules.need.rank_intervals import rank_intervals
from clearlink.rules.programmes.family_columns import could_be_a_family
from clearlink.rules.settings import settings_from_toml
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()

REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("no financial year", lambda: financial_year_bounds("2013-15"), "2013-14"),
    ("nobody in need", lambda: hoover([0, 0], [1, 2]), "no need or no spend"),
    ("other lengths", lambda: theil(["A"], ["a"], [1, 2], [1, 2]), "one code"),
    ("nothing spent", lambda: theil(["A"], ["a"], [1], [0]), "one code"),
    ("no table", lambda: checked_table([1, 2], [1]), "areas × indicators"),
    (
        "no weight",
        lambda: checked_table([[1, 2]], [1, 0]),
        "one weight above 0",
    ),
    ("fewer than none", lambda: byar(-1), "0 or more"),
    ("fewer than none, exactly", lambda: exact_poisson(-1), "0 or more"),
    ("nobody there", lambda: empirical_bayes([1], [0]), "without population"),
    ("more groups", lambda: share_in_most_deprived([1, 2], ["A"]), "one each"),
]


@pytest.mark.parametrize(
    ("ask", "told"),
    [(ask, told) for _, ask, told in REFUSED],
    ids=[r[0] for r in REFUSED],
)
def test_what_cannot_be_answered_is_refused_in_words(
    ask: Callable[[], object], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        ask()


def test_a_span_that_ends_before_it_begins_touches_no_year() -> None:
    assert financial_years(date(2024, 4, 1), date(2024, 3, 31)) == []


def test_an_indicator_that_nobody_has_stays_missing() -> None:
    for how in Normalisation:
        assert np.isnan(normalise([math.nan, math.nan], how)).all()
    ranks = rank_intervals([[math.nan], [math.nan]], [1.0], None, settings=LAW)
    assert all(np.isnan(getattr(ranks, name)).all() for name in ranks.__slots__)


@pytest.mark.parametrize(
    "heading", ["DOB", "Post code", "Enw", "ChildPostcode"]
)
def test_a_heading_that_could_be_a_person_by_itself(heading: str) -> None:
    assert could_be_a_family(heading)


def _class(**told: object) -> GapClass:
    plain: dict[str, object] = {
        "high_need": True,
        "relative_provision": 0.5,
        "people_in_need": 60.0,
        "need_crosses_cut": False,
        "unplaced_share": 0.0,
    }
    return gap_class(settings=LAW, **(plain | told))  # type: ignore[arg-type]


def test_an_area_is_not_called_short_where_a_value_is_not_known() -> None:
    assert _class(relative_provision=None) is GapClass.NOT_SHOWN_SMALL
    assert _class(unknown=1) is GapClass.NOT_SHOWN_UNKNOWN
    assert _class(unknown=1, relative_provision=1.0) is GapClass.MATCHED


def test_where_nobody_is_in_need_nothing_is_relative() -> None:
    (area,) = provision({"A": 0.0}, {"A": 50.0})
    assert (area.gbp_per_person_in_need, area.relative_provision) == (
        None,
        None,
    )
    assert area.gap_gbp == -50.0
    (small,) = provision({"A": 0.5}, {"A": 2.0})
    assert (small.gbp_per_person_in_need, small.relative_provision) == (
        4.0,
        1.0,
    )
    assert (small.people_in_need, small.spend_gbp) == (0.5, 2.0)
    (spare,) = provision({"A": 100.0}, {"A": 50.0})
    assert spare.relative_provision == 1.0, (
        "half a pound a person is a mean as well"
    )


def test_areas_without_need_are_named_five_at_most() -> None:
    with pytest.raises(
        ValueError, match=r"found in \['a', 'b', 'c', 'd', 'e'\],"
    ):
        provision({}, dict.fromkeys("abcdef", 1.0))


def test_shares_of_catchments_with_nobody_or_hardly_anybody() -> None:
    assert jaccard({}, {}) == 0.0
    assert jaccard({"A": 0.25}, {"A": 0.5}) == 0.5
    assert overlap_coefficient({"A": 0.25}, {"A": 0.5}) == 1.0


def test_an_overlap_tells_who_what_how_many_and_how_long() -> None:
    def served(name: str, *areas: str) -> Served:
        return Served(
            name,
            frozenset({"carers", "disability"}),
            "young_carers",
            "targeted",
            date(2013, 4, 1),
            date(2014, 3, 31),
            dict.fromkeys(areas, 100.0),
        )

    assert overlap(served("B", "L1", "L2"), served("A", "L1"), LAW) == Overlap(
        "A",
        "B",
        OverlapKind.POSSIBLE_DUPLICATION,
        ("carers", "disability"),
        100.0,
        365,
        1.0,
        0.5,
    )


@pytest.mark.parametrize(
    ("facts", "is_named"),
    [
        ({}, False),
        ({"observed_people": 500.0}, True),
        ({"observed_people": 500.0, "ratio_lower": 1.2}, True),
        ({"observed_people": 500.0, "ratio_upper": 1.2}, True),
        (
            {"observed_people": 500.0, "ratio_lower": 1.2, "ratio_upper": 1.5},
            False,
        ),
        (
            {"observed_people": 500.0, "ratio_lower": 0.5, "ratio_upper": 0.8},
            False,
        ),
        (
            {"observed_people": 500.0, "ratio_lower": 0.8, "ratio_upper": 1.2},
            True,
        ),
        (
            {"observed_people": 9.0, "ratio_lower": 1.2, "ratio_upper": 1.5},
            True,
        ),
    ],
)
def test_a_small_count_or_a_range_that_holds_one_takes_a_step(
    facts: dict[str, float], is_named: bool
) -> None:
    plain = Outcome(Result.MET, Reason.C3_OK, {})
    named = downgrades(
        plain,
        Outcome(Result.MET, Reason.C2_ANACHRONISTIC, facts),
        plain,
        split_estimated=False,
        settings=LAW,
    )
    assert named == ((Downgrade.SMALL_OR_WIDE,) if is_named else ())


def test_every_fault_of_the_settings_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="outside a section") as wrong:
        settings_from_toml(
            "stray = 1\n[a]\nwatch_cut = 1\n[b]\nwatch_cut = 2\n[life_years]\nlaw = 0\n"
        )
    told = str(wrong.value)
    assert "[b] watch_cut: found twice" in told
    assert "[life_years] law: found 0, expected whole years above 0" in told
