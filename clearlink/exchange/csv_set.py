"""The register and the answers as CSV files with a data dictionary; the register's own files can be loaded
again as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from clearlink.exchange import dictionary
from clearlink.exchange.cell_text import cell_text, never_calculated
from clearlink.exchange.contents import write_contents
from clearlink.exchange.tables import tables
from clearlink.warehouse.reader import Rows
from clearlink.words import Lang

# These come back through readers that know their English column names only.
ENGLISH_ONLY: Final = frozenset({"citations", "assessments", "priorities"})


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """One file a table in UTF-8 with its mark (spreadsheets ask for it), and data_dictionary.csv."""
    written: list[Path] = []
    described: list[tuple[str, str]] = []
    held: dict[str, int] = {}
    for name, rows in tables(lang):
        held[name] = len(rows)
        if not rows:
            continue
        path = out_dir / f"{name}.csv"
        columns = list(rows[0])
        spoken: Lang = "en" if name in ENGLISH_ONLY else lang
        _write(
            path,
            [dictionary.header(name, column, spoken) for column in columns],
            _lines(rows, columns),
        )
        described += [(name, column) for column in columns]
        written.append(path)
    path = out_dir / "data_dictionary.csv"
    lines = [
        (
            t,
            dictionary.header(
                t,
                c,
                "en" if t in ENGLISH_ONLY else lang,
            ),
            dictionary.meaning(t, c).type,
            dictionary.meaning(t, c).said(lang),
        )
        for t, c in described
    ]
    _write(
        path,
        dictionary.HEADER[lang],
        lines,
    )
    return [
        *written,
        path,
        write_contents(out_dir, lang, held, "csv"),
    ]


def _lines(rows: Rows, columns: Sequence[str]) -> Iterable[list[str]]:
    return ([_cell(row[column]) for column in columns] for row in rows)


def _write(
    path: Path,
    header: Sequence[str],
    lines: Iterable[Sequence[str]],
) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(lines)


def _cell(value: Any) -> str:
    """The text of a cell, and never text that a spreadsheet would calculate."""
    text = cell_text(value)
    return never_calculated(text) if isinstance(value, str) else text
