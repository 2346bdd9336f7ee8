"""What a column seems to hold, by its cells: for a header that says nothing we know. Always a proposal to
look at, never a sure one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
    {"start", "end", "decision_date", "last_review", "stated_on", "engagement_date"}
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
    filled = {
        at: [
            cell.strip()
            for cell in cells[:LOOKED_AT]
            if cell.strip() and not means_nothing(cell)
        ]
        for at, _, cells in columns
    }
    filled = {at: cells for at, cells in filled.items() if cells}
    headers = {at: header for at, header, _ in columns}
    guesses: dict[int, tuple[str, float]] = {}
    free = set(open_columns)

    def take(at: int, column: str, score: float) -> None:
        if at not in guesses and column in free:
            guesses[at] = (column, score)
            free.discard(column)

    for at, cells in filled.items():
        if _share(cells, [bool(_CODE.search(c)) for c in cells]) >= 0.5:
            take(at, "area_codes", BY_CODES)
    lists: dict[str, Callable[[str], bool]] = {
        "commissioner": lambda text: directory.authority(text) is not None,
        "programme": lambda text: folded(text) in directory.programmes,
        "target_group": lambda text: folded(text) in directory.target_groups,
        "tier": lambda text: folded(text) in TIERS,
        "delivery_model": lambda text: folded(text) in DELIVERY_MODELS,
        "theme": lambda text: folded(text) in directory.themes,
    }
    for name, knows in lists.items():
        for at, cells in filled.items():
            if _share(cells, [knows(c) for c in cells]) >= 0.5:
                take(at, name, BY_WORDS)
    dated = sorted(
        (days, at)
        for at, cells in filled.items()
        if at not in guesses and (days := _usual_day(cells)) is not None
    )
    ends = [name for name in ("start", "end") if name in free]
    if len(dated) >= 2 and len(ends) == 2:
        take(
            dated[0][1],
            "start",
            BY_KIND,
        )
        take(
            dated[-1][1],
            "end",
            BY_KIND,
        )
    elif len(dated) == 1 and len(ends) == 1:
        take(
            dated[0][1],
            ends[0],
            BY_KIND,
        )
    for at, cells in filled.items():
        amounts = [number_at(amount_of(c).text) is not None for c in cells]
        if ("£" in headers[at] or any("£" in c for c in cells)) and _share(
            cells, amounts
        ) >= MOST:
            take(at, "annual_value_gbp", BY_KIND)
    for at, cells in filled.items():
        is_text = [
            len(c) >= LEAST_TITLE
            and number_at(c) is None
            and not _CODE.search(c)
            and not is_numeric_day(c)
            for c in cells
        ]
        if len(set(cells)) == len(cells) and _share(cells, is_text) >= MOST:
            take(at, "title", BY_KIND)
    return guesses


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
    filled = [
        cell.strip()
        for cell in cells[:LOOKED_AT]
        if cell.strip() and not means_nothing(cell)
    ]
    if not filled:
        return Holds(0, 0.0, 0.0, 0.0)
    days = [
        is_numeric_day(c)
        or as_day(day_of(c, False, "20").text) is not None
        or means_open(c)
        or bool(months_of(c))
        for c in filled
    ]
    numbers = [number_at(amount_of(c).text) is not None for c in filled]
    codes = [bool(_CODE.search(c)) for c in filled]
    serials = [
        bool(_SERIAL.fullmatch(c)) and is_day
        for c, is_day in zip(filled, days, strict=True)
    ]
    lengths = [bool(months_of(c)) for c in filled]
    return Holds(
        len(filled),
        days=_share(filled, days),
        numbers=_share(filled, numbers),
        codes=_share(filled, codes),
        serials=_share(filled, serials),
        lengths=_share(filled, lengths),
    )


def agreement(column: str, holds: Holds) -> float:
    """How far the cells of a column let it be what its heading reads like: 1 where they do, 0 where they are
    plainly something else.

    Days are never a title, and words never a day. A column of empty cells says nothing against its heading.
    """
    if not holds.filled:
        return 1.0
    plain_days = holds.days - holds.serials
    numbers = holds.numbers if plain_days < MOST else 0.0
    if column in _DAYS and holds.days >= HALF:
        return 1.0
    if column in _DAYS:
        # some days among words: a person says what the column is, and no day is left out in silence
        return UNLIKE if holds.days else 0.0
    if column in _SUMS and numbers >= HALF:
        return 1.0
    if column in _SUMS:
        return 0.0 if holds.days >= HALF else UNLIKE
    if column == "length_months":
        return 0.0 if plain_days - holds.lengths >= HALF else 1.0
    if column in _WORDS:
        return (
            0.0
            if holds.days >= HALF or (column != "project_id" and numbers >= MOST)
            else 1.0
        )
    if column == "area_codes":
        return (
            0.0 if holds.days >= HALF or (numbers >= MOST and not holds.codes) else 1.0
        )
    return 0.0 if holds.days >= MOST and column not in _ANYTHING else 1.0


def _share(cells: Sequence[str], which: Sequence[bool]) -> float:
    return sum(which) / len(cells)


def _usual_day(cells: Sequence[str]) -> float | None:
    """The middle day of a column of dates, or None where most of its cells are none; five bare figures are as
    likely a sum.
    """
    written = [cell for cell in cells if not _SERIAL.fullmatch(cell)]
    days = [
        day
        for cell in written
        if (day := as_day(day_of(cell, False, "20").text)) is not None
    ]
    return (
        median(day.toordinal() for day in days)
        if len(days) >= MOST * len(cells)
        else None
    )
