"""Plans: an assessment leads to a priority, an action and a project; what leads nowhere, and what has
lapsed, is said.
"""

from __future__ import annotations

from datetime import date

import pytest

from clearlink.rules.plans import (
    ActionState,
    Orphans,
    PlanState,
    action_state,
    orphans,
    plan_state,
)
from etl.pipeline.register import read_register_set
from etl.records import Register, Severity
from tests.registers import csv_of, directory, row

DAY = date(2026, 11, 23)
ASSESSMENTS = (
    "assessment_id,kind,body,area_code,title,published\n"
    "A1,wellbeing_assessment,Board,W06000016,Well-being assessment,2022-05-05\n"
)
PRIORITIES = "priority_id,assessment_id,theme_id,statement\nN1,A1,early_years,More help\n"
PLANS = "plan_id,kind,body,area_code,title,valid_from,valid_to,assessment_id"
ACTIONS = (
    "action_id,plan_id,priority_id,what,by_when,state,for_children,project_ids"
)


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (date(2023, 5, 1), date(2028, 5, 1), PlanState.IN_FORCE),
        (date(2023, 5, 1), date(2027, 5, 23), PlanState.IN_FORCE),
        (date(2023, 5, 1), date(2027, 5, 22), PlanState.LAPSES_SOON),
        (date(2023, 5, 1), DAY, PlanState.LAPSES_SOON),
        (date(2023, 5, 1), date(2026, 11, 22), PlanState.LAPSED),
        (date(2026, 11, 24), date(2030, 1, 1), PlanState.TO_COME),
        (date(2026, 11, 24), None, PlanState.TO_COME),
        (date(2023, 5, 1), None, PlanState.NOT_DATED),
        (None, date(2028, 5, 1), PlanState.IN_FORCE),
        (None, None, PlanState.NOT_DATED),
    ],
)
def test_how_a_plan_stands(
    start: date | None, end: date | None, state: PlanState
) -> None:
    assert plan_state(DAY, start, end) is state


@pytest.mark.parametrize(
    ("progress", "by_when", "plan", "state"),
    [
        ("done", date(2020, 1, 1), PlanState.LAPSED, ActionState.DONE),
        ("dropped", None, PlanState.IN_FORCE, ActionState.DROPPED),
        (
            "started",
            date(2027, 1, 1),
            PlanState.LAPSED,
            ActionState.LAPSED_PLAN,
        ),
        (None, None, PlanState.LAPSED, ActionState.LAPSED_PLAN),
        (
            "planned",
            date(2026, 11, 22),
            PlanState.IN_FORCE,
            ActionState.OVERDUE,
        ),
        ("planned", DAY, PlanState.IN_FORCE, ActionState.ON_TIME),
        (None, None, PlanState.NOT_DATED, ActionState.NO_DAY),
    ],
)
def test_how_an_action_stands(
    progress: str | None,
    by_when: date | None,
    plan: PlanState,
    state: ActionState,
) -> None:
    assert action_state(DAY, progress, by_when, plan) is state


def test_what_leads_nowhere_is_found_both_ways() -> None:
    found = orphans(
        ["N1", "N2", "N3", "N4"],
        {"X1": "N1", "X2": "N2", "X3": None, "X4": "N9"},
        {"X1": ["P1"], "X4": ["P2"]},
        cited={"N3"},
    )
    assert found == Orphans(
        priorities_without_action=("N3", "N4"),
        priorities_without_project=("N2", "N4"),
        actions_without_priority=("X3",),
        actions_without_project=("X2", "X3"),
    )


def read(plans: list[str], actions: list[str] | None = None) -> list[Register]:
    files = [
        (csv_of([row()]), "register.csv"),
        (ASSESSMENTS.encode(), "assessments.csv"),
        (PRIORITIES.encode(), "priorities.csv"),
        (("\n".join((PLANS, *plans)) + "\n").encode(), "plans.csv"),
    ]
    if actions is not None:
        files.append(
            (("\n".join((ACTIONS, *actions)) + "\n").encode(), "actions.csv")
        )
    return read_register_set(files, directory())


def problems(
    registers: list[Register], severity: Severity
) -> list[tuple[str, int | None, str]]:
    return [
        (p.file, p.row, p.code)
        for r in registers
        for p in r.problems
        if p.severity is severity
    ]


GOOD = "PL1,wellbeing_plan,Board,W06000016,Well-being plan,2023-05-05,2028-05-04,A1"


def test_a_plan_that_ends_before_it_starts_or_rests_on_nothing_is_refused() -> (
    None
):
    registers = read(
        [
            GOOD,
            "PL2,wellbeing_plan,Board,W06000016,Plan,2023-05-05,2022-05-04,A1",
            "PL3,wellbeing_plan,Board,W06000016,Plan,2023-05-05,2028-05-04,A9",
            "PL4,wish list,Board,W06000016,Plan,2023-05-05,2028-05-04,A1",
            "PL5,wellbeing_plan,Board,W06000016,Plan,2023-05-05,2028-05-04,A1",
            "PL5,wellbeing_plan,Board,W06000016,Another plan,2023-05-05,2028-05-04,A1",
        ]
    )
    assert [p.plan_id for r in registers for p in r.plans] == ["PL1"]
    assert problems(registers, Severity.REFUSED) == [
        ("plans.csv", 3, "end_before_start"),
        ("plans.csv", 4, "assessment_unknown"),
        ("plans.csv", 5, "choice_unknown"),
        ("plans.csv", 6, "duplicate_key"),
        ("plans.csv", 7, "duplicate_key"),
    ]


def test_an_action_of_an_unknown_plan_priority_or_project_is_refused() -> None:
    registers = read(
        [GOOD],
        [
            "X1,PL1,N1,Open a group,2026-01-01,started,yes,P-1",
            "X2,PL9,N1,Open a group,2026-01-01,started,no,",
            "X3,PL1,N9,Open a group,2026-01-01,started,no,",
            "X4,PL1,N1,Open a group,2026-01-01,started,no,P-9",
            "X5,PL1,,Open a group,2026-01-01,soon,no,",
        ],
    )
    (kept,) = (a for r in registers for a in r.plan_actions)
    assert (kept.priority_id, kept.project_ids, kept.for_children) == (
        "N1",
        ("P-1",),
        True,
    )
    assert problems(registers, Severity.REFUSED) == [
        ("actions.csv", 3, "plan_unknown"),
        ("actions.csv", 4, "priority_unknown"),
        ("actions.csv", 5, "project_unknown"),
        ("actions.csv", 6, "choice_unknown"),
    ]


def test_an_action_due_after_its_plan_has_lapsed_is_kept_and_marked() -> None:
    registers = read([GOOD], ["X1,PL1,N1,Open a group,2029-01-01,started,no,"])
    assert [a.action_id for r in registers for a in r.plan_actions] == ["X1"]
    assert problems(registers, Severity.WARNING) == [
        ("actions.csv", 2, "action_after_plan")
    ]


def test_a_checklist_row_is_of_one_subject_and_of_a_known_item() -> None:
    registers = read_register_set(
        [
            (ASSESSMENTS.encode(), "assessments.csv"),
            (
                b"assessment_id,engagement_id,check_id,answer,quotation,page\n"
                b"A1,,gaps,yes,Need is not met in two wards.,12\n"
                b",E01,feedback,no,,\n"
                b"A1,E01,gaps,yes,,\n"
                b"A9,,gaps,yes,,\n"
                b"A1,,spelling,yes,,\n"
                b"A1,,feedback,perhaps,,\n",
                "checks.csv",
            ),
        ],
        directory(),
    )
    kept = [
        (c.subject, c.subject_id, c.check_id, c.answer)
        for r in registers
        for c in r.assessment_checks
    ]
    assert kept == [
        ("assessment", "A1", "gaps", "yes"),
        ("engagement", "E01", "feedback", "no"),
    ]
    assert problems(registers, Severity.REFUSED) == [
        ("checks.csv", 4, "one_subject"),
        ("checks.csv", 5, "assessment_unknown"),
        ("checks.csv", 6, "choice_unknown"),
        ("checks.csv", 7, "choice_unknown"),
    ]


def test_a_checklist_is_not_read_after_today() -> None:
    rows = b"assessment_id,check_id,answer,read_on\nA1,gaps,yes,2099-01-01\nA1,feedback,no,2024-01-01\n"
    registers = read_register_set(
        [(ASSESSMENTS.encode(), "assessments.csv"), (rows, "checks.csv")],
        directory(),
    )
    assert [c.check_id for r in registers for c in r.assessment_checks] == [
        "feedback"
    ]
    assert [
        (file, row) for file, row, _ in problems(registers, Severity.REFUSED)
    ] == [("checks.csv", 2)]


def test_two_answers_to_one_item_are_none_and_a_copy_is_one() -> None:
    rows = (
        b"assessment_id,engagement_id,check_id,answer\n"
        b"A1,,gaps,yes\nA1,,gaps,no\nA1,,feedback,no\nA1,,feedback,no\n,E01,gaps,yes\n"
    )
    registers = read_register_set(
        [(ASSESSMENTS.encode(), "assessments.csv"), (rows, "checks.csv")],
        directory(),
    )
    kept = [
        (c.subject_id, c.check_id, c.answer)
        for r in registers
        for c in r.assessment_checks
    ]
    assert kept == [("A1", "feedback", "no"), ("E01", "gaps", "yes")]
    assert [
        (file, row) for file, row, _ in problems(registers, Severity.REFUSED)
    ] == [
        ("checks.csv", 2),
        ("checks.csv", 3),
    ]
