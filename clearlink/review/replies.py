"""What the right of reply has changed: verdicts with answers and silences counted in, and totals both ways
(method B1, B5).

The test's own verdict is never overwritten. Beside it stands what follows once an owner has answered, or has
been silent for the 28 days; who asked, what was asked and in which words stays with those who work on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.codes import RequestState
from clearlink.review.protected import withheld_projects
from clearlink.review.records import EvidenceRequest, ExceptionGrant, record_of
from clearlink.review.requests import Recalculated, recalculated, state
from clearlink.review.roles import Viewer
from clearlink.review.store import Store
from clearlink.rules.codes import Result
from clearlink.warehouse.law import law_in_force

NOT_TOLD = "—"


def settled_requests(
    store: Store,
    viewer: Viewer,
) -> dict[str, list[EvidenceRequest]]:
    """Project id → its requests that were answered or whose 28 days are over, the oldest first, without names
    and words: public, but for projects that this viewer may not read.
    """
    with store.reading() as connection:
        rows = connection.execute(
            select(tables.evidence_request).order_by(
                tables.evidence_request.c.asked_on,
                tables.evidence_request.c.request_id,
            )
        ).mappings()
        asked = [record_of(EvidenceRequest, r) for r in rows]
        withheld = {
            p: withheld_projects(
                connection,
                viewer,
                p,
                store.today(),
            )
            for p in {r.place for r in asked}
        }
    by_project: dict[str, list[EvidenceRequest]] = {}
    for r in asked:
        if (
            state(r, store.today()) is not RequestState.WAITING
            and r.project_id not in withheld[r.place]
        ):
            by_project.setdefault(r.project_id, []).append(
                replace(
                    r,
                    asked_of=NOT_TOLD,
                    question=NOT_TOLD,
                    asked_by=NOT_TOLD,
                    answer_text=None,
                    answered_by=None,
                )
            )
    return by_project


def after_reply(
    verdict: Mapping[str, Any],
    decided_on: date | None,
    asked: Iterable[EvidenceRequest],
    today: date,
) -> Recalculated:
    """A project's verdict row of the build with its requests counted in."""
    results = (
        Result(verdict["c1"]),
        Result(verdict["c2"]),
        Result(verdict["c3"]),
        Result(verdict["c4"]),
    )
    return recalculated(
        results,
        asked,
        decided_on,
        today,
        law_in_force(),
    )


@dataclass(frozen=True, slots=True)
class BothWays:
    """Projects and yearly value (£) by verdict: as tested, with replies counted in, and with what
    committees found and excepted as well.
    """

    tested: dict[str, tuple[int, float]]
    replied: dict[str, tuple[int, float]]
    excepted: dict[str, tuple[int, float]]

    @property
    def differ(self) -> bool:
        return not self.tested == self.replied == self.excepted


def both_ways(
    rows: Iterable[Mapping[str, Any]],
    changed: Mapping[str, str],
    granted: Mapping[str, ExceptionGrant],
    findings: Mapping[str, str] | None = None,
) -> BothWays:
    """Totals of a list of projects. `changed`: project id → verdict after replies, where it is another;
    `granted`: exceptions in force;
    `findings`: project id → verdict that a committee found.
    """
    counts: tuple[Counter[str], Counter[str], Counter[str]] = (
        Counter(),
        Counter(),
        Counter(),
    )
    money: tuple[Counter[str], Counter[str], Counter[str]] = (
        Counter(),
        Counter(),
        Counter(),
    )
    for row in rows:
        replied = changed.get(
            row["project_id"],
            row["verdict"],
        )
        for n, verdict in enumerate(
            (
                row["verdict"],
                replied,
                "EXCEPTION"
                if row["project_id"] in granted
                else (findings or {}).get(
                    row["project_id"],
                    replied,
                ),
            )
        ):
            counts[n][verdict] += 1
            # pence, so that the three columns add up to the same sum
            money[n][verdict] += round(100 * (row["year_gbp"] or 0))
    tested, after, excepted = (
        {v: (c, m[v] / 100) for v, c in held.items()}
        for held, m in zip(counts, money, strict=True)
    )
    return BothWays(tested, after, excepted)
