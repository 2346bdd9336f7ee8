"""Lots of one contract in a council's own sheet: rows that repeat its reference under titles of their own.

Each lot is a project with a reference of its own, made of the contract's and its title, so that a later
edition of the sheet gives it the same. Rows of one reference that share a title are no lots: which of them
stands is nobody's to guess, and the register's reader refuses them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from etl.directory import folded
from etl.sources.registers.register_table import Cells

NumberedRow = tuple[int, Cells]


def lots_apart(
    rows: Sequence[NumberedRow],
    id_at: int,
    title_at: int,
) -> dict[int, str]:
    """Row → the reference that its lot gets; only rows that are lots."""
    by_reference: dict[str, list[NumberedRow]] = defaultdict(list)
    for number, row in rows:
        if reference := row[id_at].strip():
            by_reference[reference.casefold()].append((number, row))
    return {
        number: f"{row[id_at].strip()}/{_mark(row[title_at])}"
        for same in by_reference.values()
        if len(same) > 1 and _have_titles_of_their_own(same, title_at)
        for number, row in same
    }


def _have_titles_of_their_own(
    same: Sequence[NumberedRow], title_at: int
) -> bool:
    titles = {folded(row[title_at]) for _, row in same}
    return len(titles) == len(same) and "" not in titles


def _mark(title: str) -> str:
    return hashlib.sha256(folded(title).encode()).hexdigest()[:4].upper()
