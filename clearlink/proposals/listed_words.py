"""Reviewed lists of words that lead to something (a theme, a group of people), in both languages, and finding
them in a text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from clearlink import folders


def plainly(text: str) -> str:
    """Lower case with one kind of apostrophe: a register writes women's and women’s alike."""
    return (
        text.casefold()
        .replace("'", "’")
        .replace(
            "`",
            "’",
        )
    )


@cache
def listed_words(file: str, column: str) -> dict[str, tuple[str, ...]]:
    """Value of `column` → its words, of a list of the catalogue. A word that ends in a star is the beginning
    of longer ones.
    """
    words_of: dict[str, list[str]] = {}
    with (folders.CATALOGUE / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words_of.setdefault(
                row[column],
                [],
            ).append(plainly(row["word"]))
    return {
        value: tuple(dict.fromkeys(words)) for value, words in words_of.items()
    }


@cache
def _patterns(file: str, column: str) -> dict[str, re.Pattern[str]]:
    return {
        value: re.compile("|".join(map(_pattern, words)))
        for value, words in listed_words(file, column).items()
    }


def _pattern(word: str) -> str:
    # a register writes womens aid too
    stem = (
        re.escape(word)
        .replace("’", "’?")
        .replace(
            r"\*",
            r"\w*",
        )
    )
    return rf"\b{stem}" if word.endswith("*") else rf"\b{stem}\b"


def hits(
    text: str,
    file: str,
    column: str,
) -> Mapping[str, tuple[str, ...]]:
    """Value → the words of the text that stand in its list, in the order of the text; values without any are
    left out.
    """
    plain = plainly(text)
    standing = {
        value: tuple(dict.fromkeys(p.findall(plain)))
        for value, p in _patterns(file, column).items()
    }
    return {value: words for value, words in standing.items() if words}
