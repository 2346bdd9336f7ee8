"""The `clearlink` command: one word, one thing done, one line at the end that says what came of it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.commands.options import Run, command_line
from clearlink.counting import listening, to_parent
from clearlink.exit_codes import Exit
from clearlink.warehouse.scope import Scope, everything, reading_as

# what a shell says of a command whose reader has gone: neither done nor refused
BROKEN_PIPE: Final = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code (clearlink.exit_codes)."""
    line = sys.argv[1:] if arguments is None else arguments
    given = command_line(line, RUNS).parse_args(line)
    if getattr(given, "data", None):
        os.environ["CLEARLINK_DATA"] = given.data
    folders.keep_private()
    run: Run = given.run
    if run is _up:  # a server reads as whoever visits
        return _up(given)
    # whoever may run a command here holds the files themselves; what leaves the machine is for everybody
    # unless said
    scope = (
        Scope()
        if run in (_export, _answers) and not given.everything
        else everything()
    )
    try:
        with reading_as(scope), listening(to_parent()):
            code = int(run(given))
        sys.stdout.flush()
    except (
        BrokenPipeError
    ):  # whoever reads the answer has seen enough, as `head` has
        os.dup2(
            os.open(os.devnull, os.O_WRONLY),
            sys.stdout.fileno(),
        )
        return BROKEN_PIPE
    return code


# Commands import what they need when they run: `clearlink --help` and `up` on a finished build must not wait
# for the loaders.
def _up(given: argparse.Namespace) -> int:
    from clearlink.commands import runs

    code = runs.ensure_build(
        mirror=given.mirror,
        official=given.official,
        sample=given.sample,
        registers=given.register,
    )
    if code != Exit.DONE:
        return code
    from pages.server.server import serve

    serve(given.port, open_browser=not given.no_browser)
    return Exit.DONE


def _fetch(given: argparse.Namespace) -> int:
    from clearlink.commands import runs

    return runs.fetch(mirror=given.mirror, names=given.source)


def _build(given: argparse.Namespace) -> int:
    from clearlink.commands import runs

    return runs.build(sample=given.sample, registers=given.register)


def _check(given: argparse.Namespace) -> int:
    from clearlink.commands import checks, log_answers, proposal_answers

    if given.proposals:
        return proposal_answers.print_measured(as_json=given.json)
    if given.log is not None or given.seal is not None:
        return log_answers.check_log(
            None if given.log in (None, Path()) else given.log,
            given.seal,
        )
    return checks.print_checks(as_json=given.json)


def _import(given: argparse.Namespace) -> int:
    from clearlink.commands import imports

    if given.save_map:
        return imports.save_mapping(
            given.file,
            given.save_map,
            given.lang,
            given.sheet,
        )
    if given.map:
        fixed = {
            name: getattr(given, name)
            for name in ("commissioner", "programme")
            if getattr(given, name)
        }
        return imports.import_mapped(
            given.file,
            given.map,
            dry_run=given.dry_run,
            report=given.report,
            as_json=given.json,
            lang=given.lang,
            remember=not given.no_remember,
            fixed=fixed,
            day_order=given.dates or "",
            sheet=given.sheet,
            replaces=given.replaces,
            is_beside=given.beside,
        )
    return imports.import_register(
        given.file,
        given.format,
        dry_run=given.dry_run,
        report=given.report,
        as_json=given.json,
        lang=given.lang,
        replaces=given.replaces,
        is_beside=given.beside,
    )


def _answers(given: argparse.Namespace) -> int:
    from clearlink.commands import answers
    from etl import settling

    settling.settle_held()
    return answers.print_answers(
        given.command,
        given.region,
        given.theme,
        given.format,
        given.year,
        given.records,
    )


def _export(given: argparse.Namespace) -> int:
    from clearlink.commands import answers
    from etl import settling

    settling.settle_held()
    return answers.write_export(
        given.format,
        given.out,
        given.lang,
        given.records,
    )


def _pack(given: argparse.Namespace) -> int:
    from clearlink.commands import pack_answers
    from clearlink.commands.progress import TerminalProgress
    from etl import settling

    settling.settle_held()
    return pack_answers.write_pack(
        given.region,
        given.date,
        given.out,
        given.lang,
        TerminalProgress(),
        given.year,
        given.records,
    )


def _bench(given: argparse.Namespace) -> int:
    from clearlink.commands.bench import run_bench

    return run_bench(as_json=given.json, mirror=given.mirror)


RUNS: Final[Mapping[str, Run]] = {
    "up": _up,
    "fetch": _fetch,
    "build": _build,
    "check": _check,
    "import": _import,
    "export": _export,
    "pack": _pack,
    "verdicts": _answers,
    "gaps": _answers,
    "overlaps": _answers,
    "fairness": _answers,
    "systems": _answers,
    "bench": _bench,
}


if __name__ == "__main__":
    sys.exit(main())
