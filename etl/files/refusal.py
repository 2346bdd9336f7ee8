"""Why a file, or a row of it, is refused: one sentence each for what was found, what was expected and what to
do.

The sentences stand in `data/catalogue/source_problems.csv` in English and Welsh, each under a code. A problem
carries its code and facts, so a screen can say it in either language; the English words are written here for
logs and reports.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from etl.records import Problem, Severity, SourceProblem

SENTENCES: Final = (
    Path(__file__).resolve().parents[2]
    / "data"
    / "catalogue"
    / "source_problems.csv"
)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The three sentences of one kind of problem, with {facts} to fill in."""

    found: str
    expected: str
    remedy: str


@cache
def sentences(language: str = "en") -> dict[str, Sentences]:
    """Every kind of problem by code, in English ("en") or Welsh ("cy")."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Sentences(
                row[f"found_{language}"],
                row[f"expected_{language}"],
                row[f"remedy_{language}"],
            )
            for row in csv.DictReader(file)
        }


class FileRefused(Exception):
    """The bytes cannot be read as the file they should be. `code` names the sentences, `facts` fill them."""

    def __init__(
        self, code: str, place: str = "whole file", /, **facts: object
    ) -> None:
        self.code = code
        self.place = place
        self.facts = {name: str(value) for name, value in facts.items()}
        super().__init__(
            f"{place}: {sentences()[code].found.format(**self.facts)}"
        )


def problem(
    source_id: str,
    file: str,
    code: str,
    place: str,
    severity: Severity = Severity.REFUSED,
    /,
    *,
    row: Any = None,
    column: Any = None,
    **facts: object,
) -> Problem:
    """One problem in words, from its code and facts. Raises KeyError for a code without sentences.

    `row` (counted from 1) and `column` are facts too, so sentences may name them.
    """
    sentence = sentences()[code]
    stated = {"row": row, "column": column, **facts}
    words = {
        name: str(value) for name, value in stated.items() if value is not None
    }
    return Problem(
        source_id=source_id,
        file=file,
        place=place,
        severity=severity,
        found=sentence.found.format(**words),
        expected=sentence.expected.format(**words),
        remedy=sentence.remedy.format(**words),
        row=row,
        column=column,
        code=code,
        facts=tuple(words.items()),
    )


def refused_file(
    source_id: str,
    file: str,
    refusal: FileRefused,
) -> SourceProblem:
    """A file's refusal as the problem of the source that it comes from."""
    facts: dict[str, Any] = dict(refusal.facts)
    return SourceProblem(
        [
            problem(
                source_id,
                file,
                refusal.code,
                refusal.place,
                **facts,
            )
        ]
    )
