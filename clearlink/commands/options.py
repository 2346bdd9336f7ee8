"""What each command may be given, and what is said of it, in the language asked for.

Help is in the language of `--lang`, else of CLEARLINK_LANG, else English. What is wrong is said in the
language of `--lang`, and in both where none is asked for.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn, cast

from clearlink.exit_codes import Exit
from clearlink.warehouse.records import ALL_RECORDS, WHICH_RECORDS
from clearlink.words import LANGUAGES, Lang, language, say

Run = Callable[[argparse.Namespace], int]
Commands = "argparse._SubParsersAction[Options]"
_LANG: Final = re.compile(r"--lang(?:=(\w+))?")
# what the parser of the standard library says, and the sentence that is said in its place
_SAID: Final = tuple(
    (key, re.compile(pattern, re.DOTALL))
    for key, pattern in (
        ("required", r"the following arguments are required: (?P<names>.+)"),
        ("one", r"argument (?P<option>.+?): expected one argument"),
        (
            "at_least_one",
            r"argument (?P<option>.+?): expected at least one argument",
        ),
        (
            "choice",
            r"argument (?P<option>.+?): invalid choice: (?P<found>.+?) "
            r"\(choose from (?P<expected>.+)\)",
        ),
        (
            "together",
            r"argument (?P<option>.+?): not allowed with argument (?P<other>.+)",
        ),
        (
            "number",
            r"argument (?P<option>.+?): invalid int value: (?P<found>.+)",
        ),
        (
            "day",
            r"argument (?P<option>.+?): invalid day value: '(?P<found>.*)'",
        ),
        (
            "no_value",
            r"argument (?P<option>.+?): ignored explicit argument (?P<found>.+)",
        ),
        (
            "ambiguous",
            r"ambiguous option: (?P<option>.+?) could match (?P<expected>.+)",
        ),
        ("not_known", r"unrecognized arguments: (?P<found>.+)"),
    )
)


def asked_for(arguments: Sequence[str]) -> str | None:
    """The language that a command line asks for, `both` among them, before anything else of it is read."""
    for at, argument in enumerate(arguments):
        given = _LANG.fullmatch(argument)
        if not given:
            continue
        value = given[1] or "".join(arguments[at + 1 : at + 2])
        return value if value in (*LANGUAGES, "both") else None
    return None


class _WelshHelp(argparse.HelpFormatter):
    """Help that begins with the Welsh word for usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        in_welsh = (
            f"{say('cy', 'command.usage')} " if prefix is None else prefix
        )
        super().add_usage(
            usage,
            actions,
            groups,
            in_welsh,
        )


class Options(argparse.ArgumentParser):
    """The options of one command. `asked`: the language of `--lang`, where one is given."""

    def __init__(self, *, asked: str | None, **settings: Any) -> None:
        wished = os.environ.get("CLEARLINK_LANG", "en")
        self.asked = asked
        self.lang: Lang = language(wished if asked is None else asked)
        if self.lang == "cy":
            settings["formatter_class"] = _WelshHelp
        super().__init__(add_help=False, **settings)
        self._positionals.title = self.said("arguments")
        self._optionals.title = self.said("options")
        self.add_argument(
            "-h",
            "--help",
            action="help",
            help=self.said("help.help"),
        )

    def said(self, key: str) -> str:
        """A sentence of the command line in the language of its help."""
        return say(self.lang, f"command.{key}")

    def option(
        self, name: str, about: str, of: str = "", **settings: Any
    ) -> None:
        """Adds an option. `about`: the sentence of its help; `of`: what its value is called."""
        add_option(
            self,
            self,
            name,
            about,
            of,
            **settings,
        )

    def error(self, message: str) -> NoReturn:
        """Says what is wrong in the language asked for, or in both, and ends."""
        asked = tuple(
            lang for lang in LANGUAGES if self.asked in (lang, None, "both")
        )
        self.print_usage(sys.stderr)
        for lang in asked:
            what = in_words(lang, message)
            told = say(lang, "command.error", program=self.prog, what=what)
            print(told, file=sys.stderr)
        self.exit(Exit.USAGE)


def add_option(
    where: argparse._ActionsContainer,
    said_by: Options,
    name: str,
    about: str,
    of: str = "",
    **settings: Any,
) -> None:
    """Adds an option to a parser or to a group of one."""
    if of:
        settings["metavar"] = said_by.said(f"metavar.{of}")
    where.add_argument(
        name,
        help=said_by.said(f"help.{about}"),
        **settings,
    )


def in_words(lang: Lang, message: str) -> str:
    """What the parser found wrong, as one of our sentences; as it came where it is none of those known."""
    for key, pattern in _SAID:
        fault = pattern.fullmatch(message)
        if fault and key == "day":
            day = say(
                lang,
                "exchange.command.day",
                found=fault["found"],
            )
            return say(
                lang,
                "command.wrong.value",
                option=fault["option"],
                found=day,
            )
        if fault:
            return say(
                lang,
                f"command.wrong.{key}",
                **fault.groupdict(),
            )
    return message


def command_line(arguments: Sequence[str], runs: Mapping[str, Run]) -> Options:
    """Every command with its options. `runs`: what each one does."""
    asked = asked_for(arguments)
    parser = Options(asked=asked, prog="clearlink")
    parser.description = parser.said("what")
    parser.option("--data", "data", "folder")
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar=parser.said("metavar.command"),
        parser_class=cast(
            "type[Options]",
            partial(Options, asked=asked),
        ),
    )
    for name, options in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=parser.said(f"help.{name}"),
        )
        options(command)
        command.set_defaults(run=runs[name])
    return parser


def _up(up: Options) -> None:
    kind = up.add_mutually_exclusive_group()
    add_option(
        kind,
        up,
        "--sample",
        "sample",
        action="store_true",
    )
    add_option(
        kind,
        up,
        "--mirror",
        "mirror",
        "folder",
        type=Path,
    )
    add_option(
        kind,
        up,
        "--official",
        "official",
        action="store_true",
    )
    _registers(up)
    up.option(
        "--port",
        "port",
        "port",
        type=int,
        default=8501,
    )
    up.option("--no-browser", "no_browser", action="store_true")


def _registers(command: Options) -> None:
    command.option(
        "--register",
        "register",
        "file",
        type=Path,
        action="extend",
        nargs="+",
        default=[],
    )


def _fetch(fetch: Options) -> None:
    fetch.option("--mirror", "mirror", "folder", type=Path)
    fetch.option(
        "--source",
        "source",
        "name",
        action="append",
        default=[],
    )


def _build(build: Options) -> None:
    build.option("--sample", "sample", action="store_true")
    _registers(build)


def _check(check: Options) -> None:
    check.option("--json", "json", action="store_true")
    check.option(
        "--log",
        "log",
        "bundle",
        type=Path,
        nargs="?",
        const=Path(),
    )
    check.option("--seal", "seal", "seal")
    check.option("--proposals", "proposals", action="store_true")


def _import(bring: Options) -> None:
    bring.option("file", "file", "file", type=Path)
    bring.option("--format", "import_format", default="auto")
    bring.option("--dry-run", "dry_run", action="store_true")
    bring.option("--report", "report", "file", type=Path)
    bring.option(
        "--map",
        "map",
        metavar=f"auto|{bring.said('metavar.mapping')}",
    )
    bring.option("--save-map", "save_map", "mapping", type=Path)
    bring.option("--commissioner", "commissioner", "name")
    bring.option("--programme", "programme", "name")
    bring.option("--sheet", "sheet", "name", default="")
    bring.option(
        "--dates",
        "dates",
        choices=("day", "month"),
    )
    bring.option("--no-remember", "no_remember", action="store_true")
    bring.option(
        "--replaces",
        "replaces",
        "name",
        action="append",
        default=[],
    )
    bring.option("--beside", "beside", action="store_true")
    bring.option("--lang", "lang_report", choices=LANGUAGES, default="en")
    bring.option("--json", "import_json", action="store_true")


def _export(out: Options) -> None:
    forms = "csv xlsx parquet geopackage 360giving ocds openreferral"
    out.option(
        "--format",
        "format",
        required=True,
        choices=forms.split(),
    )
    out.option(
        "--out",
        "out",
        "folder",
        type=Path,
        required=True,
    )
    out.option("--lang", "lang", choices=LANGUAGES, default="en")
    _everything(out)
    _records(out)


def _pack(pack: Options) -> None:
    pack.option("--region", "pack_region", "name", required=True)
    pack.option(
        "--date",
        "pack_day",
        "day",
        required=True,
        type=day,
    )
    pack.option(
        "--out",
        "out",
        "folder",
        type=Path,
        required=True,
    )
    pack.option(
        "--lang",
        "lang",
        choices=(*LANGUAGES, "both"),
        default="both",
    )
    _year(pack)
    _records(pack)


def _answer(answer: Options, forms: Sequence[str] = ("json", "csv")) -> None:
    answer.option("--region", "region", "name")
    answer.option("--theme", "theme", "name")
    answer.option("--format", "format", choices=forms, default="json")
    answer.set_defaults(year=None)
    _everything(answer)
    _records(answer)


def _systems(systems: Options) -> None:
    # every system has themes of its own: there is none to choose
    systems.option("--region", "region", "name")
    systems.option(
        "--format", "format", choices=("json", "csv"), default="json"
    )
    systems.set_defaults(theme=None, year=None)
    _everything(systems)
    _records(systems)


def _verdicts(verdicts: Options) -> None:
    _answer(
        verdicts,
        ("json", "csv", "shares"),
    )
    _year(verdicts)


def _bench(bench: Options) -> None:
    bench.option("--json", "json", action="store_true")
    bench.option("--mirror", "mirror", "folder", type=Path)


COMMANDS: Final[Mapping[str, Callable[[Options], None]]] = {
    "up": _up,
    "fetch": _fetch,
    "build": _build,
    "check": _check,
    "import": _import,
    "export": _export,
    "pack": _pack,
    "verdicts": _verdicts,
    "gaps": _answer,
    "overlaps": _answer,
    "fairness": _answer,
    "systems": _systems,
    "bench": _bench,
}


def day(text: str) -> date:
    """A day as YYYY-MM-DD. Raises ValueError, which the parser tells in our words by this function's name."""
    return date.fromisoformat(text)


def _year(command: Options) -> None:
    command.option("--year", "year", metavar="2026-27")


def _records(command: Options) -> None:
    command.option(
        "--records", "records", choices=WHICH_RECORDS, default=ALL_RECORDS
    )


def _everything(command: Options) -> None:
    command.option("--everything", "everything", action="store_true")
