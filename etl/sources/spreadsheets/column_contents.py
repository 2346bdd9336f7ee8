"""What a column seems to hold, by its cells: for a header that says nothing we know. Always a proposal to
look at, never a sure one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from etl.directory import Directory, folded
from etl.sources.registers.exchange_json import as_day, number_at
from etl.sources.registers.register_choices import DELIVERY_MODELS, TIERS
from etl.sources.spreadsheets.foreign_cells import (
    amount_of,
    day_of,
    means_nothing,
    means_open,
    months_of,
)
from etl.sources.spreadsheets.whole_columns import is_numeric_day

# Below what a screen calls sure, so that each of these is shown as one to check.
BY_CODES: Final = 0.7
BY_WORDS: Final = 0.66
BY_KIND: Final = 0.62
MOST: Final = 0.8
LOOKED_AT: Final = 200
LEAST_TITLE: Final = 8
HALF: Final = 0.5
# a heading that says money over cells that are mostly no plain sums: likely, and for a person to look at
UNLIKE: Final = 0.7
_DAYS: Final = frozenset(
    {
        "start",
        "end",
        "decision_date",
        "last_review",
        "stated_on",
        "engagement_date",
    }
)
_SUMS: Final = frozenset({"annual_value_gbp", "total_value_gbp"})
_WORDS: Final = frozenset(
    {
        "title",
        "provider_name",
        "commissioner",
        "programme",
        "target_group",
        "project_id",
        "theme",
        "tier",
        "delivery_model",
    }
)
_ANYTHING: Final = frozenset({"outcomes", "source_ref", "priority_id"})
# a day as a spreadsheet counts days, or a sum of five figures
_SERIAL: Final = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_CODE: Final = re.compile(r"\bW\d{8}\b")


def guesses_by_contents(
    columns: Sequence[tuple[int, str, Sequence[str]]],
    open_columns: set[str],
    directory: Directory,
) -> dict[int, tuple[str, float]]:
    """Column's place → the template column its cells look like and how surely, each template column once.

    `columns`: place, header and cells of the columns whose header said nothing; `open_columns`: template
    columns nothing fills yet.
    """
    filled = {at: _filled(cells) for at, _, cells in columns}
    guesses = _Guesses(
        {at: cells for at, cells in filled.items() if cells},
        set(open_columns),
    )
    guesses.take_where("area_codes", BY_CODES, _has_code)
    for name, knows in _closed_lists(directory).items():
        guesses.take_where(name, BY_WORDS, knows)
    _guess_days(guesses)
    _guess_sums(
        guesses,
        {at: header for at, header, _ in columns},
    )
    _guess_title(guesses)
    return guesses.made


class _Guesses:
    """What the columns are taken for: each column once, each template column once, the first that fits."""

    def __init__(
        self,
        filled: Mapping[int, Sequence[str]],
        free: set[str],
    ) -> None:
        self.filled, self.free = filled, free
        self.made: dict[int, tuple[str, float]] = {}

    def take(
        self,
        at: int,
        column: str,
        score: float,
    ) -> None:
        if at not in self.made and column in self.free:
            self.made[at] = (column, score)
            self.free.discard(column)

    def take_where(
        self,
        column: str,
        score: float,
        fits: Callable[[str], bool],
    ) -> None:
        """Takes the first column at least half of whose cells fit."""
        for at, cells in self.filled.items():
            if _share(cells, fits) >= HALF:
                self.take(at, column, score)


def _filled(cells: Sequence[str]) -> list[str]:
    """The cells that say something, of the first few."""
    return [
        cell.strip()
        for cell in cells[:LOOKED_AT]
        if cell.strip() and not means_nothing(cell)
    ]


def _closed_lists(directory: Directory) -> dict[str, Callable[[str], bool]]:
    """Template columns that take words of a closed list, and whether a cell is one of them."""
    return {
        "commissioner": lambda text: directory.authority(text) is not None,
        "programme": lambda text: folded(text) in directory.programmes,
        "target_group": lambda text: folded(text) in directory.target_groups,
        "tier": lambda text: folded(text) in TIERS,
        "delivery_model": lambda text: folded(text) in DELIVERY_MODELS,
        "theme": lambda text: folded(text) in directory.themes,
    }


def _guess_days(guesses: _Guesses) -> None:
    """The column of the earliest days is the start, that of the latest the end; one alone is whichever is
    wanted.
    """
    usual = {
        at: _usual_day(cells)
        for at, cells in guesses.filled.items()
        if at not in guesses.made
    }
    dated = sorted((day, at) for at, day in usual.items() if day is not None)
    ends = [name for name in ("start", "end") if name in guesses.free]
    if len(dated) >= 2 and len(ends) == 2:
        guesses.take(
            dated[0][1],
            "start",
            BY_KIND,
        )
        guesses.take(
            dated[-1][1],
            "end",
            BY_KIND,
        )
    elif len(dated) == 1 and len(ends) == 1:
        guesses.take(
            dated[0][1],
            ends[0],
            BY_KIND,
        )


def _guess_sums(guesses: _Guesses, headers: Mapping[int, str]) -> None:
    """A column of sums that says £ in its header or in a cell."""
    for at, cells in guesses.filled.items():
        says_pounds = any("£" in text for text in (headers[at], *cells))
        if says_pounds and _share(cells, _is_sum) >= MOST:
            guesses.take(at, "annual_value_gbp", BY_KIND)


def _guess_title(guesses: _Guesses) -> None:
    """A column of words in which no cell stands twice."""
    for at, cells in guesses.filled.items():
        if len(set(cells)) == len(cells) and _share(cells, _is_words) >= MOST:
            guesses.take(at, "title", BY_KIND)


def _has_code(cell: str) -> bool:
    return bool(_CODE.search(cell))


def _is_sum(cell: str) -> bool:
    return number_at(amount_of(cell).text) is not None


def _is_words(cell: str) -> bool:
    if len(cell) < LEAST_TITLE or number_at(cell) is not None:
        return False
    return not (_has_code(cell) or is_numeric_day(cell))


def _is_day(cell: str) -> bool:
    if is_numeric_day(cell) or means_open(cell) or _is_length(cell):
        return True
    return as_day(day_of(cell, False).text) is not None


def _is_serial_day(cell: str) -> bool:
    return bool(_SERIAL.fullmatch(cell)) and _is_day(cell)


def _is_length(cell: str) -> bool:
    return bool(months_of(cell))


@dataclass(frozen=True, slots=True)
class Holds:
    """What shares of a column's filled cells are days, sums, codes of areas and lengths (0 to 1), and how
    many are filled. `serials`: days that are five bare figures, as sums are too; `days` counts them.
    """

    filled: int
    days: float
    numbers: float
    codes: float
    serials: float = 0.0
    lengths: float = 0.0


def what_it_holds(cells: Sequence[str]) -> Holds:
    """What the first cells of a column hold."""
    filled = _filled(cells)
    if not filled:
        return Holds(0, 0.0, 0.0, 0.0)
    return Holds(
        len(filled),
        days=_share(filled, _is_day),
        numbers=_share(filled, _is_sum),
        codes=_share(filled, _has_code),
        serials=_share(filled, _is_serial_day),
        lengths=_share(filled, _is_length),
    )


def agreement(column: str, holds: Holds) -> float:
    """How far the cells of a column let it be what its heading reads like: 1 where they do, 0 where they are
    plainly something else.

    Days are never a title, and words never a day. A column of empty cells says nothing against its heading.
    """
    if not holds.filled:
        return 1.0
    if column in _DAYS:
        return _agreement_of_days(holds)
    if column in _SUMS:
        return _agreement_of_sums(holds)
    if column == "length_months":
        return 0.0 if _plain_days(holds) - holds.lengths >= HALF else 1.0
    return 0.0 if _is_something_else(column, holds) else 1.0


def _agreement_of_days(holds: Holds) -> float:
    if holds.days >= HALF:
        return 1.0
    # some days among words: a person says what the column is, and no day is left out in silence
    return UNLIKE if holds.days else 0.0


def _agreement_of_sums(holds: Holds) -> float:
    if _sums(holds) >= HALF:
        return 1.0
    return 0.0 if holds.days >= HALF else UNLIKE


def _is_something_else(column: str, holds: Holds) -> bool:
    """Whether a column under a heading of words or places plainly holds days or sums."""
    are_days, are_sums = holds.days >= HALF, _sums(holds) >= MOST
    if column == "project_id":
        return are_days
    if column in _WORDS:
        return are_days or are_sums
    if column == "area_codes":
        return are_days or (are_sums and not holds.codes)
    return holds.days >= MOST and column not in _ANYTHING


def _plain_days(holds: Holds) -> float:
    """The share of days that could not be sums."""
    return holds.days - holds.serials


def _sums(holds: Holds) -> float:
    """The share of sums; none where the column is mostly days, which read as numbers too."""
    return holds.numbers if _plain_days(holds) < MOST else 0.0


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, cells)) / len(cells)


def _usual_day(cells: Sequence[str]) -> float | None:
    """The middle day of a column of dates, or None where most of its cells are none; five bare figures are as
    likely a sum.
    """
    written = [cell for cell in cells if not _SERIAL.fullmatch(cell)]
    days = [
        day
        for cell in written
        if (day := as_day(day_of(cell, False).text)) is not None
    ]
    return (
        median(day.toordinal() for day in days)
        if len(days) >= MOST * len(cells)
        else None
    )
