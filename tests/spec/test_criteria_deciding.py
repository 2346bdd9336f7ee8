"""C1 to C4 against the law's own cases, and the cases the tables leave to the words of the method."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from tables import day, rows, yes

from clearlink.rules.codes import (
    DeliveryModel,
    FieldState,
    Fit,
    NeedLevel,
    Reason,
    Result,
    ThemeMatch,
)
from clearlink.rules.dates import request_unanswered
from clearlink.rules.link.criteria import (
    AreaEvidence,
    CitedPriority,
    DeclaredTheme,
    EvidenceDate,
    PriorityEvidence,
    ThemeEvidence,
    c1_theme,
    c2_area_targeting,
    c3_assessed_priority,
    c4_currency,
    theme_match,
    users_usable,
)
from clearlink.warehouse.law import catalogue_law

LAW = catalogue_law()
DECIDED = date(2013, 4, 1)


@pytest.mark.parametrize(
    ("state", "fits", "result", "reason"),
    [
        ("provided", ["good", "weak"], "MET", "C1-GOOD"),
        ("provided", ["weak"], "PARTLY", "C1-WEAK"),
        ("provided", [None], "PARTLY", "C1-WEAK"),
        ("confirmed_none", [], "NOT_MET", "C1-NONE"),
        ("requested_not_supplied", [], "REQUESTED_NOT_SUPPLIED", "C1-REQ"),
        ("blank", [], "NO_EVIDENCE", "C1-BLANK"),
        ("provided", [], "NO_EVIDENCE", "C1-BLANK"),
        ("withheld", [], "NO_EVIDENCE", "C1-WITHHELD"),
    ],
)
def test_c1_theme(
    state: str, fits: list[str | None], result: str, reason: str
) -> None:
    themes = tuple(
        DeclaredTheme(f"theme_{i}", Fit(fit) if fit else None)
        for i, fit in enumerate(fits)
    )
    answer = c1_theme(ThemeEvidence(FieldState(state), themes))
    assert (answer.result, answer.reason) == (result, reason)


@pytest.mark.parametrize(
    "case", rows("link_c2_area_cases"), ids=lambda case: case["case"]
)
def test_c2_area_cases(case: dict[str, str]) -> None:
    answer = c2_area_targeting(
        AreaEvidence(
            FieldState.PROVIDED,
            DeliveryModel.PLACE_BASED,
            observed_people=float(case["observed_need"]),
            expected_people=float(case["expected_need_at_regional_rate"]),
            served_fifth_share=float(case["top20_share_served"]),
            comparator_fifth_share=float(case["top20_share_region"]),
        ),
        LAW,
    )
    assert answer.result == case["expected_c2"]
    assert answer.facts["ratio"] == pytest.approx(
        float(case["ratio"]), abs=1e-8
    )
    assert answer.facts["ratio_lower"] == pytest.approx(
        float(case["ratio_lower95"]), abs=1e-8
    )
    assert answer.facts["ratio_upper"] == pytest.approx(
        float(case["ratio_upper95"]), abs=1e-8
    )
    assert answer.facts["targeting_ratio"] == pytest.approx(
        float(case["targeting_ratio"]), abs=1e-8
    )


def area(**changes: object) -> AreaEvidence:
    """Areas of clearly raised need, with what a case changes."""
    base: dict[str, object] = {
        "state": FieldState.PROVIDED,
        "delivery_model": DeliveryModel.PLACE_BASED,
        "observed_people": 260.0,
        "expected_people": 200.0,
        "served_fifth_share": 0.2,
        "comparator_fifth_share": 0.2,
    }
    return AreaEvidence(**{**base, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "changes", "result", "reason"),
    [
        ("raised need", {}, "MET", "C2-RATIO"),
        (
            "pockets reached",
            {"observed_people": 170.0, "served_fifth_share": 0.33},
            "MET",
            "C2-POCKETS",
        ),
        (
            "1.10 exactly counts",
            {"observed_people": 11000.0, "expected_people": 10000.0},
            "MET",
            "C2-RATIO",
        ),
        (
            "1.5 exactly counts",
            {"observed_people": 200.0, "served_fifth_share": 0.3},
            "MET",
            "C2-POCKETS",
        ),
        (
            "refuge, whatever its areas",
            {
                "delivery_model": DeliveryModel.CONFIDENTIAL,
                "state": FieldState.WITHHELD,
            },
            "NOT_APPLICABLE",
            "C2-PROTECTED",
        ),
        (
            "whole authority",
            {
                "delivery_model": DeliveryModel.AREA_WIDE,
                "state": FieldState.BLANK,
            },
            "NOT_APPLICABLE",
            "C2-AREAWIDE",
        ),
        (
            "floating, no user counts",
            {"delivery_model": DeliveryModel.DISPERSED},
            "NOT_APPLICABLE",
            "C2-DISPERSED",
        ),
        (
            "floating, with user counts",
            {"delivery_model": DeliveryModel.DISPERSED, "users_usable": True},
            "MET",
            "C2-RATIO",
        ),
        ("areas blank", {"state": FieldState.BLANK}, "NO_EVIDENCE", "C2-BLANK"),
        (
            "blank, no model recorded: no escape",
            {"state": FieldState.BLANK, "delivery_model": None},
            "NO_EVIDENCE",
            "C2-BLANK",
        ),
        (
            "asked and not supplied",
            {"state": FieldState.REQUESTED_NOT_SUPPLIED},
            "REQUESTED_NOT_SUPPLIED",
            "C2-REQ",
        ),
        (
            "need known by authority, areas smaller",
            {"need_level": NeedLevel.AUTHORITY_ONLY},
            "NOT_ASSESSABLE",
            "C2-LAONLY",
        ),
        (
            "need and service by authority",
            {"need_level": NeedLevel.AUTHORITY_ONLY, "below_authority": False},
            "MET",
            "C2-RATIO",
        ),
        (
            "no indicator held",
            {"need_level": NeedLevel.NOT_HELD},
            "NOT_ASSESSABLE",
            "C2-NOINDICATOR",
        ),
        (
            "indicator suppressed",
            {"need_level": NeedLevel.SUPPRESSED},
            "NOT_ASSESSABLE",
            "C2-SUPPRESSED",
        ),
        (
            "later edition caps at partly",
            {"anachronistic": True},
            "PARTLY",
            "C2-ANACHRONISTIC",
        ),
        (
            "later edition does not lift",
            {
                "anachronistic": True,
                "observed_people": 120.0,
                "served_fifth_share": 0.1,
            },
            "NOT_MET",
            "C2-ANACHRONISTIC",
        ),
        (
            "composite only, reached",
            {
                "observed_people": None,
                "expected_people": None,
                "served_fifth_share": 0.31,
            },
            "MET",
            "C2-COMPOSITE",
        ),
        (
            "composite only, average",
            {"observed_people": None, "expected_people": None},
            "PARTLY",
            "C2-COMPOSITE",
        ),
        (
            "composite only, missed",
            {
                "observed_people": None,
                "expected_people": None,
                "served_fifth_share": 0.1,
            },
            "NOT_MET",
            "C2-COMPOSITE",
        ),
        (
            "composite only, just outside the neediest fifth",
            {
                "observed_people": None,
                "expected_people": None,
                "served_fifth_share": 0.0,
                "served_half_share": 1.0,
            },
            "PARTLY",
            "C2-COMPOSITE",
        ),
        (
            "nothing to compare",
            {
                "observed_people": None,
                "expected_people": None,
                "served_fifth_share": None,
            },
            "NOT_ASSESSABLE",
            "C2-NOINDICATOR",
        ),
    ],
)
def test_c2_delivery_models_and_missing_need(
    what: str, changes: dict[str, object], result: str, reason: str
) -> None:
    answer = c2_area_targeting(area(**changes), LAW)
    assert (answer.result, answer.reason) == (result, reason), what


def cited(**changes: object) -> CitedPriority:
    """A priority that passes, with what a case changes."""
    base: dict[str, object] = {
        "priority_id": "P1",
        "kind": "population_assessment",
        "published": date(2012, 3, 1),
        "valid_to": date(2017, 3, 31),
        "theme_match": ThemeMatch.SAME,
        "area_covered": True,
        "priority_quoted": True,
        "page_given": True,
    }
    return CitedPriority(**{**base, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "case", rows("link_c3_priority_cases"), ids=lambda case: case["case"]
)
def test_c3_priority_cases(case: dict[str, str]) -> None:
    one = cited(
        published=day(case["doc_published"]),
        valid_to=day(case["doc_valid_to"]),
        theme_match=ThemeMatch(case["theme_match"]),
        area_covered=yes(case["area_covered"]),
        priority_quoted=yes(case["priority_quoted"]),
        page_given=yes(case["page_given"]),
    )
    state = FieldState(case["field_state"])
    evidence = PriorityEvidence(
        state,
        day(case["decision_date"]),
        (one,) if state is FieldState.PROVIDED else (),
    )
    answer = c3_assessed_priority(evidence, LAW)
    assert (answer.result, answer.reason) == (
        case["expected_c3"],
        case["expected_reason"],
    )


@pytest.mark.parametrize(
    ("what", "changes", "result", "reason"),
    [
        (
            "no theme in common",
            {"theme_match": ThemeMatch.NONE},
            "NOT_MET",
            "C3-THEME",
        ),
        (
            "no end stated: five years for a population assessment",
            {"valid_to": None, "published": date(2008, 4, 1)},
            "MET",
            "C3-OK",
        ),
        (
            "no end stated: one day over five years",
            {"valid_to": None, "published": date(2008, 3, 31)},
            "PARTLY",
            "C3-LAPSED",
        ),
        (
            "no end stated: three years for a plan",
            {
                "valid_to": None,
                "published": date(2009, 1, 1),
                "kind": "families_first_plan",
            },
            "NOT_MET",
            "C3-EXPIRED",
        ),
        (
            "published on the day of the decision",
            {"published": DECIDED},
            "MET",
            "C3-OK",
        ),
        (
            "document without a date",
            {"published": None, "valid_to": None},
            "PARTLY",
            "C3-UNDATED",
        ),
        (
            "no quoted priority",
            {"priority_quoted": False},
            "PARTLY",
            "C3-NOPAGE",
        ),
    ],
)
def test_c3_further_cases(
    what: str, changes: dict[str, object], result: str, reason: str
) -> None:
    answer = c3_assessed_priority(
        PriorityEvidence(FieldState.PROVIDED, DECIDED, (cited(**changes),)), LAW
    )
    assert (answer.result, answer.reason) == (result, reason), what


def test_c3_the_best_of_several_citations_counts_whatever_their_order() -> None:
    three = [
        cited(priority_id="A", published=date(2014, 1, 1)),
        cited(priority_id="B", page_given=False),
        cited(priority_id="C", sighted=True),
    ]
    for order in itertools.permutations(three):
        answer = c3_assessed_priority(
            PriorityEvidence(FieldState.PROVIDED, DECIDED, order), LAW
        )
        assert (
            answer.reason,
            answer.facts["priority_id"],
            answer.facts["sighted"],
        ) == (
            Reason.C3_OK,
            "C",
            True,
        )


def test_c3_decision_date_unknown_is_at_most_partly() -> None:
    answer = c3_assessed_priority(
        PriorityEvidence(FieldState.PROVIDED, None, (cited(),)), LAW
    )
    assert (answer.result, answer.reason) == (Result.PARTLY, Reason.C3_UNDATED)


@pytest.mark.parametrize(
    "case", rows("link_c4_currency_cases"), ids=lambda case: case["case"]
)
def test_c4_currency_cases(case: dict[str, str]) -> None:
    end = day(case["evidence_reference_end"])
    evidence = [EvidenceDate(end, yes(case["slow_moving"]))] if end else []
    answer = c4_currency(evidence, day(case["decision_date"]), LAW)
    assert (answer.result, answer.reason) == (
        case["expected_c4"],
        case["expected_reason"],
    )
    assert answer.facts.get("age_months") == (
        int(case["age_months"]) if case["age_months"] else None
    )


def test_c4_later_evidence_is_set_aside_when_there_is_evidence_in_time() -> (
    None
):
    both = [EvidenceDate(date(2014, 1, 1)), EvidenceDate(date(2011, 3, 31))]
    answer = c4_currency(both, DECIDED, LAW)
    assert (answer.reason, answer.facts["age_months"]) == (Reason.C4_OK, 24)


@pytest.mark.parametrize(
    ("themes", "priority_theme", "says"),
    [
        (["carers", "disability"], "disability", "same"),
        (["carers"], "family_support", "related"),
        (["family_support"], "carers", "related"),
        (["carers"], "disability", "none"),
        ([], "carers", "none"),
    ],
)
def test_whether_a_priority_is_about_the_projects_theme(
    themes: list[str], priority_theme: str, says: str
) -> None:
    assert theme_match(
        themes, priority_theme, {("family_support", "carers")}
    ) is ThemeMatch(says)


@pytest.mark.parametrize(
    ("users", "usable"),
    [
        ({"L1": 25, "L2": 10}, True),
        ({"L1": 25, "L2": 8}, True),
        ({"L1": 25, "L2": 7}, False),
        ({}, False),
    ],
)
def test_a_dispersed_service_is_tested_on_its_users_if_no_area_has_under_ten(
    users: dict[str, float], usable: bool
) -> None:
    assert users_usable(users, LAW) is usable


@pytest.mark.parametrize(
    ("recorded_on", "unanswered"),
    [(date(2013, 4, 28), False), (date(2013, 4, 29), True)],
)
def test_a_request_is_unanswered_after_28_days(
    recorded_on: date, unanswered: bool
) -> None:
    assert (
        request_unanswered(
            date(2013, 4, 1), recorded_on, LAW.evidence_wait_days
        )
        is unanswered
    )
