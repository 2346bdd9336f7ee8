"""Tables with one row per area, category and period: the category says which indicator the figure is for."""

from __future__ import annotations

from collections import Counter

from etl.files.sheet import Sheet, cell_name, text_cell
from etl.sources.catalogue import Column
from etl.sources.figures.periods import period
from etl.sources.figures.shorthand import Figure, marks
from etl.sources.figures.wide import data_rows, row_is_ragged
from etl.sources.headers import locate
from etl.sources.reading import Reading


class LongTable:
    """Where the parts of a long table stand, as its source declares them."""

    def __init__(
        self,
        reading: Reading,
        sheet: Sheet,
        header_row: int,
    ) -> None:
        option = reading.source.option
        self.reading, self.sheet, self.header_row = reading, sheet, header_row
        self.code = str(option("code_heading"))
        self.categories: list[str] = list(option("category_headings"))
        self.values: list[str] = list(option("value_headings"))
        self.period: str = option("period_heading", "")
        self.unit: str = option("unit_heading", "")
        self.limits: list[str] = list(option("limit_headings", ()))
        self.remark: str = option("remark_heading", "")
        self.remark_marks: str = option("remark_marks", "")
        named = [
            self.code,
            *self.categories,
            *self.values,
            self.period,
            self.unit,
            *self.limits,
            self.remark,
        ]
        self.at = locate(
            reading,
            sheet,
            header_row,
            [name for name in dict.fromkeys(named) if name],
        )
        self.columns = {
            column.found: column for column in reading.source.columns
        }
        self.unlisted: Counter[str] = Counter()

    def text(
        self,
        row: int,
        heading: str,
    ) -> str:
        """A cell's text."""
        return text_cell(self.sheet.rows[row][self.at[heading]])

    def category(self, row: int) -> str:
        """The category of a row, its parts joined by "|" as in the columns file."""
        return "|".join(self.text(row, name) for name in self.categories)


def read_long(
    reading: Reading,
    sheet: Sheet,
    header_row: int = 1,
) -> None:
    """Takes every row whose category the source lists. Categories that it does not list are noted once,
    with their number.
    """
    table = LongTable(reading, sheet, header_row)
    source = reading.source
    kept_out = tuple(source.option("corrected_categories", ()))
    for row in data_rows(
        sheet,
        header_row,
        table.at[table.code],
        uk_wide=bool(source.option("uk_wide")),
    ):
        reading.harvest.rows_read += 1
        if row_is_ragged(reading, sheet, header_row, row):
            continue
        if table.category(row).startswith(kept_out):
            continue
        column = table.columns.get(table.category(row))
        if column is None:
            table.unlisted[table.category(row)] += 1
            continue
        _read_row(table, row, column)
    if table.unlisted:
        reading.note(
            "category_new",
            sheet.name,
            categories="; ".join(
                f"“{name}” ({count})"
                for name, count in table.unlisted.most_common(12)
            ),
        )


def _read_row(
    table: LongTable,
    row: int,
    column: Column,
) -> None:
    reading, sheet, source = table.reading, table.sheet, table.reading.source
    wales_too = bool(source.option("wales_line"))
    area = reading.area_of(
        sheet,
        row,
        table.at[table.code],
        table.code,
        wales_too=wales_too,
    )
    when = _period_of(table, row)
    if _unit_changed(table, row, column) or area is None or when is None:
        return
    heading = next(
        (name for name in table.values if table.text(row, name)),
        table.values[0],
    )
    at = table.at[heading]
    read = reading.figure(
        sheet,
        row,
        at,
        heading,
        column,
    )
    if read is None:
        return
    read = _qualified(table, row, read, heading)
    lower, upper = _limits(table, row, column, read)
    reading.observe(
        column,
        area,
        when,
        read,
        cell_name(sheet, row, at, heading),
        lower=lower,
        upper=upper,
    )
    _note_remark(table, row, area)


def _note_remark(
    table: LongTable,
    row: int,
    area: str,
) -> None:
    """Keeps what the publisher says beside a figure."""
    remark = table.text(row, table.remark) if table.remark else ""
    if remark:
        at = table.at[table.remark]
        place = cell_name(
            table.sheet,
            row,
            at,
            table.remark,
        )
        table.reading.note(
            "publisher_remark",
            place,
            area=area,
            remark=remark,
        )


def _period_of(table: LongTable, row: int) -> str | None:
    """The period of a row, refused where it cannot be read; the source's own where its rows state none."""
    if not table.period:
        return str(
            table.reading.source.option(
                "period",
                table.reading.source.edition,
            )
        )
    stated = table.text(row, table.period)
    when = period(stated)
    if when is None:
        place = cell_name(
            table.sheet,
            row,
            table.at[table.period],
            table.period,
        )
        table.reading.refuse(
            "period_unknown",
            place,
            (table.sheet.name, row),
            cell=stated,
        )
    return when


def _unit_changed(
    table: LongTable,
    row: int,
    column: Column,
) -> bool:
    """Whether a row states another unit than the source; if so it was refused."""
    if not table.unit or table.text(row, table.unit) == column.unit:
        return False
    place, stated = (
        cell_name(
            table.sheet,
            row,
            table.at[table.unit],
            table.unit,
        ),
        table.text(row, table.unit),
    )
    table.reading.refuse(
        "unit_changed",
        place,
        (table.sheet.name, row),
        cell=stated,
        expected=column.unit,
    )
    return True


def _qualified(
    table: LongTable,
    row: int,
    read: Figure,
    heading: str,
) -> Figure:
    """The figure, or the mark that stands beside it: in the other value column, or in the words of the
    publisher's remark.
    """
    beside = [
        mark
        for name in table.values
        if name != heading
        and (
            mark := marks(table.reading.source.option("marks", "none")).get(
                table.text(row, name)
            )
        )
    ]
    if table.remark_marks:
        remark = table.text(row, table.remark).lower()
        beside += [
            mark
            for words, mark in marks(table.remark_marks).items()
            if words in remark
        ]
    return Figure(None, beside[0]) if beside else read


def _limits(
    table: LongTable,
    row: int,
    column: Column,
    read: Figure,
) -> tuple[float | None, float | None]:
    if not table.limits or read.value is None:
        return None, None
    limits = []
    for name in table.limits:
        limit = (
            table.reading.figure(
                table.sheet,
                row,
                table.at[name],
                name,
                column,
            )
            if table.text(row, name)
            else None
        )
        limits.append(None if limit is None else limit.value)
    return limits[0], limits[1]
