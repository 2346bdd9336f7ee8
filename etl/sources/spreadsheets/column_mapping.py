"""A council's own spreadsheet: which of its columns is which of ours. Guessed, shown, confirmed, remembered.

A mapping is a plain JSON file that a person can read and mend: columns, values fixed for the whole file, what their words mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from etl.directory import Directory, folded
from etl.records import SourceProblem
from etl.sources.registers.register_columns import register_columns
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.spreadsheets.column_contents import guesses_by_contents
from etl.sources.spreadsheets.foreign_table import ForeignTable, likenesses, names_people

LEAST: Final = 0.6
TOTAL: Final = "total_value_gbp"
FIXABLE: Final = ("commissioner", "programme")
_THOUSANDS: Final = re.compile(r"000|£\s*k\b|\(k\)|thousand|mil(?:oedd)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of the file: its place (0 is A), its header, the template column it is, and how sure that is (0 to 1)."""

    index: int
    header: str
    column: str | None
    confidence: float
    in_thousands: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """`fixed`: template column → one value for every row. `words`: template column → their word → ours.

    `century` stands before a year of two figures. `confidence` is that of the least sure column that a register needs.
    """

    header_hash: str
    columns: tuple[ColumnGuess, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    century: str = "20"

    @property
    def places(self) -> dict[str, ColumnGuess]:
        return {guess.column: guess for guess in self.columns if guess.column}

    @property
    def missing(self) -> tuple[str, ...]:
        """What a register cannot do without and nothing here gives."""
        return tuple(
            name for name in ("title", "commissioner") if name not in self.places and name not in self.fixed
        )

    @property
    def confidence(self) -> float:
        needed = [guess.confidence for name, guess in self.places.items() if name in _NEEDED]
        return 0.0 if self.missing else min(needed, default=0.0)


_NEEDED: Final = frozenset(
    {"title", "commissioner", "start", "end", "annual_value_gbp", TOTAL, "area_codes", "programme"}
)


def guess_mapping(foreign: ForeignTable, directory: Directory | None = None) -> ColumnMapping:
    """The likeliest column for each header, each used once, then for the cells of the columns that are left; the commissioner and programme from the title above the table."""
    header = foreign.table.header
    wanted = sorted(
        (
            (score, -index, column)
            for index, text in enumerate(header)
            for column, score in likenesses(text)
            if score >= LEAST and column
        ),
        reverse=True,
    )
    taken: dict[int, tuple[str, float]] = {}
    for score, at, column in wanted:
        if -at not in taken and column not in {c for c, _ in taken.values()}:
            taken[-at] = (column, score)
    if directory is not None:
        taken |= _by_contents(foreign, {at: column for at, (column, _) in taken.items()}, directory)
    guesses = tuple(
        ColumnGuess(
            i,
            text,
            taken[i][0] if i in taken else None,
            round(taken[i][1], 2) if i in taken else 0.0,
            bool(_THOUSANDS.search(text)),
        )
        for i, text in enumerate(header)
    )
    mapping = ColumnMapping(foreign.header_hash, guesses)
    fixed = _fixed(foreign, directory, mapping) if directory else {}
    return replace(mapping, fixed=fixed)


def _by_contents(
    foreign: ForeignTable, taken: Mapping[int, str], directory: Directory
) -> dict[int, tuple[str, float]]:
    """What the cells say of the columns whose header said nothing; a column of people's names is never looked at."""
    used = set(taken.values()) | ({"annual_value_gbp"} if TOTAL in taken.values() else set())
    columns = [
        (at, text, [cells[at] if at < len(cells) else "" for _, cells in foreign.table.rows])
        for at, text in enumerate(foreign.table.header)
        if at not in taken and not names_people(text)
    ]
    return guesses_by_contents(columns, {c.name for c in register_columns()} - used, directory)


def _fixed(foreign: ForeignTable, directory: Directory, mapping: ColumnMapping) -> dict[str, str]:
    texts = [*foreign.above, re.sub(r"[_.-]+", " ", foreign.table.file)]
    found: dict[str, str] = {}
    choices = {"commissioner": directory.authorities, "programme": directory.programmes}
    for column in FIXABLE:
        if column in mapping.places:
            continue
        named = [
            (len(name), ours)
            for text in texts
            for name, ours in choices[column].items()
            if len(name) > 4 and f" {name} " in f" {folded(text)} "
        ]
        if named:
            found[column] = max(named)[1]
    return found


def mapping_from_json(text: str, file: str) -> ColumnMapping:
    """A mapping as `mapping_to_json` writes it. Raises SourceProblem where it is not one, or names a column that is not ours."""
    known = {c.name for c in register_columns()} | {TOTAL}
    try:
        value: dict[str, Any] = json.loads(text)
        columns = tuple(
            ColumnGuess(
                int(c["index"]),
                str(c["header"]),
                c["column"],
                float(c.get("confidence", 1.0)),
                bool(c.get("in_thousands", False)),
            )
            for c in value["columns"]
        )
        fixed = {str(k): str(v) for k, v in value.get("fixed", {}).items()}
        words = {
            str(k): {str(theirs): str(ours) for theirs, ours in v.items()}
            for k, v in value.get("words", {}).items()
        }
        read = ColumnMapping(
            str(value["header_hash"]), columns, fixed, words, str(value.get("century", "20"))
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise SourceProblem([problem("mapping_unreadable", file, found=quoted(str(fault)))]) from fault
    unknown = [name for name in (*read.places, *fixed, *words) if name not in known]
    chosen = [guess.column for guess in columns if guess.column]
    twice = [name for name in dict.fromkeys(chosen) if chosen.count(name) > 1]
    if unknown or twice:
        raise SourceProblem(
            [problem("mapping_unreadable", file, found=", ".join(map(quoted, [*unknown, *twice])))]
        )
    return read


def mapping_to_json(mapping: ColumnMapping) -> str:
    """The mapping for a person to read and change."""
    return json.dumps(asdict(mapping), ensure_ascii=False, indent=2) + "\n"


def mapping_path(folder: Path, header_hash: str) -> Path:
    """Where the mapping for these column names is remembered; `folder` is CLEARLINK_DATA."""
    return folder / "mappings" / f"{header_hash}.json"


def remembered_mapping(folder: Path, header_hash: str) -> ColumnMapping | None:
    """The mapping that somebody confirmed for these column names, or None."""
    path = mapping_path(folder, header_hash)
    return mapping_from_json(path.read_text(encoding="utf-8"), path.name) if path.is_file() else None


def remember_mapping(folder: Path, mapping: ColumnMapping) -> Path:
    """Keeps a confirmed mapping for the next file with these column names."""
    path = mapping_path(folder, mapping.header_hash)
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_suffix(".part")
    staged.write_text(mapping_to_json(mapping), encoding="utf-8")
    staged.replace(path)
    return path
