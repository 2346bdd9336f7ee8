"""C2: are the areas served areas of raised need, on what was known at the decision?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clearlink.rules.codes import (
    DeliveryModel,
    FieldState,
    NeedLevel,
    Reason,
    Result,
)
from clearlink.rules.link.outcome import Outcome, outcome
from clearlink.rules.need.cuts import exceeds, reaches
from clearlink.rules.need.intervals import count_limits
from clearlink.rules.settings import Settings

# Observed ÷ expected and its 95% limits, which are None where the need came without any.
Ratio = tuple[float, float | None, float | None]


_NO_NEED = {
    NeedLevel.NOT_HELD: Reason.C2_NOINDICATOR,
    NeedLevel.SUPPRESSED: Reason.C2_SUPPRESSED,
    NeedLevel.AUTHORITY_ONLY: Reason.C2_LAONLY,
}


@dataclass(frozen=True, slots=True)
class AreaEvidence:
    """The areas served and the need in them, at the edition in force.

    `observed_people` is the sum over the areas of population at risk × need rate; `expected_people` is the
    same population at the rate of the comparator (the region; Wales for a service that covers a whole
    authority). Both None when only a composite exists. `served_fifth_share` and `comparator_fifth_share` are
    the shares of population at risk that live in the comparator's neediest fifth; `served_half_share` is the
    share that live in its needier half, used only where a composite is all there is. `has_range` is False
    where the need is a rate that came without limits; `observed_limits` are the publisher's, in people, where
    it gives them: a survey asked some, so the spread of a count is not its own. `users_usable`: a dispersed
    service supplied its users by area, all cells large enough.
    """

    state: FieldState
    delivery_model: DeliveryModel | None = None
    users_usable: bool = False
    below_authority: bool = True
    need_level: NeedLevel = NeedLevel.SMALL_AREA
    observed_people: float | None = None
    expected_people: float | None = None
    served_fifth_share: float | None = None
    comparator_fifth_share: float | None = None
    served_half_share: float | None = None
    edition: str | None = None
    anachronistic: bool = False
    comparator: str | None = None
    has_range: bool = True
    observed_limits: tuple[float, float] | None = None


def c2_area_targeting(evidence: AreaEvidence, settings: Settings) -> Outcome:
    """Met if need is clearly and materially above the comparator's, or if the neediest fifth is reached well
    beyond its share.

    Observed ÷ expected with 95% limits (the publisher's; of counts Byar's, exact Poisson on small ones) and
    the targeting ratio s ÷ b; thresholds in
    `settings`. A later edition caps the result at partly. A delivery model must be recorded for the test not
    to apply.
    """
    early = _not_tested(evidence)
    if early is not None:
        return early
    ratio = _ratio(evidence, settings)
    targeting = _targeting(evidence)
    if ratio is None and targeting is None:
        return outcome(
            Result.NOT_ASSESSABLE,
            Reason.C2_NOINDICATOR,
            edition=evidence.edition,
        )
    judged, judged_for = judge_area(
        ratio, targeting, settings, half=evidence.served_half_share
    )
    result, reason, underlying = judged, judged_for, None
    if evidence.anachronistic:
        result = Result.PARTLY if judged is Result.MET else judged
        reason, underlying = Reason.C2_ANACHRONISTIC, str(judged_for)
    value, lower, upper = ratio or (None, None, None)
    observed, expected = _people(evidence, ratio)
    return outcome(
        result,
        reason,
        underlying=underlying,
        observed_people=observed,
        expected_people=expected,
        ratio=value,
        ratio_lower=lower,
        ratio_upper=upper,
        served_fifth_share=evidence.served_fifth_share,
        comparator_fifth_share=evidence.comparator_fifth_share,
        served_half_share=evidence.served_half_share,
        targeting_ratio=targeting,
        edition=evidence.edition,
        anachronistic=evidence.anachronistic,
        comparator=evidence.comparator,
        need_level=str(evidence.need_level),
        met_later=result is not judged,
    )


def _people(
    evidence: AreaEvidence,
    ratio: Ratio | None,
) -> tuple[float | None, float | None]:
    """The people in need and those expected, where there is a ratio of them."""
    if ratio is None or evidence.observed_people is None:
        return None, None
    return float(evidence.observed_people), evidence.expected_people


def users_usable(
    users_by_area: Mapping[str, float],
    settings: Settings,
) -> bool:
    """Whether a dispersed service can be tested on its users: given, and no area under ten once rounded to
    5.
    """
    step = settings.disclosure_round_to
    return bool(users_by_area) and all(
        (2 * users + step) // (2 * step) * step >= settings.users_min
        for users in users_by_area.values()
    )


def _not_tested(evidence: AreaEvidence) -> Outcome | None:
    """Why the test does not apply, or cannot be made; None where it can."""
    by_delivery = _not_tested_by_delivery(evidence)
    if by_delivery is not None:
        return outcome(Result.NOT_APPLICABLE, by_delivery)
    if evidence.state == FieldState.REQUESTED_NOT_SUPPLIED:
        return outcome(Result.REQUESTED_NOT_SUPPLIED, Reason.C2_REQ)
    if evidence.state != FieldState.PROVIDED:
        return outcome(Result.NO_EVIDENCE, Reason.C2_BLANK)
    level = evidence.need_level
    if level not in _NO_NEED or (
        level is NeedLevel.AUTHORITY_ONLY and not evidence.below_authority
    ):
        return None
    return outcome(
        Result.NOT_ASSESSABLE,
        _NO_NEED[level],
        need_level=str(level),
    )


def _not_tested_by_delivery(evidence: AreaEvidence) -> Reason | None:
    """Why a way of delivery has no areas to test; None where it has."""
    model = evidence.delivery_model
    if model is DeliveryModel.CONFIDENTIAL:
        return Reason.C2_PROTECTED
    if model is DeliveryModel.AREA_WIDE:
        return Reason.C2_AREAWIDE
    if model is DeliveryModel.DISPERSED and not evidence.users_usable:
        return Reason.C2_DISPERSED
    return None


def _ratio(evidence: AreaEvidence, settings: Settings) -> Ratio | None:
    observed, expected = evidence.observed_people, evidence.expected_people
    if observed is None or expected is None or expected <= 0:
        return None
    if not evidence.has_range:
        return observed / expected, None, None
    lower, upper = evidence.observed_limits or count_limits(
        observed, exact_below=settings.exact_below
    )
    return observed / expected, lower / expected, upper / expected


def _targeting(evidence: AreaEvidence) -> float | None:
    served, comparator = (
        evidence.served_fifth_share,
        evidence.comparator_fifth_share,
    )
    if served is None or comparator is None or comparator <= 0:
        return None
    return served / comparator


def judge_area(
    ratio: Ratio | None,
    targeting: float | None,
    settings: Settings,
    *,
    half: float | None = None,
) -> tuple[Result, Reason]:
    """Result and reason from the ratio of need with its limits (None: nobody is counted), the targeting ratio
    s ÷ b, and the share of people served who live in the needier half. Where the limits are not known, need
    is neither clearly above nor below.
    """
    reaches_pockets, misses_pockets = _pockets(targeting, settings)
    if ratio is None:
        return _without_people(reaches_pockets, misses_pockets, half)
    value, lower, upper = ratio
    is_clearly_above = lower is not None and exceeds(lower, 1.0)
    is_clearly_below = upper is not None and exceeds(1.0, upper)
    if is_clearly_above and reaches(value, settings.ratio_met):
        return Result.MET, Reason.C2_RATIO
    if reaches_pockets:
        return Result.MET, Reason.C2_POCKETS
    if is_clearly_below and misses_pockets:
        return Result.NOT_MET, Reason.C2_BELOW
    return Result.PARTLY, Reason.C2_AVERAGE


def _pockets(targeting: float | None, settings: Settings) -> tuple[bool, bool]:
    """Whether the neediest fifth is reached well beyond its share, and whether it is missed; neither where
    the targeting ratio is not known.
    """
    if targeting is None:
        return False, False
    is_reached = reaches(targeting, settings.targeting_met)
    return is_reached, not reaches(targeting, settings.targeting_not_met)


def _without_people(
    reaches_pockets: bool,
    misses_pockets: bool,
    half: float | None,
) -> tuple[Result, Reason]:
    """Result and reason where a composite is all there is.

    Without people no interval can say that need is below average: one area just outside the neediest fifth
    has a targeting ratio of nought. So not met also asks that most people served live in the less needy half.
    """
    if reaches_pockets:
        return Result.MET, Reason.C2_COMPOSITE
    in_needier_half = half is not None and reaches(half, 0.5)
    if misses_pockets and not in_needier_half:
        return Result.NOT_MET, Reason.C2_COMPOSITE
    return Result.PARTLY, Reason.C2_COMPOSITE
