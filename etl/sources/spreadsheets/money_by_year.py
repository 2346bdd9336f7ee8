"""Money that a sheet gives in a column for each financial year ("2024/25", "Annual value (£) 2025-26").

A register holds one sum a year of a project. Which of several columns that is, the file does not say, and
none is taken in silence: a person says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from clearlink.rules.funding import financial_year_of
from etl.records import Problem, Severity
from etl.sources.registers.exchange_json import number_at
from etl.sources.registers.register_problems import problem
from etl.sources.registers.register_table import column_letters
from etl.sources.spreadsheets.foreign_table import ForeignTable

_YEAR: Final = re.compile(
    r"(?<!\d)(20)?(\d\d)(?:\s?[/–—−_-]\s?| to )(?:20)?(\d\d)(?!\d)", re.ASCII
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# a heading of a year that says one of these is a sum's, whatever else it says
_MONEY_WORD: Final = re.compile(
    r"values?|costs?|spend|spending|expenditure|budget|funding|award|allocation|amount|sum|price|payments?"
    r"|gbp|gwerth|costau|g?wariant|[cg]yllideb|[cg]yllid|[dt]?dyraniad|swm|pris|taliad|taliadau"
)
# beside a year that stands alone these say nothing of another kind
_PLAIN_WORD: Final = re.compile(
    r"fy|financial|years?|annual|yearly|actual|forecast|planned|total|grant|k|blwyddyn|ariannol|blynyddol"
)
_UNIT: Final = re.compile(r"£\s?['’]?000s?|[(]?000s?[)]?|£")


def years_of_money(foreign: ForeignTable) -> dict[int, str]:
    """Place of each column whose heading is a financial year, alone or with words of money, and whose cells
    are numbers → the year ("2024-25").
    """
    years = {}
    for at, heading in enumerate(foreign.table.header):
        year = _year_in(heading)
        if year and _holds_numbers(foreign, at):
            years[at] = year
    return years


def _year_in(heading: str) -> str | None:
    written = list(_YEAR.finditer(heading))
    if len(written) != 1:
        return None
    first, last = written[0][2], written[0][3]
    rest = heading.replace(
        written[0][0],
        " ",
    )
    words = _WORD.findall(_UNIT.sub(" ", rest))
    if not _may_be_a_sum([word.casefold() for word in words]):
        return None
    return financial_year_of(f"20{first}-{last}")


def _may_be_a_sum(words: list[str]) -> bool:
    """Whether the words beside a year are those of a sum, or say nothing else."""
    return any(map(_MONEY_WORD.fullmatch, words)) or all(
        map(_PLAIN_WORD.fullmatch, words)
    )


def _holds_numbers(foreign: ForeignTable, at: int) -> bool:
    """Whether a column holds numbers and little else."""
    cells = [row[at] for _, row in foreign.table.rows if at < len(row)]
    filled = [cell for cell in cells if cell.strip(" -–—£")]
    numbers = [
        cell for cell in filled if number_at(cell.lstrip("£ ")) is not None
    ]
    return bool(numbers) and 2 * len(numbers) >= len(filled)


def money_year_unsaid(
    foreign: ForeignTable,
    years: Mapping[int, str],
    chosen: int | None,
) -> list[Problem]:
    """Sums by year of which nobody said which is the yearly sum. `chosen`: the column that is."""
    if not years or chosen is not None:
        return []
    first = min(years)
    return [
        problem(
            "money_by_year",
            foreign.table.file,
            row=foreign.table.header_row,
            letter=column_letters(first),
            column="annual_value_gbp",
            found=_listed(years),
        )
    ]


def money_of_one_year(
    foreign: ForeignTable,
    years: Mapping[int, str],
    chosen: int | None,
) -> list[Problem]:
    """That the sums of one year stand for every year, and those of the others are not loaded."""
    others = {at: year for at, year in years.items() if at != chosen}
    if chosen is None or chosen not in years or not others:
        return []
    return [
        problem(
            "money_of_one_year",
            foreign.table.file,
            severity=Severity.WARNING,
            row=foreign.table.header_row,
            letter=column_letters(chosen),
            column="annual_value_gbp",
            found=_listed({chosen: years[chosen]}),
            other=_listed(others),
            count=str(_rows_that_differ(foreign, chosen, others)),
        )
    ]


def _rows_that_differ(
    foreign: ForeignTable,
    chosen: int,
    others: Mapping[int, str],
) -> int:
    """Rows whose sum of another year is not that of the chosen one."""

    def sum_at(row: tuple[str, ...], at: int) -> float | None:
        cell = row[at] if at < len(row) else ""
        return number_at(cell.lstrip("£ "))

    return sum(
        any(sum_at(row, at) != sum_at(row, chosen) for at in others)
        for _, row in foreign.table.rows
    )


def _listed(years: Mapping[int, str]) -> str:
    return ", ".join(
        f"{year} ({column_letters(at)})" for at, year in sorted(years.items())
    )
