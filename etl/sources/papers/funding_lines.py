"""Funding lines: what each funder pays a project under each programme in each financial year."""

from __future__ import annotations

from typing import Final

from clearlink.rules.funding import financial_year_of
from etl.directory import Directory
from etl.records import FundingLine, Register
from etl.sources.papers.paper_rows import accepted_rows, named_columns
from etl.sources.registers.register_cells import CellRefused
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_rows import named
from etl.sources.registers.register_table import Table

LINE_COLUMNS: Final = named_columns(
    "line_id project_id funder programme financial_year amount_gbp",
    "basis ring_fence match_of is_illustrative",
)


def read_funding_lines(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """funding_lines.csv: one row a sum. A line of an unknown project or programme is refused."""
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )

    def line(cells: RowReader) -> FundingLine:
        project_id = cells.known_project(
            "project_id",
            cells.needed("project_id"),
        )
        cells.needed("amount_gbp")
        programme = cells.needed("programme") or None
        cells.needed("financial_year")
        return FundingLine(
            line_id=cells.needed("line_id"),
            project_id=project_id,
            funder=cells.needed("funder"),
            programme_id=named(
                cells, "programme", directory.programmes, programme
            )
            or "",
            financial_year=cells.parsed("financial_year", _financial_year)
            or "",
            amount_gbp=cells.amount_gbp("amount_gbp") or 0.0,
            basis=cells.text("basis"),
            ring_fence=cells.text("ring_fence"),
            match_of=cells.text("match_of"),
            is_illustrative=cells.flag("is_illustrative"),
            source_ref=f"{cells.row.file}, row {cells.row.number}",
        )

    register.funding_lines = accepted_rows(
        table,
        LINE_COLUMNS,
        directory,
        register,
        line,
        key="line_id",
    )
    return register


def _financial_year(text: str) -> str:
    year = financial_year_of(text)
    if year is None:
        raise CellRefused("financial_year_unknown")
    return year
