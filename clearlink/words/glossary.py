"""The glossary: the terms of the trade in English and Cymraeg, and how sure the Welsh is."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

GLOSSARY: Final = (
    Path(__file__).resolve().parents[2] / "data" / "catalogue" / "glossary.csv"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term in both languages. `status` is official, general_use or check_with_a_translator."""

    en: str
    cy: str
    status: str


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the catalogue, in which those of one subject stand together."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(
                row["term_en"],
                row["term_cy"],
                row["status"].replace(" ", "_"),
            )
            for row in csv.DictReader(file)
        )
