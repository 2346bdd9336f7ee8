"""Money that a sheet gives in a column for each year ("2024/25", "Annual value (£) 2025-26", "FY25", "2024").

A register holds one sum a year of a project. Which of several columns that is, the file does not say, and
none is taken in silence: a person says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from clearlink.rules.dates import whole_year
from clearlink.rules.funding import financial_year_of
from etl.records import Problem, Severity
from etl.sources.registers.exchange_json import number_at
from etl.sources.registers.register_people import quoted_heading
from etl.sources.registers.register_problems import problem
from etl.sources.registers.register_table import column_letters
from etl.sources.spreadsheets.foreign_cells import amount_of
from etl.sources.spreadsheets.foreign_table import ForeignTable
from etl.sources.spreadsheets.money_unit import Unit, unit_said

# "2024/25", "24-25", "2024 to 2025", "1999/00"
_YEAR: Final = re.compile(
    r"(?<!\d)((?:19|20)?\d\d)(?:\s?[/–—−_-]\s?| to )((?:19|20)?\d\d)(?!\d)",
    re.ASCII,
)
# "FY25", "FY 2025", "FY2425", "2024", "Year 1": which year of April is meant, they do not say
_LONE_YEAR: Final = re.compile(
    r"(?<!\w)(?:(?:fy|ba)\s?['’]?(?:\d{4}|\d\d)"
    r"|(?:year|yr|y|blwyddyn|bl)\.?\s?\d{1,2}"
    r"|(?:19|20)\d\d)(?!\w)",
    re.ASCII | re.IGNORECASE,
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
    r"|ba|in|for|y|yn|ending|ended|to|end|march|mawrth|q|quarter|chwarter"
)
_UNIT: Final = re.compile(r"£\s?['’]?000s?|[(]?000s?[)]?|£m?")
_LEAST_SUM: Final = 100


def years_of_money(foreign: ForeignTable) -> dict[int, str]:
    """Place of each column whose heading is a year, alone or with words of money, and whose cells are numbers
    → the year ("2024-25"; "FY25" where the heading does not say which years those are).

    What stands under a year and neither names money nor is as high as sums are counts something else.
    """
    years = {}
    for at, heading in enumerate(foreign.table.header):
        if not _sums_at(foreign, at):
            continue
        year = _year_in(heading)
        if year is None and _holds_money(foreign, at):
            year = _lone_year_in(heading)
        if year:
            years[at] = year
    return years


def _year_in(heading: str) -> str | None:
    """The financial year that a heading of money spells out."""
    written = list(_YEAR.finditer(heading))
    if len(written) != 1 or not _may_be_a_sum(heading, written[0][0]):
        return None
    first, last = map(whole_year, written[0].groups())
    return financial_year_of(f"{first}-{last}")


def _lone_year_in(heading: str) -> str | None:
    """What a heading of money calls its year, where it names one and does not spell out which two it
    spans.
    """
    written = list(_LONE_YEAR.finditer(heading))
    if len(written) != 1 or _YEAR.search(heading):
        return None
    if not _may_be_a_sum(heading, written[0][0]):
        return None
    return " ".join(heading.split())


def _may_be_a_sum(heading: str, year: str) -> bool:
    """Whether the words beside a year are those of a sum, or say nothing else."""
    rest = _UNIT.sub(" ", heading.replace(year, " "))
    words = [word.casefold() for word in _WORD.findall(rest)]
    return any(map(_MONEY_WORD.fullmatch, words)) or all(
        map(_PLAIN_WORD.fullmatch, words)
    )


def _holds_money(foreign: ForeignTable, at: int) -> bool:
    """Whether a heading, or a note above the table, says that sums stand under it, or its cells say so."""
    heading = foreign.table.header[at]
    words = _WORD.findall(heading.casefold())
    return (
        "£" in heading
        or any(map(_MONEY_WORD.fullmatch, words))
        or unit_said(heading, foreign.above) is not Unit.POUNDS
        or _are_sums(_sums_at(foreign, at))
    )


def _are_sums(cells: list[str]) -> bool:
    """Whether numbers under a bare year are written as sums, or as high as sums are."""
    if any("£" in cell for cell in cells):
        return True
    high = [cell for cell in cells if (_sum(cell) or 0) >= _LEAST_SUM]
    return 2 * len(high) >= len(cells)


def _sums_at(foreign: ForeignTable, at: int) -> list[str]:
    """The cells of a column that holds numbers and little else; none of another."""
    cells = [row[at] for _, row in foreign.table.rows if at < len(row)]
    filled = [cell for cell in cells if cell.strip(" -–—£")]
    numbers = [cell for cell in filled if _sum(cell) is not None]
    return numbers if 2 * len(numbers) >= len(filled) else []


def _sum(cell: str) -> float | None:
    """The number of a cell, as it is or as people write sums ("£84.5k")."""
    return number_at(amount_of(cell.strip()).text)


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
    """That the sums of one year stand for every year, or those of a column that names none for the project,
    and that what stands under other years is not loaded.
    """
    others = {
        at: year
        for at, year in years.items()
        if at != chosen and (chosen in years or _holds_money(foreign, at))
    }
    if chosen is None or not others:
        return []
    if chosen in years:
        code, taken = "money_of_one_year", years[chosen]
    else:
        code = "money_beside_years"
        taken = quoted_heading(foreign.table.header[chosen])
    return [
        problem(
            code,
            foreign.table.file,
            severity=Severity.WARNING,
            row=foreign.table.header_row,
            letter=column_letters(chosen),
            column="annual_value_gbp",
            found=_listed({chosen: taken}),
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
        return _sum(row[at]) if at < len(row) else None

    return sum(
        any(sum_at(row, at) != sum_at(row, chosen) for at in others)
        for _, row in foreign.table.rows
    )


def _listed(years: Mapping[int, str]) -> str:
    return ", ".join(
        f"{year} ({column_letters(at)})" for at, year in sorted(years.items())
    )
