"""Without one project: the quick way of the build equals taking the project out and measuring again."""

from __future__ import annotations

import numpy as np
import pytest

from clearlink.rules.fairness.fairness import curve, hoover, neediest_shares
from clearlink.rules.fairness.leave_one_out import Placed, without_each

FIFTH = 0.2


def test_worked_by_hand() -> None:
    # Two areas with one person in need each; P has £30 in the first, Q £10 in the second.
    found = without_each(
        np.array([1.0, 1.0]),
        np.array([30.0, 10.0]),
        np.array([5.0, 5.0]),
        Placed(np.array([0, 1]), np.array([0, 1]), np.array([30.0, 10.0])),
        2,
        neediest_share=FIFTH,
    )
    # without P all £10 are in the second area: half would move; without Q all £30 are in the first
    assert found.hoover == pytest.approx([0.5, 0.5])
    assert found.money_to_move_gbp == pytest.approx([5, 15])
    assert found.left_gbp == pytest.approx([10, 30])


def test_equals_measuring_again_on_two_hundred_registers() -> None:
    draw = np.random.default_rng(20131)
    for _ in range(200):
        areas, projects = int(draw.integers(3, 30)), int(draw.integers(2, 12))
        money = draw.gamma(1, 1_000, (projects, areas)) * (
            draw.random((projects, areas)) < 0.3
        )
        money[:, 0] += 1
        need = draw.integers(0, 40, areas).astype(float) + (
            np.arange(areas) == 0
        )
        people = (
            need * 4
            if draw.random() < 0.3
            else need + draw.integers(1, 200, areas)
        )
        money[:, people == 0] = 0
        project, area = np.nonzero(money)
        found = without_each(
            need,
            money.sum(axis=0),
            people,
            Placed(project, area, money[project, area]),
            projects,
            neediest_share=FIFTH,
        )
        for at in range(projects):
            left = money.sum(axis=0) - money[at]
            assert found.hoover[at] == pytest.approx(
                hoover(need, left), abs=1e-9
            )
            assert found.money_to_move_gbp[at] == pytest.approx(
                hoover(need, left) * left.sum(), abs=0.005
            )
            assert found.share_to_neediest_fifth[at] == pytest.approx(
                neediest_shares(curve(need, left, people), FIFTH)[0], abs=1e-9
            )


def test_a_region_that_rests_on_one_project_has_no_number_without_it() -> None:
    found = without_each(
        np.array([1.0, 3.0]),
        np.array([7.0, 0.0]),
        np.array([5.0, 5.0]),
        Placed(np.array([0]), np.array([0]), np.array([7.0])),
        1,
        neediest_share=FIFTH,
    )
    assert (
        np.isnan(found.hoover).all()
        and np.isnan(found.share_to_neediest_fifth).all()
    )
