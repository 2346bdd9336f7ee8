"""What the evidence desk settled, as a council's own register carries it back: papers read in full and
silent, and published figures.
"""

from __future__ import annotations

from typing import Final

from clearlink.rules.web_address import is_web_address
from etl.directory import Directory
from etl.records import NeedFigure, PaperRead, Register
from etl.sources.papers.paper_rows import accepted_rows, named_columns
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_table import Table

PAPER_COLUMNS: Final = named_columns(
    "project_id document url paper_date pages read_by read_on",
    "second_by second_on is_illustrative",
)
FIGURE_COLUMNS: Final = named_columns(
    "figure_id project_id value area told_on document url",
    "page told_by is_illustrative",
)


def read_papers(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """One row a paper that took a decision. It counts once a second person, somebody else, has read it."""
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    register.paper_readings = accepted_rows(
        table, PAPER_COLUMNS, directory, register, _paper, None
    )
    return register


def read_figures(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """One row a published figure of need that a decision rests on."""
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    register.need_figures = accepted_rows(
        table, FIGURE_COLUMNS, directory, register, _figure, None
    )
    return register


def _paper(cells: RowReader) -> PaperRead:
    first, second = cells.needed("read_by"), cells.text("second_by")
    if second and " ".join(second.casefold().split()) == " ".join(
        first.casefold().split()
    ):
        cells.refuse("second_by", "reader_same")
    return PaperRead(
        project_id=cells.known_project(
            "project_id",
            cells.needed("project_id"),
        ),
        document=cells.needed("document"),
        url=_address(cells),
        paper_date=cells.past_date("paper_date"),
        pages=cells.count("pages"),
        read_by=first,
        read_on=cells.past_date("read_on"),
        second_by=second,
        second_on=cells.past_date("second_on"),
        is_illustrative=cells.flag("is_illustrative"),
    )


def _figure(cells: RowReader) -> NeedFigure | None:
    cells.needed("told_on")
    told_on = cells.past_date("told_on")
    figure_id, project_id = (
        cells.needed("figure_id"),
        cells.known_project(
            "project_id",
            cells.needed("project_id"),
        ),
    )
    value, area, document, url = (
        cells.needed("value"),
        cells.needed("area"),
        cells.needed("document"),
        _address(cells),
    )
    if told_on is None:
        return None
    return NeedFigure(
        figure_id,
        project_id,
        value,
        area,
        told_on,
        document,
        url,
        cells.text("page"),
        cells.text("told_by"),
        cells.flag("is_illustrative"),
    )


def _address(cells: RowReader) -> str:
    address = cells.needed("url")
    if address and not is_web_address(address):
        cells.refuse("url", "address_not_web")
    return address
