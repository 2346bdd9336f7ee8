"""Published sums of grants by authority and year, from a table anybody can fill in or from a publisher's
paper.

Columns: la_code (a code or a name in either language), grant, year, amount_gbp, basis, source_url. Amounts
are pounds of that year and are never made up from parts that were not published.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from clearlink.rules.codes import WALES
from etl.directory import CATALOGUE, Directory, folded
from etl.records import GrantSum, Problem, Severity
from etl.sources.registers.register_columns import (
    Column,
    layout_of,
    rows_of,
    spellings,
)
from etl.sources.registers.register_problems import problem, quoted
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
    unmatched: dict[str, RowReader] = {}
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
            programme = programme_of(grant, directory)
            if programme is None:
                unmatched.setdefault(grant, cells)
            sums.append(
                GrantSum(
                    place,
                    grant,
                    year,
                    amount,
                    basis,
                    url,
                    programme,
                )
            )
    problems += [_unmatched(*each) for each in unmatched.items()]
    return sums, [*layout.problems, *problems]


def programme_of(grant: str, directory: Directory) -> str | None:
    """The programme of the catalogue that a grant of this name is of; None where the name is of none."""
    name = folded(grant)
    return directory.programmes.get(name) or _grant_names().get(name)


@cache
def _grant_names() -> Mapping[str, str]:
    """Names under which grants are published, folded → programme."""
    with (CATALOGUE / "grant_names.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return {
            folded(row["grant"]): row["programme_id"]
            for row in csv.DictReader(file)
        }


def _unmatched(grant: str, cells: RowReader) -> Problem:
    """A grant whose name is of no programme: its sums stand, and count for none."""
    return problem(
        "grant_unmatched",
        cells.row.file,
        severity=Severity.WARNING,
        source_id=SOURCE_ID,
        row=cells.row.number,
        column="grant",
        found=quoted(grant),
    )


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
                    programme_of(EXPANSION_GRANT, directory),
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
