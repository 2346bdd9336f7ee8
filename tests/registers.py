"""Small registers and the directory they are checked against, for tests: real codes, invented projects."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import openpyxl

from etl.directory import CATALOGUE, Directory
from etl.pipeline.register import read_register
from etl.records import Area, AreaLink, Register

COLUMNS = (
    (CATALOGUE / "register_template.csv")
    .read_text(encoding="utf-8")
    .strip()
    .split(",")
)
RCT, CARDIFF = "W06000016", "W06000015"


def directory(**changes: object) -> Directory:
    """Two authorities, their regions and a few small areas; W01001200 was merged into W01002101, W01000924
    was split.
    """
    areas = [
        Area("W92000004", "WALES", "Wales", "Cymru"),
        Area(RCT, "LA", "Rhondda Cynon Taf", "Rhondda Cynon Taf"),
        Area(CARDIFF, "LA", "Cardiff", "Caerdydd"),
        Area("W06000024", "LA", "Merthyr Tydfil", "Merthyr Tudful"),
        Area("RPB_GWENT", "RPB", "Gwent", "Gwent"),
        Area("RCC_CWM_TAF", "RCC", "Cwm Taf", "Cwm Taf"),
        Area("W01001274", "LSOA21", "Rhondda Cynon Taf 003A", None, RCT),
        Area("W01001274", "LSOA11", "Rhondda Cynon Taf 003A", None, RCT),
        Area("W01001275", "LSOA21", "Rhondda Cynon Taf 003B", None, RCT),
        Area("W01001943", "LSOA21", "Cardiff 048B", None, CARDIFF),
        Area("W01002101", "LSOA21", "Rhondda Cynon Taf 009F", None, RCT),
        Area(
            "W01002201", "LSOA21", "Neath Port Talbot 001E", None, "W06000012"
        ),
        Area(
            "W01002202", "LSOA21", "Neath Port Talbot 001F", None, "W06000012"
        ),
    ]
    links = [
        AreaLink("W01001274", "W01001274", "LSOA21"),
        AreaLink("W01001200", "W01002101", "LSOA21", change="merged"),
        AreaLink("W01000924", "W01002201", "LSOA21", change="split"),
        AreaLink("W01000924", "W01002202", "LSOA21", change="split"),
    ]
    return replace(Directory.from_catalogue(areas, links), **changes)  # type: ignore[arg-type]


def row(**cells: str) -> dict[str, str]:
    """A row that would be accepted, with `cells` in place of its own."""
    plain = {
        "project_id": "P-1",
        "title": "Parenting groups",
        "programme": "Families First",
        "commissioner": "Rhondda Cynon Taf",
        "start": "2024-04-01",
        "end": "2027-03-31",
        "annual_value_gbp": "84500",
        "area_codes": "W01001274",
    }
    return {**plain, **cells}


def csv_of(
    rows: Sequence[Mapping[str, str]],
    columns: Sequence[str] = COLUMNS,
    separator: str = ",",
) -> bytes:
    """The rows as a CSV file in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(
        [each.get(column, "") for column in columns] for each in rows
    )
    return out.getvalue().encode("utf-8")


def workbook_of(
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str] = COLUMNS,
    title: str = "Cofrestr",
) -> bytes:
    """The rows as a workbook whose register is not the first sheet; dates may be real date cells."""
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["A1"] = "Read me first"
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    for each in rows:
        sheet.append([each.get(column) for column in columns])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
            elif isinstance(cell.value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows: Mapping[str, str], **changes: object) -> Register:
    """What reading these rows of the template gives."""
    return read_register(
        csv_of(rows), "register.csv", directory=directory(**changes)
    )


def found(register: Register) -> list[tuple[int | None, str | None, str]]:
    """Row, column and code of every problem but the notes about columns that are not used."""
    return [
        (p.row, p.column, p.code)
        for p in register.problems
        if p.code != "column_not_used"
    ]
