"""C1: is the project's theme one that an indicator of need measures?"""

from __future__ import annotations

from dataclasses import dataclass

from clearlink.rules.codes import FieldState, Fit, Reason, Result
from clearlink.rules.link.outcome import Outcome, outcome


@dataclass(frozen=True, slots=True)
class DeclaredTheme:
    """A theme the owner declared, with the best fit of any need indicator in the catalogue (None: no
    indicator there).
    """

    theme_id: str
    best_fit: Fit | None


@dataclass(frozen=True, slots=True)
class ThemeEvidence:
    """The theme field of the register and its state."""

    state: FieldState
    themes: tuple[DeclaredTheme, ...] = ()


_WITHOUT_THEME = {
    FieldState.PROVIDED: (Result.NO_EVIDENCE, Reason.C1_BLANK),
    FieldState.BLANK: (Result.NO_EVIDENCE, Reason.C1_BLANK),
    FieldState.WITHHELD: (Result.NO_EVIDENCE, Reason.C1_WITHHELD),
    FieldState.CONFIRMED_NONE: (Result.NOT_MET, Reason.C1_NONE),
    FieldState.REQUESTED_NOT_SUPPLIED: (
        Result.REQUESTED_NOT_SUPPLIED,
        Reason.C1_REQ,
    ),
}


def c1_theme(evidence: ThemeEvidence) -> Outcome:
    """Met with one well-fitting indicator for any declared theme, partly with proxies only.

    If a project declares several themes the best result counts. A declared theme for which the catalogue has
    no indicator at all is partly met: the gap is ours, not the owner's. Only the owner's word that no theme
    fits gives not met.
    """
    if not evidence.themes:
        result, reason = _WITHOUT_THEME[FieldState(evidence.state)]
        return outcome(result, reason)
    declared = sorted(
        evidence.themes,
        key=lambda theme: (theme.best_fit is not Fit.GOOD, theme.theme_id),
    )
    best = declared[0]
    ids = sorted(theme.theme_id for theme in declared)
    if best.best_fit is Fit.GOOD:
        return outcome(
            Result.MET,
            Reason.C1_GOOD,
            theme_ids=ids,
            theme_id=best.theme_id,
        )
    return outcome(
        Result.PARTLY,
        Reason.C1_WEAK,
        theme_ids=ids,
        theme_id=best.theme_id,
        has_indicator=any(theme.best_fit for theme in declared),
    )
