"""C2: are the areas served areas of raised need, on what was known at the decision?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clearlink.rules.codes import DeliveryModel, FieldState, NeedLevel, Reason, Result
from clearlink.rules.link.outcome import Outcome, outcome
from clearlink.rules.need.cuts import exceeds, reaches
from clearlink.rules.need.intervals import count_limits
from clearlink.rules.settings import Settings

# Observed ÷ expected and its 95% limits, which are None where the need came without any.
Ratio = tuple[float, float | None, float | None]


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
    result, reason = judge_area(
        ratio, targeting, settings, half=evidence.served_half_share
    )
    underlying = None
    if evidence.anachronistic:
        underlying = str(reason)
        result, reason = (
            (Result.PARTLY if result is Result.MET else result),
            Reason.C2_ANACHRONISTIC,
        )
    lower, upper = (ratio[1], ratio[2]) if ratio else (None, None)
    return outcome(
        result,
        reason,
        underlying=underlying,
        observed_people=None
        if ratio is None or evidence.observed_people is None
        else float(evidence.observed_people),
        expected_people=None if ratio is None else evidence.expected_people,
        ratio=ratio[0] if ratio else None,
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
    )


def users_usable(users_by_area: Mapping[str, float], settings: Settings) -> bool:
    """Whether a dispersed service can be tested on its users: given, and no area under ten once rounded to
    5.
    """
    step = settings.disclosure_round_to
    return bool(users_by_area) and all(
        (2 * users + step) // (2 * step) * step >= settings.users_min
        for users in users_by_area.values()
    )


def _not_tested(evidence: AreaEvidence) -> Outcome | None:
    if evidence.delivery_model is DeliveryModel.CONFIDENTIAL:
        return outcome(Result.NOT_APPLICABLE, Reason.C2_PROTECTED)
    if evidence.delivery_model is DeliveryModel.AREA_WIDE:
        return outcome(Result.NOT_APPLICABLE, Reason.C2_AREAWIDE)
    if evidence.delivery_model is DeliveryModel.DISPERSED and not evidence.users_usable:
        return outcome(Result.NOT_APPLICABLE, Reason.C2_DISPERSED)
    if evidence.state == FieldState.REQUESTED_NOT_SUPPLIED:
        return outcome(Result.REQUESTED_NOT_SUPPLIED, Reason.C2_REQ)
    if evidence.state != FieldState.PROVIDED:
        return outcome(Result.NO_EVIDENCE, Reason.C2_BLANK)
    if evidence.need_level is NeedLevel.NOT_HELD:
        return outcome(
            Result.NOT_ASSESSABLE,
            Reason.C2_NOINDICATOR,
            need_level=str(evidence.need_level),
        )
    if evidence.need_level is NeedLevel.SUPPRESSED:
        return outcome(
            Result.NOT_ASSESSABLE,
            Reason.C2_SUPPRESSED,
            need_level=str(evidence.need_level),
        )
    if evidence.need_level is NeedLevel.AUTHORITY_ONLY and evidence.below_authority:
        return outcome(
            Result.NOT_ASSESSABLE,
            Reason.C2_LAONLY,
            need_level=str(evidence.need_level),
        )
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
    served, comparator = evidence.served_fifth_share, evidence.comparator_fifth_share
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
    reaches_pockets = targeting is not None and reaches(
        targeting, settings.targeting_met
    )
    misses_pockets = targeting is not None and not reaches(
        targeting, settings.targeting_not_met
    )
    if ratio is None:
        if reaches_pockets:
            return Result.MET, Reason.C2_COMPOSITE
        # Without people no interval can say that need is below average: one area just outside the neediest
        # fifth has a targeting ratio of nought. So not met also asks that most people served live in the less
        # needy half.
        in_needier_half = half is not None and reaches(half, 0.5)
        return (
            Result.NOT_MET if misses_pockets and not in_needier_half else Result.PARTLY
        ), Reason.C2_COMPOSITE
    value, lower, upper = ratio
    if lower is not None and exceeds(lower, 1.0) and reaches(value, settings.ratio_met):
        return Result.MET, Reason.C2_RATIO
    if reaches_pockets:
        return Result.MET, Reason.C2_POCKETS
    if upper is not None and exceeds(1.0, upper) and misses_pockets:
        return Result.NOT_MET, Reason.C2_BELOW
    return Result.PARTLY, Reason.C2_AVERAGE
