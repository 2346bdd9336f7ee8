"""What stands in a set of tables and what does not: one line a table, so that nothing is left out in
silence.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from clearlink.warehouse import reader
from clearlink.words import Lang, numbers, say

FILE: Final = "contents.csv"
COLUMNS: Final = ("table", "rows", "file", "why", "counts")
ALL_ON_RECORD: Final = ("register", "project_area", "verdict")
OF_THE_DAY: Final = ("overlap", "gap")


def write_contents(
    out_dir: Path,
    lang: Lang,
    held: Mapping[str, int],
    ending: str,
    left: Sequence[str] = (),
) -> Path:
    """`held`: table → rows, in order; one without rows has no file. `left`: tables of the build that this
    format leaves out.
    """
    path = out_dir / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(
            [say(lang, f"exchange.contents.{name}") for name in COLUMNS]
        )
        for name, rows in held.items():
            there = (
                (f"{name}.{ending}", "")
                if rows
                else ("", say(lang, "exchange.contents.empty"))
            )
            writer.writerow(
                [
                    name,
                    rows,
                    *there,
                    _counts(name, lang),
                ]
            )
        for name in left:
            writer.writerow(
                [
                    name,
                    "",
                    "",
                    say(lang, "exchange.contents.too_long"),
                    _counts(name, lang),
                ]
            )
    return path


def _counts(name: str, lang: Lang) -> str:
    """Which projects a table counts, and the day and year of it; empty for one that counts no projects."""
    if name in ALL_ON_RECORD:
        return say(lang, "exchange.contents.all_on_record")
    if name not in OF_THE_DAY:
        return ""
    day = numbers.day(
        lang,
        reader.build()["as_of"],
    )
    return say(
        lang,
        "exchange.contents.of_the_day",
        day=day,
        year=reader.year(),
    )
