"""Facts typed from council papers on Flying Start: areas considered, capital schemes, contracts and
allocations.

Each of the 315 rows names its paper. An area row says whether the area was chosen; a chosen area is also a
project. The papers' typed facts cite no assessed priority and no engagement, so those fields stay blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from etl.directory import Directory
from etl.records import (
    AreaChoice,
    Observation,
    Problem,
    Project,
    Register,
    Severity,
)
from etl.sources.papers.council_dates import (
    decided_by,
    decided_on,
    paper_year,
    period_of,
)
from etl.sources.papers.council_projects import blank_project
from etl.sources.registers.register_cells import (
    CellRefused,
    read_amount_gbp,
    read_count,
    read_list,
)
from etl.sources.registers.register_columns import Column, layout_of, rows_of
from etl.sources.registers.register_problems import problem, quoted
from etl.sources.registers.register_row_reader import Row, RowReader
from etl.sources.registers.register_table import Table

SOURCE_ID: Final = "flying_start_council_papers"
NEED_INDICATOR: Final = "fs_income_benefit_0_3_pct"
NOT_CHOSEN: Final = "Not Flying Start Area"
DROPPED: Final = "approved, then not needed to reach the cap"
YEARS_OF_VALUE: Final = re.compile(r"over (\d+) years")

_COLUMN_NAMES: Final = (
    "record_id",
    "la_code",
    "la_name",
    "programme",
    "record_type",
    "title",
    "area_as_published",
    "lsoa01_code",
    "phase",
    "start",
    "status",
    "amount_gbp",
    "amount_basis",
    "beneficiaries",
    "beneficiary_unit",
    "need_metric",
    "need_value",
    "procurement_route",
    "reason_as_published",
    "contract_ref",
    "note",
    "source_title",
    "source_url",
)
COLUMNS: Final = tuple(Column(name, "", True) for name in _COLUMN_NAMES)


class _Papers:
    """The file being read: what each row gives is added to `register`."""

    def __init__(
        self,
        directory: Directory,
        register_id: str,
        rows_read: int,
    ) -> None:
        self.directory = directory
        self.register = Register(register_id, rows_read=rows_read)

    def tell(
        self,
        row: Row,
        code: str,
        column: str,
        severity: Severity,
        **facts: str,
    ) -> None:
        self.register.problems.append(
            _told(row, code, column, severity, **facts)
        )

    def area_row(self, row: Row) -> None:
        cells, register = row.cells, self.register
        published = read_list(cells["lsoa01_code"])
        areas, measured = self._areas(row, published)
        choice = _area_choice(row, published)
        register.area_choices.append(choice)
        if choice.need_value is not None:
            self._observe(row, measured, choice.need_value)
        if not choice.chosen:
            return
        if cells["status"] == DROPPED:
            self.tell(
                row,
                "council_dropped",
                "status",
                Severity.WARNING,
                found=quoted(DROPPED),
            )
        unplaced = () if areas else (f"LSOA 2001 {', '.join(published)}",)
        register.projects.append(
            self._project(
                row,
                note=_note(row, *unplaced),
                area_codes=areas,
                capacity=_count(cells["beneficiaries"]),
                capacity_unit=cells["beneficiary_unit"] or None,
            )
        )

    def capital_row(self, row: Row) -> None:
        note = _note(
            row,
            row.cells["amount_basis"],
            row.cells["area_as_published"],
        )
        self.register.projects.append(
            self._project(
                row,
                note=note,
                annual_value_gbp=_number(row.cells["amount_gbp"]),
            )
        )

    def contract_row(self, row: Row) -> None:
        cells = row.cells
        amount, years = (
            _number(cells["amount_gbp"]),
            YEARS_OF_VALUE.search(cells["amount_basis"]),
        )
        start, _ = period_of(cells["start"])
        end = None
        if amount is not None and years and start:
            amount = amount / int(years[1])
            end = date.fromordinal(
                start.replace(year=start.year + int(years[1])).toordinal() - 1
            )
        self.register.projects.append(
            self._project(
                row,
                note=_note(
                    row,
                    cells["amount_basis"],
                    cells["reason_as_published"],
                ),
                annual_value_gbp=amount,
                end_date=end,
                provider_name=cells["title"],
                route_to_award=cells["procurement_route"] or None,
                capacity=_count(cells["beneficiaries"]),
                capacity_unit=cells["beneficiary_unit"] or None,
            )
        )

    def allocation_row(self, row: Row) -> None:
        cells = row.cells
        self.register.projects.append(
            self._project(
                row,
                note=_note(row, cells["amount_basis"]),
                annual_value_gbp=_number(cells["amount_gbp"]),
                area_codes=(cells["la_code"],),
                delivery_model="area_wide",
                capacity=_count(cells["beneficiaries"]),
                capacity_unit=cells["beneficiary_unit"] or None,
            )
        )

    def _project(self, row: Row, note: str | None, **fields: Any) -> Project:
        start, end = period_of(row.cells["start"])
        is_area = row.cells["record_type"] == "area coverage"
        known: dict[str, Any] = {
            "start_date": start,
            # An area once chosen goes on; a scheme or an allocation belongs to the year it was published for.
            "end_date": None if is_area else end,
            "decision_date": decided_on(row.cells),
            "delivery_model": "place_based",
            **fields,
        }
        name = self.directory.area_names.get(
            row.cells["la_code"],
            row.cells["la_name"],
        )
        return blank_project(
            row,
            name,
            self.register.register_id,
            _source_ref(row),
            note,
            known,
        )

    def _areas(
        self,
        row: Row,
        published: tuple[str, ...],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Codes of today for the project, and the codes the figure was measured on (as published, where
        still known).
        """
        areas: list[str] = []
        measured: list[str] = []
        for code in published:
            current = self.directory.current_codes(code)
            if current is None:
                facts = {
                    "found": quoted(code),
                    "name": row.cells["area_as_published"],
                }
                self.tell(
                    row,
                    "council_area_unplaced",
                    "lsoa01_code",
                    Severity.WARNING,
                    **facts,
                )
                continue
            if current != (code,):
                facts = {
                    "found": quoted(code),
                    "area": code,
                    "successors": ", ".join(current),
                }
                self.tell(
                    row,
                    "area_recoded",
                    "lsoa01_code",
                    Severity.NOTE,
                    **facts,
                )
            areas += current
            measured.append(code)
        return tuple(dict.fromkeys(areas)), tuple(measured)

    def _observe(
        self,
        row: Row,
        measured: tuple[str, ...],
        value: float,
    ) -> None:
        year = paper_year(row.cells["source_title"]) or ""
        for code in measured:
            # A rate measured on an area that was since split or merged stays on the old code: it is not a
            # rate of the new.
            self.register.observations.append(
                Observation(
                    indicator_id=NEED_INDICATOR,
                    area_code=code,
                    period=year,
                    edition=f"council papers {year}",
                    value=value,
                    marker=None,
                    cell=f"row {row.number}, column need_value",
                )
            )


def read_council_papers(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """The whole file; a row of an unknown kind, area or number is refused. Raises SourceProblem for
    missing columns.
    """
    layout = layout_of(table, COLUMNS, SOURCE_ID)
    rows, ragged = rows_of(table, layout, SOURCE_ID)
    papers = _Papers(
        directory,
        register_id,
        len(table.rows),
    )
    papers.register.problems += [*layout.problems, *ragged]
    kinds: dict[str, Callable[[Row], None]] = {
        "area coverage": papers.area_row,
        "capital project": papers.capital_row,
        "contract": papers.contract_row,
        "annual allocation": papers.allocation_row,
    }
    for row in rows:
        # what no register may bring in comes in with no paper
        faults = RowReader(row, directory).problems or _faults(
            row,
            directory,
            frozenset(kinds),
        )
        if faults:
            papers.register.problems += faults
        else:
            kinds[row.cells["record_type"]](row)
    return papers.register


def _faults(
    row: Row,
    directory: Directory,
    kinds: frozenset[str],
) -> list[Problem]:
    """Every reason why a row cannot be loaded."""
    faults: list[Problem] = []

    def refuse(column: str, code: str, **facts: str) -> None:
        faults.append(
            _told(
                row,
                code,
                column,
                Severity.REFUSED,
                found=quoted(row.cells[column]),
                **facts,
            )
        )

    for column, known in (
        ("record_type", sorted(kinds)),
        ("programme", ["Flying Start"]),
    ):
        if row.cells[column] not in known:
            listed = ", ".join(known)
            refuse(column, "choice_unknown", options=listed, options_cy=listed)
    if directory.authority(row.cells["la_code"]) is None:
        refuse("la_code", "commissioner_unknown")
    for column in ("record_id", "title", "status", "source_title"):
        if not row.cells[column]:
            refuse(column, "required_blank")
    for column, read in (
        ("amount_gbp", _number),
        ("need_value", _number),
        ("beneficiaries", _count),
        ("start", period_of),
    ):
        try:
            read(row.cells[column])
        except CellRefused as refused:
            refuse(column, refused.code, **refused.facts)
    return faults


def _told(
    row: Row,
    code: str,
    column: str,
    severity: Severity,
    **facts: str,
) -> Problem:
    letter = row.letters[column]
    return problem(
        code,
        row.file,
        severity=severity,
        row=row.number,
        letter=letter,
        column=column,
        source_id=SOURCE_ID,
        **facts,
    )


def _area_choice(row: Row, published: tuple[str, ...]) -> AreaChoice:
    """An area that was considered, and whether it was chosen; `published`: its codes as printed."""
    cells = row.cells
    chosen = cells["status"] != NOT_CHOSEN
    return AreaChoice(
        programme_id="flying_start",
        la_code=cells["la_code"],
        area_name=cells["area_as_published"],
        area_codes_as_published=published,
        phase=cells["phase"],
        chosen=chosen,
        status=cells["status"],
        need_metric=cells["need_metric"] or None,
        need_value=_number(cells["need_value"]),
        decided_on=decided_by(cells),
        reason=cells["reason_as_published"] or None,
        project_id=cells["record_id"] if chosen else None,
        source_ref=_source_ref(row),
        source_url=cells["source_url"] or None,
    )


def _number(text: str) -> float | None:
    return read_amount_gbp(text) if text else None


def _count(text: str) -> int | None:
    return read_count(text) if text else None


def _source_ref(row: Row) -> str:
    return f"{row.file}, row {row.number} ({row.cells['record_id']}): {row.cells['source_title']}"


def _note(row: Row, *parts: str) -> str | None:
    cells = row.cells
    stated = (
        cells["phase"],
        cells["start"],
        cells["status"],
        *parts,
        cells["contract_ref"],
        cells["note"],
    )
    return " · ".join(dict.fromkeys(part for part in stated if part)) or None
