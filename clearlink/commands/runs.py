"""What the commands do with sources, registers and builds, and how each says what came of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from clearlink import folders
from clearlink.commands.desk_report import desk_report, plain_problem
from clearlink.commands.progress import TerminalProgress
from clearlink.exit_codes import Exit
from clearlink.words import Lang
from etl.build.builder import BuildStopped, Built, ChecksFailed, served_build
from etl.build.warehouse_file import BuildInProgress
from etl.pipeline import builds, kept_registers
from etl.records import Severity, SourceProblem


def ensure_build(*, mirror: Path | None, official: bool, sample: bool, registers: Sequence[Path]) -> int:
    """Builds what was asked for; with nothing asked, keeps the complete build that is there, else builds the sample."""
    if mirror is not None or official:
        code = fetch(mirror=mirror, names=[])
        if code not in (Exit.DONE, Exit.SOURCE_UNAVAILABLE):
            return code
        return build(sample=False, registers=registers)
    if not sample and not registers and served_build(folders.warehouse_file()) is not None:
        return Exit.DONE
    return build(sample=True, registers=registers)


def build(*, sample: bool, registers: Sequence[Path]) -> int:
    """Snapshots (or the sample) and registers → a new warehouse, checked and published."""
    missing = [path for path in registers if not path.is_file()]
    if missing:
        return _say(
            Exit.INPUT_REFUSED,
            *(f"{path}: found no such file, expected a register in CSV or Excel" for path in missing),
        )
    progress = TerminalProgress()
    try:
        if sample or not builds.has_snapshots():
            built = builds.build_sample(registers, progress)
        else:
            built = builds.build_published(registers, datetime.now(UTC).date(), progress)
    except SourceProblem as refusal:
        return _say(
            Exit.INPUT_REFUSED,
            *(str(p) for p in refusal.problems),
            "nothing was published; the last complete build keeps serving",
        )
    except ChecksFailed as failed:
        for check, offenders in failed.offenders.items():
            print(
                f"{check.replace('_', ' ')}: {len(offenders)}, first {', '.join(offenders[:5])}",
                file=sys.stderr,
            )
        return _say(Exit.CHECKS_FAILED, "nothing was published; the last complete build keeps serving")
    except BuildStopped as stopped:
        return _say(
            Exit.CHECKS_FAILED, str(stopped), "nothing was published; the last complete build keeps serving"
        )
    except BuildInProgress as busy:
        return _say(Exit.SOURCE_UNAVAILABLE, str(busy))
    print(_said(built))
    return Exit.DONE


def _said(built: Built) -> str:
    if built.unchanged:
        return f"nothing changed: build {built.build_id} stays"
    rows = built.rows
    return (
        f"{sum(rows.values()):,} rows in, {rows.get('problem', 0):,} refused or to look at, {rows.get('area', 0):,} areas covered, "
        f"{rows.get('project', 0):,} projects, {built.seconds:.1f} s, {_difference(built)}, build {built.build_id}"
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
        ("verdict_today", "verdict changed as if decided today", "verdicts changed as if decided today"),
        ("need_edition", "need edition changed", "need editions changed"),
        ("rows", "source with another row count", "sources with other row counts"),
        ("refused", "source with other refused rows", "sources with other refused rows"),
        ("figure_added", "new figure", "new figures"),
        ("figure_removed", "figure gone", "figures gone"),
        ("figure_changed", "figure revised", "figures revised"),
    )
    said = [
        f"{changes[kind]:,} {one if changes[kind] == 1 else many}"
        for kind, one, many in counted
        if changes.get(kind)
    ]
    return f"since the last one: {', '.join(said) or 'no difference in projects, verdicts, need or rows'}"


def fetch(*, mirror: Path | None, names: Sequence[str]) -> int:
    """Publishers → snapshots. A source that fails keeps its last good snapshot and is said to be late."""
    from etl.fetch.fetch import Outcome
    from etl.fetch.fetch import fetch as fetch_sources
    from etl.fetch.fetch_note import keep_outcomes
    from etl.sources.catalogue import load_sources

    known = load_sources()
    sources = [s for s in known.values() if not names or s.source_id in names]
    unknown = [n for n in names if n not in known]
    if unknown:
        return _say(
            Exit.USAGE,
            f"--source: found {', '.join(unknown)}, expected names from data/catalogue/sources.toml",
        )
    report = fetch_sources(
        sources, mirror or folders.mirror_folder(), folders.data_folder(), TerminalProgress()
    )
    keep_outcomes(folders.data_folder(), report)
    for each in report.sources:
        for problem in each.problems:
            print(problem, file=sys.stderr)
    counts = report.counts()
    print(
        ", ".join(
            f"{counts[outcome]} {outcome.value.replace('_', ' ')}"
            for outcome in Outcome
            if counts[outcome]
            or outcome in (Outcome.FETCHED, Outcome.UNCHANGED, Outcome.LATE, Outcome.REFUSED)
        )
    )
    return (
        Exit.SOURCE_UNAVAILABLE
        if any(counts[outcome] for outcome in (Outcome.LATE, Outcome.REFUSED, Outcome.WITHDRAWN))
        else Exit.DONE
    )


def import_register(
    path: Path,
    form: str,
    *,
    dry_run: bool,
    report: Path | None,
    as_json: bool = False,
    lang: Lang = "en",
    replaces: str | None = None,
) -> int:
    """Reads one register against the served areas and says what is refused, cell by cell; keeps it unless it is a dry run."""
    from etl.pipeline import register as registers

    if not path.is_file():
        return _say(Exit.INPUT_REFUSED, f"{path}: found no such file, expected a register in CSV or Excel")
    try:
        read = registers.read_register(path, path.name, form, directory=builds.current_directory())
    except SourceProblem as refusal:
        if as_json:
            print(
                json.dumps(
                    {"accepted": 0, "refused": 0, "problems": [plain_problem(p) for p in refusal.problems]},
                    ensure_ascii=False,
                )
            )
        return _say(Exit.INPUT_REFUSED, *(str(p) for p in refusal.problems))
    refused = [p for p in read.problems if p.severity is Severity.REFUSED]
    for problem in read.problems:
        print(problem, file=sys.stderr)
    if report is not None:
        report.write_bytes(registers.refused_entries_of(read, path, path.name, lang)[0])
    accepted = len(read.projects) + len(read.assessments) + len(read.priorities)
    rows = len({p.row for p in refused})
    if not dry_run and accepted:
        kept = builds.keep_register(path)
        _let_go(replaces, kept)
        print(f"kept as {kept.name}; it is part of the next build", file=sys.stderr)
    if as_json:
        print(
            json.dumps(
                {
                    "accepted": accepted,
                    "refused": rows,
                    "problems": [plain_problem(p) for p in read.problems],
                },
                ensure_ascii=False,
            )
        )
    else:
        print(f"{accepted} accepted, {rows} refused")
    return Exit.INPUT_REFUSED if refused else Exit.DONE


def import_mapped(
    path: Path,
    mapping: str,
    *,
    dry_run: bool,
    report: Path | None,
    as_json: bool = False,
    lang: Lang = "en",
    remember: bool = True,
    replaces: str | None = None,
) -> int:
    """Reads a council's own spreadsheet through a mapping of its columns, shown in words; kept unless it is a dry run.

    `as_json` with a dry run answers what the steward's desk shows: the mapping with samples, every problem, and the verdicts that the
    rows would have.
    """
    from etl.pipeline import mapped_import

    if not path.is_file():
        return _say(Exit.INPUT_REFUSED, f"{path}: found no such file, expected a spreadsheet in CSV or Excel")
    if dry_run and as_json:
        print(json.dumps(desk_report(path, mapping, lang, report), ensure_ascii=False))
        return Exit.DONE
    try:
        read = mapped_import.read_mapped(path, path.name, mapping, kept_registers.served_directory())
    except SourceProblem as refusal:
        return _say(Exit.INPUT_REFUSED, *(str(p) for p in refusal.problems))
    for line in mapped_import.mapping_lines(read.mapping, lang):
        print(line, file=sys.stderr)
    for problem in read.register.problems:
        print(problem, file=sys.stderr)
    if report is not None:
        report.write_bytes(read.refused_rows_csv(lang))
    refused = {p.row for p in read.register.problems if p.severity is Severity.REFUSED}
    if not dry_run and read.register.projects:
        if remember:
            mapped_import.confirm(read.mapping)
        kept = builds.keep_register_bytes(mapped_import.template_csv(read), f"{path.stem}.csv")
        _let_go(replaces, kept)
        print(f"kept as {kept.name} under this mapping; it is part of the next build", file=sys.stderr)
    print(f"{len(read.register.projects)} accepted, {len(refused)} refused")
    return Exit.INPUT_REFUSED if refused else Exit.DONE


def _let_go(replaces: str | None, kept: Path) -> None:
    """The register that a new one takes the place of leaves every further build; the new one never takes its own place."""
    if replaces and replaces != kept.name and kept_registers.give_way(replaces) is not None:
        print(f"{replaces} is kept aside and is no longer part of a build", file=sys.stderr)


def _say(code: Exit, *lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code
