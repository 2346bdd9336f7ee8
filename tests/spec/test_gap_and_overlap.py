"""Classes of relative provision, and when two projects are asked about together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import rows, yes

from clearlink.rules.gap.gap import (
    GapClass,
    bivariate_terciles,
    gap_class,
    money_to_move_gbp,
    provision,
)
from clearlink.rules.gap.overlap import (
    OverlapKind,
    Served,
    jaccard,
    overlap,
    overlap_coefficient,
)
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()


@pytest.mark.parametrize(
    "case",
    rows("gap_class_cases"),
    ids=lambda c: f"{c['expected_class']} q={c['relative_provision']}",
)
def test_gap_class_cases(case: dict[str, str]) -> None:
    answer = gap_class(
        high_need=yes(case["high_need"]),
        relative_provision=float(case["relative_provision"]),
        people_in_need=float(case["people_in_need"]),
        need_crosses_cut=yes(case["need_ci_crosses_cut"]),
        unplaced_share=float(case["unplaced_share"]),
        settings=LAW,
    )
    assert answer == case["expected_class"]


@pytest.mark.parametrize(
    ("what", "changes", "says"),
    [
        (
            "an area-wide service stands in for no provision",
            {"has_area_wide_service": True},
            "AREA_WIDE_ONLY",
        ),
        (
            "but not for low need",
            {"has_area_wide_service": True, "high_need": False},
            "LOW_NEED_LOW_PROVISION",
        ),
        ("ten people are enough", {"people_in_need": 10.0}, "NO_PROVISION"),
        (
            "their number is not known",
            {"people_in_need": None},
            "NOT_SHOWN_SMALL",
        ),
        (
            "a quarter unplaced is allowed",
            {"unplaced_share": 0.25},
            "NO_PROVISION",
        ),
        (
            "twice the share exactly",
            {"relative_provision": 2.0, "high_need": False},
            "ABOVE_SHARE",
        ),
        (
            "0.8 that arrives as 0.7999999999999999",
            {"relative_provision": 0.7999999999999999},
            "MATCHED",
        ),
    ],
)
def test_overrides_and_edges(
    what: str, changes: dict[str, object], says: str
) -> None:
    base: dict[str, object] = {
        "high_need": True,
        "relative_provision": 0.0,
        "people_in_need": 60.0,
        "need_crosses_cut": False,
        "unplaced_share": 0.0,
    }
    assert gap_class(**{**base, **changes}, settings=LAW) is GapClass(says), (
        what
    )  # type: ignore[arg-type]


def test_relative_provision_and_gap() -> None:
    areas = {
        a.area_code: a
        for a in provision({"A": 100, "B": 300, "C": 0}, {"A": 3000, "B": 1000})
    }
    assert (areas["A"].relative_provision, areas["A"].gap_gbp) == (3.0, -2000.0)
    assert areas["B"].relative_provision == pytest.approx(1 / 3)
    assert areas["C"].relative_provision is None
    assert money_to_move_gbp(areas.values()) == 2000.0


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 10**6)),
        min_size=1,
        max_size=20,
    )
)
def test_gaps_sum_to_zero(areas: list[tuple[int, int]]) -> None:
    need = {str(i): float(people) for i, (people, _) in enumerate(areas)}
    spend = {str(i): float(pounds) for i, (_, pounds) in enumerate(areas)}
    if sum(need.values()):
        assert sum(
            area.gap_gbp for area in provision(need, spend)
        ) == pytest.approx(0, abs=1e-3)


def test_spend_where_need_is_not_known_is_refused_not_dropped() -> None:
    with pytest.raises(ValueError, match="found in \\['X'\\]"):
        provision({"A": 10}, {"A": 5, "X": 5})


def test_bivariate_thirds() -> None:
    need = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "hidden": 9}
    spend = {"a": 6, "b": 5, "c": 4, "d": 3, "e": 2, "f": 1}
    assert bivariate_terciles(need, spend) == {
        "a": (1, 3),
        "b": (1, 3),
        "c": (2, 2),
        "d": (2, 2),
        "e": (3, 1),
        "f": (3, 1),
    }
    assert {
        third
        for third, _ in bivariate_terciles(
            dict.fromkeys("abc", 7.0), dict.fromkeys("abc", 1.0)
        ).values()
    } == {2}


PEOPLE = {"L1": 375.0, "L2": 125.0, "L3": 500.0, "L4": 250.0, "L5": 124.0}


def project(name: str, areas: str, **changes: object) -> Served:
    """A targeted service for young carers in 2013-14, with what a case changes."""
    base: dict[str, object] = {
        "theme_ids": frozenset({"carers"}),
        "target_group": "young_carers",
        "tier": "targeted",
        "start": date(2013, 4, 1),
        "end": date(2014, 3, 31),
    }
    return Served(
        project_id=name,
        people={a: PEOPLE[a] for a in areas.split()},
        **{**base, **changes},
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "other", "kind"),
    [
        ("same tier", project("B", "L1 L3"), "POSSIBLE_DUPLICATION"),
        ("another tier", project("B", "L1 L3", tier="intensive"), "LAYERED"),
        (
            "tier not recorded",
            project("B", "L1 L3", tier=None),
            "POSSIBLE_DUPLICATION",
        ),
        (
            "another target group",
            project("B", "L1 L3", target_group="parents"),
            None,
        ),
        (
            "another theme",
            project("B", "L1 L3", theme_ids=frozenset({"disability"})),
            None,
        ),
        ("nowhere in common", project("B", "L3 L4"), None),
        (
            "a quarter of the smaller catchment: 125 of 500",
            project("B", "L2 L3"),
            "POSSIBLE_DUPLICATION",
        ),
        (
            "90 common days",
            project("B", "L1", start=date(2014, 1, 1)),
            "POSSIBLE_DUPLICATION",
        ),
        ("89 common days", project("B", "L1", start=date(2014, 1, 2)), None),
    ],
)
def test_overlap(what: str, other: Served, kind: str | None) -> None:
    one = project("A", "L1 L2")
    found = overlap(one, other, LAW)
    assert found == overlap(other, one, LAW)
    assert (found.kind if found else None) == (
        OverlapKind(kind) if kind else None
    ), what


def test_under_a_quarter_of_the_smaller_catchment_is_not_asked_about() -> None:
    assert (
        overlap(project("A", "L5 L1"), project("B", "L5 L3"), LAW) is None
    )  # 124 of 499


def test_coefficient_and_jaccard() -> None:
    a, b = {"L1": 400.0, "L2": 100.0}, {"L2": 100.0, "L4": 100.0}
    assert overlap_coefficient(a, b) == 0.5
    assert jaccard(a, b) == pytest.approx(1 / 6)
    assert overlap_coefficient(a, {}) == 0.0


@pytest.mark.parametrize("relative", [None, 0.0, 0.3, 1.0, 4.0])
@pytest.mark.parametrize("high_need", [True, False])
def test_what_nobody_loaded_is_not_known_whatever_is_recorded(
    relative: float | None, high_need: bool
) -> None:
    found = gap_class(
        high_need=high_need,
        relative_provision=relative,
        people_in_need=400.0,
        need_crosses_cut=False,
        unplaced_share=0.0,
        settings=catalogue_law(),
        is_known=False,
    )
    assert found is GapClass.NOT_KNOWN
