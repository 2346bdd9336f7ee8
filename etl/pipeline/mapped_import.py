"""`clearlink import FILE --map auto|FILE.json`: a council's own spreadsheet to a register, and the mapping
for somebody to confirm.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clearlink import folders
from clearlink.words import Lang, say
from etl.directory import Directory
from etl.pipeline.register import file_label
from etl.records import Problem, Register, SourceProblem
from etl.sources.registers import refused_rows
from etl.sources.registers.register_columns import register_columns
from etl.sources.registers.register_table import Table, column_letters
from etl.sources.registers.register_template import read_template
from etl.sources.spreadsheets.column_mapping import (
    SUMS,
    TOTAL,
    ColumnGuess,
    ColumnMapping,
    contradictions,
    fitted,
    guess_mapping,
    mapping_from_json,
    remember_mapping,
    remembered_mapping,
    sheet_not_said,
    sum_of_a_year,
    unit_unsaid,
    unsure,
)
from etl.sources.spreadsheets.foreign_table import ForeignTable, open_foreign
from etl.sources.spreadsheets.mapped_rows import apply_mapping
from etl.sources.spreadsheets.money_by_year import (
    money_of_one_year,
    money_year_unsaid,
    years_of_money,
)


@dataclass(frozen=True, slots=True)
class MappedImport:
    """What a mapping made of a file: the register, the mapping used, and the rows in template form.

    `was_remembered`: somebody confirmed this mapping before.
    """

    register: Register
    mapping: ColumnMapping
    table: Table
    was_remembered: bool

    def refused_rows_csv(self, lang: Lang = "en") -> bytes:
        """The refused rows in template form, each with what to mend."""
        return refused_rows.refused_rows(
            self.register,
            self.table,
            lang,
        )


def open_to_map(
    path_or_bytes: Path | bytes,
    file_name: str,
    directory: Directory,
    sheet: str = "",
) -> tuple[ForeignTable, ColumnMapping, bool]:
    """The table, the mapping to show (remembered, else guessed), and whether it was remembered. Raises
    SourceProblem.
    """
    data = (
        path_or_bytes.read_bytes()
        if isinstance(path_or_bytes, Path)
        else path_or_bytes
    )
    foreign = open_foreign(
        data,
        file_label(file_name),
        sheet,
    )
    kept = remembered_mapping(
        folders.data_folder(),
        foreign,
        directory,
    )
    return foreign, kept or guess_mapping(foreign, directory), kept is not None


def read_mapped(
    path_or_bytes: Path | bytes,
    file_name: str,
    mapping: str | Path | ColumnMapping,
    directory: Directory,
    fixed: Mapping[str, str] | None = None,
    day_order: str = "",
    sheet: str = "",
) -> MappedImport:
    """Reads a file under "auto" (the remembered columns, else the guess), a mapping file, or a mapping that
    was just confirmed.

    `fixed`: column → value for every row that does not say, as a person gave it for this very file;
    `day_order`: "day" or "month" first, and `sheet`, likewise. Raises SourceProblem where the file is no
    table, the mapping lacks what every project must have, was made for another file, or was guessed and is
    not certain.
    """
    data = (
        path_or_bytes.read_bytes()
        if isinstance(path_or_bytes, Path)
        else path_or_bytes
    )
    given = _mapping_given(mapping)
    foreign, known, was_remembered = _opened(
        data, file_name, directory, sheet, given
    )
    known = _with_answers(
        fitted(
            given or known,
            foreign,
            foreign.table.file,
        ),
        fixed or {},
        day_order,
    )
    is_guess = given is None and not was_remembered
    stops = _stops(known, foreign, directory, is_guess)
    if stops:
        raise SourceProblem(stops)
    table, problems = apply_mapping(foreign, known, directory)
    problems += money_of_one_year(
        foreign,
        years_of_money(foreign),
        sum_of_a_year(known),
    )
    register = read_template(
        table,
        directory,
        _register_id(table),
    )
    register.problems = [*problems, *register.problems]
    return MappedImport(
        register,
        known,
        table,
        was_remembered and given is None,
    )


def _with_answers(
    known: ColumnMapping,
    fixed: Mapping[str, str],
    day_order: str,
) -> ColumnMapping:
    """The mapping with what a person answered for this very file."""
    if fixed:
        known = replace(
            known,
            fixed={**known.fixed, **fixed},
            is_insisted=True,
        )
    return replace(known, day_order=day_order) if day_order else known


def _stops(
    known: ColumnMapping,
    foreign: ForeignTable,
    directory: Directory,
    is_guess: bool,
) -> list[Problem]:
    """What has to be answered before the file can be read; of a guess also that it is certain."""
    return [
        *sheet_not_said(foreign),
        *contradictions(known, foreign, directory),
        *(unsure(known, foreign) if is_guess else []),
        *unit_unsaid(known, foreign),
        *money_year_unsaid(
            foreign,
            years_of_money(foreign),
            sum_of_a_year(known),
        ),
    ]


def _mapping_given(mapping: str | Path | ColumnMapping) -> ColumnMapping | None:
    """The mapping that somebody gave, as it is or in a file; None for "auto"."""
    if isinstance(mapping, ColumnMapping):
        return mapping
    if str(mapping) == "auto":
        return None
    path = Path(str(mapping))
    return mapping_from_json(
        path.read_text("utf-8"),
        path.name,
    )


def _register_id(table: Table) -> str:
    # the same file under another mapping is another register
    content = json.dumps(
        [table.header, table.rows],
        ensure_ascii=False,
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[
        :16
    ]


def _opened(
    data: bytes,
    name: str,
    directory: Directory,
    sheet: str,
    given: ColumnMapping | None,
) -> tuple[ForeignTable, ColumnMapping, bool]:
    """The table of the sheet that was said, or that the mapping was made for where this file has one of that
    name.
    """
    if sheet or given is None or not given.sheet:
        return open_to_map(data, name, directory, sheet)
    try:
        return open_to_map(data, name, directory, given.sheet)
    except SourceProblem as refused:
        if refused.problems[0].code != "sheet_not_there":
            raise
        return open_to_map(data, name, directory)


def confirm(mapping: ColumnMapping) -> Path:
    """Remembers a mapping that a person has looked at, under CLEARLINK_DATA."""
    sure = tuple(
        replace(guess, confidence=1.0) if guess.column else guess
        for guess in mapping.columns
    )
    return remember_mapping(
        folders.data_folder(),
        replace(mapping, columns=sure),
    )


def mapping_lines(mapping: ColumnMapping, lang: Lang) -> list[str]:
    """The mapping in sentences: each column, each value fixed for the whole file, each word."""
    names = _column_names(lang)
    lines = [
        _column_line(guess, names, lang)
        for guess in mapping.columns
        if guess.column or guess.header
    ]
    lines += [
        say(
            lang,
            "exchange.map.fixed",
            column=names.get(name, name),
            value=text,
        )
        for name, text in mapping.fixed.items()
    ]
    lines += [
        say(
            lang,
            "exchange.map.word",
            column=names.get(column, column),
            theirs=theirs,
            ours=ours,
        )
        for column, words in mapping.words.items()
        for theirs, ours in words.items()
    ]
    return lines


def _column_names(lang: Lang) -> dict[str, str]:
    """The register's columns as a person is told of them."""
    in_welsh = {c.name: c.name_cy for c in register_columns() if c.name_cy}
    return {
        **{c.name: c.name for c in register_columns()},
        **(in_welsh if lang == "cy" else {}),
        TOTAL: say(lang, "exchange.map.total_value"),
    }


def _column_line(
    guess: ColumnGuess,
    names: Mapping[str, str],
    lang: Lang,
) -> str:
    """What one column is taken for, how surely, and the unit of a sum."""
    line = say(
        lang,
        "exchange.map.column" if guess.column else "exchange.map.unused",
        letter=column_letters(guess.index),
        header=guess.header,
        percent=round(100 * guess.confidence),
        column=names.get(
            guess.column or "",
            "",
        ),
    )
    if guess.column not in SUMS:
        return line
    unit = say(lang, f"exchange.map.unit_{guess.unit}")
    return f"{line} · {unit}"
