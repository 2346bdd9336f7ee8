"""Which record a person should settle next: by pounds a year, people in need, and how few answers its verdict
waits for.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from clearlink.proposals.served import proposals
from clearlink.proposals.themes import Proposal
from clearlink.review.codes import SettledField, SettledState
from clearlink.review.records import Settled
from clearlink.review.roles import Act, Viewer
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

    def is_for(self, work: str) -> bool:
        """Whether it belongs to a kind of work: `all`, a theme `proposed` for it, a `paper` to be read."""
        return {
            "all": True,
            "proposed": self.proposal is not None,
            "paper": "theme" not in self.missing,
        }[work]


def waiting(viewer: Viewer, place: str, settled: Collection[Settled]) -> list[Waiting]:
    """Records of a place that this person may settle and that wait for a theme or for what their paper says,
    the weightiest first.

    `settled`: what stands accepted or rejected; a theme that was rejected for a record is never proposed for
    it again.
    """
    rejected = {
        (s.project_id, s.value)
        for s in settled
        if s.state is SettledState.REJECTED and s.field is SettledField.THEME
    }
    words = {r["project_id"]: r for r in reader.proposal_records()}
    proposed, owners = proposals(), reader.project_owners()
    records = []
    for row in reader.projects(place):
        if row["verdict"] != "CANNOT_ASSESS" or not may_settle(
            viewer, owners.get(row["project_id"], ())
        ):
            continue
        missing = tuple(what for what in ASKED if not is_held(row, what))
        p = proposed.get(row["project_id"])
        kept = (
            p
            if p is not None and (row["project_id"], p.theme_id) not in rejected
            else None
        )
        if "theme" in missing or "priority" in missing:
            records.append(
                Waiting(
                    row,
                    words[row["project_id"]],
                    missing,
                    kept,
                )
            )
    return sorted(records, key=lambda w: (-weight(w), w.project_id))


def weight(w: Waiting) -> float:
    """Pounds a year by the root of people in need, over the answers it waits for. One pound where no value is
    recorded: never nothing.
    """
    return (
        (stated_a_year(w.row) or 1.0)
        * math.sqrt(1 + w.words["people"])
        / max(1, len(w.missing))
    )


def may_settle(viewer: Viewer, owners: Collection[str]) -> bool:
    """Whether this person acts for one of the places whose people settle a record: its authority, or a region
    that it lies in.
    """
    return viewer.is_local or any(
        viewer.may(Act.SETTLE_EVIDENCE, place) for place in owners
    )
