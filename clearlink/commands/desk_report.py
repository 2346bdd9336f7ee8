"""What the steward's desk is told about a file: is it a register, or a spreadsheet whose columns somebody has
to confirm?

Everything in the answer is plain text and numbers, for the app to show: the app never reads the file itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, fields
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
    data = path.read_bytes()
    directory = served_directory()
    try:
        if mapping == OFFER:
            read = read_register(data, path.name, directory=directory)
            return _tried(
                read,
                directory,
                report,
                refused_entries_of(read, data, path.name, lang),
            )
        return _mapped(
            data,
            path.name,
            _chosen(mapping, data, path.name, directory),
            directory,
            lang,
            report,
        )
    except SourceProblem as refusal:
        if mapping == OFFER:
            return _offered(
                data,
                path.name,
                directory,
                lang,
                report,
                refusal.problems,
                sheet,
            )
        return _told([], 0, refusal.problems)


def _chosen(
    mapping: str,
    data: bytes,
    name: str,
    directory: Directory,
) -> ColumnMapping:
    if mapping == "auto":
        return mapped_import.open_to_map(data, name, directory)[1]
    return mapping_from_json(
        Path(mapping).read_text(encoding="utf-8"),
        Path(mapping).name,
    )


def _offered(
    data: bytes,
    name: str,
    directory: Directory,
    lang: Lang,
    report: Path | None,
    problems: Sequence[Problem],
    sheet: str,
) -> dict[str, Any]:
    """The mapping for a file that is no register as it stands; a file that is no table either keeps the
    register's own words.
    """
    if exchange_format(data, name) or any(
        p.code == FLAT_OCDS for p in problems
    ):
        return _told([], 0, problems)
    try:
        foreign, mapping, was_remembered = mapped_import.open_to_map(
            data, name, directory, sheet
        )
    except SourceProblem as refusal:
        is_known = any(p.code == "list_of_payments" for p in refusal.problems)
        return _told(
            [],
            0,
            refusal.problems if is_known else problems,
        )
    if not mapping.places:
        return _told([], 0, problems)
    shown = shown_mapping(foreign, mapping, directory, was_remembered)
    # a value for every row is asked for anew with every file; remembered columns that need none are tried at
    # once
    is_settled = (
        not mapping.missing and not mapping.fixed and len(foreign.sheets) < 2
    )
    if was_remembered and is_settled:
        return {
            **_mapped(
                data,
                name,
                mapping,
                directory,
                lang,
                report,
            ),
            "mapping": shown | {"is_tried": True},
        }
    return {
        **_told([], 0, []),
        "mapping": shown,
    }


def _mapped(
    data: bytes,
    name: str,
    mapping: ColumnMapping,
    directory: Directory,
    lang: Lang,
    report: Path | None,
) -> dict[str, Any]:
    read = mapped_import.read_mapped(data, name, mapping, directory)
    register, mend = read.register, (read.refused_rows_csv(lang), "csv")
    answer = _tried(register, directory, report, mend)
    return {
        **answer,
        "unmatched": _unmatched(register.problems),
        "passed_over": _passed(register.problems),
    }


def _tried(
    read: Register,
    directory: Directory,
    report: Path | None,
    mend: tuple[bytes, str],
) -> dict[str, Any]:
    planned = plan(read, directory)
    read = planned.register
    refused = len(
        {
            p.row
            for p in read.problems
            if p.severity is Severity.REFUSED and p.row is not None
        }
    )
    if report is not None and refused:
        report.write_bytes(mend[0])
    is_judged, verdicts = True, []
    try:
        with scratch_folder() as folder:
            verdicts = tried_verdicts(read, folder)
    except TrialStopped:
        is_judged = False
    by_id = {p.project_id: p for p in read.projects}
    shown = [
        {
            **row,
            **_named(by_id[row["project_id"]]),
        }
        for row in verdicts
    ]
    accepted = read.accepted
    return {
        **_told(shown, accepted, read.problems, refused),
        "is_judged": is_judged,
        "mend_kind": mend[1],
        "kept": [asdict(k) for k in planned.kept],
    }


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
    # a row about a refuge is not shown: any of its cells may say where it is; nor is one about a person
    open_rows = [
        cells
        for _, cells in foreign.table.rows
        if not any(names_a_refuge(cell) for cell in cells)
        and not speaks_of_a_person(cells)
    ]
    columns = [
        {
            **asdict(g),
            "letter": column_letters(g.index),
            "samples": _samples(
                open_rows,
                g.index,
                g.column in DATES,
            ),
        }
        for g in mapping.columns
    ]
    over = passed_over(foreign, mapping, directory)
    return {
        "header_hash": mapping.header_hash,
        "columns": columns,
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
        "stated": {
            column: list(said)
            for column, said in stated_constants(foreign, directory).items()
        },
        "header_row": foreign.table.header_row,
        "above": [
            text for text in foreign.above if not may_give_place_away(text)
        ],
        "rows": len(foreign.table.rows) - len(over),
        "passed_over": _passed(over),
    }


def _samples(
    rows: Sequence[Sequence[str]],
    index: int,
    are_dates: bool,
) -> list[str]:
    samples: dict[str, None] = {}
    for cells in rows:
        text = " ".join(cells[index].split()) if index < len(cells) else ""
        if text and not may_give_place_away(text):
            day = day_of(text, False, "20") if are_dates else None
            # a day as a spreadsheet counts days says nothing to a person
            shown = (
                f"{text} = {day.text}"
                if day is not None and day.code == "serial_date"
                else text
            )
            samples[
                shown
                if len(shown) <= LONGEST_SAMPLE
                else shown[:LONGEST_SAMPLE] + "…"
            ] = None
        if len(samples) == SAMPLES:
            break
    return list(samples)


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
    """Words of the file that no closed list knows, for somebody to say what they mean. `offered`: the places
    that a name could be, as codes between semicolons.
    """
    facts = [
        (p.column or "", dict(p.facts))
        for p in problems
        if p.code == "word_not_matched"
    ]
    unmatched = [
        {
            "column": column,
            "text": known["found"].strip("“”"),
            "offered": ";".join(_OFFERED.findall(known.get("nearest", "")))
            if column == "area_codes"
            else "",
        }
        for column, known in facts
        if "withheld" not in known and known.get("found")
    ]
    return [each for each in unmatched if not each["text"].endswith("…")]
