"""A download → the sheets that its source names, whether it came as CSV, gzip, zip, xlsx or ods."""

from __future__ import annotations

from etl.files.containers import check_size, is_workbook, plain
from etl.files.delimited import read_csv
from etl.files.sheet import Sheet
from etl.files.workbook import read_workbook
from etl.sources.catalogue import Source


def csv_sheet(source: Source, data: bytes) -> Sheet:
    """The one table of a CSV source."""
    content = plain(
        data,
        source.option("zip_entry"),
    )
    return read_csv(
        content,
        source.file.removesuffix(".gz"),
        source.option("encoding", "utf-8"),
        ends_with_line=True,
    )


def tables(source: Source, data: bytes) -> list[tuple[str, Sheet, int]]:
    """Each table that the source declares: its name, its sheet, and its header row counted from 1.

    A workbook may also be served as CSV (a sheet saved by itself): then only the first table is there.
    """
    declared: list[dict[str, object]] = source.option("tables") or [
        {"name": ""}
    ]
    check_size(data)
    if is_workbook(data):
        names = [str(each["name"]) for each in declared]
        sheets = read_workbook(data, names)
        return [
            (
                name,
                sheets[name],
                int(str(each.get("header_row", 1))),
            )
            for name, each in zip(names, declared, strict=True)
        ]
    return [
        (
            str(declared[0]["name"]),
            csv_sheet(source, data),
            int(source.option("csv_header_row", 1)),
        )
    ]
