"""Tables with one row per area and one column per indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from etl.files.refusal import FileRefused
from etl.files.sheet import Sheet, cell_name, text_cell
from etl.sources.catalogue import Column
from etl.sources.corrections import Correction, corrections_of
from etl.sources.headers import locate
from etl.sources.reading import Reading

_CODE_LIKE: Final = re.compile(r"[A-Z]\d{2}\S*")
_ELSEWHERE: Final = ("E", "S", "N", "K", "J", "L", "M")


def data_rows(sheet: Sheet, header_row: int, code_column: int, *, uk_wide: bool = False) -> Iterator[int]:
    """Rows below the header that hold data, counted from 0.

    Passed over: blank rows; notes (one filled cell that is not a code); and, where the source covers more
    than Wales, the rows of other countries, but only in a file where they are the greater part. Elsewhere
    such a row is an error.
    """
    below = range(header_row, len(sheet.rows))
    skip = _ELSEWHERE if uk_wide and _mostly_elsewhere(sheet, below, code_column) else ()
    for row in below:
        filled = [text for cell in sheet.rows[row] if (text := text_cell(cell))]
        if not filled or (len(filled) == 1 and not _CODE_LIKE.fullmatch(filled[0])):
            continue
        if (
            skip
            and code_column < len(sheet.rows[row])
            and text_cell(sheet.rows[row][code_column]).startswith(skip)
        ):
            continue
        yield row


def row_is_ragged(reading: Reading, sheet: Sheet, header_row: int, row: int) -> bool:
    """Whether a row has fewer cells than the header, or filled cells beyond it; if so it was refused."""
    cells, width = sheet.rows[row], len(sheet.rows[header_row - 1])
    if len(cells) == width or (len(cells) > width and not any(text_cell(cell) for cell in cells[width:])):
        return False
    reading.refuse(
        "row_ragged", f"{sheet.name}, row {row + 1}", (sheet.name, row), cells=len(cells), headings=width
    )
    return True


def read_wide(reading: Reading, table: str, sheet: Sheet, header_row: int) -> None:
    """Takes every figure of a wide table into the reading, under the source's period (its edition if none
    is stated).
    """
    source = reading.source
    code_heading = str(source.option("code_heading"))
    columns = [column for column in source.columns if column.table in ("", table)]
    fixed: dict[str, str] = dict(source.option("fixed", {}))
    at = locate(reading, sheet, header_row, [code_heading, *(column.found for column in columns), *fixed])
    withdrawn = {c.where["column"]: c for c in corrections_of(source.source_id) if c.action == "withdraw"}
    periods: dict[str, str] = dict(source.option("periods", {}))
    period = str(source.option("period", source.edition))
    counted = table == (source.option("tables") or [{"name": ""}])[0]["name"]
    for row in data_rows(sheet, header_row, at[code_heading], uk_wide=bool(source.option("uk_wide"))):
        reading.harvest.rows_read += counted
        if row_is_ragged(reading, sheet, header_row, row) or _fixed_differs(reading, sheet, row, fixed, at):
            continue
        area = reading.area_of(
            sheet, row, at[code_heading], code_heading, wales_too=bool(source.option("wales_line"))
        )
        if area is None:
            continue
        for column in columns:
            where = at[column.found]
            read = reading.figure(sheet, row, where, column.found, column)
            if read is not None:
                take = reading.withdraw if column.found in withdrawn else reading.observe
                take(
                    column,
                    area,
                    periods.get(column.found, period),
                    read,
                    cell_name(sheet, row, where, column.found),
                )
    for column in columns:
        if column.found in withdrawn:
            _still_wrong(reading, column, withdrawn[column.found])


def _still_wrong(reading: Reading, column: Column, correction: Correction) -> None:
    """Says why a column is withdrawn. Raises FileRefused once its mean is no longer what made it impossible:
    it was mended. A mean that no figures of this kind could have is another fault, and found with those of
    every column.
    """
    mean = reading.mean_of(column)
    if mean is not None and (column.mean_low or 0) <= mean <= float(correction.where["mean_above"]):
        raise FileRefused("correction_expired", column.found, correction=correction.correction_id)
    reading.note(
        "correction_applied", column.found, correction=correction.correction_id, reason=correction.what_en
    )


def _fixed_differs(
    reading: Reading, sheet: Sheet, row: int, fixed: dict[str, str], at: dict[str, int]
) -> bool:
    for name, expected in fixed.items():
        held = text_cell(sheet.rows[row][at[name]])
        if held != expected:
            reading.refuse(
                "fixed_value",
                cell_name(sheet, row, at[name], name),
                (sheet.name, row),
                cell=held,
                expected=expected,
            )
            return True
    return False


def _mostly_elsewhere(sheet: Sheet, rows: range, code_column: int) -> bool:
    elsewhere = sum(
        1
        for row in rows
        if code_column < len(sheet.rows[row])
        and text_cell(sheet.rows[row][code_column]).startswith(_ELSEWHERE)
    )
    return 2 * elsewhere > len(rows)
