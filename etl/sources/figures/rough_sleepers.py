"""Rough sleepers as the retired StatsWales site exported them: authorities by name in rows, months in
columns, notes below.
"""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Sequence
from typing import Final

from etl.files.sheet import Sheet, cell_name, text_cell
from etl.records import Harvest
from etl.sources.catalogue import CATALOGUE, Source
from etl.sources.opening import csv_sheet
from etl.sources.reading import Reading

_MONTH: Final = re.compile(
    r"(?P<year>20\d\d) (?P<month>[A-Z][a-z]{2})(?: \(r\))?"
)
_MONTHS: Final = tuple(calendar.month_abbr)


def read(source: Source, data: bytes) -> Harvest:
    """People counted on the last night of each month in each authority, and the Wales line.

    What the notes say of the period is kept as a remark. A name that is no authority of Wales is refused by
    row.
    """
    reading = Reading(source)
    sheet = csv_sheet(source, data)
    header = next(
        (at for at, cells in enumerate(sheet.rows) if _months(cells)),
        None,
    )
    if header is not None:
        _read_table(reading, sheet, header)
    for row, cells in enumerate(sheet.rows):
        if text_cell(cells[0]) == "Period":
            reading.note(
                "publisher_remark",
                cell_name(sheet, row, 1),
                area="Wales",
                remark=text_cell(cells[1]),
            )
    return reading.finish()


def _read_table(
    reading: Reading,
    sheet: Sheet,
    header: int,
) -> None:
    """The rows under the months, down to the first without a name."""
    months, codes = _months(sheet.rows[header]), _codes()
    for row in range(
        header + 1,
        len(sheet.rows),
    ):
        name = text_cell(sheet.rows[row][0])
        if not name:
            break
        reading.harvest.rows_read += 1
        if name in codes:
            _read_row(
                reading,
                sheet,
                header,
                row,
                codes[name],
                months,
            )
            continue
        known = ", ".join(sorted(codes))
        reading.refuse(
            "category_unknown",
            cell_name(sheet, row, 0),
            (sheet.name, row),
            cell=name,
            known=known,
        )


def _read_row(
    reading: Reading,
    sheet: Sheet,
    header: int,
    row: int,
    area: str,
    months: dict[int, str],
) -> None:
    column = reading.source.columns[0]
    for where, day in months.items():
        heading = text_cell(sheet.rows[header][where])
        read = reading.figure(
            sheet,
            row,
            where,
            heading,
            column,
        )
        if read is not None:
            reading.observe(
                column,
                area,
                day,
                read,
                cell_name(sheet, row, where, heading),
            )


def _months(cells: Sequence[object]) -> dict[int, str]:
    """The columns of a heading row that are months, each with its last day."""
    months: dict[int, str] = {}
    for at, cell in enumerate(cells):
        month = _MONTH.fullmatch(str(cell or "").strip())
        if month is not None and month["month"] in _MONTHS:
            year, number = int(month["year"]), _MONTHS.index(month["month"])
            months[at] = (
                f"{year}-{number:02d}-{calendar.monthrange(year, number)[1]}"
            )
    return months


def _codes() -> dict[str, str]:
    with (CATALOGUE / "places.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name_en"]: row["area_code"]
            for row in csv.DictReader(file)
            if row["area_code"].startswith("W")
        }
