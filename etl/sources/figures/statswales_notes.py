"""StatsWales note codes: they speak before the value, so that a suppressed 0 is never a zero."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from etl.files.sheet import Cell, Sheet, cell_name, text_cell
from etl.records import Marker
from etl.sources.catalogue import Column
from etl.sources.figures.shorthand import Figure, figure
from etl.sources.reading import Reading

# With these note codes the value may be empty or 0 and means nothing; u (low reliability) stands beside a
# value that its publisher would not lean on, so nobody ranks it or adds it up here.
ABSENT: Final = {
    "c": Marker.CONFIDENTIAL,
    "k": Marker.LOW,
    "w": Marker.NONE_RECORDED,
    "u": Marker.UNRELIABLE,
    "x": Marker.NOT_AVAILABLE,
    "z": Marker.NOT_APPLICABLE,
}
NOTE_CODES: Final = frozenset(
    (
        "a",
        "b",
        "e",
        "f",
        "ns",
        "p",
        "r",
        "s",
        "ss",
        "sss",
        "t",
    )
)
_KNOWN_CODES: Final = NOTE_CODES | ABSENT.keys()


def noted_figure(
    reading: Reading,
    sheet: Sheet,
    row: int,
    value_at: int,
    notes_at: int | None,
    wanted: Column,
) -> Figure | None:
    """The figure of a row, or nothing after the row was refused: an unknown note code, an unreadable
    value, or one outside its bounds.
    """
    codes = _note_codes(
        sheet.rows[row],
        notes_at,
    )
    unknown = [code for code in codes if code not in _KNOWN_CODES]
    if unknown:
        reading.refuse(
            "note_unknown",
            cell_name(
                sheet,
                row,
                notes_at or 0,
                "Notes",
            ),
            (sheet.name, row),
            cell=", ".join(unknown),
        )
        return None
    absent = [ABSENT[code] for code in codes if code in ABSENT]
    if absent:
        return Figure(None, absent[0])
    return _value(reading, sheet, row, value_at, wanted)


def _value(
    reading: Reading,
    sheet: Sheet,
    row: int,
    value_at: int,
    wanted: Column,
) -> Figure | None:
    """The value of a row whose notes say nothing of its absence."""
    cell = sheet.rows[row][value_at]
    place = cell_name(sheet, row, value_at, "Data values")
    read = figure(
        cell,
        reading.source.option("marks", "statswales"),
    )
    if read is None:
        reading.refuse(
            "figure_unknown",
            place,
            (sheet.name, row),
            cell=text_cell(cell),
            column="Data values",
        )
        return None
    return reading.bounded(
        read,
        cell,
        place,
        (sheet.name, row),
        wanted,
    )


def _note_codes(
    cells: Sequence[Cell],
    notes_at: int | None,
) -> list[str]:
    """The codes that the cell of notes holds, however they are put apart; none where the sheet has no
    notes.
    """
    if notes_at is None:
        return []
    parts = re.split(
        r"[,\s\[\]]+",
        text_cell(cells[notes_at]).lower(),
    )
    return [code for code in parts if code]


def note_unlisted(
    reading: Reading,
    sheet: Sheet,
    unlisted: Counter[str],
) -> None:
    """Notes the categories of a table that the source does not list, the commonest first."""
    if unlisted:
        listed = "; ".join(
            f"“{name}” ({count})" for name, count in unlisted.most_common(12)
        )
        reading.note("category_new", sheet.name, categories=listed)
