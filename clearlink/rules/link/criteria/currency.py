"""C4: how old was the newest evidence on the day of the decision?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from clearlink.rules.codes import Reason, Result
from clearlink.rules.dates import months_between
from clearlink.rules.link.outcome import Outcome, outcome
from clearlink.rules.settings import Settings


@dataclass(frozen=True, slots=True)
class EvidenceDate:
    """The last day that a piece of evidence describes, and whether its source moves slowly (the Census)."""

    reference_end: date
    slow_moving: bool = False
    source: str | None = None


def c4_currency(
    evidence: Collection[EvidenceDate],
    decision_date: date | None,
    settings: Settings,
) -> Outcome:
    """Met, ageing or old by whole months between the newest evidence behind C2 and C3 and the decision.

    Evidence that describes a time after the decision is set aside (no hindsight); only if all of it does is
    the result *not met, later than the decision*. Where two pieces end on the same day the slow-moving one is
    taken.
    """
    if decision_date is None:
        return outcome(Result.NO_EVIDENCE, Reason.C4_NODAY)
    if not evidence:
        return outcome(Result.NO_EVIDENCE, Reason.C4_BLANK)
    in_time = [
        dated for dated in evidence if dated.reference_end <= decision_date
    ]
    newest = max(
        in_time or evidence,
        key=lambda dated: (
            dated.reference_end,
            dated.slow_moving,
            dated.source or "",
        ),
    )
    age_months = months_between(newest.reference_end, decision_date)
    result, reason = (
        _by_age(age_months, newest.slow_moving, settings)
        if in_time
        else (Result.NOT_MET, Reason.C4_AFTER)
    )
    return outcome(
        result,
        reason,
        age_months=age_months,
        reference_end=newest.reference_end,
        slow_moving=newest.slow_moving,
        source=newest.source,
        decision_date=decision_date,
    )


def _by_age(
    age_months: int,
    slow_moving: bool,
    settings: Settings,
) -> tuple[Result, Reason]:
    """Met, ageing or old; what moves slowly ages slowly."""
    current, ageing = (
        (settings.slow_current_months, settings.slow_ageing_months)
        if slow_moving
        else (settings.current_months, settings.ageing_months)
    )
    if age_months <= current:
        return Result.MET, Reason.C4_OK
    if age_months <= ageing:
        return Result.PARTLY, Reason.C4_AGEING
    return Result.NOT_MET, Reason.C4_OLD
