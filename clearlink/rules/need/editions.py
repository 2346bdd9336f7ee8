"""No hindsight: which edition of a need source was in force on the day of a decision (method B4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Edition:
    """One published edition. `loaded` is False for an edition known to exist but not held in this
    warehouse.
    """

    name: str
    published: date
    loaded: bool = True


class EditionInForce(NamedTuple):
    """The edition to judge by; `anachronistic` when it was published after the decision and caps C2 at
    partly met.
    """

    edition: Edition
    anachronistic: bool


def edition_in_force(
    editions: Iterable[Edition],
    decision_date: date,
) -> EditionInForce | None:
    """The latest edition published on or before the decision.

    If that one is not loaded, the next later loaded one is used and is anachronistic. If nothing later is
    loaded either, the latest earlier loaded one is used: it is out of date, but it is not hindsight. None
    when no edition is loaded at all.
    """
    known = sorted(
        editions,
        key=lambda edition: (edition.published, edition.name),
    )
    before = [
        edition for edition in known if edition.published <= decision_date
    ]
    if before and before[-1].loaded:
        return EditionInForce(
            before[-1],
            anachronistic=False,
        )
    later = _loaded(known[len(before) :])
    if later:
        return EditionInForce(
            later[0],
            anachronistic=True,
        )
    earlier = _loaded(before)
    if earlier:
        return EditionInForce(
            earlier[-1],
            anachronistic=False,
        )
    return None


def _loaded(editions: Iterable[Edition]) -> list[Edition]:
    return [edition for edition in editions if edition.loaded]
