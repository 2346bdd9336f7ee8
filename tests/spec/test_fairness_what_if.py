"""What if: with the method's own supposition the answer is the served one, to the penny; and each lever
does what it says.
"""

from __future__ import annotations

import numpy as np
import pytest

from clearlink.rules.fairness.fairness_what_if import (
    AreaColumns,
    Supposition,
    supposed_fairness,
    supposed_need,
)
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()
AREAS = AreaColumns(
    np.array(["a", "b", "c", "d"]),
    np.array(["X", "X", "Y", "Y"]),
    np.array([100.0, 100, 100, 100]),
    np.array([40.0, 30, 20, 10]),
    np.array([100.0, 0, np.nan, 0]),
    {
        "population_at_risk": np.array([400.0, 300, 200, 100]),
        "population": np.array([250.0, 250, 250, 250]),
        "small_areas_only": np.zeros(4),
    },
    np.array([False, False, False, True]),
)


def test_money_in_proportion_to_need_has_nothing_to_move() -> None:
    found = supposed_fairness(AREAS, Supposition(), LAW)
    assert found is not None and found.measures[
        "money_to_move_gbp"
    ] == pytest.approx(0, abs=1e-9)


def test_placing_by_residents_moves_what_differs() -> None:
    found = supposed_fairness(AREAS, Supposition(placed_by="population"), LAW)
    # shares 0.25 each against 0.4 0.3 0.2 0.1
    assert found is not None and found.measures["hoover"] == pytest.approx(0.2)
    assert [a["gap_gbp"] for a in found.authorities] == pytest.approx(
        [200, -200]
    )


def test_need_between_the_two_definitions_mixes_their_shares() -> None:
    assert supposed_need(AREAS, Supposition(concentration=0.5))[
        [0, 1, 3]
    ] == pytest.approx([70, 15, 5])
    assert supposed_need(AREAS, Supposition(concentration=1))[
        [0, 1]
    ].tolist() == [
        100,
        0,
    ]


def test_a_rural_person_may_count_for_more() -> None:
    assert supposed_need(AREAS, Supposition(rural_cost=1.5)).tolist() == [
        40,
        30,
        20,
        15,
    ]


def test_no_money_is_no_answer() -> None:
    assert (
        supposed_fairness(AREAS, Supposition(placed_by="small_areas_only"), LAW)
        is None
    )
