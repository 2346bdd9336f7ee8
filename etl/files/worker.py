"""The child that parses workbooks: bytes in through a pipe, rows out. It runs alone, under limits, and
imports little.

Run as a script, never imported by the parent. A request is a line of JSON {"size", "sheets"} and then the
bytes; an answer is a line with its length and then JSON. How far the sheets reach and how long their texts
are is looked at before the parser makes a grid of them, and again in what it made. When a limit is passed the
process dies and the parent says so.
"""

from __future__ import annotations

import datetime
import json
import re
import resource
import sys
import zipfile
from typing import Any

LIMITS = ("rows", "columns", "cells", "characters")
# a cell that holds something; one that only has a style stands for nothing, and programs write those to the
# edge of a sheet
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)(?<!/)>")
_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,8})(\d{1,12})["']""")
_ODS_TAG = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell)\b([^<>]*)>"
)
_REPEATED = re.compile(
    rb"""number-(columns|rows)-repeated\s*=\s*["'](\d{1,12})["']"""
)


class TooLarge(Exception):
    """A limit that a file passes: its name, what was found, and the limit."""

    def __init__(
        self,
        what: str,
        found: int,
        limit: int,
    ) -> None:
        super().__init__(what)
        self.told = {"limit": what, "found": found, "most": limit}


def _confine(memory_bytes: int, open_files: int) -> None:
    resource.setrlimit(
        resource.RLIMIT_AS,
        (memory_bytes, memory_bytes),
    )
    resource.setrlimit(
        resource.RLIMIT_FSIZE,
        (0, 0),
    )
    resource.setrlimit(
        resource.RLIMIT_NOFILE,
        (open_files, open_files),
    )
    resource.setrlimit(
        resource.RLIMIT_CORE,
        (0, 0),
    )


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    # a reader that is limited itself hands its own last second down, and no child may raise that
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU,
        (
            soft if hard == resource.RLIM_INFINITY else min(soft, hard),
            hard,
        ),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (
            {"date": value.date().isoformat()}
            if midnight
            else value.isoformat(sep=" ")
        )
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    return str(value)


def _check(
    what: str,
    found: int,
    limits: dict[str, int],
) -> None:
    if found > limits[what]:
        raise TooLarge(
            what,
            found,
            limits[what],
        )


def _check_reach(data: bytes, limits: dict[str, int]) -> None:
    """Refuses a package whose sheets reach too far, by the addresses of their cells alone.

    Which sheet a part belongs to is not asked: the furthest cell of any part that is a sheet counts.
    """
    import io

    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        for name in box.namelist():
            if "worksheets/" in name:
                _check_addresses(
                    box.read(name),
                    limits,
                )
            elif name == "content.xml":
                _check_repeats(
                    box.read(name),
                    limits,
                )


def _check_addresses(sheet: bytes, limits: dict[str, int]) -> None:
    width = height = 0
    has_unplaced = False
    for attributes in _CELL.finditer(sheet):
        address = _ADDRESS.search(attributes[1])
        if address is None:
            # cells without an address of their own stand in the row that has one
            has_unplaced = True
            continue
        height = max(
            height,
            int(address[2]),
        )
        width = max(
            width,
            _column(address[1]),
        )
    if has_unplaced:
        rows = (
            _ADDRESS.search(attributes[1])
            for attributes in _ROW.finditer(sheet)
        )
        height = max(
            height,
            max(
                (int(address[2]) for address in rows if address),
                default=0,
            ),
        )
    _check("rows", height, limits)
    _check("columns", width, limits)
    _check(
        "cells",
        width * height,
        limits,
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _check_repeats(content: bytes, limits: dict[str, int]) -> None:
    """Repeats of a row or a cell that holds something; office programs repeat empty ones to the end of the
    sheet.
    """
    height = times = place = width = widest = 0
    for closing, kind, attributes in _ODS_TAG.findall(content):
        if kind == b"table-row":
            # a row ends where it is closed, and where the next one begins
            if width:
                height += times
                widest = max(widest, width)
                _check("rows", height, limits)
                _check(
                    "cells",
                    widest * height,
                    limits,
                )
            times = _times(attributes, b"rows")
            place = width = 0
        elif not closing:
            place += _times(attributes, b"columns")
            if b"office:" in attributes or not attributes.endswith(b"/"):
                width = place
                _check("columns", width, limits)


def _times(attributes: bytes, kind: bytes) -> int:
    return max(
        (int(n) for named, n in _REPEATED.findall(attributes) if named == kind),
        default=1,
    )


def _checked(sheet: Any, limits: dict[str, int]) -> list[list[Any]]:
    """The rows of a sheet, after its extent was looked at; for the kinds of workbook whose cells have no
    readable address too.
    """
    down, across = (1 + at for at in (sheet.end or (-1, -1)))
    _check("rows", down, limits)
    _check("columns", across, limits)
    _check(
        "cells",
        down * across,
        limits,
    )
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    longest = max(
        (len(v) for row in rows for v in row if isinstance(v, str)),
        default=0,
    )
    _check("characters", longest, limits)
    return rows


def _parsed(
    data: bytes,
    wanted: list[str],
    limits: dict[str, int],
) -> dict[str, Any]:
    import io

    import python_calamine

    try:
        _check_reach(data, limits)
        book = python_calamine.load_workbook(io.BytesIO(data))
        known = {
            sheet.name: str(sheet.visible).rpartition(".")[2]
            for sheet in book.sheets_metadata
        }
        hidden = {name: _hidden_rows(data, name) for name in wanted}
        shown = [
            (name, book.get_sheet_by_name(name))
            for name in wanted
            if known.get(name, "").lower() == "visible"
        ]
        sheets = {name: _checked(sheet, limits) for name, sheet in shown}
    except TooLarge as passed:
        return passed.told
    except (
        python_calamine.CalamineError,
        zipfile.BadZipFile,
        ValueError,
        OSError,
    ) as fault:
        return {"fault": f"{type(fault).__name__}: {fault}"[:300]}
    return {
        "known": known,
        "sheets": sheets,
        "hidden": hidden,
        "merged": dict(map(_merged_down, shown)),
    }


def _merged_down(shown: tuple[str, Any]) -> tuple[str, list[list[int]]]:
    """The sheet's name, and its cells merged over several rows: column, first and last row, from 0; none for
    kinds of workbook that do not tell.
    """
    name, sheet = shown
    return name, [
        [first[1], first[0], last[0]]
        for first, last in sheet.merged_cell_ranges or []
        if last[0] > first[0]
    ]


def _hidden_rows(data: bytes, sheet: str) -> list[int]:
    """Rows of an xlsx sheet that its author hid, by hand or by a filter, counted from 1; none for other kinds
    of workbook.
    """
    import html
    import io
    import re
    import zipfile

    def pairs(
        tag: str,
        text: str,
        one: str,
        other: str,
    ) -> dict[str, str]:
        """Attribute `one` → attribute `other` of every such tag that has both."""
        read = [
            [
                re.search(
                    rf'\b{name}="([^"]*)"',
                    each,
                )
                for name in (one, other)
            ]
            for each in re.findall(tag, text)
        ]
        return {html.unescape(a[1]): b[1] for a, b in read if a and b}

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            book = box.read("xl/workbook.xml").decode("utf-8", "replace")
            links = box.read("xl/_rels/workbook.xml.rels").decode(
                "utf-8", "replace"
            )
            marks = pairs(r"<(?:\w+:)?sheet\s[^>]*>", book, "name", "r:id")
            targets = pairs(r"<Relationship\s[^>]*>", links, "Id", "Target")
            target = targets[marks[sheet]]
            inside = (
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )
            text = box.read(inside).decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile):
        return []
    rows = re.findall(
        r"<(?:\w+:)?row\s[^>]*\bhidden=\"(?:1|true)\"[^>]*>", text
    )
    return [
        int(number[1])
        for row in rows
        if (number := re.search(r'\br="(\d+)"', row))
    ]


def main() -> None:
    """Answers requests until the pipe closes."""
    memory_bytes, cpu_seconds, open_files = (
        int(each) for each in sys.argv[1:4]
    )
    limits = dict(
        zip(
            LIMITS,
            map(
                int,
                sys.argv[4:],
            ),
            strict=True,
        )
    )
    _confine(memory_bytes, open_files)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := asked.readline():
        request = json.loads(line)
        data = asked.read(request["size"])
        _allow_seconds(cpu_seconds)
        body = json.dumps(
            _parsed(
                data,
                request["sheets"],
                limits,
            ),
            default=_plain,
        ).encode()
        answers.write(b"%d\n" % len(body))
        answers.write(body)
        answers.flush()


if __name__ == "__main__":
    main()
