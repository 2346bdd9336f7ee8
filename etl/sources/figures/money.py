"""Published sums of grants by authority and year, from a table anybody can fill in or from a publisher's
paper.

Columns: la_code (a code or a name in either language), grant, year, amount_gbp, basis, source_url. Amounts
are pounds of that year and are never made up from parts that were not published.
"""

from __future__ import annotations

import re
from typing import Final

from clearlink.rules.codes import WALES
from etl.directory import Directory, folded
from etl.records import GrantSum, Problem
from etl.sources.registers.register_columns import (
    Column,
    layout_of,
    rows_of,
    spellings,
)
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import read_table

SOURCE_ID: Final = "allocations"
COLUMNS: Final = (
    Column("la_code", "cod_awdurdod", True),
    Column("grant", "grant_cymorth", True),
    Column("year", "blwyddyn", True),
    Column("amount_gbp", "swm_gbp", True),
    Column("basis", "sail", True),
    Column("source_url", "dolen_ffynhonnell", True),
)
EXPANSION_COLUMNS: Final = (
    Column("area_code", "", True),
    Column("area_name", "", False),
    Column("expansion_places_2011-12_to_2014-15", "", True),
    Column("implied_revenue_increase_gbp", "", True),
    Column("unit_cost_gbp_per_child", "", True),
    Column("note", "", False),
)
EXPANSION_GRANT: Final = "Flying Start"
EXPANSION_YEARS: Final = "2011-15"
_YEAR: Final = re.compile(r"(\d{4})(?:[-/–](\d{2}|\d{4}))?", re.ASCII)


def read_allocations(
    data: bytes,
    file: str,
    directory: Directory,
) -> tuple[list[GrantSum], list[Problem]]:
    """Every acceptable row, and every refused one. Raises SourceProblem where a column is missing."""
    table = read_table(
        data,
        file,
        frozenset(spellings(COLUMNS)),
    )
    layout = layout_of(table, COLUMNS, SOURCE_ID)
    rows, problems = rows_of(table, layout, SOURCE_ID)
    sums: list[GrantSum] = []
    for row in rows:
        cells = RowReader(row, directory)
        place, grant, year = (
            _place(cells, "la_code"),
            cells.needed("grant"),
            _year(cells),
        )
        cells.needed("amount_gbp")
        amount = cells.amount_gbp("amount_gbp")
        basis, url = cells.needed("basis"), cells.needed("source_url")
        problems += cells.problems
        if not cells.is_refused and place is not None and amount is not None:
            sums.append(
                GrantSum(
                    place,
                    grant,
                    year,
                    amount,
                    basis,
                    url,
                )
            )
    return sums, [*layout.problems, *problems]


def read_flying_start_expansion(
    data: bytes,
    file: str,
    directory: Directory,
    source_url: str,
) -> tuple[list[GrantSum], list[Problem]]:
    """Extra Flying Start revenue from 2011-12 to 2014-15 as the 2012 Senedd paper implies it: places times
    £2,100 a child.

    The paper publishes places, not pounds, so the basis of every sum says that it is implied.
    """
    table = read_table(
        data,
        file,
        frozenset(spellings(EXPANSION_COLUMNS)),
    )
    layout = layout_of(table, EXPANSION_COLUMNS, SOURCE_ID)
    rows, problems = rows_of(table, layout, SOURCE_ID)
    sums: list[GrantSum] = []
    for row in rows:
        cells = RowReader(row, directory)
        place = _place(cells, "area_code")
        places, unit = (
            cells.count("expansion_places_2011-12_to_2014-15"),
            cells.amount_gbp("unit_cost_gbp_per_child"),
        )
        amount = cells.amount_gbp("implied_revenue_increase_gbp")
        problems += cells.problems
        if (
            not cells.is_refused
            and place
            and amount is not None
            and places is not None
            and unit is not None
        ):
            basis = f"implied, not published: {places:,} extra places x GBP {unit:,.0f} a child"
            sums.append(
                GrantSum(
                    place,
                    EXPANSION_GRANT,
                    EXPANSION_YEARS,
                    amount,
                    basis,
                    source_url,
                )
            )
    return sums, [*layout.problems, *problems]


def _place(cells: RowReader, column: str) -> str | None:
    name = cells.needed(column)
    if not name:
        return None
    if folded(name) in {"wales", "cymru", folded(WALES)}:
        return WALES
    if found := cells.directory.authority(name):
        return found
    names = [
        cells.directory.area_names[c]
        for c in {*cells.directory.authorities.values()}
        if c in cells.directory.area_names
    ]
    cells.refuse(
        column,
        "commissioner_unknown",
        nearest=cells.near(
            name,
            sorted(names),
        ),
    )
    return None


def _year(cells: RowReader) -> str:
    text = cells.needed("year")
    shape = _YEAR.fullmatch(text)
    later = shape[2] if shape else None
    if text and (
        shape is None
        or (
            later
            and int(shape[1][:2] + later if len(later) == 2 else later)
            <= int(shape[1])
        )
    ):
        cells.refuse("year", "year_unreadable")
    return text
