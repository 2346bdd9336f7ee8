"""Which record a person should settle next: first those that one answer settles, then by pounds a year and
people in need.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from clearlink.proposals.served import proposals
from clearlink.proposals.themes import Proposal
from clearlink.review.codes import SettledField, SettledState
from clearlink.review.records import Settled
from clearlink.review.roles import Act, Viewer
from clearlink.rules.codes import Verdict
from clearlink.rules.link.open_answers import NONE_DOES, Settling, settling_of
from clearlink.rules.link.two_questions import is_held, stated_a_year
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Row

ASKED: Final = ("theme", "place", "priority")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that cannot be assessed yet. `missing`: which of theme, place and priority it lacks; `words`:
    its row of words.
    """

    row: Row
    words: Row
    missing: tuple[str, ...]
    proposal: Proposal | None

    @property
    def project_id(self) -> str:
        """The record's id."""
        return str(self.row["project_id"])

    @property
    def settling(self) -> Settling:
        """How many answers its verdict waits for."""
        return settling_of(self.row)

    def is_for(self, work: str) -> bool:
        """Whether it belongs to a kind of work: `all`, `one` answer away from its verdict, a paper that waits
        for its `second` reader, a theme `proposed` for it, a `paper` to be read.
        """
        kinds: dict[str, bool] = {
            "all": True,
            "one": self.settling.least == 1,
            "second": self.row["on_record"] == "silent_one",
            "proposed": self.proposal is not None,
            "paper": "theme" not in self.missing,
        }
        return kinds[work]


def waiting(
    viewer: Viewer,
    place: str,
    settled: Collection[Settled],
) -> list[Waiting]:
    """Records of a place that this person may settle and that an answer brings nearer to a verdict, in the
    order in which answers settle most.

    `settled`: what stands accepted or rejected; a theme that was rejected for a record is never proposed for
    it again.
    """
    rejected = _rejected_themes(settled)
    words = {r["project_id"]: r for r in reader.proposal_records()}
    proposed = {
        project_id: p
        for project_id, p in proposals().items()
        if (project_id, p.theme_id) not in rejected
    }
    records = []
    for row in _to_settle(viewer, place):
        missing = tuple(what for what in ASKED if not is_held(row, what))
        if missing and settling_of(row).least < NONE_DOES:
            key = row["project_id"]
            records.append(
                Waiting(
                    row,
                    words[key],
                    missing,
                    proposed.get(key),
                )
            )
    return in_order(records)


def _to_settle(viewer: Viewer, place: str) -> list[Row]:
    """Records of the place that cannot be assessed yet, of owners for whom this person may settle."""
    owners = reader.project_owners()
    return [
        row
        for row in reader.projects(place)
        if row["verdict"] == Verdict.CANNOT_ASSESS
        and may_settle(
            viewer,
            owners.get(
                row["project_id"],
                (),
            ),
        )
    ]


def _rejected_themes(settled: Collection[Settled]) -> set[tuple[str, str]]:
    """Project and theme, of each that a person rejected."""
    return {
        (s.project_id, s.value)
        for s in settled
        if s.state is SettledState.REJECTED and s.field is SettledField.THEME
    }


def in_order(records: Sequence[Waiting]) -> list[Waiting]:
    """Records that one answer settles whatever it says, then those that one may settle, then those that wait
    for more; of each the one with most money and people first.

    What is not known is not nothing: a record whose money or people nobody recorded counts as the middle one
    of those that have them. Else most real records, which state no yearly sum, would stand behind every grant
    of which three things are unknown.
    """
    gbp = _middle([stated_a_year(w.row) for w in records])
    people = _middle([w.words["people"] for w in records])

    def weight(w: Waiting) -> float:
        return (stated_a_year(w.row) or gbp) * math.sqrt(
            w.words["people"] or people
        )

    return sorted(
        records,
        key=lambda w: (
            w.settling.least,
            not w.settling.is_sure,
            -weight(w),
            w.project_id,
        ),
    )


def _middle(values: Sequence[float | None]) -> float:
    known = [value for value in values if value]
    return median(known) if known else 1.0


def may_settle(viewer: Viewer, owners: Collection[str]) -> bool:
    """Whether this person acts for one of the places whose people settle a record: its authority, or a region
    that it lies in.
    """
    return viewer.is_local or any(
        viewer.may(Act.SETTLE_EVIDENCE, place) for place in owners
    )
