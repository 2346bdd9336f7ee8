"""Words that lead to a theme, in both languages: the catalogue's own list, and the rule that any better way must beat."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Final

from clearlink import folders

WORDS: Final = "theme_words.csv"


def plainly(text: str) -> str:
    """Lower case with one kind of apostrophe: a register writes women's and women’s alike."""
    return text.casefold().replace("'", "’").replace("`", "’")


@cache
def theme_words() -> dict[str, tuple[str, ...]]:
    """Theme → its words. A word that ends in a star is the beginning of longer ones."""
    found: dict[str, list[str]] = {}
    with (folders.CATALOGUE / WORDS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["theme_id"], []).append(plainly(row["word"]))
    return {theme: tuple(dict.fromkeys(words)) for theme, words in found.items()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {theme: re.compile("|".join(map(_pattern, words))) for theme, words in theme_words().items()}


def _pattern(word: str) -> str:
    # a register writes womens aid too
    stem = re.escape(word.removesuffix("*")).replace("’", "’?")
    return rf"\b{stem}\w*" if word.endswith("*") else rf"\b{stem}\b"


def words_found(text: str) -> dict[str, tuple[str, ...]]:
    """Theme → the words of the text that stand in its list, in the order of the text."""
    said = plainly(text)
    hits = {theme: tuple(dict.fromkeys(p.findall(said))) for theme, p in _patterns().items()}
    return {theme: words for theme, words in hits.items() if words}


def theme_by_words(text: str) -> str | None:
    """The one theme whose words the text holds most of; None where it holds none, or two themes hold as many."""
    counts = sorted(((len(words), theme) for theme, words in words_found(text).items()), reverse=True)
    if not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return None
    return counts[0][1]
