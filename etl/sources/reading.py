"""The work that every reader shares: refuse a row with its place, keep the rest, judge the whole file at
the end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Final

from etl.files.refusal import problem
from etl.files.sheet import Cell, Sheet, cell_name, text_cell
from etl.records import (
    Harvest,
    Marker,
    Observation,
    Problem,
    Severity,
    SourceProblem,
)
from etl.sources.areas.area_codes import codes_of, fault_of_code
from etl.sources.catalogue import Column, Source
from etl.sources.figures.shorthand import Figure, figure

Key = tuple[str, str, str]
# A few figures outside their bounds are slips of single rows; more of them mean that the whole column is
# something else.
MOST_OUT_OF_BOUNDS: Final = 0.05
# A place in a list, a group or a yes: a fraction of one is another scale, whatever its bounds say.
WHOLE_UNITS: Final = frozenset(
    ("rank", "decile", "quintile", "quartile", "group", "yes or no")
)


class Reading:
    """One file being read. Rows go in through `area_of` and `observe`; `finish` gives the harvest or
    refuses the file.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.harvest = Harvest()
        self.refused_rows: set[tuple[str, int]] = set()
        self._first_cell: dict[Key, str] = {}
        self._twice: set[Key] = set()
        self._values: dict[str, list[float]] = defaultdict(list)
        self._out_of_bounds: Counter[str] = Counter()
        self._not_whole: Counter[str] = Counter()

    def refuse(
        self,
        code: str,
        place: str,
        row: tuple[str, int] | None = None,
        /,
        **facts: Any,
    ) -> None:
        """Notes a refused row or cell. `row` is the sheet and the row counted from 0."""
        if row is not None:
            self.refused_rows.add(row)
        self._note(
            code,
            place,
            Severity.REFUSED,
            row,
            **facts,
        )

    def note(self, code: str, place: str, /, **facts: Any) -> None:
        """Something worth knowing that did not keep a row out."""
        self._note(
            code,
            place,
            Severity.NOTE,
            None,
            **facts,
        )

    def warn(self, code: str, place: str, /, **facts: Any) -> None:
        """Something loaded that a person should look at."""
        self._note(
            code,
            place,
            Severity.WARNING,
            None,
            **facts,
        )

    def _note(
        self,
        code: str,
        place: str,
        severity: Severity,
        row: tuple[str, int] | None,
        /,
        **facts: Any,
    ) -> None:
        number = None if row is None else row[1] + 1
        self.harvest.problems.append(
            problem(
                self.source.source_id,
                self.source.file,
                code,
                place,
                severity,
                row=number,
                **facts,
            )
        )

    def area_of(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        header: str,
        *,
        wales_too: bool = False,
    ) -> str | None:
        """The area code in a cell, or nothing after the row was refused for it."""
        code = _as_published(sheet.rows[row][column])
        fault = fault_of_code(
            code, self.source.area_type, wales_too=wales_too
        ) or self._ended(code)
        if fault is None:
            return code
        self.refuse(
            fault[0],
            cell_name(sheet, row, column, header),
            (sheet.name, row),
            **fault[1],
        )
        return None

    def _ended(self, code: str) -> tuple[str, dict[str, str]] | None:
        """An area of an older year is taken only while its code stands in the newer list that the source
        names.
        """
        newer = str(self.source.option("only_codes_still_in", ""))
        if not newer or code in codes_of(newer):
            return None
        return "area_code_ended", {
            "code": code,
            "area_type": self.source.area_type,
            "newer": newer,
        }

    def figure(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        header: str,
        wanted: Column,
    ) -> Figure | None:
        """The figure in a cell, or nothing after it was refused: no number, no mark, or outside the
        bounds.
        """
        cell = sheet.rows[row][column]
        read = figure(
            cell,
            self.source.option("marks", "none"),
            percent=wanted.unit in ("%", "percent"),
        )
        place = cell_name(sheet, row, column, header)
        if read is None:
            self.refuse(
                "figure_unknown",
                place,
                (sheet.name, row),
                cell=text_cell(cell),
                column=header,
            )
            return None
        return self.bounded(
            read,
            cell,
            place,
            (sheet.name, row),
            wanted,
        )

    def bounded(
        self,
        read: Figure,
        cell: Cell,
        place: str,
        row: tuple[str, int],
        wanted: Column,
    ) -> Figure | None:
        """The figure, or nothing after it was refused: outside its bounds, or no whole number where only
        those can be.
        """
        if read.value is None:
            return read
        if not _within(read.value, wanted):
            self._out_of_bounds[wanted.indicator_id] += 1
            self.refuse(
                "figure_out_of_bounds",
                place,
                row,
                cell=text_cell(cell),
                low=_bound(wanted.low),
                high=_bound(wanted.high),
            )
        elif wanted.unit in WHOLE_UNITS and not read.value.is_integer():
            self._not_whole[wanted.indicator_id] += 1
            self.refuse(
                "figure_not_whole",
                place,
                row,
                cell=text_cell(cell),
            )
        else:
            return read
        self._values[wanted.indicator_id].append(read.value)
        return None

    def observe(
        self,
        column: Column,
        area_code: str,
        period: str,
        read: Figure,
        cell: str,
        *,
        lower: float | None = None,
        upper: float | None = None,
    ) -> None:
        """Takes one figure. A second figure for the same indicator, area and period puts both out."""
        key = (column.indicator_id, area_code, period)
        if key in self._first_cell:
            self._twice.add(key)
            self.refuse(
                "figure_twice",
                cell,
                indicator=key[0],
                area=key[1],
                first=self._first_cell[key],
                second=cell,
            )
            return
        self._first_cell[key] = cell
        if read.value is not None:
            self._values[column.indicator_id].append(read.value)
        self.harvest.observations.append(
            Observation(
                column.indicator_id,
                area_code,
                period,
                self.source.edition,
                read.value,
                read.marker,
                cell,
                lower=lower,
                upper=upper,
            )
        )

    def withdraw(
        self,
        column: Column,
        area_code: str,
        period: str,
        read: Figure,
        cell: str,
    ) -> None:
        """Takes a figure of a column that is known to be wrong: checked for its scale as any other, and
        told as withdrawn.
        """
        if read.value is not None:
            self._values[column.indicator_id].append(read.value)
        self.observe(
            column,
            area_code,
            period,
            Figure(None, Marker.WITHDRAWN),
            cell,
        )

    def mean_of(self, column: Column) -> float | None:
        """The mean of the figures read so far in a column; None where there are none."""
        values = self._values.get(column.indicator_id)
        return sum(values) / len(values) if values else None

    def finish(self) -> Harvest:
        """The harvest. Raises SourceProblem where the file is short, too long or on another scale."""
        fatal = [
            *self._count_faults(),
            *self._scale_faults(),
        ]
        if fatal:
            raise SourceProblem(
                [
                    *fatal,
                    *self.harvest.problems[:50],
                ]
            )
        if self._twice:
            kept = [
                o
                for o in self.harvest.observations
                if (o.indicator_id, o.area_code, o.period) not in self._twice
            ]
            self.harvest.observations = kept
        return self.harvest

    def _count_faults(self) -> list[Problem]:
        expected, read = self.source.expected_rows, self.harvest.rows_read
        if expected is None:
            return []
        kept = read - len(self.refused_rows) - len(self._twice)
        if read >= expected and kept <= expected:
            return []
        return [
            self._fault(
                "row_count",
                read=read,
                expected=expected,
                edition=self.source.edition,
            )
        ]

    def _scale_faults(self) -> list[Problem]:
        faults = []
        for column in self.source.columns:
            values = self._values.get(column.indicator_id)
            if not values:
                continue
            mean = sum(values) / len(values)
            most = MOST_OUT_OF_BOUNDS * len(values)
            is_outside = self._out_of_bounds[column.indicator_id] > most
            if is_outside or not _is_where_expected(mean, column):
                low, high = _expected(column)
                faults.append(
                    self._fault(
                        "scale_changed",
                        column=column.found,
                        mean=f"{mean:.6g}",
                        low=_bound(low),
                        high=_bound(high),
                    )
                )
            if self._not_whole[column.indicator_id] > most:
                faults.append(
                    self._fault(
                        "column_not_whole",
                        column=column.found,
                        count=self._not_whole[column.indicator_id],
                    )
                )
        return faults

    def _fault(self, code: str, /, **facts: Any) -> Problem:
        return problem(
            self.source.source_id,
            self.source.file,
            code,
            "whole file",
            **facts,
        )


def _as_published(cell: Cell) -> str:
    return cell if isinstance(cell, str) else text_cell(cell)


def _bound(limit: float | None) -> str:
    return "…" if limit is None else f"{limit:g}"


def _expected(column: Column) -> tuple[float | None, float | None]:
    """Between what the mean of a column lies, else its figures."""
    if column.mean_low is not None:
        return column.mean_low, column.mean_high
    return column.low, column.high


def _is_where_expected(mean: float, column: Column) -> bool:
    """Whether the mean lies where the catalogue says; where it does not say, anywhere is."""
    low, high = column.mean_low, column.mean_high
    return low is None or high is None or low <= mean <= high


def _within(value: float, column: Column) -> bool:
    return (column.low is None or value >= column.low) and (
        column.high is None or value <= column.high
    )
