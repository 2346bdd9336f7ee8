"""What a project's verdict would be under other thresholds, from the facts that were kept beside it.

Nothing is measured again: the figures behind each criterion stand as they were, and only the cuts move. A
project that cites several priorities is judged anew on the citation that spoke for it. The figures are kept
to four places, so a verdict can turn that far from a cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

from clearlink.rules.codes import Reason, Result, Verdict, VerdictReason
from clearlink.rules.dates import months_between
from clearlink.rules.link.criteria.area import judge_area
from clearlink.rules.link.criteria.currency import EvidenceDate, c4_currency
from clearlink.rules.link.link import verdict
from clearlink.rules.settings import Settings

# One step either way of each threshold: the small grid over which a verdict is called robust or borderline.
STEPS: Final[dict[str, float]] = {
    "ratio_met": 0.05,
    "targeting_met": 0.25,
    "lapsed_months": 6,
    "current_months": 12,
    "ageing_months": 12,
    "slow_current_months": 12,
    "slow_ageing_months": 12,
}
_BY_END: Final = (Reason.C3_LAPSED, Reason.C3_EXPIRED)


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """Observed ÷ expected need (None under a composite) with its 95% limits (None also where none are
    known), the targeting ratio, and the share in the needier half.
    """

    ratio: float | None
    lower: float | None
    upper: float | None
    targeting: float | None
    anachronistic: bool
    half: float | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project as it was judged: four results, and the figures and dates that the thresholds were held
    against.

    `area` is None where the area test was not made on figures; `valid_to` is the last day of the document
    that was cited,
    `reference_end` the last day that the newest evidence describes.
    """

    project_id: str
    judged_on: date | None
    c1: Result
    c2: Result
    c3: Result
    c4: Result
    c3_reason: Reason
    area: AreaFigures | None = None
    valid_to: date | None = None
    reference_end: date | None = None
    slow_moving: bool = False


@dataclass(frozen=True, slots=True)
class Supposed:
    """One project's verdict under supposed thresholds."""

    project_id: str
    verdict: Verdict
    reason: VerdictReason


def area_result(facts: ProjectFacts, settings: Settings) -> Result:
    """C2 under these thresholds; a test that was not made on figures stays as it is."""
    area = facts.area
    if area is None or (area.ratio is None and area.targeting is None):
        return facts.c2
    limits = (
        None if area.ratio is None else (area.ratio, area.lower, area.upper)
    )
    result, _ = judge_area(
        limits,
        area.targeting,
        settings,
        half=area.half,
    )
    return (
        Result.PARTLY if area.anachronistic and result is Result.MET else result
    )


def priority_result(facts: ProjectFacts, settings: Settings) -> Result:
    """C3 under these thresholds: only a document past its end turns on them."""
    if (
        facts.c3_reason not in _BY_END
        or facts.valid_to is None
        or facts.judged_on is None
    ):
        return facts.c3
    lapsed = (
        months_between(facts.valid_to, facts.judged_on) < settings.lapsed_months
    )
    return Result.PARTLY if lapsed else Result.NOT_MET


def currency_result(facts: ProjectFacts, settings: Settings) -> Result:
    """C4 under these thresholds."""
    if facts.reference_end is None:
        return facts.c4
    return c4_currency(
        [EvidenceDate(facts.reference_end, facts.slow_moving)],
        facts.judged_on,
        settings,
    ).result


def supposed_verdicts(
    projects: Iterable[ProjectFacts],
    settings: Settings,
) -> list[Supposed]:
    """Every project's verdict under these thresholds, in the order given."""
    return [
        Supposed(
            p.project_id,
            *verdict(
                p.c1,
                area_result(p, settings),
                priority_result(p, settings),
                currency_result(p, settings),
            ),
        )
        for p in projects
    ]


def verdicts_around(
    projects: Iterable[ProjectFacts],
    settings: Settings,
) -> dict[str, frozenset[Verdict]]:
    """Project → every verdict it can have when each threshold moves by one step up, down or not at all
    (STEPS).

    One verdict: robust. More than one: borderline. The three criteria turn on different thresholds, so the
    whole grid is the product of the three small ones.
    """
    area = _grid(settings, ("ratio_met",), ("targeting_met",))
    priority = _grid(settings, ("lapsed_months",))
    currency = _grid(
        settings,
        ("current_months", "slow_current_months"),
        ("ageing_months", "slow_ageing_months"),
    )
    verdicts: dict[str, frozenset[Verdict]] = {}
    for p in projects:
        results = (
            {area_result(p, s) for s in area},
            {priority_result(p, s) for s in priority},
            {currency_result(p, s) for s in currency},
        )
        verdicts[p.project_id] = frozenset(
            verdict(p.c1, c2, c3, c4)[0] for c2, c3, c4 in product(*results)
        )
    return verdicts


def _grid(settings: Settings, *together: Sequence[str]) -> list[Settings]:
    """The settings with each group of thresholds one step down, as it is, and one step up."""
    moved = product(
        (-1, 0, 1),
        repeat=len(together),
    )
    return [
        settings.with_changes(
            **{
                n: getattr(settings, n) + way * STEPS[n]
                for names, way in zip(together, ways, strict=True)
                for n in names
            }
        )
        for ways in moved
    ]
