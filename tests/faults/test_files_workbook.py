"""Workbooks are read by a child under limits; whatever happens to the child, we go on."""

from __future__ import annotations

import io
import resource
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
from tests.reference_work import _unit_s


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
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="Data">'
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="float" office:value="1" '
        f'table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as package:
        package.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet"
        )
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return box.getvalue()


def test_cells_arrive_with_their_kind_and_address() -> None:
    data = _xlsx(
        [
            ["Area", "Count", "On"],
            ["Ynys Môn", 12.5, date(2024, 3, 31)],
            [None, True, "=1+"],
        ]
    )
    sheet = read_workbook(data, ["Data"])["Data"]
    assert sheet.rows[1] == ["Ynys Môn", 12.5, date(2024, 3, 31)]
    assert cell_name(sheet, 1, 1) == "Data!B2"
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


def test_a_hidden_sheet_is_never_read() -> None:
    with pytest.raises(FileRefused) as refused:
        read_workbook(_xlsx([["a"]], hidden=True), ["Data"])
    assert refused.value.code == "sheet_hidden"


def test_a_missing_sheet_is_named_with_those_found() -> None:
    with pytest.raises(FileRefused) as refused:
        read_workbook(_xlsx([["a"]]), ["WIMD_2025_ranks"])
    assert refused.value.code == "sheet_missing"
    assert refused.value.facts["found"] == "Data, Other"


def test_a_workbook_that_eats_memory_costs_only_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # the limits would refuse it before: a file that finds a way round them meets the child's own
    for name in ("MAX_ROWS", "MAX_COLUMNS", "MAX_CELLS"):
        monkeypatch.setattr(limits, name, 10**12)
    workbooks._child.stop()
    with pytest.raises(FileRefused) as refused:
        read_workbook(_ods_of_many_cells(1_000_000, 16_000), ["Data"])
    assert refused.value.code in ("parser_died", "workbook_broken")
    assert read_workbook(_xlsx([["still", "here"]]), ["Data"])["Data"].rows == [
        ["still", "here"]
    ]


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
    bounds = {
        line[:25].strip(): line[26:].split()[1]
        for line in allowed.splitlines()[1:]
    }
    assert bounds["Max file size"] == "0"
    assert bounds["Max open files"] == str(limits.CHILD_OPEN_FILES)
    assert bounds["Max address space"] == str(limits.CHILD_MEMORY_BYTES)


def test_a_workbook_cut_or_spoilt_anywhere_is_refused_or_read_the_same() -> (
    None
):
    whole = _xlsx(
        [["Area", "Count"], *[[f"W01{n:06d}", n] for n in range(200)]]
    )
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


def _far(
    column: str, row: int, *, content: str = "<v>1</v>", placed: bool = True
) -> bytes:
    """A workbook of a thousand bytes or so with one cell far away."""
    book = io.BytesIO(_xlsx([["a"]]))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(book) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box,
    ):
        for name in given.namelist():
            data = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                far = (
                    f'<c r="{column}{row}">{content}</c>'
                    if content
                    else f'<c r="{column}{row}" s="0"/>'
                )
                far = far if placed else f"<c>{content}</c>"
                data = data.replace(
                    b"</sheetData>",
                    f'<row r="{row}">{far}</row></sheetData>'.encode(),
                )
            box.writestr(name, data)
    return out.getvalue()


def _of_one_text(length: int) -> bytes:
    """A workbook whose one cell holds a text of this length; spreadsheets themselves stop at 32,767."""
    book = io.BytesIO(_xlsx([["a"]]))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(book) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box,
    ):
        for name in given.namelist():
            text = ("x y" * (length // 3 + 1))[:length].encode()
            box.writestr(
                name,
                given.read(name).replace(b"<t>a</t>", b"<t>" + text + b"</t>"),
            )
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_far("XFD", 1_048_576), "too_many_rows"),
        (_far("A", 1_048_576), "too_many_rows"),
        (_far("XFD", 2), "too_many_columns"),
        (_far("ZZ", 900_000), "too_many_cells"),
        (_far("ZZ", 7_200), "too_many_cells"),
        (_far("A", 1_048_576, placed=False), "too_many_rows"),
        (_ods_of_many_cells(1_000_001, 1), "too_many_rows"),
        (_ods_of_many_cells(1, 1_001), "too_many_columns"),
        (_ods_of_many_cells(1_000_000, 10), "too_many_cells"),
        (_of_one_text(32_770), "too_many_characters"),
        (_of_one_text(9_000_000), "too_many_characters"),
    ],
)
def test_work_is_refused_before_it_is_done(data: bytes, code: str) -> None:
    workbooks._child.stop()
    began, unit = children_seconds(), _unit_s()
    with pytest.raises(FileRefused) as refused:
        read_workbook(data, ["Data"])
    assert refused.value.code == code
    workbooks._child.stop()  # so that what the child used is known
    assert children_seconds() - began < 80 * max(unit, _unit_s()), (
        "of the child's processor time"
    )


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_what_is_at_a_limit_is_read_and_a_far_cell_with_only_a_style_is_nothing() -> (
    None
):
    assert len(read_workbook(_far("GR", 5_000), ["Data"])["Data"].rows) == 5_000
    assert (
        len(
            read_workbook(_far("XFD", 1_048_576, content=""), ["Data"])[
                "Data"
            ].rows
        )
        == 1
    )
    assert read_workbook(_of_one_text(32_767), ["Data"])["Data"].rows == [
        ["x y" * 10_922 + "x"]
    ]
