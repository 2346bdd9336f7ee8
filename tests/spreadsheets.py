"""Spreadsheets as councils keep them: nobody's template, with everything that a template forbids."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

Cells = list[object]
HEADER: Cells = [
    "Rhif",
    "Gweithgaredd",
    "Cyflenwr",
    "Cychwyn",
    "Gorffen",
    "Swm (£)",
    "Lle",
    "I bwy",
    "Math",
    "Swyddog contract",
]
ROWS: list[Cells] = [
    [
        101,
        "Grwpiau rhianta Amlwch",
        "Môn Teulu Cyf",
        45383,
        46477,
        "£48,200.00",
        "Sir gyfan",
        "Gofalwyr ifanc",
        "Dwys",
        "N. Swyddog",
    ],
    [
        102,
        "Gofalwyr ifanc y gogledd",
        "Cwmni Gofal",
        date(2024, 4, 1),
        46112,
        "£31,500 p.a.",
        "W06000001",
        "Rhywun",
        "Wedi ei dargedu",
        "N. Swyddog",
    ],
    [
        103,
        "Chwarae i blant anabl",
        "I’w gadarnhau",
        "1 Ebrill 2024",
        "31 Mawrth 2026",
        "c. £12.5k",
        "Sir gyfan",
        "Rhywun",
        "",
        "",
    ],
    [
        104,
        "Clwb sy’n dod i ben cyn dechrau",
        "Menter Môn",
        45383,
        45017,
        "£9,000",
        "Sir gyfan",
        "",
        "",
        "",
    ],
]
TITLES: list[Cells] = [
    ["Cyngor Sir Ynys Môn / Isle of Anglesey County Council"],
    ["Cofrestr contractau Teuluoedd yn Gyntaf 2024–25 (drafft)"],
    [],
]
BELOW: list[Cells] = [
    [None, "Cyfanswm", None, None, None, "£101,200"],
    ["Ffynhonnell: system gyllid, heb TAW"],
]


def unseen_workbook(rows: list[Cells] | None = None) -> bytes:
    """A Welsh workbook: an introduction on the first sheet, merged titles, serial dates, pounds with
    words, a total, a remark.
    """
    book = openpyxl.Workbook()
    book.active.title = "Nodiadau"
    book.active["A1"] = "Darllenwch hwn yn gyntaf"
    sheet = book.create_sheet("Contractau 2024-25")
    for row in [*TITLES, HEADER, *(ROWS if rows is None else rows), *BELOW]:
        sheet.append(row)
    sheet.merge_cells("A1:J1")
    sheet.merge_cells("A2:J2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
