"""A spreadsheet nobody has seen before: which sheet and row hold the column names, and what stands above and below them."""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from etl.directory import CATALOGUE, folded
from etl.files.delimited import read_csv
from etl.files.refusal import FileRefused
from etl.files.refusal import problem as file_problem
from etl.files.sheet import Cell, text_cell
from etl.files.visible_sheets import visible_sheets
from etl.files.workbook import read_workbook
from etl.records import SourceProblem
from etl.sources.registers.register_problems import SOURCE_ID, problem
from etl.sources.registers.register_table import MOST_ROWS, WORKBOOK_MARKS, Cells, Table

HEADER_WITHIN_ROWS: Final = 25
_SEPARATORS: Final = ",;\t|"
_SURE: Final = 0.75
NEAR: Final = 0.8
LONGEST_NAME: Final = 60
LONGEST_HEADER: Final = 400
# Who looks after a contract is nothing that a register holds.
_PEOPLE: Final = re.compile(
    r"\b(?:officers?|managers?|contacts?|leads?|e ?mail|phone|telephone|swyddog(?:ion)?|rheolwr|rheolwyr|cyswllt|e ?bost|ffon)\b"
)
_UNITS: Final = re.compile(r"£|\(.*?\)|\b(?:gbp|000s?|k)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """`table`: header and rows as they stand. `above`: texts above the header, such as a title with the council's name."""

    table: Table
    above: tuple[str, ...]

    @property
    def header_hash(self) -> str:
        """The same for every file with these column names, whatever their case and spacing."""
        return hashlib.sha256("\x1f".join(folded(h) for h in self.table.header).encode()).hexdigest()[:16]


def open_foreign(data: bytes, file: str) -> ForeignTable:
    """The sheet and the row whose cells read most like column names. Raises SourceProblem where there is no table."""
    try:
        sheets = _sheets(data, file)
    except FileRefused as refused:
        facts: dict[str, Any] = dict(refused.facts)
        raise SourceProblem(
            [file_problem(SOURCE_ID, file, refused.code, refused.place, **facts)]
        ) from refused
    best: tuple[float, int, list[tuple[int, Cells]]] | None = None
    for rows in sheets:
        numbered = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
        for at, (_, row) in enumerate(numbered[:HEADER_WITHIN_ROWS]):
            score = sum(s for cell in row if (s := likeness(cell)[1]) >= _SURE)
            if len(numbered) > at + 1 and (best is None or score > best[0]):
                best = (score, at, numbered)
    if best is None:
        raise SourceProblem([problem("table_empty", file)])
    _, at, numbered = best
    if len(numbered) > MOST_ROWS:
        raise SourceProblem(
            [problem("table_too_long", file, found=f"{len(numbered):,}", limit=f"{MOST_ROWS:,}")]
        )
    number, header = numbered[at]
    above = tuple(cell.strip() for _, row in numbered[:at] for cell in row if cell.strip())
    trimmed = tuple(" ".join(cell.split()) for cell in header)
    return ForeignTable(Table(file, number, trimmed, tuple(numbered[at + 1 :]), is_workbook=True), above)


def likeness(header: str) -> tuple[str | None, float]:
    """The template column that a header most reads like, and how surely (0 to 1)."""
    ranked = likenesses(header)
    return ranked[0] if ranked else (None, 0.0)


def likenesses(header: str) -> list[tuple[str | None, float]]:
    """Template columns for a header, the likeliest first: equal words, then all words of a phrase, then near spelling."""
    # A sentence is a remark and no column name; nothing is worked out for one.
    if len(header) > LONGEST_HEADER:
        return []
    plain = folded(_UNITS.sub(" ", header)) or folded(header)
    if not plain or plain.isdigit() or len(plain) > LONGEST_NAME:
        return []
    if names_people(header) and plain not in {phrase for phrase, _, _ in _phrases()}:
        return []
    return list(_likenesses_of(plain))


@lru_cache(maxsize=20_000)
def _likenesses_of(plain: str) -> tuple[tuple[str, float], ...]:
    """The same for a folded name; a table's cells repeat, and so do the tables of a council."""
    words = set(plain.split())
    spelling = difflib.SequenceMatcher(None, b=plain)
    best: dict[str, float] = {}
    for phrase, column, parts in _phrases():
        if phrase == plain:
            score = 1.0
        elif len(phrase) > 3 and parts <= words:
            score = 0.7 + 0.2 * len(phrase) / len(plain)
        elif len(plain) > 4 and _may_be_near(phrase, plain):
            spelling.set_seq1(phrase)
            ratio = spelling.ratio() if spelling.quick_ratio() >= NEAR else 0.0
            score = 0.9 * ratio if ratio >= NEAR else 0.0
        else:
            score = 0.0
        if score > best.get(column, 0.0):
            best[column] = score
    return tuple(sorted(best.items(), key=lambda each: (-each[1], each[0])))


def _may_be_near(one: str, other: str) -> bool:
    # two times the shorter over both: no likeness is greater, so lengths alone spare most comparisons
    return 2 * min(len(one), len(other)) >= NEAR * (len(one) + len(other))


def names_people(header: str) -> bool:
    """Whether a header announces who looks after a contract, or how to reach them."""
    return bool(_PEOPLE.search(folded(header)))


@cache
def header_words() -> tuple[tuple[str, str], ...]:
    """Folded phrase → template column, from the catalogue, with the template's own names in both languages."""
    found: list[tuple[str, str]] = []
    with (CATALOGUE / "register_columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found += [(folded(row["column"]), row["column"]), (folded(row["column_cy"]), row["column"])]
    with (CATALOGUE / "header_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found += [(folded(word), row["column"]) for word in row["words"].split("|")]
    return tuple(dict.fromkeys(found))


@cache
def _phrases() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Folded phrase, its column and its words."""
    return tuple((phrase, column, frozenset(phrase.split())) for phrase, column in header_words())


def _sheets(data: bytes, file: str) -> list[list[Cells]]:
    if data.startswith(WORKBOOK_MARKS):
        sheets = list(read_workbook(data, visible_sheets(data)).values())
    else:
        opening = data[:20_000].decode("cp1252", "replace").splitlines()[:30]
        separator = max(_SEPARATORS, key=lambda mark: sum(line.count(mark) for line in opening))
        sheets = [read_csv(data, file, encoding="cp1252", delimiter=separator)]
    return [[_row(row) for row in sheet.rows] for sheet in sheets]


def _row(row: Sequence[Cell]) -> Cells:
    # Leading tabs stay until the guards have seen them.
    return tuple(cell if isinstance(cell, str) else text_cell(cell) for cell in row)
