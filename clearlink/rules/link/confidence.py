"""How sure the verdict is, kept apart from what it says (after GRADE; method B3)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from clearlink.rules.codes import Reason, Verdict
from clearlink.rules.link.outcome import Outcome
from clearlink.rules.need.cuts import exceeds, reaches
from clearlink.rules.settings import Settings


class Confidence(StrEnum):
    """Four steps, High at the start, Very low the floor; none where nothing could be judged."""

    HIGH = "HIGH"
    MODERATE = "MODERATE"
    LOW = "LOW"
    VERY_LOW = "VERY_LOW"
    NONE = "NONE"


class Downgrade(StrEnum):
    """The named reasons for being less sure; each takes one step."""

    WEAK_PROXY = "WEAK_PROXY"
    AUTHORITY_ONLY_NEED = "AUTHORITY_ONLY_NEED"
    LATER_EDITION = "LATER_EDITION"
    SMALL_OR_WIDE = "SMALL_OR_WIDE"
    SPLIT_ESTIMATED = "SPLIT_ESTIMATED"
    NOT_SIGHTED = "NOT_SIGHTED"


_LADDER = (
    Confidence.HIGH,
    Confidence.MODERATE,
    Confidence.LOW,
    Confidence.VERY_LOW,
)


def confidence(downgrades: Collection[Downgrade], said: Verdict) -> Confidence:
    """High, less one step for each different downgrade, never below Very low. Of what cannot be assessed
    nobody is sure or unsure.
    """
    if said is Verdict.CANNOT_ASSESS:
        return Confidence.NONE
    return _LADDER[
        min(
            len(set(downgrades)),
            len(_LADDER) - 1,
        )
    ]


def downgrades(
    c1: Outcome,
    c2: Outcome,
    c3: Outcome,
    *,
    split_estimated: bool,
    settings: Settings,
) -> tuple[Downgrade, ...]:
    """The downgrades a project's own outcomes carry, in the order the screen lists them.

    A citation not yet sighted counts only where one was cited. A small count is one under `exact_below`
    people; a wide interval is one that spans 1, and one that nobody knows may.
    """
    named: list[Downgrade] = []
    if c1.reason is Reason.C1_WEAK:
        named.append(Downgrade.WEAK_PROXY)
    if c2.facts.get("need_level") == "authority_only":
        named.append(Downgrade.AUTHORITY_ONLY_NEED)
    if c2.facts.get("anachronistic") is True:
        named.append(Downgrade.LATER_EDITION)
    if _small_or_wide(c2, settings):
        named.append(Downgrade.SMALL_OR_WIDE)
    if split_estimated:
        named.append(Downgrade.SPLIT_ESTIMATED)
    if c3.facts.get("sighted") is False:
        named.append(Downgrade.NOT_SIGHTED)
    return tuple(named)


def _small_or_wide(c2: Outcome, settings: Settings) -> bool:
    observed, lower, upper = (
        c2.facts.get(name)
        for name in ("observed_people", "ratio_lower", "ratio_upper")
    )
    if not isinstance(observed, float):
        return False
    if not (isinstance(lower, float) and isinstance(upper, float)):
        return True
    return not reaches(observed, settings.exact_below) or not (
        exceeds(lower, 1.0) or exceeds(1.0, upper)
    )
