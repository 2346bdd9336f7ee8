"""C6 to C8: engagement, review and outcomes, decision trail. They inform a committee and never change a
verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clearlink.rules.codes import FieldState, Reason, Result
from clearlink.rules.dates import months_between
from clearlink.rules.link.outcome import Outcome, outcome
from clearlink.rules.settings import Settings


@dataclass(frozen=True, slots=True)
class EngagementEvidence:
    """Who was engaged, when and what changed. `children_engaged` is None when the record does not say."""

    state: FieldState
    decision_date: date | None
    engaged_on: date | None = None
    engaged_with: str | None = None
    what_changed: str | None = None
    for_children: bool = False
    children_engaged: bool | None = None


def c6_engagement(evidence: EngagementEvidence) -> Outcome:
    """Met with a date before the decision, who, and what changed; children among them where the service is
    for children.
    """
    if not (
        evidence.engaged_on or evidence.engaged_with or evidence.what_changed
    ):
        return _without_engagement(evidence.state)
    facts = {
        "engaged_on": evidence.engaged_on,
        "engaged_with": evidence.engaged_with,
    }
    if evidence.engaged_on is None or evidence.decision_date is None:
        return outcome(Result.PARTLY, Reason.C6_UNDATED, **facts)
    if evidence.engaged_on > evidence.decision_date:
        return outcome(
            Result.NOT_MET,
            Reason.C6_AFTER,
            decision_date=evidence.decision_date,
            **facts,
        )
    return _engaged_before(evidence, facts)


def _without_engagement(state: FieldState) -> Outcome:
    """No engagement is recorded: there was none, nobody answered, or nobody has said."""
    if state == FieldState.CONFIRMED_NONE:
        return outcome(Result.NOT_MET, Reason.C6_NONE)
    asked = state == FieldState.REQUESTED_NOT_SUPPLIED
    return outcome(
        Result.NO_EVIDENCE,
        Reason.C6_REQ if asked else Reason.C6_BLANK,
    )


def _engaged_before(
    evidence: EngagementEvidence,
    facts: Mapping[str, object],
) -> Outcome:
    """What an engagement before the decision comes to, by what is said of it."""
    if not (evidence.engaged_with and evidence.what_changed):
        return outcome(Result.PARTLY, Reason.C6_GENERIC, **facts)
    if evidence.for_children and evidence.children_engaged is not True:
        return outcome(Result.PARTLY, Reason.C6_CHILDREN, **facts)
    return outcome(
        Result.MET,
        Reason.C6_OK,
        what_changed=evidence.what_changed,
        **facts,
    )


@dataclass(frozen=True, slots=True)
class ReviewEvidence:
    """Outcomes recorded in the programme's framework and the last review, as known on `as_of`."""

    outcomes_state: FieldState
    start: date | None
    end: date | None
    as_of: date
    has_outcomes: bool = False
    last_review: date | None = None


def c7_review(evidence: ReviewEvidence, settings: Settings) -> Outcome:
    """For a project running over a year: outcomes and a review in the last 15 months, met; outcomes only,
    partly.

    A project that has ended is judged as on its last day. A review dated after the day asked about does not
    count.
    """
    if evidence.start is None:
        return outcome(Result.NO_EVIDENCE, Reason.C7_BLANK)
    day = min(evidence.as_of, evidence.end) if evidence.end else evidence.as_of
    running_months = months_between(evidence.start, day)
    if running_months <= settings.running_months:
        return outcome(
            Result.NOT_APPLICABLE, Reason.C7_NEW, running_months=running_months
        )
    if not evidence.has_outcomes:
        return _without_outcomes(evidence.outcomes_state)
    reviewed = evidence.last_review
    if _is_recent(reviewed, day, evidence.as_of, settings):
        return outcome(Result.MET, Reason.C7_OK, last_review=reviewed)
    return outcome(Result.PARTLY, Reason.C7_NOREVIEW, last_review=reviewed)


def _is_recent(
    reviewed: date | None,
    day: date,
    as_of: date,
    settings: Settings,
) -> bool:
    """Whether a review was done by the day asked about, and not long before the day judged on."""
    if reviewed is None or reviewed > as_of:
        return False
    return months_between(reviewed, day) <= settings.review_months


def _without_outcomes(state: FieldState) -> Outcome:
    """No outcomes are recorded: there were none, nobody answered, or nobody has said."""
    if state == FieldState.CONFIRMED_NONE:
        return outcome(Result.NOT_MET, Reason.C7_NONE)
    asked = state == FieldState.REQUESTED_NOT_SUPPLIED
    return outcome(
        Result.NO_EVIDENCE,
        Reason.C7_REQ if asked else Reason.C7_BLANK,
    )


@dataclass(frozen=True, slots=True)
class TrailEvidence:
    """Who approved the project, when it was decided, and the route to award."""

    approver: str | None
    decision_date: date | None
    route_to_award: str | None


def c8_decision_trail(evidence: TrailEvidence) -> Outcome:
    """Met with all three of who, when and how; partly with one or two."""
    known = {
        "approver": evidence.approver,
        "decision_date": evidence.decision_date,
        "route_to_award": evidence.route_to_award,
    }
    missing = [name for name, value in known.items() if not value]
    if len(missing) == len(known):
        return outcome(Result.NO_EVIDENCE, Reason.C8_BLANK)
    if missing:
        return outcome(
            Result.PARTLY,
            Reason.C8_SOME,
            missing=missing,
            **known,
        )
    return outcome(Result.MET, Reason.C8_OK, **known)
