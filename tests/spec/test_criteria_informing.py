"""C5 to C8, confidence, and the edition in force."""

from __future__ import annotations

from datetime import date

import pytest

from clearlink.rules.codes import (
    DeliveryModel,
    FieldState,
    Reason,
    Result,
    Verdict,
)
from clearlink.rules.link.confidence import (
    Confidence,
    Downgrade,
    confidence,
    downgrades,
)
from clearlink.rules.link.criteria import (
    EngagementEvidence,
    ProportionEvidence,
    ReviewEvidence,
    TrailEvidence,
    c5_proportionality,
    c6_engagement,
    c7_review,
    c8_decision_trail,
)
from clearlink.rules.link.outcome import outcome
from clearlink.rules.need.editions import Edition, edition_in_force
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()
DECIDED = date(2013, 4, 1)


@pytest.mark.parametrize(
    ("spend_share", "need_share", "value_gbp", "model", "result", "reason"),
    [
        (0.10, 0.10, 50_000, "place_based", "MET", "C5-OK"),
        (0.20, 0.10, 50_000, "place_based", "MET", "C5-OK"),
        (0.05, 0.10, 50_000, "place_based", "MET", "C5-OK"),
        (0.30, 0.10, 50_000, "place_based", "PARTLY", "C5-WATCH"),
        (0.04, 0.12, 50_000, "place_based", "PARTLY", "C5-WATCH"),
        (0.31, 0.10, 50_000, "place_based", "NOT_MET", "C5-FLAG"),
        (0.03, 0.12, 50_000, "place_based", "NOT_MET", "C5-FLAG"),
        (0.31, 0.10, 24_999, "place_based", "NOT_APPLICABLE", "C5-SMALL"),
        (0.31, 0.10, 25_000, "place_based", "NOT_MET", "C5-FLAG"),
        (0.31, 0.10, 50_000, "confidential", "NOT_APPLICABLE", "C5-FIXED"),
        (0.31, None, 50_000, "place_based", "NOT_ASSESSABLE", "C5-NONEED"),
        (0.31, 0.10, None, "place_based", "NO_EVIDENCE", "C5-BLANK"),
    ],
)
def test_c5_proportionality(
    spend_share: float,
    need_share: float | None,
    value_gbp: float | None,
    model: str,
    result: str,
    reason: str,
) -> None:
    answer = c5_proportionality(
        ProportionEvidence(
            value_gbp, spend_share, need_share, DeliveryModel(model)
        ),
        LAW,
    )
    assert (answer.result, answer.reason) == (result, reason)


@pytest.mark.parametrize(
    (
        "state",
        "on",
        "who",
        "changed",
        "for_children",
        "children",
        "result",
        "reason",
    ),
    [
        (
            "provided",
            date(2013, 1, 9),
            "tenants' panel",
            "opening hours",
            False,
            None,
            "MET",
            "C6-OK",
        ),
        (
            "provided",
            date(2013, 1, 9),
            "parents",
            "opening hours",
            True,
            None,
            "PARTLY",
            "C6-CHILDREN",
        ),
        (
            "provided",
            date(2013, 1, 9),
            "school council",
            "opening hours",
            True,
            True,
            "MET",
            "C6-OK",
        ),
        (
            "provided",
            date(2013, 1, 9),
            "tenants' panel",
            None,
            False,
            None,
            "PARTLY",
            "C6-GENERIC",
        ),
        (
            "provided",
            None,
            "tenants' panel",
            "opening hours",
            False,
            None,
            "PARTLY",
            "C6-UNDATED",
        ),
        (
            "provided",
            date(2013, 6, 1),
            "tenants' panel",
            "opening hours",
            False,
            None,
            "NOT_MET",
            "C6-AFTER",
        ),
        ("confirmed_none", None, None, None, False, None, "NOT_MET", "C6-NONE"),
        ("blank", None, None, None, False, None, "NO_EVIDENCE", "C6-BLANK"),
        (
            "requested_not_supplied",
            None,
            None,
            None,
            False,
            None,
            "NO_EVIDENCE",
            "C6-REQ",
        ),
    ],
)
def test_c6_engagement(
    state: str,
    on: date | None,
    who: str | None,
    changed: str | None,
    for_children: bool,
    children: bool | None,
    result: str,
    reason: str,
) -> None:
    answer = c6_engagement(
        EngagementEvidence(
            FieldState(state), DECIDED, on, who, changed, for_children, children
        )
    )
    assert (answer.result, answer.reason) == (result, reason)


@pytest.mark.parametrize(
    ("as_of", "end", "outcomes", "review", "result", "reason"),
    [
        (
            date(2014, 4, 1),
            None,
            True,
            None,
            "NOT_APPLICABLE",
            "C7-NEW",
        ),  # twelve months exactly
        (
            date(2014, 5, 1),
            None,
            True,
            date(2013, 2, 1),
            "MET",
            "C7-OK",
        ),  # fifteen months ago exactly
        (
            date(2014, 5, 1),
            None,
            True,
            date(2013, 1, 1),
            "PARTLY",
            "C7-NOREVIEW",
        ),
        (date(2014, 5, 1), None, True, None, "PARTLY", "C7-NOREVIEW"),
        (
            date(2014, 5, 1),
            None,
            True,
            date(2014, 6, 1),
            "PARTLY",
            "C7-NOREVIEW",
        ),  # not held yet
        (
            date(2020, 5, 1),
            date(2015, 3, 31),
            True,
            date(2015, 1, 1),
            "MET",
            "C7-OK",
        ),  # judged at its end
        (
            date(2014, 5, 1),
            None,
            False,
            date(2014, 1, 1),
            "NO_EVIDENCE",
            "C7-BLANK",
        ),
    ],
)
def test_c7_review(
    as_of: date,
    end: date | None,
    outcomes: bool,
    review: date | None,
    result: str,
    reason: str,
) -> None:
    state = FieldState.PROVIDED if outcomes else FieldState.BLANK
    answer = c7_review(
        ReviewEvidence(state, DECIDED, end, as_of, outcomes, review), LAW
    )
    assert (answer.result, answer.reason) == (result, reason)


@pytest.mark.parametrize(
    ("approver", "decided", "route", "result"),
    [
        ("Cabinet", DECIDED, "tender", "MET"),
        ("Cabinet", None, "tender", "PARTLY"),
        (None, DECIDED, None, "PARTLY"),
        (None, None, None, "NO_EVIDENCE"),
    ],
)
def test_c8_decision_trail(
    approver: str | None, decided: date | None, route: str | None, result: str
) -> None:
    assert (
        c8_decision_trail(TrailEvidence(approver, decided, route)).result
        == result
    )


ALL = tuple(Downgrade)


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ((), "HIGH"),
        (ALL[:1], "MODERATE"),
        (ALL[:2], "LOW"),
        (ALL[:3], "VERY_LOW"),
        (ALL, "VERY_LOW"),
        (ALL[:1] * 3, "MODERATE"),
    ],
)
def test_confidence_steps_down_once_for_each_named_reason(
    named: tuple[Downgrade, ...], says: str
) -> None:
    assert confidence(named, Verdict.PARTIAL) is Confidence(says)


@pytest.mark.parametrize("named", [(), ALL[:1], ALL])
def test_nobody_is_sure_of_what_cannot_be_assessed(
    named: tuple[Downgrade, ...],
) -> None:
    assert confidence(named, Verdict.CANNOT_ASSESS) is Confidence.NONE


def test_confidence_names_every_downgrade_the_outcomes_carry() -> None:
    named = downgrades(
        outcome(Result.PARTLY, Reason.C1_WEAK),
        outcome(
            Result.PARTLY,
            Reason.C2_ANACHRONISTIC,
            observed_people=9.0,
            ratio_lower=1.2,
            ratio_upper=2.0,
            anachronistic=True,
            need_level="authority_only",
        ),
        outcome(Result.MET, Reason.C3_OK, sighted=False),
        split_estimated=True,
        settings=LAW,
    )
    assert named == ALL


WIMD = [
    Edition("2008", date(2008, 6, 1)),
    Edition("2011", date(2011, 8, 31)),
    Edition("2014", date(2014, 11, 26)),
    Edition("2019", date(2019, 11, 27)),
    Edition("2025", date(2025, 11, 27)),
]


def held(*names: str) -> list[Edition]:
    """The editions known, of which only those named are loaded."""
    return [Edition(e.name, e.published, e.name in names) for e in WIMD]


@pytest.mark.parametrize(
    ("loaded", "decided", "edition", "anachronistic"),
    [
        (
            ("2008", "2011", "2014", "2019", "2025"),
            date(2013, 4, 1),
            "2011",
            False,
        ),
        (
            ("2008", "2011", "2014", "2019", "2025"),
            date(2019, 11, 26),
            "2014",
            False,
        ),
        (
            ("2008", "2011", "2014", "2019", "2025"),
            date(2019, 11, 27),
            "2019",
            False,
        ),
        (
            ("2019", "2025"),
            date(2013, 4, 1),
            "2019",
            True,
        ),  # not loaded: the next later one
        (("2008", "2014"), date(2013, 4, 1), "2014", True),
        (("2019", "2025"), date(2003, 4, 1), "2019", True),  # before the first
        (
            ("2008",),
            date(2026, 4, 1),
            "2008",
            False,
        ),  # nothing later: out of date, but not hindsight
    ],
)
def test_the_edition_in_force_on_the_day_of_the_decision(
    loaded: tuple[str, ...], decided: date, edition: str, anachronistic: bool
) -> None:
    for order in (held(*loaded), held(*loaded)[::-1]):
        chosen = edition_in_force(order, decided)
        assert chosen is not None
        assert (chosen.edition.name, chosen.anachronistic) == (
            edition,
            anachronistic,
        )


def test_no_edition_loaded_means_no_edition() -> None:
    assert edition_in_force(held(), DECIDED) is None
