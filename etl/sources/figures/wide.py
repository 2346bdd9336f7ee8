"""Tables with one row per area and one column per indicator."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from etl.files.refusal import FileRefused
from etl.files.sheet import Cell, Sheet, cell_name, text_cell
from etl.sources.catalogue import Column, Source
from etl.sources.corrections import Correction, corrections_of
from etl.sources.headers import locate
from etl.sources.reading import Reading

_CODE_LIKE: Final = re.compile(r"[A-Z]\d{2}\S*")
_ELSEWHERE: Final = (
    "E",
    "S",
    "N",
    "K",
    "J",
    "L",
    "M",
)


def data_rows(
    sheet: Sheet,
    header_row: int,
    code_column: int,
    *,
    uk_wide: bool = False,
) -> Iterator[int]:
    """Rows below the header that hold data, counted from 0.

    Passed over: blank rows; notes (one filled cell that is not a code); and, where the source covers more
    than Wales, the rows of other countries, but only in a file where they are the greater part. Elsewhere
    such a row is an error.
    """
    below = range(
        header_row,
        len(sheet.rows),
    )
    skip = (
        _ELSEWHERE
        if uk_wide and _mostly_elsewhere(sheet, below, code_column)
        else ()
    )
    for row in below:
        cells = sheet.rows[row]
        code = text_cell(cells[code_column]) if code_column < len(cells) else ""
        if not _is_blank_or_note(cells) and not code.startswith(skip):
            yield row


def _is_blank_or_note(cells: Iterable[Cell]) -> bool:
    filled = [text for cell in cells if (text := text_cell(cell))]
    return not filled or (
        len(filled) == 1 and not _CODE_LIKE.fullmatch(filled[0])
    )


def row_is_ragged(
    reading: Reading,
    sheet: Sheet,
    header_row: int,
    row: int,
) -> bool:
    """Whether a row has fewer cells than the header, or filled cells beyond it; if so it was refused."""
    cells, width = sheet.rows[row], len(sheet.rows[header_row - 1])
    if len(cells) == width or (
        len(cells) > width
        and not any(text_cell(cell) for cell in cells[width:])
    ):
        return False
    reading.refuse(
        "row_ragged",
        f"{sheet.name}, row {row + 1}",
        (sheet.name, row),
        cells=len(cells),
        headings=width,
    )
    return True


def read_wide(
    reading: Reading,
    table: str,
    sheet: Sheet,
    header_row: int,
) -> None:
    """Takes every figure of a wide table into the reading, under the source's period (its edition if none
    is stated).
    """
    source = reading.source
    code_heading = str(source.option("code_heading"))
    columns = _columns_of(source, table)
    fixed: dict[str, str] = dict(source.option("fixed", {}))
    headings = [
        code_heading,
        *(column.found for column in columns),
        *fixed,
    ]
    at = locate(reading, sheet, header_row, headings)
    code_at = at[code_heading]
    withdrawn = _withdrawn(source)
    is_counted = _is_first_table(source, table)
    wales_too = bool(source.option("wales_line"))
    uk_wide = bool(source.option("uk_wide"))
    for row in data_rows(sheet, header_row, code_at, uk_wide=uk_wide):
        reading.harvest.rows_read += is_counted
        if row_is_ragged(reading, sheet, header_row, row) or _fixed_differs(
            reading, sheet, row, fixed, at
        ):
            continue
        area = reading.area_of(
            sheet,
            row,
            code_at,
            code_heading,
            wales_too=wales_too,
        )
        if area is not None:
            _take_row(reading, sheet, row, area, columns, at, withdrawn)
    for column in columns:
        if column.found in withdrawn:
            _still_wrong(
                reading,
                column,
                withdrawn[column.found],
            )


def _columns_of(source: Source, table: str) -> list[Column]:
    return [column for column in source.columns if column.table in ("", table)]


def _withdrawn(source: Source) -> dict[str, Correction]:
    """Column → the correction that withdraws it."""
    return {
        c.where["column"]: c
        for c in corrections_of(source.source_id)
        if c.action == "withdraw"
    }


def _is_first_table(source: Source, table: str) -> bool:
    """Rows are counted in the first table of a file alone: the others are of the same areas."""
    tables = source.option("tables") or [{"name": ""}]
    return bool(table == tables[0]["name"])


def _take_row(
    reading: Reading,
    sheet: Sheet,
    row: int,
    area: str,
    columns: Sequence[Column],
    places: Mapping[str, int],
    withdrawn: Container[str],
) -> None:
    """Takes the figures of one area; those of a withdrawn column are kept apart."""
    source = reading.source
    periods: dict[str, str] = dict(source.option("periods", {}))
    whole = str(source.option("period", source.edition))
    for column in columns:
        name, at = column.found, places[column.found]
        figure = reading.figure(
            sheet,
            row,
            at,
            name,
            column,
        )
        if figure is not None:
            take = reading.withdraw if name in withdrawn else reading.observe
            take(
                column,
                area,
                periods.get(name, whole),
                figure,
                cell_name(sheet, row, at, name),
            )


def _still_wrong(
    reading: Reading,
    column: Column,
    correction: Correction,
) -> None:
    """Says why a column is withdrawn. Raises FileRefused once its mean is no longer what made it impossible:
    it was mended. A mean that no figures of this kind could have is another fault, and found with those of
    every column.
    """
    mean = reading.mean_of(column)
    if mean is not None and (column.mean_low or 0) <= mean <= float(
        correction.where["mean_above"]
    ):
        raise FileRefused(
            "correction_expired",
            column.found,
            correction=correction.correction_id,
        )
    reading.note(
        "correction_applied",
        column.found,
        correction=correction.correction_id,
        reason=correction.what_en,
    )


def _fixed_differs(
    reading: Reading,
    sheet: Sheet,
    row: int,
    fixed: dict[str, str],
    at: dict[str, int],
) -> bool:
    for name, expected in fixed.items():
        held = text_cell(sheet.rows[row][at[name]])
        if held != expected:
            reading.refuse(
                "fixed_value",
                cell_name(
                    sheet,
                    row,
                    at[name],
                    name,
                ),
                (sheet.name, row),
                cell=held,
                expected=expected,
            )
            return True
    return False


def _mostly_elsewhere(
    sheet: Sheet,
    rows: range,
    code_column: int,
) -> bool:
    elsewhere = sum(
        1
        for row in rows
        if code_column < len(sheet.rows[row])
        and text_cell(sheet.rows[row][code_column]).startswith(_ELSEWHERE)
    )
    return 2 * elsewhere > len(rows)
