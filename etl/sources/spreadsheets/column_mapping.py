"""A council's own spreadsheet: which of its columns is which of ours. Guessed, shown, confirmed, remembered.

A mapping is a plain JSON file that a person can read and mend: columns, values fixed for the whole file, what
their words mean.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from etl.directory import Directory, folded
from etl.files.json_text import read_json_text
from etl.records import Problem, SourceProblem
from etl.sources.registers.register_columns import register_columns
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.registers.register_table import column_letters
from etl.sources.spreadsheets.column_contents import (
    agreement,
    guesses_by_contents,
    what_it_holds,
)
from etl.sources.spreadsheets.file_constants import (
    constants_of,
    stated_constants,
)
from etl.sources.spreadsheets.foreign_table import (
    ForeignTable,
    heading_likenesses,
    names_people,
)
from etl.sources.spreadsheets.money_by_year import years_of_money
from etl.sources.spreadsheets.money_unit import Unit, is_certain, unit_said

LEAST: Final = 0.6
# Below this a command stops and asks: a likely column is not a known one.
CERTAIN: Final = 0.9
TOTAL: Final = "total_value_gbp"
SUMS: Final = ("annual_value_gbp", TOTAL)
UNIT_ELSE: Final = 0.8


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column of the file: its place (0 is A), its header, the template column it is, and how sure that is
    (0 to 1). `unit`: what its sums count, where it holds sums.
    """

    index: int
    header: str
    column: str | None
    confidence: float
    unit: Unit = Unit.POUNDS


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """`fixed`: template column → one value for every row. `words`: template column → their word → ours.

    `century` stands before a year of two figures, where a person said so; else 1970 to 2069 are meant.
    `confidence` is that of the least sure column that a register needs. `is_insisted`: a person was told that
    the file's own title names another commissioner or programme, and meant it. `day_order`: "day" or "month"
    comes first in the file's dates, where a person said so; else the dates of the file decide. `sheet`: the
    sheet of the workbook that it was made for.
    """

    header_hash: str
    columns: tuple[ColumnGuess, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    century: str = ""
    is_insisted: bool = False
    day_order: str = ""
    sheet: str = ""

    @property
    def places(self) -> dict[str, ColumnGuess]:
        return {guess.column: guess for guess in self.columns if guess.column}

    @property
    def missing(self) -> tuple[str, ...]:
        """What a register cannot do without and nothing here gives."""
        return tuple(
            name
            for name in ("title", "commissioner")
            if name not in self.places and name not in self.fixed
        )

    @property
    def confidence(self) -> float:
        needed = [
            guess.confidence
            for name, guess in self.places.items()
            if name in _NEEDED
        ]
        return 0.0 if self.missing else min(needed, default=0.0)


_NEEDED: Final = frozenset(
    {
        "title",
        "commissioner",
        "start",
        "end",
        "annual_value_gbp",
        TOTAL,
        "area_codes",
        "programme",
    }
)


def in_pounds(
    column: str,
    header: str,
    above: Sequence[str],
) -> float:
    """How far a heading of a sum may be taken for pounds.

    One that names pence, millions or another currency is for a person to settle, and not for a command that
    asks nobody.
    """
    return (
        UNIT_ELSE
        if column in SUMS and not is_certain(unit_said(header, above))
        else 1.0
    )


def guess_mapping(
    foreign: ForeignTable, directory: Directory | None = None
) -> ColumnMapping:
    """The likeliest column for each header, each used once, then for the cells of the columns that are left;
    the commissioner and programme from the title above the table.
    """
    taken: dict[int, tuple[str, float]] = {}
    for score, at, column in _without_years(foreign, _by_headings(foreign)):
        if at not in taken and column not in {c for c, _ in taken.values()}:
            taken[at] = (column, score)
    if directory is not None:
        by_heading = {at: column for at, (column, _) in taken.items()}
        taken |= _by_contents(foreign, by_heading, directory)
    guesses = tuple(
        ColumnGuess(
            at,
            text,
            taken[at][0] if at in taken else None,
            round(
                taken[at][1],
                2,
            )
            if at in taken
            else 0.0,
            unit_said(text, foreign.above),
        )
        for at, text in enumerate(foreign.table.header)
    )
    mapping = ColumnMapping(foreign.header_hash, guesses, sheet=foreign.sheet)
    return replace(
        mapping,
        fixed=_constants(foreign, directory, mapping) if directory else {},
    )


def _by_headings(foreign: ForeignTable) -> list[tuple[float, int, str]]:
    """How likely a column of the file is one of ours, where it stands, and which; the likeliest first, and of
    equals the one further left.
    """
    likely: list[tuple[float, int, str]] = []
    for at, text in enumerate(foreign.table.header):
        holds = what_it_holds(_cells_at(foreign, at))
        for column, likeness in heading_likenesses(text):
            score = likeness * agreement(column, holds) if column else 0.0
            if column and score >= LEAST:
                likely.append(
                    (
                        score * in_pounds(column, text, foreign.above),
                        at,
                        column,
                    )
                )
    return sorted(
        likely,
        key=lambda each: (
            each[0],
            -each[1],
            each[2],
        ),
        reverse=True,
    )


def _without_years(
    foreign: ForeignTable, likely: list[tuple[float, int, str]]
) -> list[tuple[float, int, str]]:
    """The same without sums of one of several years: which is the yearly sum, a person says."""
    by_year = years_of_money(foreign)
    if len(by_year) < 2:
        return likely
    return [
        each for each in likely if each[1] not in by_year or each[2] not in SUMS
    ]


def _cells_at(foreign: ForeignTable, at: int) -> list[str]:
    """The cells of one column; a row that ends before it has an empty one."""
    return [
        cells[at] if at < len(cells) else "" for _, cells in foreign.table.rows
    ]


def _constants(
    foreign: ForeignTable,
    directory: Directory,
    mapping: ColumnMapping,
) -> dict[str, str]:
    """The constants that this file states and no column gives."""
    stated = constants_of(foreign, directory)
    return {
        column: value
        for column, value in stated.items()
        if column not in mapping.places
    }


def _by_contents(
    foreign: ForeignTable,
    taken: Mapping[int, str],
    directory: Directory,
) -> dict[int, tuple[str, float]]:
    """What the cells say of the columns whose header said nothing; a column of people's names is never looked
    at.
    """
    used = set(taken.values())
    if TOTAL in used:
        used.add("annual_value_gbp")
    by_year = years_of_money(foreign)
    columns = [
        (at, text, _cells_at(foreign, at))
        for at, text in enumerate(foreign.table.header)
        if at not in taken and at not in by_year and not names_people(text)
    ]
    return guesses_by_contents(
        columns,
        {c.name for c in register_columns()} - used,
        directory,
    )


def mapping_from_json(text: str, file: str) -> ColumnMapping:
    """A mapping as `mapping_to_json` writes it. Raises SourceProblem where it is not one, or names a column
    that is not ours.
    """
    try:
        value: dict[str, Any] = read_json_text(
            text.encode("utf-8", "surrogatepass")
        )
        read = _mapping_of(value)
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
    ) as fault:
        raise _unreadable(
            file,
            quoted(str(fault)),
        ) from fault
    known = {c.name for c in register_columns()} | {TOTAL}
    named = (
        *read.places,
        *read.fixed,
        *read.words,
    )
    unknown = [name for name in named if name not in known]
    chosen = [guess for guess in read.columns if guess.column]
    twice = [
        *_twice(guess.column for guess in chosen if guess.column),
        # one column of the file is one thing
        *_twice(str(guess.index) for guess in chosen),
    ]
    if unknown or twice:
        raise _unreadable(
            file,
            ", ".join(
                map(
                    quoted,
                    [*unknown, *twice],
                )
            ),
        )
    return read


def _unreadable(file: str, shown: str) -> SourceProblem:
    return SourceProblem([problem("mapping_unreadable", file, found=shown)])


def _mapping_of(value: Mapping[str, Any]) -> ColumnMapping:
    """The mapping that a file in JSON states. Whatever is not as it should be raises one of the usual
    errors.
    """
    order = value.get("day_order")
    return ColumnMapping(
        str(value["header_hash"]),
        tuple(_guess_of(column) for column in value["columns"]),
        {str(k): str(v) for k, v in value.get("fixed", {}).items()},
        {
            str(name): {
                str(theirs): str(ours) for theirs, ours in words.items()
            }
            for name, words in value.get("words", {}).items()
        },
        str(value.get("century", "")),
        value.get("is_insisted") is True,
        order if order in ("day", "month") else "",
        str(value.get("sheet", "")),
    )


def _guess_of(column: Mapping[str, Any]) -> ColumnGuess:
    return ColumnGuess(
        int(column["index"]),
        str(column["header"]),
        _name_or_none(column["column"]),
        float(column.get("confidence", 1.0)),
        _unit_of(column),
    )


def _name_or_none(value: Any) -> str | None:
    """A column's name, or None for one that is not taken; a value of another kind raises TypeError."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"column: {value!r}")
    return value


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _unit_of(column: Mapping[str, Any]) -> Unit:
    """The unit that a mapping states; one written before it stated any says thousands or nothing, and then
    the heading counts.
    """
    if "unit" in column:
        return Unit(column["unit"])
    return (
        Unit.THOUSANDS
        if column.get("in_thousands")
        else unit_said(
            str(column["header"]),
            (),
        )
    )


def mapping_to_json(mapping: ColumnMapping) -> str:
    """The mapping for a person to read and change."""
    return (
        json.dumps(
            asdict(mapping),
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def mapping_path(folder: Path, header_hash: str) -> Path:
    """Where the mapping for these column names is remembered; `folder` is CLEARLINK_DATA."""
    return folder / "mappings" / f"{header_hash}.json"


def remembered_mapping(
    folder: Path,
    foreign: ForeignTable,
    directory: Directory,
) -> ColumnMapping | None:
    """What somebody confirmed for these column names, as it is true of this file; None where nobody did.

    Which column is which is remembered for everybody. What the words mean is remembered for one commissioner.
    Who commissions, the programme and the unit of the amounts are never remembered: they are what this file
    says, or are asked for.
    """
    path = mapping_path(folder, foreign.header_hash)
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    kept = mapping_from_json(text, path.name)
    columns = tuple(
        replace(
            guess,
            unit=unit_said(guess.header, foreign.above),
        )
        for guess in kept.columns
    )
    here = ColumnMapping(kept.header_hash, columns, sheet=foreign.sheet)
    fixed = _constants(foreign, directory, here)
    words = _words_by_commissioner(text).get(
        fixed.get("commissioner", ""),
        {},
    )
    return replace(here, fixed=fixed, words=words)


def remember_mapping(folder: Path, mapping: ColumnMapping) -> Path:
    """Keeps which column is which for the next file with these column names, and what the words mean for the
    same commissioner.
    """
    path = mapping_path(folder, mapping.header_hash)
    path.parent.mkdir(parents=True, exist_ok=True)
    words = (
        _words_by_commissioner(path.read_text(encoding="utf-8"))
        if path.is_file()
        else {}
    )
    if mapping.words:
        words[mapping.fixed.get("commissioner", "")] = mapping.words
    plain = asdict(
        replace(
            mapping,
            fixed={},
            words={},
            is_insisted=False,
            day_order="",
            sheet="",
        )
    )
    staged = path.with_suffix(".part")
    staged.write_text(
        json.dumps(
            plain | {"words_by_commissioner": words},
            ensure_ascii=False,
            indent=2,
        )
        + "\n",
        "utf-8",
    )
    staged.replace(path)
    return path


def _words_by_commissioner(
    text: str,
) -> dict[str, Mapping[str, Mapping[str, str]]]:
    """Commissioner → column → word → meaning; a mapping kept by an earlier version belongs to the
    commissioner it names.
    """
    value = json.loads(text)
    kept = dict(value.get("words_by_commissioner", {}))
    if earlier := value.get("words"):
        kept.setdefault(
            value.get("fixed", {}).get(
                "commissioner",
                "",
            ),
            earlier,
        )
    return kept


def fitted(
    mapping: ColumnMapping,
    foreign: ForeignTable,
    file: str,
) -> ColumnMapping:
    """The mapping with its columns where they stand in this file. Raises SourceProblem where a column of it
    is not here.
    """
    if mapping.header_hash == foreign.header_hash:
        return mapping
    headers = [folded(text) for text in foreign.table.header]
    chosen = [guess for guess in mapping.columns if guess.column is not None]
    absent = [
        guess.header
        for guess in chosen
        if headers.count(folded(guess.header)) != 1
    ]
    if absent:
        raise SourceProblem(
            [
                problem(
                    "mapping_of_other_columns",
                    file,
                    found=quoted(name),
                )
                for name in absent
            ]
        )
    columns = [
        replace(
            guess,
            index=headers.index(folded(guess.header)),
        )
        for guess in chosen
    ]
    given = {guess.index: guess for guess in columns}
    whole = [
        given.get(at) or ColumnGuess(at, text, None, 0.0)
        for at, text in enumerate(foreign.table.header)
    ]
    return replace(
        mapping,
        header_hash=foreign.header_hash,
        columns=tuple(whole),
    )


def contradictions(
    mapping: ColumnMapping,
    foreign: ForeignTable,
    directory: Directory,
) -> list[Problem]:
    """Constants of a mapping that the file's own title rows or name contradict, each a reason to stop; none
    where a person insisted.
    """
    if mapping.is_insisted:
        return []
    problems: list[Problem] = []
    for column, said in stated_constants(foreign, directory).items():
        chosen = mapping.fixed.get(column)
        if chosen and _code(column, chosen, directory) not in said:
            names = {**directory.area_names, **directory.names_en}
            facts: dict[str, Any] = {
                "said": ", ".join(names.get(code, code) for code in said),
                "said_cy": ", ".join(directory.name_cy(code) for code in said),
                "found": quoted(names.get(chosen, chosen)),
            }
            problems.append(
                problem(
                    "constant_of_another_file",
                    foreign.table.file,
                    column=column,
                    **facts,
                )
            )
    return problems


def _at_heading(
    code: str,
    name: str,
    guess: ColumnGuess,
    foreign: ForeignTable,
    percent: str = "",
) -> Problem:
    """A problem of what a column was taken for, at its heading; a heading that leads to a person is not
    repeated.
    """
    return problem(
        code,
        foreign.table.file,
        letter=column_letters(guess.index),
        column=name,
        row=foreign.table.header_row,
        found=quoted_heading(guess.header),
        percent=percent,
    )


def unsure(mapping: ColumnMapping, foreign: ForeignTable) -> list[Problem]:
    """The columns a register needs whose guess is likely and not certain: a person says whether it is right,
    no command does.
    """
    return [
        _at_heading(
            "column_not_certain",
            name,
            guess,
            foreign,
            percent=str(round(100 * guess.confidence)),
        )
        for name, guess in sorted(
            mapping.places.items(),
            key=lambda each: each[1].index,
        )
        if name in _NEEDED and guess.confidence < CERTAIN
    ]


def unit_unsaid(mapping: ColumnMapping, foreign: ForeignTable) -> list[Problem]:
    """Columns of sums whose heading does not say what they count, and nobody did."""
    return [
        _at_heading("unit_unsaid", name, guess, foreign)
        for name, guess in mapping.places.items()
        if name in SUMS and guess.unit is Unit.UNSAID
    ]


def sum_of_a_year(mapping: ColumnMapping) -> int | None:
    """Which column gives the sum of a project, None where none does."""
    places = [g.index for name, g in mapping.places.items() if name in SUMS]
    return places[0] if places else None


def sheet_not_said(foreign: ForeignTable) -> list[Problem]:
    """A workbook with several tables, and nobody said which: one of them is never taken in silence."""
    if foreign.is_sheet_said or len(foreign.sheets) < 2:
        return []
    shown = ", ".join(
        f"{quoted(name)} ({rows})" for name, rows in foreign.sheets
    )
    return [problem("sheet_not_said", foreign.table.file, found=shown)]


def _code(
    column: str,
    text: str,
    directory: Directory,
) -> str:
    listed = (
        directory.authorities
        if column == "commissioner"
        else directory.programmes
    )
    return listed.get(
        folded(text),
        text,
    )
