"""The year that sums of money are of: the financial year of the build, or one that a person chose.

Where no year is chosen, a record counts as running on the day of the build and money is that of the build's
year. In a chosen year a record runs if its days fall in it. Every question that reads money or what runs
follows it (sql/both/05_project_then.sql and 40_year_money.sql); what a build works out beforehand (gaps,
fairness, overlaps) is of the build's own year and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from clearlink.warehouse.one_run import keep_for_run, kept_for_run

OF_THE_BUILD: Final = ""
_WRITTEN: Final = re.compile(r"\d{4}-\d{2}")
_KEPT: Final = "money_year"

_said: ContextVar[str | None] = ContextVar("money_year", default=None)


@contextmanager
def money_of(year: str) -> Iterator[None]:
    """Every question inside is of this financial year ("2014-15"); of the build's where it is empty. Raises
    ValueError.
    """
    token = _said.set(_checked(year))
    try:
        yield
    finally:
        _said.reset(token)


def choose_year(year: str) -> None:
    """What the rest of this run of a page is of. Outside a run nothing is kept. Raises ValueError."""
    keep_for_run(_KEPT, _checked(year))


def chosen_year() -> str:
    """The year that was chosen, empty where none is."""
    asked = _said.get()
    return str(kept_for_run(_KEPT) or OF_THE_BUILD) if asked is None else asked


def _checked(year: str) -> str:
    if year and not (_WRITTEN.fullmatch(year) and (int(year[:4]) + 1) % 100 == int(year[5:])):
        raise ValueError(
            f"year: found {year!r}, expected a financial year such as 2026-27; write both of its years"
        )
    return year
