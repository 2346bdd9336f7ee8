"""What the steward's desk is told about a file: is it a register, or a spreadsheet whose columns somebody has
to confirm?

Everything in the answer is plain text and numbers, for the app to show: the app never reads the file itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from clearlink.rules.whereabouts import may_give_place_away
from clearlink.scratch import scratch_folder
from clearlink.words import Lang
from etl.directory import Directory
from etl.pipeline import mapped_import
from etl.pipeline.kept_registers import plan, served_directory
from etl.pipeline.register import FLAT_OCDS, read_register, refused_entries_of
from etl.pipeline.trial import TrialStopped, tried_verdicts
from etl.records import Problem, Project, Register, Severity, SourceProblem
from etl.sources.registers.exchange_formats import exchange_format
from etl.sources.registers.register_people import speaks_of_a_person
from etl.sources.registers.register_row_reader import names_a_refuge
from etl.sources.registers.register_table import column_letters
from etl.sources.spreadsheets.column_mapping import (
    ColumnMapping,
    mapping_from_json,
)
from etl.sources.spreadsheets.file_constants import stated_constants
from etl.sources.spreadsheets.foreign_cells import day_of
from etl.sources.spreadsheets.foreign_table import ForeignTable
from etl.sources.spreadsheets.mapped_rows import DATES, date_order, passed_over

OFFER: Final = "offer"
SAMPLES: Final = 3
LONGEST_SAMPLE: Final = 48
# the code before each place that is offered: "W05001108 (Trallwng, WD24, Powys)"
_OFFERED: Final = re.compile(r"\b([A-Z]\d{8}|[A-Z]{3}_[A-Z_]+) \(")


def desk_report(
    path: Path,
    mapping: str,
    lang: Lang,
    report: Path | None,
    sheet: str = "",
) -> dict[str, Any]:
    """`mapping`: "offer" reads a register as it is and offers a mapping for anything else; "auto" applies the
    remembered mapping or the guess, a file's name the mapping in it.

    A mapping that is offered and that nobody has confirmed is shown and not applied. The refused rows go to
    `report`, in the file's own kind.
    """
    file = _File(
        path.read_bytes(),
        path.name,
        served_directory(),
        lang,
        report,
    )
    try:
        if mapping == OFFER:
            return _read_as_it_is(file)
        return _mapped(
            file,
            _chosen(mapping, file),
        )
    except SourceProblem as refusal:
        if mapping == OFFER:
            return _offered(file, refusal.problems, sheet)
        return _told([], 0, refusal.problems)


@dataclass(frozen=True, slots=True)
class _File:
    """The file that is asked about, and for whom. `report`: where its refused rows go."""

    data: bytes
    name: str
    directory: Directory
    lang: Lang
    report: Path | None


def _read_as_it_is(file: _File) -> dict[str, Any]:
    """A register as it stands. Raises `SourceProblem` where it is none."""
    read = read_register(file.data, file.name, directory=file.directory)
    mend = refused_entries_of(read, file.data, file.name, file.lang)
    return _tried(read, file, mend)


def _chosen(mapping: str, file: _File) -> ColumnMapping:
    if mapping == "auto":
        return mapped_import.open_to_map(file.data, file.name, file.directory)[
            1
        ]
    return mapping_from_json(
        Path(mapping).read_text(encoding="utf-8"),
        Path(mapping).name,
    )


def _offered(
    file: _File,
    problems: Sequence[Problem],
    sheet: str,
) -> dict[str, Any]:
    """The mapping for a file that is no register as it stands; a file that is no table either keeps the
    register's own words.
    """
    if _is_of_a_standard(file, problems):
        return _told([], 0, problems)
    try:
        foreign, mapping, was_remembered = mapped_import.open_to_map(
            file.data, file.name, file.directory, sheet
        )
    except SourceProblem as refusal:
        return _told(
            [],
            0,
            _plainer(problems, refusal.problems),
        )
    if not mapping.places:
        return _told([], 0, problems)
    shown = shown_mapping(foreign, mapping, file.directory, was_remembered)
    if was_remembered and _asks_for_nothing(foreign, mapping):
        return {
            **_mapped(file, mapping),
            "mapping": shown | {"is_tried": True},
        }
    return {
        **_told([], 0, []),
        "mapping": shown,
    }


def _is_of_a_standard(file: _File, problems: Sequence[Problem]) -> bool:
    """Such a file is mended, not mapped."""
    return exchange_format(file.data, file.name) is not None or any(
        p.code == FLAT_OCDS for p in problems
    )


def _plainer(
    as_register: Sequence[Problem],
    as_table: Sequence[Problem],
) -> Sequence[Problem]:
    """What is said of a file that is neither: that it is a list of payments where it is one."""
    is_known = any(p.code == "list_of_payments" for p in as_table)
    return as_table if is_known else as_register


def _asks_for_nothing(foreign: ForeignTable, mapping: ColumnMapping) -> bool:
    """A value for every row is asked for anew with every file; remembered columns that need none are tried
    at once.
    """
    return not mapping.missing and not mapping.fixed and len(foreign.sheets) < 2


def _mapped(file: _File, mapping: ColumnMapping) -> dict[str, Any]:
    read = mapped_import.read_mapped(
        file.data,
        file.name,
        mapping,
        file.directory,
    )
    register, mend = read.register, (read.refused_rows_csv(file.lang), "csv")
    return {
        **_tried(register, file, mend),
        "unmatched": _unmatched(register.problems),
        "passed_over": _passed(register.problems),
    }


def _tried(
    read: Register,
    file: _File,
    mend: tuple[bytes, str],
) -> dict[str, Any]:
    planned = plan(read, file.directory)
    read = planned.register
    refused = _rows_refused(read.problems)
    if file.report is not None and refused:
        file.report.write_bytes(mend[0])
    verdicts = _verdicts(read)
    by_id = {p.project_id: p for p in read.projects}
    shown = [
        {
            **row,
            **_named(by_id[row["project_id"]]),
        }
        for row in verdicts or []
    ]
    return {
        **_told(shown, read.accepted, read.problems, refused),
        "is_judged": verdicts is not None,
        "mend_kind": mend[1],
        "kept": [asdict(k) for k in planned.kept],
    }


def _rows_refused(problems: Sequence[Problem]) -> int:
    rows = {p.row for p in problems if p.severity is Severity.REFUSED}
    return len(rows - {None})


def _verdicts(read: Register) -> list[dict[str, Any]] | None:
    """The verdicts that the projects would have; None where the trial was stopped."""
    try:
        with scratch_folder() as folder:
            return tried_verdicts(read, folder)
    except TrialStopped:
        return None


def _named(project: Project) -> dict[str, Any]:
    return {
        "title": project.title,
        "commissioner": project.commissioner,
        "place": project.la_code or project.region_code,
        "annual_value_gbp": project.annual_value_gbp,
    }


def _told(
    verdicts: Sequence[dict[str, Any]],
    accepted: int,
    problems: Sequence[Problem],
    refused: int = 0,
) -> dict[str, Any]:
    return {
        "accepted": accepted,
        "refused": refused,
        "problems": [plain_problem(p) for p in problems],
        "verdicts": list(verdicts),
    }


def plain_problem(problem: Problem) -> dict[str, Any]:
    """A problem as the served table of problems holds it."""
    plain = {f.name: getattr(problem, f.name) for f in fields(problem)}
    return {
        **plain,
        "facts": json.dumps(
            dict(problem.facts),
            ensure_ascii=False,
        ),
        "row_no": problem.row,
        "column_name": problem.column,
    }


def shown_mapping(
    foreign: ForeignTable,
    mapping: ColumnMapping,
    directory: Directory,
    was_remembered: bool,
) -> dict[str, Any]:
    """The mapping with what a person needs to judge it: samples of each column, where the header stands,
    which rows are passed over.
    """
    over = passed_over(foreign, mapping, directory)
    stated = stated_constants(foreign, directory)
    return {
        "header_hash": mapping.header_hash,
        "columns": _shown_columns(foreign, mapping),
        "fixed": dict(mapping.fixed),
        "words": {k: dict(v) for k, v in mapping.words.items()},
        "century": mapping.century,
        "was_remembered": was_remembered,
        "is_tried": False,
        "sheet": foreign.sheet,
        "sheets": [
            {"name": name, "rows": rows} for name, rows in foreign.sheets
        ],
        "day_order": mapping.day_order,
        "day_order_found": date_order(foreign, mapping),
        "notes": [plain_problem(note) for note in foreign.notes],
        "stated": {column: list(said) for column, said in stated.items()},
        "header_row": foreign.table.header_row,
        "above": [
            text for text in foreign.above if not may_give_place_away(text)
        ],
        "rows": len(foreign.table.rows) - len(over),
        "passed_over": _passed(over),
    }


def _shown_columns(
    foreign: ForeignTable,
    mapping: ColumnMapping,
) -> list[dict[str, Any]]:
    """Each column with its letter and samples."""
    open_rows = [
        cells for _, cells in foreign.table.rows if _may_be_shown(cells)
    ]
    return [
        {
            **asdict(guess),
            "letter": column_letters(guess.index),
            "samples": _samples(
                open_rows,
                guess.index,
                guess.column in DATES,
            ),
        }
        for guess in mapping.columns
    ]


def _may_be_shown(cells: Sequence[str]) -> bool:
    """A row about a refuge is not shown: any of its cells may say where it is; nor is one about a person."""
    return not any(
        names_a_refuge(cell) for cell in cells
    ) and not speaks_of_a_person(cells)


def _samples(
    rows: Sequence[Sequence[str]],
    index: int,
    are_dates: bool,
) -> list[str]:
    samples: dict[str, None] = {}
    for cells in rows:
        text = " ".join(cells[index].split()) if index < len(cells) else ""
        if text and not may_give_place_away(text):
            sample = _with_its_day(text) if are_dates else text
            samples[_shortened(sample)] = None
        if len(samples) == SAMPLES:
            break
    return list(samples)


def _with_its_day(text: str) -> str:
    """A day as a spreadsheet counts days says nothing to a person."""
    day = day_of(text, False)
    if day is None or day.code != "serial_date":
        return text
    return f"{text} = {day.text}"


def _shortened(sample: str) -> str:
    if len(sample) <= LONGEST_SAMPLE:
        return sample
    return sample[:LONGEST_SAMPLE] + "…"


def _passed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "row": p.row,
            "code": p.code,
            "text": p.found,
        }
        for p in problems
        if p.code in ("total_row", "remark_row")
    ]


def _unmatched(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """Words of the file that no closed list knows, for somebody to say what they mean."""
    unmatched = [
        _asked_of(
            p.column or "",
            dict(p.facts),
        )
        for p in problems
        if p.code == "word_not_matched"
    ]
    return [
        each
        for each in unmatched
        if each is not None and not each["text"].endswith("…")
    ]


def _asked_of(column: str, facts: Mapping[str, str]) -> dict[str, str] | None:
    """One word and its column; None where the word is withheld. `offered`: the places that a name could be,
    as codes between semicolons.
    """
    if "withheld" in facts or not facts.get("found"):
        return None
    offered = ""
    if column == "area_codes":
        offered = ";".join(_OFFERED.findall(facts.get("nearest", "")))
    return {
        "column": column,
        "text": facts["found"].strip("“”"),
        "offered": offered,
    }
