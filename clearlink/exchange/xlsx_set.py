"""The register and the answers as Excel workbooks; the register's own files can be loaded again as they
are.
"""

from __future__ import annotations

from pathlib import Path

from clearlink.exchange import dictionary
from clearlink.exchange.contents import write_contents
from clearlink.exchange.csv_set import ENGLISH_ONLY
from clearlink.exchange.sheet_file import sheet_file
from clearlink.exchange.tables import LONG, tables
from clearlink.warehouse import reader
from clearlink.words import Lang, say


def write(out_dir: Path, lang: Lang) -> list[Path]:
    """One workbook a table, but for the long ones: its rows on one sheet, what each column means on
    another. Text is text: no cell can become a formula.
    """
    written: list[Path] = []
    held: dict[str, int] = {}
    build = reader.build()
    for name, rows in tables(lang, typed=True, leave_out=LONG):
        held[name] = len(rows)
        if not rows:
            continue
        spoken: Lang = "en" if name in ENGLISH_ONLY else lang
        labels = {
            column: dictionary.header(name, column, spoken)
            for column in rows[0]
        }
        notes = [
            say(lang, "exchange.package_title"),
            str(build["build_id"]),
            *(
                f"{labels[column]}: {dictionary.meaning(name, column).said(lang)}"
                for column in labels
            ),
        ]
        if any(row.get("is_illustrative") in (True, "yes") for row in rows):
            notes.insert(
                1,
                f"{say('en', 'exchange.illustrative_file')} {say('cy', 'exchange.illustrative_file')}",
            )
        path = out_dir / f"{name}.xlsx"
        path.write_bytes(
            sheet_file(
                rows,
                labels,
                notes,
                (
                    say(lang, "common.sheet_rows"),
                    say(lang, "common.sheet_notes"),
                ),
            )
        )
        written.append(path)
    return [
        *written,
        write_contents(
            out_dir,
            lang,
            held,
            "xlsx",
            LONG,
        ),
    ]
