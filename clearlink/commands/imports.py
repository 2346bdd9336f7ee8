"""What `clearlink import` does with a register or a spreadsheet, and how it says what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clearlink.commands.desk_report import desk_report, plain_problem
from clearlink.commands.told import ended, entries_refused, not_kept
from clearlink.exit_codes import Exit
from clearlink.words import Lang, MissingSentence, say
from clearlink.words.problems import problem_words
from etl.directory import Directory
from etl.pipeline import kept_registers
from etl.pipeline.register import table_to_keep
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.registers.kept_form import TEMPLATE, KeptRegister
from etl.sources.spreadsheets.column_mapping import mapping_to_json

if TYPE_CHECKING:
    from etl.pipeline.mapped_import import MappedImport


def import_register(
    path: Path,
    form: str,
    *,
    dry_run: bool,
    report: Path | None,
    as_json: bool = False,
    lang: Lang = "en",
    replaces: Sequence[str] = (),
    is_beside: bool = False,
) -> int:
    """Reads one register against the served areas and says what is refused, cell by cell; keeps it unless it
    is a dry run.
    """
    from etl.pipeline import register as registers

    if not path.is_file():
        return _no_file(path, lang)
    data = path.read_bytes()
    directory = kept_registers.served_directory()
    name = path.name
    try:
        whole = registers.read_register(data, name, form, directory=directory)
        planned = kept_registers.plan(whole, directory)
        read = planned.register
        if report is not None:
            refused, *_ = registers.refused_entries_of(read, data, name, lang)
            report.write_bytes(refused)
        form_kept = registers.to_keep(whole, data, name, form, directory)
        kept = _keep(
            planned,
            form_kept,
            name,
            dry_run or not read.accepted,
            _Keeping(replaces, is_beside, lang),
        )
    except OSError as wrong:
        return not_kept(wrong)
    except SourceProblem as refusal:
        if as_json:
            _print_counts(0, 0, refusal.problems)
        return _refused(refusal, lang)
    return _register_told(read, kept, as_json, lang)


def _no_file(path: Path, lang: Lang) -> int:
    return ended(
        Exit.INPUT_REFUSED,
        say(lang, "exchange.import.no_file", file=path),
    )


def _register_told(
    read: Register,
    kept: Sequence[str],
    as_json: bool,
    lang: Lang,
) -> int:
    """Says what came of a register: its problems, how it was kept, and how many entries it has."""
    _print_problems(read.problems, lang)
    ended(Exit.DONE, *kept)
    refused_rows = entries_refused(read.problems)
    if as_json:
        _print_counts(read.accepted, refused_rows, read.problems)
    else:
        counts = {"accepted": read.accepted, "refused": refused_rows}
        print(say(lang, "exchange.import.counts", **counts))
    return _code_of(read.problems)


def _print_problems(problems: Sequence[Problem], lang: Lang) -> None:
    for problem in problems:
        print(
            _in_words(problem, lang),
            file=sys.stderr,
        )


def _print_counts(
    accepted: int,
    refused: int,
    problems: Sequence[Problem],
) -> None:
    """What came of a register as JSON."""
    told = {
        "accepted": accepted,
        "refused": refused,
        "problems": [plain_problem(problem) for problem in problems],
    }
    print(json.dumps(told, ensure_ascii=False))


def _refused(refusal: SourceProblem, lang: Lang) -> int:
    """A file that could not be read at all: each of its problems in words."""
    problems = (_in_words(problem, lang) for problem in refusal.problems)
    return ended(Exit.INPUT_REFUSED, *problems)


def _code_of(problems: Sequence[Problem]) -> int:
    """Refused where any cell of the register was."""
    if any(problem.severity is Severity.REFUSED for problem in problems):
        return Exit.INPUT_REFUSED
    return Exit.DONE


def import_mapped(
    path: Path,
    mapping: str,
    *,
    dry_run: bool,
    report: Path | None,
    as_json: bool = False,
    lang: Lang = "en",
    remember: bool = True,
    fixed: Mapping[str, str] | None = None,
    day_order: str = "",
    sheet: str = "",
    replaces: Sequence[str] = (),
    is_beside: bool = False,
) -> int:
    """Reads a council's own spreadsheet through a mapping of its columns, shown in words; kept unless it is a
    dry run.

    `as_json` with a dry run answers what the steward's desk shows: the mapping with samples, every problem,
    and the verdicts that the rows would have.
    """
    from etl.pipeline import mapped_import

    if not path.is_file():
        return _no_file(path, lang)
    if dry_run and as_json:
        return _print_desk_report(path, mapping, lang, report, sheet)
    try:
        directory = kept_registers.served_directory()
        read = mapped_import.read_mapped(
            path, path.name, mapping, directory, fixed, day_order, sheet
        )
        lines = mapped_import.mapping_lines(read.mapping, lang)
        ended(Exit.DONE, *lines)
        planned = kept_registers.plan(read.register, directory)
        kept = _keep(
            planned,
            _form_to_keep(read, directory),
            f"{path.stem}.csv",
            dry_run or not planned.register.projects,
            _Keeping(replaces, is_beside, lang),
        )
    except OSError as wrong:
        return not_kept(wrong)
    except SourceProblem as refusal:
        return _refused(refusal, lang)
    return _mapped_told(
        read,
        planned,
        kept,
        report,
        lang,
        remember and not dry_run,
    )


def _print_desk_report(
    path: Path,
    mapping: str,
    lang: Lang,
    report: Path | None,
    sheet: str,
) -> int:
    """What the steward's desk shows of a spreadsheet, as JSON."""
    shown = desk_report(path, mapping, lang, report, sheet)
    print(json.dumps(shown, ensure_ascii=False))
    return Exit.DONE


def _form_to_keep(
    read: MappedImport,
    directory: Directory,
) -> KeptRegister:
    """A mapped register as the template would hold it."""
    return table_to_keep(
        read.register,
        read.table,
        TEMPLATE,
        directory,
    )


def _mapped_told(
    read: MappedImport,
    planned: kept_registers.Plan,
    kept: Sequence[str],
    report: Path | None,
    lang: Lang,
    remember: bool,
) -> int:
    """Says what came of a mapped register, writes its refused rows and remembers its mapping where asked."""
    from etl.pipeline import mapped_import

    register = planned.register
    _print_problems(register.problems, lang)
    if report is not None:
        report.write_bytes(read.refused_rows_csv(lang))
    if remember and register.projects:
        mapped_import.confirm(read.mapping)
    ended(Exit.DONE, *kept)
    accepted, refused = (
        len(register.projects),
        entries_refused(register.problems),
    )
    print(
        say(lang, "exchange.import.counts", accepted=accepted, refused=refused)
    )
    return Exit.INPUT_REFUSED if refused else Exit.DONE


@dataclass(frozen=True, slots=True)
class _Keeping:
    """How a register is to be kept: in the place of these, or beside what it repeats; told in `lang`."""

    replaces: Sequence[str]
    is_beside: bool
    lang: Lang


def _keep(
    planned: kept_registers.Plan,
    to_keep: KeptRegister,
    name: str,
    keeps_nothing: bool,
    keeping: _Keeping,
) -> list[str]:
    """Keeps a register that was planned and says how; a dry run says what would have to be settled first."""
    lang = keeping.lang
    if keeps_nothing:
        return [
            say(
                lang,
                "exchange.import.asks",
                file=k.file,
                n=k.repeated,
            )
            for k in planned.asks
        ]
    path, notes = kept_registers.keep(
        planned,
        to_keep,
        name,
        replaces=keeping.replaces,
        is_beside=keeping.is_beside,
    )
    lines = [
        *(_in_words(note, lang) for note in notes),
        say(lang, "exchange.import.kept", file=path.name),
    ]
    for name in keeping.replaces:
        gone = next(
            (k.gone for k in planned.kept if k.file == name),
            (),
        )
        lines.append(say(lang, "exchange.import.aside", file=name))
        lines += [
            say(lang, "exchange.import.gone", title=title) for title in gone
        ]
    return lines


def save_mapping(
    path: Path,
    target: Path,
    lang: Lang,
    sheet: str = "",
) -> int:
    """Writes the columns of a spreadsheet as they were guessed or remembered, for a person to look at, mend
    and give back.
    """
    from etl.pipeline import mapped_import

    if not path.is_file():
        return _no_file(path, lang)
    try:
        _, mapping, _ = mapped_import.open_to_map(
            path,
            path.name,
            kept_registers.served_directory(),
            sheet,
        )
    except SourceProblem as refusal:
        return ended(
            Exit.INPUT_REFUSED,
            *(_in_words(p, lang) for p in refusal.problems),
        )
    for line in mapped_import.mapping_lines(mapping, lang):
        print(line, file=sys.stderr)
    target.write_text(
        mapping_to_json(mapping),
        encoding="utf-8",
    )
    print(say(lang, "exchange.import.mapping_written", file=target))
    return Exit.DONE


def _in_words(problem: Problem, lang: Lang) -> str:
    """File, place, found, expected and what to do in one line; a problem without words of its own as its
    reader wrote it.
    """
    try:
        told = problem_words(
            problem.code,
            problem.facts,
            lang,
            problem.place,
        )
    except MissingSentence:
        return str(problem)
    return say(
        lang,
        "exchange.import.problem",
        file=problem.file,
        place=told.place,
        found=told.found,
        expected=told.expected,
        remedy=told.remedy,
    )
