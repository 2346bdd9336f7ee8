"""The bytes of a register file → one table of text cells, each row with the number a spreadsheet shows for
it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from etl.directory import folded
from etl.files.delimited import read_csv
from etl.files.refusal import FileRefused, refused_file
from etl.files.sheet import Cell, column_letters, text_cell
from etl.files.text import text_by_row
from etl.files.visible_sheets import visible_sheets
from etl.files.workbook import read_workbook
from etl.records import Problem, Severity, SourceProblem
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import SOURCE_ID, problem, quoted

__all__ = [
    "Cells",
    "Table",
    "column_letters",
    "read_table",
    "sheets_of",
]

MOST_ROWS = 50_000
HEADER_WITHIN_ROWS = 10
SEPARATORS = ",;\t"
WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`header` is the row of column names; `rows` are those beneath it with their numbers, blank ones left
    out. `notes`: of the rest of the file.
    """

    file: str
    header_row: int
    header: Cells
    rows: tuple[tuple[int, Cells], ...]
    is_workbook: bool
    notes: tuple[Problem, ...] = ()


def read_table(
    data: bytes,
    file: str,
    known_headers: Collection[str],
) -> Table:
    """The table in `data`: a workbook, or CSV in UTF-8 with commas, semicolons or tabs.

    `known_headers` (folded) say which sheet, which row and which separator hold the register. Raises
    SourceProblem.
    """
    is_workbook = data.startswith(WORKBOOK_MARKS)
    try:
        sheets, names = (
            _workbook_sheets(data)
            if is_workbook
            else (
                [_csv_rows(data, file, known_headers)],
                [""],
            )
        )
    except FileRefused as refused:
        raise refused_file(SOURCE_ID, file, refused) from refused
    at_sheet = _likeliest_sheet(sheets, known_headers)
    numbered = [
        (number, row)
        for number, row in enumerate(sheets[at_sheet], 1)
        if any(row)
    ]
    _check_length(numbered, file)
    # The first row wins a tie, so a file without one known name is still told what its first row holds.
    at_row = max(
        range(min(HEADER_WITHIN_ROWS, len(numbered))),
        key=lambda i: (
            _matches(
                numbered[i][1],
                known_headers,
            ),
            -i,
        ),
    )
    header_row, header = numbered[at_row]
    return Table(
        file,
        header_row,
        _stripped(header),
        tuple(numbered[at_row + 1 :]),
        is_workbook,
        _sheets_not_read(sheets, names, at_sheet, file),
    )


def _likeliest_sheet(
    sheets: Sequence[Sequence[Cells]], known_headers: Collection[str]
) -> int:
    """Where the sheet stands whose header holds most of the names that are known; the first wins a tie."""
    known = [
        max(
            (
                _matches(row, known_headers)
                for row in sheet[:HEADER_WITHIN_ROWS]
            ),
            default=0,
        )
        for sheet in sheets
    ]
    return known.index(max(known))


def _check_length(rows: Sequence[tuple[int, Cells]], file: str) -> None:
    if not rows:
        raise SourceProblem([problem("table_empty", file)])
    if len(rows) > MOST_ROWS:
        raise SourceProblem(
            [
                problem(
                    "table_too_long",
                    file,
                    found=f"{len(rows):,}",
                    limit=f"{MOST_ROWS:,}",
                )
            ]
        )


def _sheets_not_read(
    sheets: Sequence[Sequence[Cells]],
    names: Sequence[str],
    at_sheet: int,
    file: str,
) -> tuple[Problem, ...]:
    """A note on the other sheets that hold something, and how many rows each holds."""
    left = [
        f"{quoted_heading(name)} ({sum(map(any, sheet))})"
        for at, (name, sheet) in enumerate(zip(names, sheets, strict=True))
        if at != at_sheet and any(map(any, sheet))
    ]
    if not left:
        return ()
    note = problem(
        "sheets_not_read",
        file,
        severity=Severity.WARNING,
        found=", ".join(left),
        sheet=names[at_sheet],
    )
    return (note,)


def sheets_of(data: bytes, file: str) -> list[list[Cells]]:
    """Every sheet of a workbook that is shown, as rows of text cells. Raises SourceProblem."""
    try:
        return _workbook_sheets(data)[0]
    except FileRefused as refused:
        raise refused_file(SOURCE_ID, file, refused) from refused


def _matches(row: Sequence[str], known_headers: Collection[str]) -> int:
    return sum(folded(cell) in known_headers for cell in row if cell)


def _stripped(cells: Iterable[str]) -> Cells:
    return tuple(cell.strip() for cell in cells)


def _register_text(cell: Cell) -> str:
    # Leading tabs and spaces stay until the guards have seen them: text_cell would hide them.
    return cell if isinstance(cell, str) else text_cell(cell)


def _workbook_sheets(data: bytes) -> tuple[list[list[Cells]], list[str]]:
    sheets = read_workbook(
        data,
        visible_sheets(data),
        by_row=True,
    )
    rows = [
        [tuple(_register_text(cell) for cell in row) for row in sheet.rows]
        for sheet in sheets.values()
    ]
    return (rows, list(sheets)) if rows else ([[]], [""])


def _csv_rows(
    data: bytes,
    file: str,
    known_headers: Collection[str],
) -> list[Cells]:
    if data.startswith((b"%PDF", b"\x89PNG", b"{", b"[")):
        raise SourceProblem(
            [
                problem(
                    "not_a_table",
                    file,
                    found=quoted(data[:16].decode("ascii", "replace")),
                )
            ]
        )
    text = text_by_row(data)
    opening = [
        line.replace('"', "")
        for line in text.splitlines()[: HEADER_WITHIN_ROWS * 2]
        if line.strip()
    ]

    def fit(separator: str) -> tuple[int, int]:
        parts = [line.split(separator) for line in opening]
        return max(
            ((_matches(row, known_headers), len(row)) for row in parts),
            default=(0, 0),
        )

    sheet = read_csv(
        data,
        file,
        delimiter=max(SEPARATORS, key=fit),
        by_row=True,
    )
    return [tuple(_register_text(cell) for cell in row) for row in sheet.rows]
