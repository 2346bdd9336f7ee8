"""What a name of a person is told from: the words that our own sentences and lists write, and a list of those
that are both.

A word that stands in small letters in a sentence, in either language, is a word of the trade; one that stands
in the name of a place is the place's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from clearlink import folders
from clearlink.rules.one_person import NameWords, folded_word
from clearlink.words import ROOM

_SMALL: Final = re.compile(r"(?<![\w’'{-])[^\W\d_A-ZÂÊÎÔÛŴŶ][^\W\d_]{2,}")
_ANY: Final = re.compile(r"[^\W\d_]{2,}")
# lists whose names are names of places
PLACES: Final = ("places", "town_names", "places_elsewhere")
# lists of words by which themes, groups and columns are known
TRADE: Final = (
    "theme_words",
    "target_group_words",
    "group_words",
    "header_words",
    "programme_words",
    "priorities",
    "glossary",
    "public_record",
)


@cache
def name_words() -> NameWords:
    """The words as the rule on names asks for them."""
    path = folders.CATALOGUE / "name_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = [
            (
                row["kind"],
                folded_word(row["word"]),
            )
            for row in csv.DictReader(file)
        ]
    return NameWords(
        known=_known_words(),
        never=frozenset(word for kind, word in listed if kind == "never"),
        surname_too=frozenset(
            word for kind, word in listed if kind == "surname_too"
        ),
        given_too=frozenset(
            word for kind, word in listed if kind == "given_too"
        ),
    )


def _known_words() -> frozenset[str]:
    sentences = (
        path.read_text(encoding="utf-8") for path in ROOM.glob("*.toml")
    )
    told = [_SMALL.findall(text) for text in sentences]
    told += [_SMALL.findall(cell) for name in TRADE for cell in _cells(name)]
    told += [
        _ANY.findall(cell) for name in PLACES for cell in _cells(name, "name")
    ]
    return frozenset(folded_word(word) for words in told for word in words)


def _cells(name: str, column: str = "") -> Iterator[str]:
    """The cells of a list of the catalogue, of the columns that begin so."""
    path = folders.CATALOGUE / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from _texts(row.items(), column)


def _texts(
    cells: Iterable[tuple[str, str | None]], column: str
) -> Iterator[str]:
    for name, text in cells:
        if text and name.startswith(column):
            yield text
