"""What the commands do with sources and builds, and how each says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clearlink import folders
from clearlink.commands.progress import TerminalProgress
from clearlink.commands.told import ended, not_kept
from clearlink.exit_codes import Exit
from clearlink.warehouse import reader
from etl.build.builder import BuildStopped, Built, ChecksFailed, served_build
from etl.build.warehouse_file import BuildInProgress
from etl.pipeline import builds, kept_registers
from etl.records import SourceProblem

if TYPE_CHECKING:
    from etl.fetch.fetch import FetchReport


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
        return not_kept(wrong)
    try:
        return _told_of(_build(registers, sample))
    except SourceProblem as refusal:
        problems = map(str, refusal.problems)
        return ended(Exit.INPUT_REFUSED, *problems, _STILL_SERVED)
    except ChecksFailed as failed:
        return _checks_failed(failed)
    except BuildStopped as stopped:
        return ended(
            Exit.CHECKS_FAILED,
            str(stopped),
            _STILL_SERVED,
        )
    except BuildInProgress as busy:
        return ended(
            Exit.SOURCE_UNAVAILABLE,
            str(busy),
        )


def _no_such_file(registers: Sequence[Path]) -> int:
    missing = [path for path in registers if not path.is_file()]
    words = "found no such file, expected a register in CSV or Excel"
    return ended(
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
    return ended(Exit.CHECKS_FAILED, _STILL_SERVED)


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
        return ended(
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
