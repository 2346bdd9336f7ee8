"""Signs of ad-hoc commissioning that compare a record with others (method B10, S6 to S8). Twin:
etl/build/sql/build/link/sign.sql.

A sign stands beside the verdict and never changes it; a blank gives none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from clearlink.rules.codes import FieldState
from clearlink.rules.dates import months_between
from clearlink.rules.settings import Settings

# a term that ended within a quarter before the next began was renewed
RENEWED_WITHIN: Final = timedelta(days=92)
BESIDE_WITHIN_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Term:
    """What the signs ask of a record: who provides what for whom, when, and whether it was reviewed.
    `theme_id`: the leading theme.
    """

    project_id: str
    la_code: str | None
    provider: str | None
    target_group: str | None
    theme_id: str | None
    commissioner: str
    programme_id: str | None
    start: date | None
    end: date | None
    decided_on: date | None
    last_review: date | None
    outcomes_state: FieldState


def renewed_without_review(
    term: Term,
    earlier: Term,
    settings: Settings,
) -> bool:
    """S6: an earlier term of the same provider, people, theme and authority ended as this one began, and was
    reviewed too long before the decision, or its owner confirmed that there are no outcomes.
    """
    if not _is_of_the_same(term, earlier):
        return False
    if term.start is None or earlier.end is None:
        return False
    if not term.start - RENEWED_WITHIN <= earlier.end <= term.start:
        return False
    if earlier.outcomes_state is FieldState.CONFIRMED_NONE:
        return True
    reviewed, decided = earlier.last_review, term.decided_on
    return (
        reviewed is not None
        and decided is not None
        and months_between(reviewed, decided) > settings.review_months
    )


def _is_of_the_same(term: Term, earlier: Term) -> bool:
    """Whether two terms are of the same provider, people, theme and authority; what is not known is the same
    as nothing, but for the people, who need not be named.
    """
    return (
        term.project_id != earlier.project_id
        and None not in (term.la_code, term.provider, term.theme_id)
        and (
            term.la_code,
            term.provider,
            term.target_group,
            term.theme_id,
        )
        == (
            earlier.la_code,
            earlier.provider,
            earlier.target_group,
            earlier.theme_id,
        )
    )


def commissioned_beside(a: Term, b: Term) -> bool:
    """S7, of two records that may be duplicates (method C): begun within a year of each other under another
    commissioner or programme.
    """
    if (
        a.start is None
        or b.start is None
        or abs((a.start - b.start).days) > BESIDE_WITHIN_DAYS
    ):
        return False
    return a.commissioner != b.commissioner or a.programme_id != b.programme_id


def ended_without_successor(
    end: date | None,
    priority_ends: date | None,
    other_ends: Iterable[date | None],
    today: date,
) -> bool:
    """S8: the record has ended, the priority that it cites is in force, and no other record that cites it
    runs. `other_ends`: the ends of the records that cite the priority, None where one has none.
    """
    if (
        end is None
        or end >= today
        or priority_ends is None
        or priority_ends < today
    ):
        return False
    return not any(other is None or other >= today for other in other_ends)
