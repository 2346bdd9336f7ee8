"""Rows of one table that bear the same key: copies are loaded once, rows that differ are all refused, each
with the cells of the others.

Which of two rows is right is nobody's to guess, so neither stands and both are named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from etl.sources.registers.register_row_reader import RowReader


def refuse_repeats(
    read: Iterable[tuple[RowReader, Hashable]], column: str
) -> set[int]:
    """Says on each reader what its key repeats, at `column`; answers the rows that are copies of an earlier
    one and left out. An empty key is none.
    """
    by_key: dict[Hashable, list[RowReader]] = defaultdict(list)
    for cells, key in read:
        if key:
            by_key[key].append(cells)
    repeated = [same for same in by_key.values() if len(same) > 1]
    return {number for same in repeated for number in _refuse(same, column)}


def _refuse(same: Sequence[RowReader], column: str) -> list[int]:
    first, *others = same
    if all(each.row.cells == first.row.cells for each in others):
        for each in others:
            each.warn(
                column,
                "row_copied",
                "",
                other=_cell(first, column),
            )
        return [each.row.number for each in others]
    for each in same:
        listed = ", ".join(
            _cell(other, column) for other in same if other is not each
        )
        each.refuse(column, "duplicate_key", other=listed)
    return []


def _cell(cells: RowReader, column: str) -> str:
    return f"{cells.row.letters[column]}{cells.row.number}"
