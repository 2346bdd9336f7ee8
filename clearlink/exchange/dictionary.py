"""What every column of an export means, in English or Welsh."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Final

from clearlink import folders
from clearlink.words import Lang

HEADER: Final = {
    "en": ("table", "column", "type", "meaning"),
    "cy": ("tabl", "colofn", "math", "ystyr"),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column: its Welsh header, its type, and its meaning in both languages."""

    name_cy: str
    type: str
    en: str
    cy: str

    def said(self, lang: Lang) -> str:
        return self.cy if lang == "cy" else self.en


@cache
def register_meanings() -> dict[str, Meaning]:
    """The columns of the register template."""
    return _meanings("register_columns.csv")


@cache
def answer_meanings() -> dict[str, Meaning]:
    """The columns of the other tables; one name means one thing in all of them."""
    return _meanings("export_columns.csv")


def _meanings(name: str) -> dict[str, Meaning]:
    """Column → what it says, of one reviewed list."""
    with (folders.CATALOGUE / name).open(encoding="utf-8", newline="") as file:
        return {
            r["column"]: Meaning(
                r["column_cy"],
                r["type"],
                r["meaning_en"],
                r["meaning_cy"],
            )
            for r in csv.DictReader(file)
        }


def meaning(table: str, column: str) -> Meaning:
    """What a column of a table means. Raises KeyError for a column nobody has described."""
    if table == "register" and column in register_meanings():
        return register_meanings()[column]
    return answer_meanings()[column]


def header(
    table: str,
    column: str,
    lang: Lang,
) -> str:
    """The column's name in the language of the file."""
    return meaning(table, column).name_cy if lang == "cy" else column
