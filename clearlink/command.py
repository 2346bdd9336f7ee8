"""The `clearlink` command: one word, one thing done, one line at the end that says what came of it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.exit_codes import Exit
from clearlink.warehouse.records import ALL_RECORDS, WHICH_RECORDS
from clearlink.warehouse.scope import Scope, everything, reading_as
from clearlink.words import LANGUAGES, say

# what a shell says of a command whose reader has gone: neither done nor refused
BROKEN_PIPE: Final = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code (clearlink.exit_codes)."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if getattr(given, "data", None):
        os.environ["CLEARLINK_DATA"] = given.data
    folders.keep_private()
    run: Callable[[argparse.Namespace], int] = given.run
    if run is _up:  # a server reads as whoever visits
        return _up(given)
    # whoever may run a command here holds the files themselves; what leaves the machine is for everybody
    # unless said
    scope = (
        Scope() if run in (_export, _answers) and not given.everything else everything()
    )
    try:
        with reading_as(scope):
            code = int(run(given))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the answer has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clearlink",
        description="Clear Link / Cyswllt Clir: does what we commission follow assessed need?",
    )
    parser.add_argument(
        "--data", metavar="DIR", help="folder of snapshots and builds (CLEARLINK_DATA)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    up = commands.add_parser(
        "up", help="build if nothing complete is there, then serve on this machine"
    )
    kind = up.add_mutually_exclusive_group()
    kind.add_argument(
        "--sample", action="store_true", help="the embedded sample (the default)"
    )
    kind.add_argument(
        "--mirror",
        metavar="DIR",
        type=Path,
        help="a folder that stands in for the publishers' sites",
    )
    kind.add_argument(
        "--official", action="store_true", help="the publishers' own sites"
    )
    up.add_argument(
        "--register",
        metavar="FILE",
        type=Path,
        action="extend",
        nargs="+",
        default=[],
        help="project registers to load",
    )
    up.add_argument("--port", type=int, default=8501)
    up.add_argument("--no-browser", action="store_true")
    up.set_defaults(run=_up)

    fetch = commands.add_parser("fetch", help="publishers' files into snapshots")
    fetch.add_argument("--mirror", metavar="DIR", type=Path)
    fetch.add_argument("--source", metavar="NAME", action="append", default=[])
    fetch.set_defaults(run=_fetch)

    build = commands.add_parser(
        "build",
        help="snapshots and registers into a new warehouse, published by one swap",
    )
    build.add_argument("--sample", action="store_true")
    build.add_argument(
        "--register",
        metavar="FILE",
        type=Path,
        action="extend",
        nargs="+",
        default=[],
    )
    build.set_defaults(run=_build)

    check = commands.add_parser(
        "check", help="what is missing, late, refused, inconsistent"
    )
    check.add_argument("--json", action="store_true")
    check.add_argument(
        "--log",
        metavar="BUNDLE",
        type=Path,
        nargs="?",
        const=Path(),
        help="check the committee's record alone; with a bundle, also whether it came from this record",
    )
    check.add_argument(
        "--seal",
        metavar="LINE:SEAL",
        help="with --log: a line and seal as minutes and packs print them",
    )
    check.add_argument(
        "--proposals",
        action="store_true",
        help="how good the proposed themes are on records whose theme people set, by theme",
    )
    check.set_defaults(run=_check)

    bring = commands.add_parser(
        "import", help="read a project register and say what is refused"
    )
    bring.add_argument("file", type=Path)
    bring.add_argument("--format", default="auto")
    bring.add_argument(
        "--dry-run", action="store_true", help="read and report only; nothing is kept"
    )
    bring.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        help="write the refused rows, each with what to mend, as CSV",
    )
    bring.add_argument(
        "--map",
        metavar="auto|FILE.json",
        help="read a spreadsheet of your own: guess its columns, or use a mapping you confirmed",
    )
    bring.add_argument(
        "--save-map",
        metavar="FILE.json",
        type=Path,
        help="write the columns as they were guessed or remembered, to look at and give back with --map; "
        "nothing is kept",
    )
    for constant in ("commissioner", "programme"):
        bring.add_argument(
            f"--{constant}",
            metavar="NAME",
            help=f"with --map: the {constant} of every row of this file",
        )
    bring.add_argument(
        "--sheet",
        metavar="NAME",
        default="",
        help="with --map: which sheet of a workbook with several tables",
    )
    bring.add_argument(
        "--dates",
        choices=("day", "month"),
        help="with --map: which comes first in dates such as 04/05/2024",
    )
    bring.add_argument(
        "--no-remember",
        action="store_true",
        help="do not keep the mapping for the next file with these column names",
    )
    bring.add_argument(
        "--replaces",
        metavar="NAME",
        action="append",
        default=[],
        help="an imported register whose place this one takes, by the name it is kept under",
    )
    bring.add_argument(
        "--beside",
        action="store_true",
        help="keep it beside registers of the same commissioner that name the same projects: "
        "the newer row of a project stands",
    )
    bring.add_argument(
        "--lang",
        choices=("en", "cy"),
        default="en",
        help="language of the report",
    )
    bring.add_argument(
        "--json",
        action="store_true",
        help="print counts and problems as JSON; with --map and --dry-run also the mapping and the verdicts",
    )
    bring.set_defaults(run=_import)

    out = commands.add_parser("export", help="the register and the answers, out")
    out.add_argument(
        "--format",
        required=True,
        choices=(
            "csv",
            "xlsx",
            "parquet",
            "geopackage",
            "360giving",
            "ocds",
            "openreferral",
        ),
    )
    out.add_argument("--out", metavar="DIR", type=Path, required=True)
    out.add_argument(
        "--lang",
        choices=("en", "cy"),
        default="en",
    )
    _add_everything(out)
    _add_records(out)
    out.set_defaults(run=_export)

    pack = commands.add_parser(
        "pack", help="the meeting pack of a region: PDF, Word and workbook"
    )
    pack.add_argument(
        "--region",
        required=True,
        help="the region's code, or its name in either language",
    )
    pack.add_argument(
        "--date",
        required=True,
        metavar="YYYY-MM-DD",
        type=_day,
        help="the day of the meeting",
    )
    pack.add_argument("--out", metavar="DIR", type=Path, required=True)
    pack.add_argument(
        "--lang",
        choices=("en", "cy", "both"),
        default="both",
    )
    _add_year(pack)
    _add_records(pack)
    pack.set_defaults(run=_pack)

    answers = (
        ("verdicts", "verdicts of every project"),
        ("gaps", "gaps between need and provision, by area"),
        ("overlaps", "pairs of projects for the same people, place and time"),
        ("fairness", "whether money follows need, by region and theme"),
    )
    for name, text in answers:
        answer = commands.add_parser(name, help=text)
        answer.add_argument("--region", default=None)
        answer.add_argument("--theme", default=None)
        forms = ("json", "csv", "shares") if name == "verdicts" else ("json", "csv")
        answer.add_argument("--format", choices=forms, default="json")
        answer.set_defaults(year=None)
        if name == "verdicts":
            _add_year(answer)
        _add_everything(answer)
        _add_records(answer)
        answer.set_defaults(run=_answers)

    bench = commands.add_parser(
        "bench", help="the measurements of speed and scale, on this machine"
    )
    bench.add_argument("--json", action="store_true")
    bench.add_argument("--mirror", metavar="DIR", type=Path)
    bench.set_defaults(run=_bench)
    return parser


def _add_year(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--year",
        metavar="2026-27",
        help="what ran and its money in this financial year (the day of the build and its year unless said)",
    )


def _add_records(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--records",
        choices=WHICH_RECORDS,
        default=ALL_RECORDS,
        help="of a build that mixes them: the real records alone, or illustrative ones too (all unless said)",
    )


def _add_everything(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--everything",
        action="store_true",
        help="with protected and embargoed projects too: not for publication (left out unless asked for)",
    )


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
    from clearlink.commands import answers, log_answers, proposal_answers

    if given.proposals:
        return proposal_answers.print_measured(as_json=given.json)
    if given.log is not None or given.seal is not None:
        return log_answers.check_log(
            None if given.log in (None, Path()) else given.log, given.seal
        )
    return answers.print_checks(as_json=given.json)


def _import(given: argparse.Namespace) -> int:
    from clearlink.commands import runs

    if given.save_map:
        return runs.save_mapping(
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
        return runs.import_mapped(
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
    return runs.import_register(
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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        # the options are not read yet, so nobody knows in which language the answer is asked for
        both = (say(lang, "exchange.command.day", found=text) for lang in LANGUAGES)
        raise argparse.ArgumentTypeError(" · ".join(both)) from None


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


if __name__ == "__main__":
    sys.exit(main())
