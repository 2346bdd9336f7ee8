"""What the commands do with sources, registers and builds, and how each says what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clearlink import folders
from clearlink.commands.desk_report import desk_report, plain_problem
from clearlink.commands.progress import TerminalProgress
from clearlink.exit_codes import Exit
from clearlink.warehouse import reader
from clearlink.words import Lang, MissingSentence, say
from clearlink.words.problems import problem_words
from etl.build.builder import BuildStopped, Built, ChecksFailed, served_build
from etl.build.warehouse_file import BuildInProgress
from etl.directory import Directory
from etl.pipeline import builds, kept_registers
from etl.pipeline.register import table_to_keep
from etl.records import Problem, Register, Severity, SourceProblem
from etl.sources.registers.kept_form import TEMPLATE, KeptRegister
from etl.sources.spreadsheets.column_mapping import mapping_to_json

if TYPE_CHECKING:
    from etl.fetch.fetch import FetchReport
    from etl.pipeline.mapped_import import MappedImport


def ensure_build(
    *,
    mirror: Path | None,
    official: bool,
    sample: bool,
    registers: Sequence[Path],
) -> int:
    """Builds what was asked for; with nothing asked, keeps the complete build that is there, else builds the
    sample.
    """
    if mirror is not None or official:
        code = fetch(mirror=mirror, names=[])
        if code not in (Exit.DONE, Exit.SOURCE_UNAVAILABLE):
            return code
        return _served_all_the_same(build(sample=False, registers=registers))
    if (
        not sample
        and not registers
        and served_build(folders.warehouse_file()) is not None
    ):
        return Exit.DONE
    return _served_all_the_same(build(sample=True, registers=registers))


def _served_all_the_same(code: int) -> int:
    """A build that was published without a row is served; the loss was said."""
    is_there = served_build(folders.warehouse_file()) is not None
    return Exit.DONE if code == Exit.INPUT_REFUSED and is_there else code


_STILL_SERVED = "nothing was published; the last complete build keeps serving"


def build(*, sample: bool, registers: Sequence[Path]) -> int:
    """Snapshots (or the sample) and registers → a new warehouse, checked and published."""
    if any(not path.is_file() for path in registers):
        return _no_such_file(registers)
    try:
        kept_registers.clean_earlier_ones()
    except OSError as wrong:
        return _not_kept(wrong)
    try:
        return _told_of(_build(registers, sample))
    except SourceProblem as refusal:
        problems = map(str, refusal.problems)
        return _say(Exit.INPUT_REFUSED, *problems, _STILL_SERVED)
    except ChecksFailed as failed:
        return _checks_failed(failed)
    except BuildStopped as stopped:
        return _say(
            Exit.CHECKS_FAILED,
            str(stopped),
            _STILL_SERVED,
        )
    except BuildInProgress as busy:
        return _say(
            Exit.SOURCE_UNAVAILABLE,
            str(busy),
        )


def _no_such_file(registers: Sequence[Path]) -> int:
    missing = [path for path in registers if not path.is_file()]
    words = "found no such file, expected a register in CSV or Excel"
    return _say(
        Exit.INPUT_REFUSED,
        *(f"{path}: {words}" for path in missing),
    )


def _build(registers: Sequence[Path], sample: bool) -> Built:
    progress = TerminalProgress()
    if sample or not builds.has_snapshots():
        return builds.build_sample(registers, progress)
    return builds.build_published(
        registers,
        datetime.now(UTC).date(),
        progress,
    )


def _checks_failed(failed: ChecksFailed) -> int:
    """Each check that failed, with how many rows and the first of them."""
    for check, offenders in failed.offenders.items():
        name, first = check.replace("_", " "), ", ".join(offenders[:5])
        print(f"{name}: {len(offenders)}, first {first}", file=sys.stderr)
    return _say(Exit.CHECKS_FAILED, _STILL_SERVED)


def _told_of(built: Built) -> int:
    """The build in one line; what was given and is not in it is said as loudly as a refusal, and ends as
    one.
    """
    left_out = [*map(str, built.left_out)] or (
        _left_out_before() if built.unchanged else []
    )
    for line in left_out:
        print(line, file=sys.stderr)
    summary = _said(built)
    if not left_out:
        print(summary)
        return Exit.DONE
    print(
        f"published without some of what was given ({len(left_out)}, listed above): {summary}"
    )
    return Exit.INPUT_REFUSED


def _left_out_before() -> list[str]:
    """The same of the served build, where nothing changed since."""
    codes = ("project_in_other_file", "kept_rows_left_out")
    return [
        f"{p['file']} · {p['place']} · found {p['found']} · expected {p['expected']} · {p['remedy']}"
        for p in reader.problems()
        if p["code"] in codes
    ]


def _said(built: Built) -> str:
    if built.unchanged:
        return f"nothing changed: build {built.build_id} stays"
    rows = built.rows
    return (
        f"{sum(rows.values()):,} rows in, {rows.get('problem', 0):,} refused or to look at, "
        f"{rows.get('area', 0):,} areas covered, {rows.get('project', 0):,} projects, "
        f"{built.seconds:.1f} s, {_difference(built)}, "
        f"build {built.build_id}"
    )


def _difference(built: Built) -> str:
    """The difference from the last build, in one clause."""
    if built.changes is None:
        return "nothing to compare with"
    changes = built.changes
    counted = (
        ("project_new", "new project", "new projects"),
        ("project_removed", "project gone", "projects gone"),
        ("verdict_at_decision", "verdict changed", "verdicts changed"),
        (
            "verdict_today",
            "verdict changed as if decided today",
            "verdicts changed as if decided today",
        ),
        ("need_edition", "need edition changed", "need editions changed"),
        (
            "rows",
            "source with another row count",
            "sources with other row counts",
        ),
        (
            "refused",
            "source with other refused rows",
            "sources with other refused rows",
        ),
        ("figure_added", "new figure", "new figures"),
        ("figure_removed", "figure gone", "figures gone"),
        ("figure_changed", "figure revised", "figures revised"),
    )
    parts = [
        f"{changes[kind]:,} {one if changes[kind] == 1 else many}"
        for kind, one, many in counted
        if changes.get(kind)
    ]
    return f"since the last one: {', '.join(parts) or 'no difference in projects, verdicts, need or rows'}"


def fetch(*, mirror: Path | None, names: Sequence[str]) -> int:
    """Publishers → snapshots. A source that fails keeps its last good snapshot and is said to be late."""
    from etl.fetch.fetch import fetch as fetch_sources
    from etl.fetch.fetch_note import keep_outcomes
    from etl.sources.catalogue import load_sources

    known = load_sources()
    unknown = [name for name in names if name not in known]
    if unknown:
        listed = ", ".join(unknown)
        return _say(
            Exit.USAGE,
            f"--source: found {listed}, expected names from data/catalogue/sources.toml",
        )
    report = fetch_sources(
        [known[name] for name in known if not names or name in names],
        mirror or folders.mirror_folder(),
        folders.data_folder(),
        TerminalProgress(),
    )
    keep_outcomes(
        folders.data_folder(),
        report,
    )
    return _outcomes_told(report)


def _outcomes_told(report: FetchReport) -> int:
    """Prints every problem, and how many sources came out each way; the code says whether any is missing."""
    from etl.fetch.fetch import Outcome

    for each in report.sources:
        for problem in each.problems:
            print(problem, file=sys.stderr)
    always = (
        Outcome.FETCHED,
        Outcome.UNCHANGED,
        Outcome.LATE,
        Outcome.REFUSED,
    )
    counts = report.counts()
    told = [
        f"{counts[outcome]} {outcome.value.replace('_', ' ')}"
        for outcome in Outcome
        if counts[outcome] or outcome in always
    ]
    print(", ".join(told))
    missing = (Outcome.LATE, Outcome.REFUSED, Outcome.WITHDRAWN)
    is_missing = any(counts[outcome] for outcome in missing)
    return Exit.SOURCE_UNAVAILABLE if is_missing else Exit.DONE


def _entries_refused(problems: Sequence[Problem]) -> int:
    """How many entries were refused: a row with three faults is one, and what stands in no row is told by its
    name.
    """
    refused = [p for p in problems if p.severity is Severity.REFUSED]
    return len({p.found if p.row is None else p.row for p in refused})


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
        return _not_kept(wrong)
    except SourceProblem as refusal:
        if as_json:
            _print_counts(0, 0, refusal.problems)
        return _refused(refusal, lang)
    return _register_told(read, kept, as_json, lang)


def _no_file(path: Path, lang: Lang) -> int:
    return _say(
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
    _say(Exit.DONE, *kept)
    refused_rows = _entries_refused(read.problems)
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
    return _say(Exit.INPUT_REFUSED, *problems)


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
        _say(Exit.DONE, *lines)
        planned = kept_registers.plan(read.register, directory)
        kept = _keep(
            planned,
            _form_to_keep(read, directory),
            f"{path.stem}.csv",
            dry_run or not planned.register.projects,
            _Keeping(replaces, is_beside, lang),
        )
    except OSError as wrong:
        return _not_kept(wrong)
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
    _say(Exit.DONE, *kept)
    accepted, refused = (
        len(register.projects),
        _entries_refused(register.problems),
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


def _not_kept(wrong: OSError) -> int:
    return _say(
        Exit.CHECKS_FAILED,
        f"{folders.data_folder()}: the register was not kept, found {wrong.strerror!r}, "
        "expected room and the right to write; free some space and load it again",
    )


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
        return _say(
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


def _say(code: Exit, *lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code
