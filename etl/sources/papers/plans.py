"""Plans, the actions they name, and what a person read in an assessment: CSV files checked as the register
is.

An action names its plan and may name the priority it serves and the projects that carry it out. An action
that is due after its plan has lapsed is loaded and marked: which of the two days is wrong only its owner
knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from clearlink.review.codes import Standard
from clearlink.rules.assessment_quality import Answer, Check
from clearlink.rules.plans import PlanKind, Progress
from etl.directory import Directory, folded
from etl.records import AssessmentCheck, Plan, PlanAction, Register
from etl.sources.papers.assessments import assessment_named, covered_by
from etl.sources.papers.paper_rows import accepted_rows, named_columns
from etl.sources.registers.register_cells import read_list
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import Table

PLAN_COLUMNS: Final = named_columns(
    "plan_id kind body area_code title",
    "valid_from valid_to assessment_id url is_illustrative",
)
ACTION_COLUMNS: Final = named_columns(
    "action_id plan_id what",
    "priority_id what_cy who by_when state for_children project_ids is_illustrative",
)
CHECK_COLUMNS: Final = named_columns(
    "check_id answer",
    "assessment_id engagement_id quotation page read_by read_on is_illustrative",
)
CHECKS: Final = (*Check, *Standard)


def read_plans(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """plans.csv: one row a plan. One that ends before it starts, or rests on an assessment that is not
    listed, is refused.
    """
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    register.plans = accepted_rows(
        table,
        PLAN_COLUMNS,
        directory,
        register,
        _plan,
        key="plan_id",
    )
    return register


def _plan(cells: RowReader) -> Plan:
    assessment_id = assessment_named(cells)
    la_code, region_code, covered = covered_by(cells)
    start, end = cells.date("valid_from"), cells.date("valid_to")
    cells.check_order("valid_to", start, end)
    return Plan(
        plan_id=cells.needed("plan_id"),
        kind=one_of(cells, "kind", PlanKind) or "",
        body=cells.needed("body"),
        la_code=la_code,
        region_code=region_code,
        area_codes=covered,
        title=cells.needed("title"),
        valid_from=start,
        valid_to=end,
        assessment_id=assessment_id,
        url=cells.text("url"),
        is_illustrative=cells.flag("is_illustrative"),
        source_ref=f"{cells.row.file}, row {cells.row.number}",
    )


def read_plan_actions(
    table: Table,
    directory: Directory,
    register_id: str,
    plans: Mapping[str, Plan] | None = None,
) -> Register:
    """plan_actions.csv: one row an action. An unknown plan, priority or project is refused. Without `plans`
    those that the directory holds are known (None: not checked).
    """
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    ends = (
        directory.plan_ends
        if plans is None
        else {plan_id: plan.valid_to for plan_id, plan in plans.items()}
    )

    def action(cells: RowReader) -> PlanAction:
        return _action(cells, ends)

    register.plan_actions = accepted_rows(
        table,
        ACTION_COLUMNS,
        directory,
        register,
        action,
        key="action_id",
    )
    return register


def _action(
    cells: RowReader,
    ends: Mapping[str, date | None] | None,
) -> PlanAction:
    plan_id = cells.known_id(
        "plan_id",
        cells.needed("plan_id"),
        ends,
        "plan_unknown",
    )
    priority_id = cells.known_id(
        "priority_id",
        cells.text("priority_id") or "",
        cells.directory.priority_ids,
        "priority_unknown",
    )
    named = dict.fromkeys(
        cells.known_project("project_ids", each)
        for each in read_list(cells.text("project_ids") or "")
    )
    by_when = cells.date("by_when")
    _warn_of_end(
        cells,
        by_when,
        (ends or {}).get(plan_id),
    )
    return PlanAction(
        action_id=cells.needed("action_id"),
        plan_id=plan_id,
        priority_id=priority_id or None,
        what=cells.needed("what"),
        what_cy=cells.text("what_cy"),
        who=cells.text("who"),
        by_when=by_when,
        progress=one_of(cells, "state", Progress),
        for_children=cells.flag("for_children"),
        project_ids=tuple(named),
        is_illustrative=cells.flag("is_illustrative"),
        source_ref=f"{cells.row.file}, row {cells.row.number}",
    )


def _warn_of_end(
    cells: RowReader,
    by_when: date | None,
    last_day: date | None,
) -> None:
    """Says of an action that is to be done after the last day of its plan."""
    if by_when and last_day and by_when > last_day:
        cells.warn(
            "by_when",
            "action_after_plan",
            end=last_day.isoformat(),
        )


def read_assessment_checks(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """assessment_checks.csv: one row an item of the checklist of an assessment or an engagement."""
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    one_item = ("assessment_id", "engagement_id", "check_id")
    register.assessment_checks = accepted_rows(
        table,
        CHECK_COLUMNS,
        directory,
        register,
        _check,
        key=one_item,
    )
    return register


def _check(cells: RowReader) -> AssessmentCheck:
    assessment_id = assessment_named(cells)
    engagement_id = cells.text("engagement_id")
    if bool(assessment_id) == bool(engagement_id):
        cells.refuse("assessment_id", "one_subject")
    checks = [str(each) for each in CHECKS]
    answers = [str(each) for each in (Answer.YES, Answer.PARTLY, Answer.NO)]
    return AssessmentCheck(
        subject="assessment" if assessment_id else "engagement",
        subject_id=assessment_id or engagement_id or "",
        check_id=_listed(cells, "check_id", checks) or "",
        answer=_listed(cells, "answer", answers) or "",
        quotation=cells.text("quotation"),
        page=cells.text("page"),
        read_by=cells.text("read_by"),
        read_on=cells.past_date("read_on"),
        is_illustrative=cells.flag("is_illustrative"),
        source_ref=f"{cells.row.file}, row {cells.row.number}",
    )


def one_of(
    cells: RowReader,
    column: str,
    kind: type[StrEnum],
) -> str | None:
    """A word of a closed list, whatever its capitals and spaces; one that is not in it is refused with the
    list.
    """
    return _listed(
        cells,
        column,
        [str(each) for each in kind],
    )


def _listed(
    cells: RowReader,
    column: str,
    words: list[str],
) -> str | None:
    text = cells.text(column)
    accepted = {folded(word): word for word in words}
    if text is None or folded(text) in accepted:
        return accepted[folded(text)] if text else None
    listed = ", ".join(words)
    cells.refuse(
        column,
        "choice_unknown",
        options=listed,
        options_cy=listed,
        nearest=cells.near(
            text,
            [*accepted],
        ),
    )
    return None
