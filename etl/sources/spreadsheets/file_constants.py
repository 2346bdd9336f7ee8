"""What one file says of itself: who commissions and under which programme, by its title rows and its name.

Such a constant is true of that file only. It is never remembered for another one, and a mapping that brings a
different one is stopped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from etl.directory import CATALOGUE, Directory, folded
from etl.sources.spreadsheets.foreign_table import ForeignTable

CONSTANTS: Final = ("commissioner", "programme")
# A shorter name is also a word of something else, unless it is one that councils are known by (RCT, HSG).
SHORTEST_NAME: Final = 5
# Team Around the Family, and a river that names two councils and a health board.
_ALSO_PLACES: Final = frozenset({"taf"})


def stated_constants(
    foreign: ForeignTable, directory: Directory
) -> dict[str, tuple[str, ...]]:
    """Column → what the file's title rows and name say it is; several where they disagree, nothing where
    they are silent.
    """
    file_name = re.sub(
        r"[_.-]+",
        " ",
        foreign.table.file,
    )
    names = _names(directory)
    titles, name = _named(foreign.above, names), _named([file_name], names)
    constants: dict[str, tuple[str, ...]] = {}
    for column in CONSTANTS:
        in_titles, in_name = titles.get(column, ()), name.get(column, ())
        # the name of a file speaks where its titles are silent; where both speak and share nothing, both
        # stand
        both = (
            in_titles
            if in_titles and set(in_name) <= set(in_titles)
            else (*in_titles, *in_name)
        )
        if both:
            constants[column] = tuple(dict.fromkeys(both))
    return constants


def constants_of(foreign: ForeignTable, directory: Directory) -> dict[str, str]:
    """What the file says of itself without contradiction: column → the one value for every row."""
    return {
        column: said[0]
        for column, said in stated_constants(foreign, directory).items()
        if len(said) == 1
    }


def _names(directory: Directory) -> list[tuple[str, str, str]]:
    """Folded name, column and value of whatever a title may name, whoever commissions before the
    programmes.
    """
    bodies = {
        name: body
        for name, body in directory.bodies.items()
        if name not in directory.authorities
    }
    listed = [
        (name, "commissioner", code)
        for name, code in {**bodies, **directory.authorities}.items()
    ]
    known = {**programme_words(), **directory.programmes}
    return listed + [(name, "programme", code) for name, code in known.items()]


def _named(
    texts: Iterable[str], names: Sequence[tuple[str, str, str]]
) -> dict[str, tuple[str, ...]]:
    """Column → what the texts name, in their order; a name inside a longer one ("Taf" in "Rhondda Cynon
    Taf") does not count.
    """
    named: dict[str, dict[str, None]] = {}
    for text in texts:
        plain = f" {folded(text)} "
        spans = [
            (
                at,
                at + len(name),
                column,
                value,
            )
            for name, column, value in names
            if (at := plain.find(f" {name} ")) >= 0
            and _is_plain(name, column, text)
        ]
        for start, end, column, value in sorted(spans):
            if not any(
                s <= start and end <= e and e - s > end - start
                for s, e, _, _ in spans
            ):
                named.setdefault(column, {})[value] = None
    return {column: tuple(values) for column, values in named.items()}


def _is_plain(
    name: str,
    column: str,
    text: str,
) -> bool:
    """Whether a name can only be meant as one: short forms of programmes are written in capitals, those of
    councils are listed.
    """
    if column == "programme" and name in programme_words():
        return (
            len(name) > 2 and name.upper() in text and name not in _ALSO_PLACES
        )
    return len(name) >= SHORTEST_NAME or (
        len(name) > 2 and name in _short_forms()
    )


@cache
def _short_forms() -> frozenset[str]:
    with (CATALOGUE / "place_aliases.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return frozenset(folded(row["alias"]) for row in csv.DictReader(file))


@cache
def programme_words() -> Mapping[str, str]:
    """Short names of programmes as councils write them (HSG, FF, GCT) → programme."""
    with (CATALOGUE / "programme_words.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return {
            folded(row["word"]): row["programme_id"]
            for row in csv.DictReader(file)
        }
