"""CSV bytes → a sheet, in the declared dialect only."""

from __future__ import annotations

import csv
import io

from etl.files import limits
from etl.files.refusal import FileRefused
from etl.files.sheet import Cell, Sheet
from etl.files.text import text_by_row, text_of


def read_csv(
    data: bytes,
    name: str,
    encoding: str = "utf-8",
    delimiter: str = ",",
    *,
    ends_with_line: bool = False,
    by_row: bool = False,
) -> Sheet:
    """Every record of a CSV file as text cells; the first record is row 1.

    With `ends_with_line`, a file whose last line has no line end is refused: a cut-off figure ("1868" →
    "186") cannot be told from a whole one. Publishers' files end their lines; files saved by hand may not.
    `by_row`: a byte that is no letter, and a cell that is too long, are handed on for their row to be
    refused. Raises FileRefused also for lone quotes, cells over 32,767 characters, over 1,000 columns, a
    million rows or 5 million cells.
    """
    text = text_by_row(data, encoding) if by_row else text_of(data, encoding)
    if ends_with_line and not text.endswith(("\n", "\r")):
        raise FileRefused("ends_early", "last line")
    csv.field_size_limit(
        limits.MAX_FILE_BYTES if by_row else limits.MAX_CELL_CHARACTERS
    )
    rows: list[list[Cell]] = []
    cells = 0
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        strict=True,
    )
    try:
        for record in reader:
            rows.append(list(record))
            cells += len(record)
            _check_limits(
                len(rows),
                len(record),
                cells,
            )
    except csv.Error as fault:
        raise FileRefused(
            "csv_broken",
            f"row {len(rows) + 1}",
            detail=fault,
        ) from fault
    return Sheet(name, rows)


def _check_limits(
    row: int,
    columns: int,
    cells: int,
) -> None:
    """Raises FileRefused at the row with which a file has more columns, cells or rows than is read."""
    if columns > limits.MAX_COLUMNS:
        raise FileRefused(
            "too_many_columns",
            f"row {row}",
            count=columns,
            limit=limits.MAX_COLUMNS,
        )
    if cells > limits.MAX_CELLS:
        raise FileRefused(
            "too_many_cells",
            f"row {row}",
            count=f"{cells:,}",
            limit=f"{limits.MAX_CELLS:,}",
        )
    if row > limits.MAX_ROWS:
        raise FileRefused(
            "too_many_rows",
            f"row {row}",
            limit=limits.MAX_ROWS,
        )
