"""C5: is the project's share of its theme's spend in proportion to its areas' share of the theme's need? A
flag only.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearlink.rules.codes import DeliveryModel, Reason, Result
from clearlink.rules.link.outcome import Outcome, outcome
from clearlink.rules.need.cuts import reaches
from clearlink.rules.settings import Settings


@dataclass(frozen=True, slots=True)
class ProportionEvidence:
    """The project's value in pounds a year, its share of the theme's spend and its areas' share of the
    theme's need (0 to 1).
    """

    annual_value_gbp: float | None
    spend_share: float | None
    need_share: float | None
    delivery_model: DeliveryModel | None = None
    fixed_cost: bool = False


def c5_proportionality(
    evidence: ProportionEvidence,
    settings: Settings,
) -> Outcome:
    """Spend share ÷ need share: met from half to double, partly to a third and three times, flagged beyond.

    Not asked of refuges and other services whose cost is fixed, nor under the minimum value. It never changes
    a verdict.
    """
    if (
        evidence.fixed_cost
        or evidence.delivery_model is DeliveryModel.CONFIDENTIAL
    ):
        return outcome(Result.NOT_APPLICABLE, Reason.C5_FIXED)
    if evidence.annual_value_gbp is None:
        return outcome(Result.NO_EVIDENCE, Reason.C5_BLANK)
    if evidence.annual_value_gbp < settings.proportion_min_value_gbp:
        return outcome(
            Result.NOT_APPLICABLE,
            Reason.C5_SMALL,
            annual_value_gbp=evidence.annual_value_gbp,
            min_value_gbp=settings.proportion_min_value_gbp,
        )
    if (
        evidence.spend_share is None
        or evidence.need_share is None
        or evidence.need_share <= 0
    ):
        return outcome(
            Result.NOT_ASSESSABLE,
            Reason.C5_NONEED,
            spend_share=evidence.spend_share,
        )
    ratio = evidence.spend_share / evidence.need_share
    return outcome(
        *_by_ratio(ratio, settings),
        ratio=ratio,
        spend_share=evidence.spend_share,
        need_share=evidence.need_share,
    )


def _by_ratio(ratio: float, settings: Settings) -> tuple[Result, Reason]:
    if _between(
        ratio, settings.proportion_met_low, settings.proportion_met_high
    ):
        return Result.MET, Reason.C5_OK
    if _between(
        ratio, settings.proportion_partly_low, settings.proportion_partly_high
    ):
        return Result.PARTLY, Reason.C5_WATCH
    return Result.NOT_MET, Reason.C5_FLAG


def _between(
    ratio: float,
    low: float,
    high: float,
) -> bool:
    return reaches(ratio, low) and reaches(high, ratio)
