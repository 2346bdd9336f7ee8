"""The figures of a pack as a workbook: one sheet a table, numbers as numbers, words never as formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

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


_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_HEADER: Final = {
    "bold": True,
    "bg_color": "#f4f5f6",
    "border": 1,
    "border_color": "#c9ced3",
}
_TITLE: Final = {"bold": True, "font_size": 13}
_WORDS: Final = {"text_wrap": True, "valign": "top"}
_DAY: Final = {"num_format": "yyyy-mm-dd", "valign": "top"}


@dataclass(frozen=True, slots=True)
class _Formats:
    """How the cells of the workbook look."""

    title: Format
    header: Format
    words: Format
    day: Format


def xlsx_bytes(
    title: str,
    sheets: Sequence[Sheet],
    made_at: datetime | None = None,
) -> bytes:
    """The workbook. Text that begins with = or another sign of a formula is written as the text it is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    properties: dict[str, Any] = {
        "title": printable(title),
        "author": "Clear Link / Cyswllt Clir",
    }
    if made_at:
        properties["created"] = made_at.replace(tzinfo=None)
    book.set_properties(properties)
    header, words = book.add_format(_HEADER), book.add_format(_WORDS)
    formats = _Formats(
        title=book.add_format(_TITLE),
        header=header,
        words=words,
        day=book.add_format(_DAY),
    )
    for sheet in sheets:
        _write_sheet(
            book.add_worksheet(sheet.name[:31]),
            title,
            sheet,
            formats,
        )
    book.close()
    return out.getvalue()


def _write_sheet(
    page: Worksheet,
    title: str,
    sheet: Sheet,
    formats: _Formats,
) -> None:
    """Title and notes, an empty row, the names of the columns, the rows."""
    page.write_string(
        0,
        0,
        cut_to(title, CELL),
        formats.title,
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
            formats.header,
        )
    for down, row in enumerate(
        sheet.rows,
        top + 1,
    ):
        for column, value in enumerate(row):
            _write_cell(
                page,
                down,
                column,
                value,
                formats,
            )
    page.freeze_panes(
        top + 1,
        1,
    )
    page.set_column(0, 0, 14)
    page.set_column(
        1,
        len(sheet.columns) - 1,
        24,
    )


def _write_cell(
    page: Worksheet,
    down: int,
    column: int,
    value: str | float | int | date | None,
    formats: _Formats,
) -> None:
    """A day as a day, a number as a number, words as words; an unknown value leaves the cell empty."""
    if value is None:
        return
    if isinstance(value, date):
        # a cell of a workbook has no time zone
        midnight = datetime.combine(value, time())
        page.write_datetime(
            down,
            column,
            midnight,
            formats.day,
        )
    elif isinstance(value, (int, float)):
        page.write_number(down, column, value)
    else:
        page.write_string(
            down,
            column,
            cut_to(value, CELL),
            formats.words,
        )
