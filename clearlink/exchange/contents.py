"""What stands in a set of tables and what does not: one line a table, so that nothing is left out in
silence.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from clearlink.words import Lang, say

FILE: Final = "contents.csv"


def write_contents(
    out_dir: Path, lang: Lang, held: Mapping[str, int], ending: str, left: Sequence[str] = ()
) -> Path:
    """`held`: table → rows, in order; one without rows has no file. `left`: tables of the build that this
    format leaves out.
    """
    path = out_dir / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([say(lang, f"exchange.contents.{name}") for name in ("table", "rows", "file", "why")])
        for name, rows in held.items():
            there = (f"{name}.{ending}", "") if rows else ("", say(lang, "exchange.contents.empty"))
            writer.writerow([name, rows, *there])
        for name in left:
            writer.writerow([name, "", "", say(lang, "exchange.contents.too_long")])
    return path
