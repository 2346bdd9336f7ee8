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
    with xlsxwriter.Workbook(out, plain) as book:
        head = book.add_format(
            {
                "bold": True,
                "bottom": 1,
                "text_wrap": True,
                "valign": "top",
            }
        )
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        table = book.add_worksheet(sheet_names[0][:31])
        for column, heading in enumerate(labels.values()):
            table.write_string(0, column, heading, head)
        for at, row in enumerate(rows, start=1):
            for column, name in enumerate(labels):
                _write(
                    table,
                    at,
                    column,
                    row.get(name),
                    days,
                )
        table.freeze_panes(1, 0)
        table.autofilter(
            0,
            0,
            max(1, len(rows)),
            len(labels) - 1,
        )
        if len(rows) <= FITTED_ROWS:
            table.autofit(max_width=360)
        else:
            table.set_column(
                0,
                len(labels) - 1,
                18,
            )
        about = book.add_worksheet(sheet_names[1][:31])
        about.set_column(0, 0, 110)
        for at, note in enumerate(notes):
            about.write_string(at, 0, note)
        for at, (name, heading) in enumerate(
            labels.items(),
            start=len(notes) + 1,
        ):
            about.write_string(
                at,
                0,
                f"{heading}: {name}",
            )
    return out.getvalue()


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
    elif isinstance(value, (int, float)):
        table.write_number(row, column, value)
    elif isinstance(value, (date, datetime)):
        table.write_datetime(row, column, value, days)
    else:
        table.write_string(
            row,
            column,
            str(value),
        )
