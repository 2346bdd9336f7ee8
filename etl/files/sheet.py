"""A table as it stands in a publisher's file: text, numbers and dates in rows, with an address for each
cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` start at the first row of the sheet. `is_workbook` decides how a cell is named. `hidden`: rows
    that its author hid, from 1. `merged`: cells merged over several rows, each as column, first and last row,
    from 0.
    """

    name: str
    rows: list[list[Cell]]
    is_workbook: bool = False
    hidden: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(
    sheet: Sheet,
    row: int,
    column: int,
    header: str = "",
) -> str:
    """Where a cell stands, row and column counted from 0: "WIMD_2019_ranks!D12", or "row 12, column Income"
    in a CSV.
    """
    if sheet.is_workbook:
        return f"{sheet.name}!{column_letters(column)}{row + 1}"
    return f"row {row + 1}, column {header or column + 1}"


def text_cell(value: Cell) -> str:
    """A cell as text without surrounding space; a whole number without its decimal point; nothing for no
    content.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value.isoformat() if isinstance(value, date) else value.strip()
