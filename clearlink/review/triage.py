"""Which items should a committee look at first? A rule that anybody can recompute: people × severity × money
× verdict.

    weight = verdict × severity × √(1 + people) × √(1 + pounds of the year ÷ 1,000)

`verdict`: No link shown 4, Cannot assess yet 2, Partial link 1, Clear link 0 (left off). `severity`: people
in need in the areas served over those expected at the region's rate, held between ½ and 2; 1 where it is not
known. `people`: people at risk in the areas served. People or money that are not known count as the middle of
those that are, so that a blank neither brings a project up nor hides it. The square roots keep one very large
contract from hiding all others. Assessed priorities that no project cites come by turns: one after every
fourth project, the assessment that lapses first leading, and so do services whose review is due by the
meeting, the longest overdue first. A project that was waived through or rolled on
(signs S2, S3) and shows no link comes half as heavy again, and its reason says so; a sign alone brings
nothing up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any, Final

from clearlink.review.codes import Subject
from clearlink.rules.codes import Verdict

VERDICT_WEIGHT: Final[dict[str, float]] = {
    Verdict.NO_LINK_SHOWN: 4.0,
    Verdict.CANNOT_ASSESS: 2.0,
    Verdict.PARTIAL: 1.0,
    Verdict.CLEAR: 0.0,
}
ROLLED_ON: Final = frozenset({"S2", "S3"})
ROLLED_ON_WEIGHT: Final = 1.5
LEAST_SEVERITY: Final = 0.5
MOST_SEVERITY: Final = 2.0
PROJECTS_BETWEEN_PRIORITIES: Final = 4
MOST_ITEMS: Final = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item to propose; `why` and `figures` make the sentence that says why (words `meetings.why.…`)."""

    subject: Subject
    subject_id: str
    title: str
    why: str
    figures: dict[str, Any] = field(default_factory=dict)
    weight: float = 0.0


def weight(
    verdict: str,
    severity: float | None,
    people: float,
    year_gbp: float,
) -> float:
    """The weight of one project; see the module's first lines. `verdict` is a verdict code."""
    held = (
        1.0
        if severity is None
        else min(
            MOST_SEVERITY,
            max(LEAST_SEVERITY, severity),
        )
    )
    return (
        VERDICT_WEIGHT[verdict]
        * held
        * math.sqrt(1 + people)
        * math.sqrt(1 + year_gbp / 1000)
    )


_FIGURES: Final = (
    "verdict",
    "reason",
    "severity",
    "people",
    "year_gbp",
    "money_year",
)


def proposed_projects(rows: Iterable[Mapping[str, Any]]) -> list[Proposal]:
    """Projects by weight, largest first, equal ones by id. Rows hold project_id, title, verdict, reason,
    severity, people, year_gbp and money_year.
    """
    held = list(rows)
    people, year_gbp = _middle(held, "people"), _middle(held, "year_gbp")
    proposed = []
    for row in held:
        w = weight(
            row["verdict"],
            row["severity"],
            people if row["people"] is None else row["people"],
            year_gbp if row["year_gbp"] is None else row["year_gbp"],
        )
        if _is_rolled_on(row):
            w *= ROLLED_ON_WEIGHT
        if w > 0:
            proposed.append(
                Proposal(
                    Subject.PROJECT,
                    row["project_id"],
                    row["title"],
                    _why(row),
                    {name: row[name] for name in _FIGURES},
                    round(w, 3),
                )
            )
    return sorted(
        proposed,
        key=lambda p: (-p.weight, p.subject_id),
    )


def _middle(rows: Sequence[Mapping[str, Any]], name: str) -> float:
    """The middle of the figures that are known, which stands for one that is not."""
    known = [row[name] for row in rows if row[name] is not None]
    return float(median(known or [0.0]))


def proposed_priorities(rows: Iterable[Mapping[str, Any]]) -> list[Proposal]:
    """Assessed priorities without a project, in the order given. Rows hold priority_id, statement,
    statement_cy, theme_id, title, valid_to.
    """
    return [
        Proposal(
            Subject.PRIORITY,
            r["priority_id"],
            r["statement"],
            "priority_uncited",
            {
                "theme_id": r["theme_id"],
                "assessment": r["title"],
                "title_cy": r["statement_cy"],
                "valid_to": r["valid_to"] and str(r["valid_to"]),
            },
        )
        for r in rows
    ]


def proposed_reviews(
    rows: Iterable[Mapping[str, Any]],
    by: date,
) -> list[Proposal]:
    """Services whose review is due by a day, the longest overdue first. Rows hold project_id, title,
    last_review and due.
    """
    late = sorted(
        (r for r in rows if r["due"] <= by),
        key=lambda r: (r["due"], r["project_id"]),
    )
    return [
        Proposal(
            Subject.PROJECT,
            r["project_id"],
            r["title"],
            "review_due",
            {
                "due": str(r["due"]),
                "last_review": r["last_review"] and str(r["last_review"]),
            },
        )
        for r in late
    ]


def agenda(
    projects: Iterable[Mapping[str, Any]],
    priorities: Iterable[Mapping[str, Any]] = (),
    reviews: Iterable[Proposal] = (),
    most: int = MOST_ITEMS,
) -> tuple[Proposal, ...]:
    """The proposed agenda: at most `most` items, each project once."""
    heavy, uncited = (
        proposed_projects(projects),
        proposed_priorities(priorities),
    )
    due = list(reviews)
    listed: list[Proposal] = []
    while (heavy or uncited or due) and len(listed) < most:
        for turn, length in (
            (heavy, PROJECTS_BETWEEN_PRIORITIES),
            (uncited, 1),
            (due, 1),
        ):
            listed.extend(turn[:length])
            del turn[:length]
        heavy = _not_listed(heavy, listed)
        due = _not_listed(due, listed)
    return tuple(listed[:most])


def _not_listed(
    waiting: Sequence[Proposal],
    listed: Sequence[Proposal],
) -> list[Proposal]:
    """Proposals of projects that are not on the agenda yet."""
    on_it = {p.subject_id for p in listed if p.subject is Subject.PROJECT}
    return [p for p in waiting if p.subject_id not in on_it]


def _is_rolled_on(row: Mapping[str, Any]) -> bool:
    return row["verdict"] == Verdict.NO_LINK_SHOWN and bool(
        ROLLED_ON & set(row.get("signs") or ())
    )


def _why(row: Mapping[str, Any]) -> str:
    if _is_rolled_on(row):
        return "rolled_on"
    known = row["people"] is not None, row["year_gbp"] is not None
    reason = {
        (True, True): "people_and_money",
        (True, False): "people",
        (False, True): "money",
        (False, False): "verdict",
    }[known]
    return (
        f"{reason}_severe"
        if known[0] and (row["severity"] or 0) >= 1.1
        else reason
    )
