"""What only a whole column can say: whether its days or its months come first, and which of its sums are
unlike the others.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

_NUMERIC_DAY: Final = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ].*)?", re.ASCII
)
DAY, MONTH, MIXED, UNSAID = "day", "month", "mixed", "unsaid"
# A sum this many times larger or smaller than the middle one is of another unit more often than it is true.
FACTOR: Final = 200
LEAST_SUMS: Final = 3
SMALLEST_GBP: Final = 500


def day_order(cells: Sequence[str]) -> str:
    """Which comes first in dates such as 04/05/2024, from all of a file's dates.

    One that can only be read one way decides for all; both ways in one file are mixed. Where every date could
    be either, contracts begin on the first and end on the last of a month: the reading under which more of
    them do so is taken, and where neither has more it is unsaid.
    """
    day_first = month_first = neat_day = neat_month = 0
    for text in cells:
        figures = _NUMERIC_DAY.fullmatch(" ".join(text.split()))
        if not figures:
            continue
        first = int(figures[1])
        second = int(figures[2])
        year = int(figures[3])
        if first == second:
            continue
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        neat_day += _is_neat(first, second, year)
        neat_month += _is_neat(second, first, year)
    if day_first and month_first:
        return MIXED
    if day_first or month_first:
        return DAY if day_first else MONTH
    if neat_day == neat_month:
        return UNSAID if _any_numeric(cells) else DAY
    return DAY if neat_day > neat_month else UNSAID


def _any_numeric(cells: Sequence[str]) -> bool:
    for text in cells:
        figures = _NUMERIC_DAY.fullmatch(" ".join(text.split()))
        if figures and figures[1].lstrip("0") != figures[2].lstrip("0"):
            return True
    return False


def _is_neat(
    day: int,
    month: int,
    year: int,
) -> bool:
    if not 1 <= month <= 12:
        return False
    return (
        day == 1
        or day
        == calendar.monthrange(
            2000 + year % 100,
            month,
        )[1]
    )


def is_numeric_day(text: str) -> bool:
    """Whether a cell is a date in figures, whichever of its parts comes first."""
    return bool(_NUMERIC_DAY.fullmatch(" ".join(text.split())))


def is_ambiguous(text: str) -> bool:
    """Whether a date could be read with its day or its month first, to two different days."""
    figures = _NUMERIC_DAY.fullmatch(" ".join(text.split()))
    return (
        figures is not None
        and int(figures[1]) <= 12
        and int(figures[2]) <= 12
        and int(figures[1]) != int(figures[2])
    )


def month_turned(text: str) -> str:
    """A date written with its month first, with its day first; any other text as it is."""
    figures = _NUMERIC_DAY.fullmatch(" ".join(text.split()))
    return f"{figures[2]}/{figures[1]}/{figures[3]}" if figures else text


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of one column as numbers: `middle` (£ a year), and which of them a person should look at."""

    middle: float | None
    unlike: frozenset[int]


def sums_of(values: Sequence[tuple[int, float]]) -> Sums:
    """`values`: row and £ a year. Unlike the others: far from the middle one, or too small for a contract at
    all.
    """
    positive = [value for _, value in values if value > 0]
    if len(positive) < LEAST_SUMS:
        small = frozenset(
            row for row, value in values if 0 < value < SMALLEST_GBP
        )
        return Sums(None, small)
    middle = float(median(positive))
    unlike = {
        row
        for row, value in values
        if value > 0
        and (
            value > FACTOR * middle
            or value * FACTOR < middle
            or value < SMALLEST_GBP
        )
    }
    return Sums(middle, frozenset(unlike))
