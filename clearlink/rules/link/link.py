"""Does a project show a clear link to assessed need? (method B3)

Three criteria decide (theme, area, assessed priority), one conditions (currency of the evidence). The rules
below give the published truth table, 700 of 700 combinations; they are written as a committee would argue
them, not looked up.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearlink.rules.codes import Criterion, Result, Verdict, VerdictReason

_UNCHECKED = (Result.NO_EVIDENCE, Result.NOT_ASSESSABLE)
_STEPS = (Result.NOT_MET, Result.PARTLY, Result.MET)
# Cannot assess stands outside the order: it says what we do not know, not how well the project does.
_STANDING = {
    Verdict.CANNOT_ASSESS: 0,
    Verdict.NO_LINK_SHOWN: 0,
    Verdict.PARTIAL: 1,
    Verdict.CLEAR: 2,
}


def verdict(
    c1: Result,
    c2: Result,
    c3: Result,
    c4: Result,
) -> tuple[Verdict, VerdictReason]:
    """The project's verdict and its reason code, from theme, area, assessed priority and currency."""
    if c1 is Result.NO_EVIDENCE:
        return Verdict.CANNOT_ASSESS, VerdictReason.CA1
    if c1 in (Result.NOT_MET, Result.REQUESTED_NOT_SUPPLIED):
        return _without_a_theme(c1, c3)
    if c3 is Result.MET:
        return _with_a_priority(c1, c2, c4)
    if c3 is Result.PARTLY:
        return Verdict.PARTIAL, VerdictReason.P6
    if c3 is Result.NO_EVIDENCE:
        if c2 is Result.MET:
            return Verdict.PARTIAL, VerdictReason.P8
        return Verdict.CANNOT_ASSESS, VerdictReason.CA2
    return _without_a_priority(c2, c3)


def _without_a_theme(c1: Result, c3: Result) -> tuple[Verdict, VerdictReason]:
    if c3 in (Result.MET, Result.PARTLY):
        return Verdict.PARTIAL, VerdictReason.P1
    if c3 is Result.NO_EVIDENCE:
        return Verdict.CANNOT_ASSESS, VerdictReason.CA2
    if Result.REQUESTED_NOT_SUPPLIED in (c1, c3):
        return Verdict.NO_LINK_SHOWN, VerdictReason.NL4
    return Verdict.NO_LINK_SHOWN, VerdictReason.NL1


def _with_a_priority(
    c1: Result,
    c2: Result,
    c4: Result,
) -> tuple[Verdict, VerdictReason]:
    if c2 is Result.NOT_MET:
        return Verdict.PARTIAL, VerdictReason.P2
    if c2 in _UNCHECKED or c2 is Result.REQUESTED_NOT_SUPPLIED:
        return Verdict.PARTIAL, VerdictReason.P3
    if c4 not in (Result.MET, Result.PARTLY):
        return Verdict.PARTIAL, VerdictReason.P4
    if Result.PARTLY in (c1, c2):
        return Verdict.PARTIAL, VerdictReason.P5
    return Verdict.CLEAR, VerdictReason.C1


def _without_a_priority(
    c2: Result,
    c3: Result,
) -> tuple[Verdict, VerdictReason]:
    asked = c3 is Result.REQUESTED_NOT_SUPPLIED
    if c2 is Result.MET:
        return Verdict.PARTIAL, VerdictReason.P8 if asked else VerdictReason.P7
    if c2 in _UNCHECKED:
        return Verdict.CANNOT_ASSESS, VerdictReason.CA3
    # Leaving the areas out after being asked must not be a way round the test.
    if asked or c2 is Result.REQUESTED_NOT_SUPPLIED:
        return Verdict.NO_LINK_SHOWN, VerdictReason.NL4
    if c2 is Result.NOT_MET:
        return Verdict.NO_LINK_SHOWN, VerdictReason.NL1
    if c2 is Result.PARTLY:
        return Verdict.NO_LINK_SHOWN, VerdictReason.NL2
    return Verdict.NO_LINK_SHOWN, VerdictReason.NL3


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would raise a verdict: this criterion at this result, all else as it stands."""

    criterion: Criterion
    needed: Result
    verdict: Verdict
    reason: VerdictReason


def what_would_change(
    c1: Result,
    c2: Result,
    c3: Result,
    c4: Result,
) -> list[Change]:
    """The single changes that would raise the verdict, the highest verdict first, each with the least result
    that does it.

    From *Cannot assess yet*, only changes that reach Partial or Clear are listed. A service whose area test
    does not apply is not told to change its area, and nobody is told to fail a criterion, even where that
    alone would settle a blank.
    """
    now = (c1, c2, c3, c4)
    standing = _STANDING[verdict(*now)[0]]
    changes: list[Change] = []
    for position, criterion in enumerate(
        (
            Criterion.C1,
            Criterion.C2,
            Criterion.C3,
            Criterion.C4,
        )
    ):
        if now[position] is Result.NOT_APPLICABLE:
            continue
        reached: set[Verdict] = set()
        for needed in _STEPS[
            max(
                _height(now[position]),
                0,
            )
            + 1 :
        ]:
            then = (
                *now[:position],
                needed,
                *now[position + 1 :],
            )
            raised, reason = verdict(*then)
            if _STANDING[raised] > standing and raised not in reached:
                reached.add(raised)
                changes.append(Change(criterion, needed, raised, reason))
    return sorted(
        changes,
        key=lambda change: (-_STANDING[change.verdict], change.criterion),
    )


def _height(result: Result) -> int:
    return _STEPS.index(result) if result in _STEPS else -1
