"""A spreadsheet nobody has seen before: which sheet and row hold the column names, and what stands above and
below them.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Final

from etl.directory import CATALOGUE, folded
from etl.files.delimited import read_csv
from etl.files.refusal import FileRefused, refused_file
from etl.files.sheet import Cell, Sheet, column_letters, text_cell
from etl.files.visible_sheets import all_sheets
from etl.files.workbook import read_workbook
from etl.records import Problem, Severity, SourceProblem
from etl.sources.registers.payments import is_list_of_payments, payments_refused
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import SOURCE_ID, problem, quoted
from etl.sources.registers.register_table import (
    MOST_ROWS,
    WORKBOOK_MARKS,
    Cells,
    Table,
)

HEADER_WITHIN_ROWS: Final = 25
_SEPARATORS: Final = ",;\t|"
_SURE: Final = 0.75
NEAR: Final = 0.8
LONGEST_NAME: Final = 60
LONGEST_HEADER: Final = 400
# Who looks after a contract is nothing that a register holds.
_PEOPLE: Final = re.compile(
    r"\b(?:officers?|managers?|contacts?|leads?|e ?mail|phone|telephone"
    r"|swyddog(?:ion)?|rheolwr|rheolwyr|cyswllt|e ?bost|ffon)\b"
)
_YEAR_NAME: Final = re.compile(
    r"(?:FY\s?['’]?)?(?:19|20)\d{2}(?:\s?[/–-]\s?(?:19|20)?\d{2})?"
    r"|(?:FY\s?['’]?)?\d{2}\s?[/–-]\s?\d{2}|FY\s?['’]?\d{2}|(?:year|blwyddyn)\s\d",
    re.IGNORECASE,
)
# Known column names that make a sheet a table somebody might mean.
LEAST_KNOWN: Final = 3
LISTED_SHEETS: Final = 12
# between the languages of a bilingual heading
_HALVES: Final = re.compile(r"\s*[/|\n]\s*|\s+[–-]\s+")
_UNITS: Final = re.compile(r"£|\(.*?\)|\b(?:gbp|000s?|k)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """`table`: header and rows as they stand. `above`: texts above the header, such as a title with the
    council's name.

    `sheet`: where it stands in a workbook; `rivals`: other visible sheets that hold a table too, with their
    rows, unless somebody said which sheet is meant. `notes`: what of the file is not in `table`, and what is
    in it though it is hidden.
    """

    table: Table
    above: tuple[str, ...]
    sheet: str = ""
    sheets: tuple[tuple[str, int], ...] = ()
    is_sheet_said: bool = False
    notes: tuple[Problem, ...] = ()

    @property
    def header_hash(self) -> str:
        """The same for every file with these column names, whatever their case and spacing."""
        return hashlib.sha256(
            "\x1f".join(folded(h) for h in self.table.header).encode()
        ).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet whose row `at` (of its filled rows) reads most like column names; `score` is how many of them
    are known.
    """

    sheet: Sheet
    rows: tuple[tuple[int, Cells], ...]
    at: int
    score: float


def open_foreign(
    data: bytes,
    file: str,
    sheet: str = "",
) -> ForeignTable:
    """The sheet and the row whose cells read most like column names; `sheet` where somebody said which.

    Raises SourceProblem where there is no table, and where the file is a list of payments.
    """
    sheets, hidden = _opened(data, file)
    candidates = [each for each in map(_header_in, sheets) if each is not None]
    best = _best(candidates, file, sheet)
    header, last = _whole_header(best.rows, best.at)
    if is_list_of_payments(header):
        raise SourceProblem([payments_refused(file, header)])
    body = best.rows[last + 1 :]
    others = [each for each in sheets if each is not best.sheet]
    notes = _notes(
        file,
        best,
        others,
        hidden,
        {number for number, _ in body},
    )
    table = Table(
        file,
        best.rows[last][0],
        header,
        body,
        is_workbook=True,
    )
    return ForeignTable(
        table,
        _cells_above(best),
        best.sheet.name if best.sheet.is_workbook else "",
        _tables(candidates, best),
        bool(sheet),
        tuple(notes),
    )


def _cells_above(found: _Found) -> tuple[str, ...]:
    """What stands above the column names."""
    cells = (cell.strip() for _, row in found.rows[: found.at] for cell in row)
    return tuple(filter(None, cells))


def _opened(data: bytes, file: str) -> tuple[list[Sheet], list[str]]:
    """The sheets that are shown, and the names of the hidden ones."""
    try:
        return _sheets(data, file)
    except FileRefused as refused:
        raise refused_file(SOURCE_ID, file, refused) from refused


def _best(
    candidates: Sequence[_Found],
    file: str,
    sheet: str,
) -> _Found:
    """The sheet that was said, else the one whose header is known best. Raises SourceProblem where it is not
    there, there is none, or it has more rows than are taken.
    """
    asked_for = [each for each in candidates if each.sheet.name == sheet]
    if sheet and not asked_for:
        names = ", ".join(quoted(each.sheet.name) for each in candidates) or "–"
        raise SourceProblem(
            [
                problem(
                    "sheet_not_there",
                    file,
                    found=quoted(sheet),
                    nearest=names,
                )
            ]
        )
    if not candidates:
        raise SourceProblem([problem("table_empty", file)])
    best = max(
        asked_for or candidates,
        key=lambda each: each.score,
    )
    if len(best.rows) > MOST_ROWS:
        raise SourceProblem(
            [
                problem(
                    "table_too_long",
                    file,
                    found=f"{len(best.rows):,}",
                    limit=f"{MOST_ROWS:,}",
                )
            ]
        )
    return best


def _tables(
    candidates: Sequence[_Found], best: _Found
) -> tuple[tuple[str, int], ...]:
    """The sheets that somebody might mean, each with its rows under the header."""
    meant = [
        each for each in candidates if each is best or each.score >= LEAST_KNOWN
    ]
    return tuple(
        (
            each.sheet.name,
            len(each.rows) - each.at - 1,
        )
        for each in meant
    )


def _header_in(sheet: Sheet) -> _Found | None:
    numbered = tuple(
        (n, cells)
        for n, row in enumerate(sheet.rows, 1)
        if any(cells := _row(row))
    )
    best: _Found | None = None
    for at, (_, row) in enumerate(numbered[:HEADER_WITHIN_ROWS]):
        score = _names_known(row)
        if len(numbered) > at + 1 and (best is None or score > best.score):
            best = _Found(sheet, numbered, at, score)
    return best


def _names_known(row: Iterable[str]) -> float:
    """How many cells of a row are column names, each counted by how surely it is one."""
    return sum(score for cell in row if (score := likeness(cell)[1]) >= _SURE)


def _whole_header(
    rows: Sequence[tuple[int, Cells]], at: int
) -> tuple[Cells, int]:
    """The column names, and the last row that holds some: names on two rows are one name, the upper one
    reaching over blank cells.
    """
    upper = [
        *map(
            _one_line,
            rows[at][1],
        )
    ]
    lower = (
        [
            *map(
                _one_line,
                rows[at + 1][1],
            )
        ]
        if len(rows) > at + 2
        else []
    )
    if _is_second_row(upper, lower):
        return _joined(upper, lower), at + 1
    over = (
        [
            *map(
                _one_line,
                rows[at - 1][1],
            )
        ]
        if at
        else []
    )
    if _is_group_row(over, upper):
        return _joined(over, upper), at
    return tuple(upper), at


def _one_line(cell: str) -> str:
    """A column name on one line; its two languages often stand on two."""
    return " / ".join(
        " ".join(line.split()) for line in cell.splitlines() if line.strip()
    )


def _is_second_row(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row under the column names divides some of them: it fills a blank name, says only words or
    years, and leaves others alone.
    """
    named, filled = _filled(upper), _filled(lower)
    if not filled or len(filled) == len(named) == len(upper):
        return False
    blank = set(range(len(upper))) - named
    divides, leaves = bool(blank & filled), bool(named - filled)
    return divides and leaves and all(_is_name(lower[i]) for i in filled)


def _filled(row: Sequence[str]) -> set[int]:
    """The places of the cells that hold something."""
    return {i for i, text in enumerate(row) if text}


def _is_group_row(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the row above the column names groups them: it begins over a later column, and a name below it
    is only a year.
    """
    filled = _filled(above)
    if 0 in filled:
        return False
    return any(
        i < len(names) and _YEAR_NAME.fullmatch(names[i]) for i in filled
    )


def _is_name(text: str) -> bool:
    return bool(_YEAR_NAME.fullmatch(text)) or (
        len(text) <= 40
        and not any(c.isdigit() for c in text)
        and "£" not in text[1:]
    )


def _joined(upper: Sequence[str], lower: Sequence[str]) -> Cells:
    names: list[str] = []
    group = ""
    for over, under in zip_longest(upper, lower, fillvalue=""):
        group = over or (group if under else "")
        names.append(
            " ".join(part for part in (group if under else over, under) if part)
        )
    return tuple(names)


def _notes(
    file: str,
    best: _Found,
    others: Sequence[Sheet],
    hidden_sheets: Sequence[str],
    rows: set[int],
) -> list[Problem]:
    """A word about the rest: sheets that are not read, and rows that are read though they are hidden."""
    notes: list[Problem] = []
    left = [
        (each.name, n) for each in others if (n := sum(map(any, each.rows)))
    ]
    if left:
        listed = ", ".join(
            f"{quoted_heading(name)} ({n})" for name, n in left[:LISTED_SHEETS]
        )
        notes.append(
            problem(
                "sheets_not_read",
                file,
                severity=Severity.WARNING,
                found=listed,
                sheet=best.sheet.name,
            )
        )
    if hidden_sheets:
        listed = ", ".join(
            map(
                quoted,
                hidden_sheets[:LISTED_SHEETS],
            )
        )
        notes.append(
            problem("sheets_hidden", file, severity=Severity.NOTE, found=listed)
        )
    hidden_rows = [n for n in best.sheet.hidden if n in rows]
    if hidden_rows:
        notes.append(_rows_hidden(file, hidden_rows))
    return [*notes, *_cells_merged(file, best.sheet, rows)]


def _cells_merged(
    file: str,
    sheet: Sheet,
    rows: set[int],
) -> list[Problem]:
    """That cells under the column names are merged over several rows."""
    ranges = [
        f"{column_letters(at)}{first + 1}–{column_letters(at)}{last + 1}"
        for at, first, last in sheet.merged
        if first + 1 in rows
    ]
    if not ranges:
        return []
    listed = ", ".join(ranges[:LISTED_SHEETS])
    more = " …" if len(ranges) > LISTED_SHEETS else ""
    return [
        problem(
            "cells_merged",
            file,
            severity=Severity.WARNING,
            rows=f"{listed}{more}",
        )
    ]


def _rows_hidden(file: str, rows: Sequence[int]) -> Problem:
    listed = ", ".join(
        map(
            str,
            rows[:LISTED_SHEETS],
        )
    ) + (" …" if len(rows) > LISTED_SHEETS else "")
    return problem(
        "rows_hidden",
        file,
        severity=Severity.WARNING,
        count=str(len(rows)),
        rows=listed,
    )


def likeness(header: str) -> tuple[str | None, float]:
    """The template column that a header most reads like, and how surely (0 to 1)."""
    ranked = heading_likenesses(header)
    return ranked[0] if ranked else (None, 0.0)


def heading_likenesses(header: str) -> list[tuple[str | None, float]]:
    """The same for a heading that may stand in two languages ("Service name / Enw'r gwasanaeth"): each half
    is a heading of its own.
    """
    halves = [half for half in _HALVES.split(header) if half.strip()]
    if len(halves) < 2:
        return likenesses(header)
    best: dict[str | None, float] = dict(likenesses(header))
    for half in halves:
        for column, score in likenesses(half):
            best[column] = max(
                score,
                best.get(column, 0.0),
            )
    return sorted(
        best.items(),
        key=lambda each: (
            -each[1],
            each[0] or "",
        ),
    )


def likenesses(header: str) -> list[tuple[str | None, float]]:
    """Template columns for a header, the likeliest first: equal words, then all words of a phrase, then near
    spelling.
    """
    plain = _plain_name(header)
    if not plain or (
        names_people(header)
        and plain not in {phrase for phrase, _, _ in _phrases()}
    ):
        return []
    return list(_likenesses_of(plain))


def _plain_name(header: str) -> str:
    """A header without its units, folded; empty for what is no column name."""
    # A sentence is a remark and no column name; nothing is worked out for one.
    if len(header) > LONGEST_HEADER:
        return ""
    plain = folded(_UNITS.sub(" ", header)) or folded(header)
    return "" if plain.isdigit() or len(plain) > LONGEST_NAME else plain


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
            score = 0.9 * _nearness(spelling, phrase)
        else:
            score = 0.0
        if score > best.get(column, 0.0):
            best[column] = score
    return tuple(
        sorted(
            best.items(),
            key=lambda each: (-each[1], each[0]),
        )
    )


def _nearness(spelling: difflib.SequenceMatcher[str], phrase: str) -> float:
    """How alike a phrase is spelled; nought where it is not near."""
    spelling.set_seq1(phrase)
    ratio = spelling.ratio() if spelling.quick_ratio() >= NEAR else 0.0
    return ratio if ratio >= NEAR else 0.0


def _may_be_near(one: str, other: str) -> bool:
    # two times the shorter over both: no likeness is greater, so lengths alone spare most comparisons
    return 2 * min(
        len(one),
        len(other),
    ) >= NEAR * (len(one) + len(other))


def names_people(header: str) -> bool:
    """Whether a header announces who looks after a contract, or how to reach them."""
    return bool(_PEOPLE.search(folded(header)))


@cache
def header_words() -> tuple[tuple[str, str], ...]:
    """Folded phrase → template column, from the catalogue, with the template's own names in both
    languages.
    """
    phrases: list[tuple[str, str]] = []
    with (CATALOGUE / "register_columns.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            phrases += [
                (
                    folded(row["column"]),
                    row["column"],
                ),
                (
                    folded(row["column_cy"]),
                    row["column"],
                ),
            ]
    with (CATALOGUE / "header_words.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            phrases += [
                (folded(word), row["column"])
                for word in row["words"].split("|")
            ]
    return tuple(dict.fromkeys(phrases))


@cache
def _phrases() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Folded phrase, its column and its words."""
    return tuple(
        (
            phrase,
            column,
            frozenset(phrase.split()),
        )
        for phrase, column in header_words()
    )


def _sheets(data: bytes, file: str) -> tuple[list[Sheet], list[str]]:
    """The visible sheets of a file, and the names of its hidden ones."""
    if data.startswith(WORKBOOK_MARKS):
        known = all_sheets(data)
        visible = [name for name, is_visible in known.items() if is_visible]
        hidden = [name for name, is_visible in known.items() if not is_visible]
        return list(read_workbook(data, visible, by_row=True).values()), hidden
    opening = data[:20_000].decode("cp1252", "replace").splitlines()[:30]
    separator = max(
        _SEPARATORS,
        key=lambda mark: sum(line.count(mark) for line in opening),
    )
    return [
        read_csv(
            data,
            file,
            encoding="cp1252",
            delimiter=separator,
            by_row=True,
        )
    ], []


def _row(row: Sequence[Cell]) -> Cells:
    # Leading tabs stay until the guards have seen them.
    return tuple(
        cell if isinstance(cell, str) else text_cell(cell) for cell in row
    )
