"""Why a command did not do what it was asked, in the language asked for, or in both where none was."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from clearlink.exit_codes import Exit
from clearlink.warehouse.connection import BuiltEarlier, Damaged, NothingBuilt
from clearlink.words import LANGUAGES, Lang, say


class NotKnown(ValueError):
    """An option's value that the served build does not know; `expected`: those there are, by language."""

    def __init__(
        self,
        option: str,
        found: str,
        expected: Mapping[Lang, Sequence[str]],
    ) -> None:
        self.option, self.found, self.expected = option, found, expected
        super().__init__(self.told("en"))

    def told(self, lang: Lang) -> str:
        """Option, what was found, what was expected."""
        listed = ", ".join(self.expected[lang])
        return say(
            lang,
            "exchange.command.not_known",
            option=self.option,
            found=self.found,
            expected=listed,
        )


def spoken(asked: str | None) -> tuple[Lang, ...]:
    """The languages that a command answers in: the one asked for, else both."""
    return tuple(lang for lang in LANGUAGES if asked in (lang, None, "both"))


def not_known(wrong: NotKnown, asked: str | None = None) -> int:
    """Says what an option's value was and what it could be; the exit code for it."""
    return _told(
        Exit.USAGE,
        [wrong.told(lang) for lang in spoken(asked)],
    )


def nothing_built(missing: NothingBuilt, asked: str | None = None) -> int:
    """Says that nothing is built, or is too old or damaged, and what to run; the exit code for it."""
    key = (
        "built_earlier"
        if isinstance(missing, BuiltEarlier)
        else "nothing_built"
    )
    if isinstance(missing, Damaged):
        key = "damaged"
    lines = [say(lang, f"exchange.command.{key}") for lang in spoken(asked)]
    return _told(Exit.SOURCE_UNAVAILABLE, lines)


def not_written(out: Path, asked: str | None = None) -> int:
    """Says that a folder cannot be written; the exit code for it."""
    return _told(
        Exit.USAGE,
        [
            say(lang, "exchange.command.not_written", out=out)
            for lang in spoken(asked)
        ],
    )


def _told(code: Exit, lines: Sequence[str]) -> int:
    print(
        "\n".join(lines),
        file=sys.stderr,
    )
    return code
