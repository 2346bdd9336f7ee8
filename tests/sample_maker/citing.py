"""Which document and priority a project cites, so that the priority test has one clear thing to find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clearlink.rules.dates import months_between
from tests.sample_maker.documents import Document, NamedNeed, one_of
from tests.sample_maker.draws import shuffled
from tests.sample_maker.places import Wales

REGIONS_MOVED = date(2019, 4, 1)
_RELATED = {
    "early_years": "family_support",
    "learning_skills": "work_income",
    "disability": "carers",
    "mental_health": "physical_health",
}
_UNRELATED = {
    "early_years": "mental_health",
    "family_support": "physical_health",
    "disability": "early_years",
    "carers": "early_years",
    "older_people": "young_people",
    "mental_health": "carers",
    "physical_health": "carers",
    "learning_skills": "physical_health",
    "work_income": "early_years",
    "community_safety": "early_years",
}


class Citing(StrEnum):
    """How a project refers to an assessment. The first three need a document in date on the day of the
    decision.
    """

    CURRENT = "current"
    AGEING = "ageing"
    OLD = "old"
    UNDATED = "undated"
    AFTER = "after"
    NO_PAGE = "no_page"
    UNDATED_DOCUMENT = "undated_document"
    RELATED = "related"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    RETROFIT = "retrofit"
    ELSEWHERE = "elsewhere"
    OTHER_THEME = "other_theme"
    NONE = "none"
    BLANK = "blank"
    REQUESTED = "requested"


WITHOUT_DOCUMENT = frozenset({Citing.NONE, Citing.BLANK, Citing.REQUESTED})


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every document, and the priorities of each by theme."""

    wales: Wales
    documents: list[Document]
    named: Mapping[tuple[str, str], list[NamedNeed]]

    def priority(
        self,
        citing: Citing,
        la_code: str,
        regional: bool,
        theme: str,
        decision: date,
        *name: object,
    ) -> NamedNeed | None:
        """A priority that a project of this authority (or its whole region) could cite so, or None."""
        authority = self.wales.authorities[la_code]
        region = authority.rpb if decision >= REGIONS_MOVED else authority.rcc
        covering = {region} if regional else {la_code, region}
        wanted = {Citing.RELATED: _RELATED, Citing.OTHER_THEME: _UNRELATED}.get(
            citing, {theme: theme}
        ).get(theme)
        if wanted is None:
            return None
        for document in shuffled(self.documents, *name):
            elsewhere = (
                document.area_code.startswith("W")
                and document.area_code != la_code
            )
            placed = (
                elsewhere
                if citing is Citing.ELSEWHERE
                else document.area_code in covering
            )
            if (
                placed
                and wanted in document.themes
                and fits(citing, document, decision)
            ):
                return one_of(self.named[document.assessment_id, wanted], *name)
        return None


def fits(citing: Citing, document: Document, decision: date) -> bool:
    """Whether the document's dates are those that this way of citing needs."""
    if document.published is None:
        return (
            citing is Citing.UNDATED_DOCUMENT
            and document.valid_from <= decision <= document.valid_to
        )
    if citing is Citing.RETROFIT:
        return 2 <= months_between(decision, document.published) <= 20
    if citing in (Citing.LAPSED, Citing.EXPIRED):
        if decision <= document.valid_to:
            return False
        lapsed = months_between(document.valid_to, decision)
        return (
            1 <= lapsed <= 10 if citing is Citing.LAPSED else 13 <= lapsed <= 48
        )
    if not document.published <= decision <= document.valid_to:
        return False
    if document.evidence_end is None:
        return citing is Citing.UNDATED
    if document.evidence_end > decision:
        return citing is Citing.AFTER
    age = months_between(document.evidence_end, decision)
    if citing is Citing.OLD:
        return age > 61 and not document.slow_moving
    if citing is Citing.AGEING:
        return 38 <= age <= 59 and not document.slow_moving
    return (
        citing not in (Citing.UNDATED, Citing.UNDATED_DOCUMENT, Citing.AFTER)
        and age <= 35
    )
