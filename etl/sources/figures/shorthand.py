"""A publisher's cell → a figure or the reason why there is none, by that publisher's own table of marks.

A mark that the table does not hold is an error, never a guess; a mark is never a zero; a zero stays a zero.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Final, NamedTuple

from etl.files.sheet import Cell
from etl.records import Marker
from etl.sources.catalogue import CATALOGUE

# One number: a leading quote guards a negative against formula use; thousands are parted by commas or one
# kind of space.
_PLAIN: Final = re.compile(
    r"'?(?P<sign>[-−])?(?P<digits>0|[1-9]\d*)(?P<fraction>\.\d+)?(?P<percent> ?%)?"
)
_GROUPED: Final = re.compile(
    r"'?(?P<sign>[-−])?(?P<digits>[1-9]\d{0,2}(?P<gap>[, "
    r"\u00a0\u2009\u202f])\d{3}(?:(?P=gap)\d{3})*)(?P<fraction>\.\d+)?(?P<percent> ?%)?"
)
# Flags that qualify a figure without taking it away: average, break, estimated, forecast, provisional,
# revised, total, and significance. They may follow in brackets.
_FLAGS: Final = re.compile(
    r"\s*(\[(?:a|b|e|f|p|r|t|ns|s{1,3})\])+$", re.IGNORECASE
)

# Low reliability, in the same place: the figure is not one to rank or add up.
_UNRELIABLE: Final = re.compile(r"\s*\[u\]$", re.IGNORECASE)


class Figure(NamedTuple):
    """A value or a marker, never both."""

    value: float | None
    marker: Marker | None


@cache
def marks(table: str) -> dict[str, Marker]:
    """The marks that a publisher uses for absent figures. Raises KeyError for a table that is not in the
    catalogue.
    """
    with (CATALOGUE / "markers.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["publisher"] == table
        ]
    if not rows:
        raise KeyError(f"markers.csv holds no marks for {table!r}")
    return {row["mark"]: Marker(row["marker"]) for row in rows}


def figure(
    cell: Cell,
    table: str,
    *,
    percent: bool = False,
) -> Figure | None:
    """The figure in a cell; nothing where the cell is neither a number nor a mark of this publisher.

    `percent` says that the column holds percentages, so that "12%" is 12 and not refused.
    """
    if isinstance(cell, float):
        return Figure(cell + 0.0, None) if abs(cell) < 1e15 else None
    text = "" if cell is None else str(cell).strip()
    known = marks(table)
    mark = known.get(text) or known.get(text.lower())
    if mark is not None:
        return Figure(None, mark)
    bare = _FLAGS.sub("", text)
    beside = _UNRELIABLE.search(bare)
    value = number(
        bare if beside is None else bare[: beside.start()],
        percent=percent,
    )
    if value is None:
        return None
    return (
        Figure(value, None)
        if beside is None
        else Figure(None, Marker.UNRELIABLE)
    )


def number(text: str, *, percent: bool = False) -> float | None:
    """A number in the dress that Welsh publishers use, or nothing: "1,234", "1 234", "'-3", "12.5", "12%" if
    allowed.

    Refused: brackets for negatives, exponents, currency, full-width digits, groups that are not of three,
    noughts before other digits.
    """
    if not text.isascii() and any(
        char.isdigit() and not char.isascii() for char in text
    ):
        return None
    digits_of = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    if digits_of is None or (digits_of["percent"] and not percent):
        return None
    digits = re.sub(
        r"\D",
        "",
        digits_of["digits"],
    )
    value = float(f"{digits}{digits_of['fraction'] or ''}")
    return -value + 0.0 if digits_of["sign"] else value
