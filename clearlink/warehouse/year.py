"""The year that sums of money are of: the financial year of the build, or one that a person chose.

Where no year is chosen, a record counts as running on the day of the build and money is that of the build's
year. In a chosen year a record runs if its days fall in it. Every question that reads money or what runs
follows it (sql/both/05_project_then.sql and 40_year_money.sql); what a build works out beforehand (gaps,
fairness, overlaps) is of the build's own year and says so.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Final

from clearlink.warehouse.chosen import Chosen

_WRITTEN: Final = re.compile(r"\d{4}-\d{2}")
_YEAR: Final = Chosen("money_year")


def money_of(year: str) -> AbstractContextManager[None]:
    """Every question inside is of this financial year ("2014-15"); of the build's where it is empty. Raises
    ValueError.
    """
    return _YEAR.inside(_checked(year))


def choose_year(year: str) -> None:
    """What the rest of this run of a page is of. Outside a run nothing is kept. Raises ValueError."""
    _YEAR.choose(_checked(year))


def chosen_year() -> str:
    """The year that was chosen, empty where none is."""
    return _YEAR.now()


def _checked(year: str) -> str:
    if year and not (
        _WRITTEN.fullmatch(year) and (int(year[:4]) + 1) % 100 == int(year[5:])
    ):
        raise ValueError(
            f"year: found {year!r}, expected a financial year such as 2026-27; write both of its years"
        )
    return year
