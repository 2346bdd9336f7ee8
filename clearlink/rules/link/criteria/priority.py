"""C3: does the project rest on a priority that a published needs assessment had named for this need and
this area?
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from clearlink.rules.codes import FieldState, Reason, Result, ThemeMatch
from clearlink.rules.dates import add_months, months_between
from clearlink.rules.link.outcome import Outcome, outcome
from clearlink.rules.settings import Settings


@dataclass(frozen=True, slots=True)
class CitedPriority:
    """One cited priority with what is known of its document. `sighted`: a second person has seen the page.

    `published_by`: the last day it can have been published, where only a year or month is known (`published`
    is the first).
    """

    priority_id: str
    kind: str
    published: date | None
    valid_to: date | None
    theme_match: ThemeMatch
    area_covered: bool
    priority_quoted: bool
    page_given: bool
    page: str | None = None
    title: str | None = None
    sighted: bool = False
    published_by: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure of need in a document, with the day it was published."""

    figure_id: str
    told_on: date
    document: str


@dataclass(frozen=True, slots=True)
class PriorityEvidence:
    """The citation field of the register, its state, what was cited, and the day of the decision.

    `figures`: published figures of need that the decision rests on, without a named priority. `is_silent`:
    two people have read the whole of the paper that took the decision, and it names no assessed need.
    """

    state: FieldState
    decision_date: date | None
    cited: tuple[CitedPriority, ...] = ()
    figures: tuple[PublishedFigure, ...] = ()
    is_silent: bool = False


_WITHOUT_CITATION = {
    FieldState.PROVIDED: (Result.NO_EVIDENCE, Reason.C3_BLANK),
    FieldState.BLANK: (Result.NO_EVIDENCE, Reason.C3_BLANK),
    FieldState.WITHHELD: (Result.NO_EVIDENCE, Reason.C3_WITHHELD),
    FieldState.CONFIRMED_NONE: (Result.NOT_MET, Reason.C3_NONE),
    FieldState.REQUESTED_NOT_SUPPLIED: (
        Result.REQUESTED_NOT_SUPPLIED,
        Reason.C3_REQ,
    ),
}
# Best first. Among citations that fail, the one that came nearest speaks for the project.
_PREFERENCE = (
    Reason.C3_OK,
    Reason.C3_RELATED,
    Reason.C3_NOPAGE,
    Reason.C3_LAPSED,
    Reason.C3_UNDATED,
    Reason.C3_EXPIRED,
    Reason.C3_THEME,
    Reason.C3_AREA,
    Reason.C3_RETROFIT,
)


def c3_assessed_priority(
    evidence: PriorityEvidence,
    settings: Settings,
) -> Outcome:
    """Met when the document was in date, names the same need for this area, and the priority and its page are
    quoted.

    If a project cites several priorities the best result counts, whatever their order. Each is tested in the
    order of the method: retrofit, area, theme, validity, quotation and page, related theme. Where a date that
    the test needs is unknown (of the document or of the decision) the result is at most partly. A published
    figure before the decision makes it partly where no citation does; a paper read in full by two people and
    silent makes it not met where nothing is cited (method B9).
    """
    judged = [
        (_judge(cited, evidence.decision_date, settings), cited)
        for cited in evidence.cited
    ]
    named = any(result is not Result.NOT_MET for (result, _), _ in judged)
    figure = None if named else _figure_before(evidence)
    if figure is not None:
        return outcome(
            Result.PARTLY,
            Reason.C3_FIGURE,
            title=figure.document,
            decision_date=evidence.decision_date,
        )
    if not judged:
        return _without_citation(evidence)
    (result, reason), best = min(
        judged,
        key=lambda pair: (
            _PREFERENCE.index(pair[0][1]),
            pair[1].priority_id,
        ),
    )
    return outcome(
        result,
        reason,
        priority_id=best.priority_id,
        title=best.title,
        page=best.page,
        published=best.published,
        valid_to=valid_until(best, settings),
        decision_date=evidence.decision_date,
        sighted=best.sighted,
        cited_count=len(evidence.cited),
    )


def _figure_before(evidence: PriorityEvidence) -> PublishedFigure | None:
    """The newest figure that the decision can have rested on: published on its day or before."""
    day = evidence.decision_date
    before = [f for f in evidence.figures if day is None or f.told_on <= day]
    return (
        max(
            before,
            key=lambda f: (f.told_on, f.figure_id),
        )
        if before
        else None
    )


def _without_citation(evidence: PriorityEvidence) -> Outcome:
    # what the owner confirmed or withheld speaks before a paper's silence does
    speaks = (FieldState.CONFIRMED_NONE, FieldState.WITHHELD)
    if evidence.is_silent and FieldState(evidence.state) not in speaks:
        return outcome(
            Result.NOT_MET,
            Reason.C3_PAPER_SILENT,
            decision_date=evidence.decision_date,
        )
    return outcome(*_WITHOUT_CITATION[FieldState(evidence.state)])


def theme_match(
    project_themes: Collection[str],
    priority_theme: str,
    related: Collection[tuple[str, str]],
) -> ThemeMatch:
    """Whether a priority is about one of the project's themes, about a related one (either way round), or
    neither.
    """
    if priority_theme in project_themes:
        return ThemeMatch.SAME
    beside = any(
        (theme, priority_theme) in related or (priority_theme, theme) in related
        for theme in project_themes
    )
    return ThemeMatch.RELATED if beside else ThemeMatch.NONE


def valid_until(cited: CitedPriority, settings: Settings) -> date | None:
    """The last day a document is in date: as it states, else its publication plus the default life of its
    kind.
    """
    if cited.valid_to is not None or cited.published is None:
        return cited.valid_to
    return add_months(
        cited.published_by or cited.published,
        12 * settings.life_of(cited.kind),
    )


_LAPSED = Result.PARTLY, Reason.C3_LAPSED
_EXPIRED = Result.NOT_MET, Reason.C3_EXPIRED


def _judge(
    cited: CitedPriority,
    decision: date | None,
    settings: Settings,
) -> tuple[Result, Reason]:
    if _is_after(cited.published, decision):
        return Result.NOT_MET, Reason.C3_RETROFIT
    if not cited.area_covered:
        return Result.NOT_MET, Reason.C3_AREA
    if cited.theme_match is ThemeMatch.NONE:
        return Result.NOT_MET, Reason.C3_THEME
    last_day = valid_until(cited, settings)
    if decision is not None and last_day is not None and decision > last_day:
        is_just_over = (
            months_between(last_day, decision) < settings.lapsed_months
        )
        return _LAPSED if is_just_over else _EXPIRED
    if _is_undated(cited, decision):
        return Result.PARTLY, Reason.C3_UNDATED
    if not (cited.priority_quoted and cited.page_given):
        return Result.PARTLY, Reason.C3_NOPAGE
    if cited.theme_match is ThemeMatch.RELATED:
        return Result.PARTLY, Reason.C3_RELATED
    return Result.MET, Reason.C3_OK


def _is_after(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other


def _is_undated(cited: CitedPriority, decision: date | None) -> bool:
    """Whether nobody can say that the document was out before the decision: where only a year is known, it
    may have been published before it or after it.
    """
    if decision is None or cited.published is None:
        return True
    return cited.published_by is not None and cited.published_by > decision
