"""The figures of a pack as a workbook: one sheet a table, numbers as numbers, words never as formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

import xlsxwriter

from clearlink.rules.plain_text import cut_to, printable

# the most a cell of a workbook takes; the writer would leave out a longer text without a word
CELL: Final = 32_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """`notes` stand above the table: what it is, its date and source. Empty cells stay empty; nothing is
    made a zero.
    """

    name: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | date | None, ...], ...]


def xlsx_bytes(
    title: str, sheets: Sequence[Sheet], made_at: datetime | None = None
) -> bytes:
    """The workbook. Text that begins with = or another sign of a formula is written as the text it is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    book.set_properties(
        {
            "title": printable(title),
            "author": "Clear Link / Cyswllt Clir",
            **({"created": made_at.replace(tzinfo=None)} if made_at else {}),
        }
    )
    bold, wrap = (
        book.add_format(
            {
                "bold": True,
                "bg_color": "#f4f5f6",
                "border": 1,
                "border_color": "#c9ced3",
            }
        ),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    heading = book.add_format({"bold": True, "font_size": 13})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        page.write_string(
            0,
            0,
            cut_to(title, CELL),
            heading,
        )
        for at, note in enumerate(sheet.notes, 1):
            page.write_string(
                at,
                0,
                cut_to(note, CELL),
            )
        top = len(sheet.notes) + 2
        for column, label in enumerate(sheet.columns):
            page.write_string(
                top,
                column,
                cut_to(label, CELL),
                bold,
            )
        for down, row in enumerate(sheet.rows, top + 1):
            for column, value in enumerate(row):
                if value is None:
                    continue
                if isinstance(value, date):
                    # a cell of a workbook has no time zone
                    midnight = datetime.combine(value, time())
                    page.write_datetime(down, column, midnight, day)
                elif isinstance(value, (int, float)):
                    page.write_number(down, column, value)
                else:
                    page.write_string(
                        down,
                        column,
                        cut_to(value, CELL),
                        wrap,
                    )
        page.freeze_panes(top + 1, 1)
        page.set_column(0, 0, 14)
        page.set_column(
            1,
            len(sheet.columns) - 1,
            24,
        )
    book.close()
    return out.getvalue()
