"""A table as an Excel workbook that says what it is: the rows on one sheet, title, notes and columns on
another.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

# Measuring every cell of a long table takes longer than writing it.
FITTED_ROWS: Final = 5_000


def sheet_file(
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
    notes: Sequence[str],
    sheet_names: tuple[str, str],
) -> bytes:
    """`labels` maps columns to their headings. Text is always written as text: no cell can become a formula
    or a link.

    `sheet_names` are the names of the sheet of rows and of the sheet of notes.
    """
    out = io.BytesIO()
    plain = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    of_rows, of_notes = (name[:31] for name in sheet_names)
    with xlsxwriter.Workbook(out, plain) as book:
        _add_rows(book, of_rows, rows, labels)
        _add_notes(book, of_notes, notes, labels)
    return out.getvalue()


def _add_rows(
    book: xlsxwriter.Workbook,
    name: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> None:
    """The sheet of rows: headings that stay in sight, a filter, and columns as wide as they need."""
    head = book.add_format(
        {
            "bold": True,
            "bottom": 1,
            "text_wrap": True,
            "valign": "top",
        }
    )
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(name)
    last_column = len(labels) - 1
    for column, heading in enumerate(labels.values()):
        sheet.write_string(0, column, heading, head)
    for at, row in enumerate(rows, start=1):
        for column, key in enumerate(labels):
            _write(
                sheet,
                at,
                column,
                row.get(key),
                days,
            )
    sheet.freeze_panes(1, 0)
    sheet.autofilter(
        0,
        0,
        max(
            1,
            len(rows),
        ),
        last_column,
    )
    if len(rows) <= FITTED_ROWS:
        sheet.autofit(max_width=360)
    else:
        sheet.set_column(0, last_column, 18)


def _add_notes(
    book: xlsxwriter.Workbook,
    name: str,
    notes: Sequence[str],
    labels: Mapping[str, str],
) -> None:
    """The sheet of notes, and under them which heading stands for which column."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 110)
    headings = (f"{heading}: {key}" for key, heading in labels.items())
    for at, line in enumerate((*notes, *headings)):
        sheet.write_string(at, 0, line)


def _write(
    table: Any,
    row: int,
    column: int,
    value: Any,
    days: Any,
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        table.write_boolean(row, column, value)
    elif isinstance(
        value,
        (int, float),
    ):
        table.write_number(row, column, value)
    elif isinstance(
        value,
        (date, datetime),
    ):
        table.write_datetime(row, column, value, days)
    else:
        table.write_string(
            row,
            column,
            str(value),
        )
