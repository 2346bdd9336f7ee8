"""The draws of a build are made once for the same figures, and are those that would have been made anew."""

from __future__ import annotations

import numpy as np
import pytest

from clearlink.rules.fairness.sensitivity import redrawn_need
from clearlink.warehouse.law import catalogue_law
from etl.build import draws as module
from etl.build.draws import Draws

LAW = catalogue_law()
NEED, AT_RISK = np.array([40.0, 3.0, 900.0]), np.array([400.0, 30.0, 1800.0])


def test_the_same_figures_are_drawn_once_and_others_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int] = []

    def counted(*given: object, **named: object) -> object:
        made.append(1)
        return redrawn_need(*given, **named)

    monkeypatch.setattr(module, "redrawn_need", counted)
    kept = Draws(LAW)
    first = kept.of(NEED, AT_RISK, None)
    assert (
        kept.of(NEED.copy(), AT_RISK.copy(), None) is first and len(made) == 1
    )
    assert np.array_equal(first, redrawn_need(NEED, AT_RISK, LAW))
    limits = (NEED * 0.9, NEED * 1.1)
    assert np.array_equal(
        kept.of(NEED, AT_RISK, limits),
        redrawn_need(NEED, AT_RISK, LAW, limits=limits),
    )
    other = kept.of(NEED[::-1], AT_RISK[::-1], None)
    assert (
        np.array_equal(other, redrawn_need(NEED[::-1], AT_RISK[::-1], LAW))
        and len(made) == 3
    )
