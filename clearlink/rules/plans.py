"""Plans: from an assessment to a priority, an action and a project, and what is missing on the way.

A plan that states no last day has no known end: that is said, and it is not called in force for ever. SQL
twin: plan_now and plan_action_now in etl/build/sql/build/projects.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clearlink.rules.dates import add_months


class PlanKind(StrEnum):
    """What a plan is, under the names that Wales has given such documents since 2011."""

    ACTION_PLAN = "action_plan"
    SINGLE_INTEGRATED_PLAN = "single_integrated_plan"
    WELLBEING_PLAN = "wellbeing_plan"
    AREA_PLAN = "area_plan"
    HSP_STRATEGY = "hsp_strategy"
    COMMISSIONING_PLAN = "commissioning_plan"
    DELIVERY_PLAN = "delivery_plan"
    ENGAGEMENT_STRATEGY = "engagement_strategy"
    INVOLVEMENT_PLAN = "involvement_plan"
    OTHER_PLAN = "other_plan"


class PlanState(StrEnum):
    """How a plan stands on a day."""

    IN_FORCE = "in_force"
    LAPSES_SOON = "lapses_soon"
    LAPSED = "lapsed"
    TO_COME = "to_come"
    NOT_DATED = "not_dated"


class Progress(StrEnum):
    """What the body says of an action."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


class ActionState(StrEnum):
    """How an action stands on a day."""

    DONE = "done"
    DROPPED = "dropped"
    LAPSED_PLAN = "lapsed_plan"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    NO_DAY = "no_day"


LAPSES_SOON_MONTHS = 6


def plan_state(
    day: date,
    valid_from: date | None,
    valid_to: date | None,
) -> PlanState:
    """How a plan stands on a day; both ends count. Its last day is not known: not dated, unless it is
    still to come.
    """
    if valid_from is not None and valid_from > day:
        return PlanState.TO_COME
    if valid_to is None:
        return PlanState.NOT_DATED
    if valid_to < day:
        return PlanState.LAPSED
    return (
        PlanState.LAPSES_SOON
        if valid_to < add_months(day, LAPSES_SOON_MONTHS)
        else PlanState.IN_FORCE
    )


def action_state(
    day: date,
    progress: str | None,
    by_when: date | None,
    plan: PlanState,
) -> ActionState:
    """How an action stands on a day. What is done or dropped stays so; nothing open outlives its plan."""
    if progress == Progress.DONE:
        return ActionState.DONE
    if progress == Progress.DROPPED:
        return ActionState.DROPPED
    if plan is PlanState.LAPSED:
        return ActionState.LAPSED_PLAN
    if by_when is None:
        return ActionState.NO_DAY
    return ActionState.OVERDUE if by_when < day else ActionState.ON_TIME


@dataclass(frozen=True, slots=True)
class Orphans:
    """What leads nowhere in a tree, both ways, each as identifiers in order."""

    priorities_without_action: tuple[str, ...]
    priorities_without_project: tuple[str, ...]
    actions_without_priority: tuple[str, ...]
    actions_without_project: tuple[str, ...]


def orphans(
    priorities: Iterable[str],
    actions: Mapping[str, str | None],
    action_projects: Mapping[str, Collection[str]],
    cited: Collection[str],
) -> Orphans:
    """`actions`: action → the priority it serves. `cited`: priorities that a project cites by itself.

    A priority has a project where one cites it, or where an action under it names one.
    """
    carried_out = {action for action in actions if action_projects.get(action)}
    acted_on = set(actions.values())
    reached = {actions[action] for action in carried_out} | set(cited)
    serving_none = (
        action for action, priority in actions.items() if not priority
    )
    listed = set(priorities)
    return Orphans(
        tuple(sorted(listed - acted_on)),
        tuple(sorted(listed - reached)),
        tuple(sorted(serving_none)),
        tuple(sorted(actions.keys() - carried_out)),
    )
