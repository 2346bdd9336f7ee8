"""A problem of a register file, stated once: its code and facts, and the same in English for logs and the
command line.

The Welsh is made from the same code and facts where a person reads it (`clearlink.words.problems`).
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from clearlink.words.problems import problem_words
from etl.records import Problem, Severity

SOURCE_ID = "register"
LONGEST_QUOTE = 80


def quoted(text: str) -> str:
    """`text` in quotation marks, cut to 80 characters, with characters that cannot be seen spelled out."""
    shown = "".join(
        f"\\u{ord(c):04x}"
        if unicodedata.category(c)
        in {
            "Cc",
            "Cf",
            "Cs",
            "Co",
            "Cn",
        }
        else c
        for c in text[: LONGEST_QUOTE + 1]
    )
    cut = shown[:LONGEST_QUOTE] + "…" if len(text) > LONGEST_QUOTE else shown
    return f"“{cut}”"


def nearest(
    word: str,
    choices: Iterable[str],
    count: int = 3,
) -> str:
    """Up to `count` choices that look like `word`, quoted; a dash when none does."""
    by_fold = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(
        word.casefold(),
        list(by_fold),
        n=count,
        cutoff=0.6,
    )
    return ", ".join(quoted(by_fold[c]) for c in close) or "–"


def problem(
    code: str,
    file: str,
    *,
    severity: Severity = Severity.REFUSED,
    row: int | None = None,
    letter: str = "",
    column: str = "",
    source_id: str = SOURCE_ID,
    **facts: str,
) -> Problem:
    """The problem `code` at one place of `file`. `row` is the row's number as the spreadsheet shows it."""
    known = {
        **facts,
        "row": str(row or ""),
        "letter": letter,
        "column": column,
    }
    told = tuple(
        (name, value) for name, value in sorted(known.items()) if value
    )
    words = problem_words(code, told, "en")
    return Problem(
        source_id=source_id,
        file=file,
        place=words.place,
        severity=severity,
        found=words.found,
        expected=words.expected,
        remedy=words.remedy,
        row=row,
        column=column or None,
        code=code,
        facts=told,
    )
