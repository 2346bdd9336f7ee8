"""Workbooks are read by a child under limits; whatever happens to the child, we go on."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl.files import limits
from etl.files import workbook as workbooks
from etl.files.refusal import FileRefused
from etl.files.sheet import cell_name, column_letters
from etl.files.workbook import read_workbook


def _xlsx(rows: list[list[object]], *, hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    book.create_sheet("Other")
    if hidden:
        sheet.sheet_state = "hidden"
    box = io.BytesIO()
    book.save(box)
    return box.getvalue()


def _ods_of_many_cells(rows: int, columns: int) -> bytes:
    """A small file that says "repeat this cell" very often."""
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="Data">'
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" office:value="1" '
        f'table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return box.getvalue()


def test_cells_arrive_with_their_kind_and_address() -> None:
    data = _xlsx([["Area", "Count", "On"], ["Ynys Môn", 12.5, date(2024, 3, 31)], [None, True, "=1+"]])
    sheet = read_workbook(data, ["Data"])["Data"]
    assert sheet.rows[1] == ["Ynys Môn", 12.5, date(2024, 3, 31)]
    assert cell_name(sheet, 1, 1) == "Data!B2"
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_hidden_sheet_is_never_read() -> None:
    with pytest.raises(FileRefused) as refused:
        read_workbook(_xlsx([["a"]], hidden=True), ["Data"])
    assert refused.value.code == "sheet_hidden"


def test_a_missing_sheet_is_named_with_those_found() -> None:
    with pytest.raises(FileRefused) as refused:
        read_workbook(_xlsx([["a"]]), ["WIMD_2025_ranks"])
    assert refused.value.code == "sheet_missing"
    assert refused.value.facts["found"] == "Data, Other"


def test_a_workbook_that_eats_memory_costs_only_the_child() -> None:
    with pytest.raises(FileRefused) as refused:
        read_workbook(_ods_of_many_cells(1_000_000, 16_000), ["Data"])
    assert refused.value.code in ("parser_died", "workbook_broken")
    assert read_workbook(_xlsx([["still", "here"]]), ["Data"])["Data"].rows == [["still", "here"]]


def test_a_child_that_takes_too_long_is_ended_and_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    workbooks._child.stop()
    monkeypatch.setattr(workbooks, "WORKER", sleeper)
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.3)
    with pytest.raises(FileRefused) as refused:
        read_workbook(_xlsx([["a"]]), ["Data"])
    assert refused.value.code == "parser_too_slow"
    monkeypatch.undo()
    assert read_workbook(_xlsx([["a"]]), ["Data"])["Data"].rows == [["a"]]


def test_the_child_may_not_write_a_file() -> None:
    read_workbook(_xlsx([["a"]]), ["Data"])
    child = workbooks._child.process
    assert child is not None
    allowed = Path(f"/proc/{child.pid}/limits").read_text(encoding="utf-8")
    bounds = {line[:25].strip(): line[26:].split()[1] for line in allowed.splitlines()[1:]}
    assert bounds["Max file size"] == "0"
    assert bounds["Max open files"] == str(limits.CHILD_OPEN_FILES)
    assert bounds["Max address space"] == str(limits.CHILD_MEMORY_BYTES)


def test_a_workbook_cut_or_spoilt_anywhere_is_refused_or_read_the_same() -> None:
    whole = _xlsx([["Area", "Count"], *[[f"W01{n:06d}", n] for n in range(200)]])
    expected = read_workbook(whole, ["Data"])["Data"].rows
    for at in range(1, 100):
        with pytest.raises(FileRefused):
            read_workbook(whole[: len(whole) * at // 100], ["Data"])
    for at in range(0, len(whole), max(1, len(whole) // 300)):
        spoilt = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            assert read_workbook(spoilt, ["Data"])["Data"].rows == expected
        except FileRefused:
            continue
