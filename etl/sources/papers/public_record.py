"""The public record of commissioning: what public papers say of how projects came to be, in our own words.

A row names its paper and says how near that source is. Only part of a paper was read, so an empty cell means
"not in the part seen"; no row says that a paper was read in full.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import Final

from clearlink.rules.codes import ValueKind
from clearlink.rules.web_address import is_web_address
from etl.directory import Directory
from etl.records import (
    Citation,
    FieldState,
    Problem,
    Project,
    PublicRecord,
    Register,
    Severity,
)
from etl.sources.papers.paper_rows import named_columns, readers_of
from etl.sources.registers.register_areas import read_area_codes
from etl.sources.registers.register_cells import read_list, read_span
from etl.sources.registers.register_choices import VALUE_KINDS
from etl.sources.registers.register_problems import problem
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_rows import named, theme_of
from etl.sources.registers.register_table import Table
from etl.sources.registers.repeated_rows import refuse_repeats

EVIDENCE: Final = (
    "shown",
    "described",
    "target_group_only",
    "ad_hoc",
    "not_stated",
)
LEVELS: Final = ("project", "programme")
SOURCE_KINDS: Final = (
    "official_notice",
    "council_paper",
    "official_page",
    "document_copy",
    "news_or_funder",
    "notice_copy",
)
SIGNS: Final = ("S1", "S2", "S3")
# "Cardifff" and "Swansae"; another body's name is further from every authority's
A_SLIP: Final = 0.85
GROUNDS: Final = ("statutory_duty", "emergency", "only_provider", "other")


PUBLIC_RECORD_COLUMNS: Final = named_columns(
    "project_id title commissioner need_evidence said_of_need url source_kind",
    "level theme programme programme_named programme_basis provider start end annual_value_gbp "
    "total_value_gbp value_basis value_kind area_codes "
    "for_whom capacity decision_date decision_date_basis notice_date route_to_award cited_paper page "
    "cited_priority_id signs legal_ground is_sensitive",
)


def read_public_record(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """One row a project or programme line. A row that is not what it says is refused with what to do; the
    others stand.
    """
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    readers = readers_of(table, PUBLIC_RECORD_COLUMNS, directory, register)
    read = [_row(cells, register_id) for cells in readers]
    keys = [project.project_id.casefold() for project, _ in read]
    copies = refuse_repeats(
        zip(readers, keys, strict=True),
        "project_id",
    )
    for cells, (project, told) in zip(readers, read, strict=True):
        register.problems += cells.problems
        if not cells.is_refused and cells.row.number not in copies:
            register.projects.append(project)
            register.public_records.append(told)
            register.citations += _citations(cells, project)
    register.problems += _copies_told(register, table.file)
    return register


def _copies_told(register: Register, file: str) -> list[Problem]:
    notices = [
        r for r in register.public_records if r.source_kind == "notice_copy"
    ]
    if not notices:
        return []
    return [
        problem(
            "copy_of_notice",
            file,
            severity=Severity.NOTE,
            found=str(len(notices)),
        )
    ]


def _row(cells: RowReader, register_id: str) -> tuple[Project, PublicRecord]:
    told = _told(cells)
    return _project(cells, told, register_id), told


def _told(cells: RowReader) -> PublicRecord:
    signs = read_list(cells.text("signs") or "")
    for sign in signs:
        if sign not in SIGNS:
            _unknown(cells, "signs", sign, SIGNS)
    return PublicRecord(
        project_id=cells.needed("project_id"),
        level=_one_of(cells, "level", LEVELS) or "project",
        for_whom=cells.text("for_whom"),
        programme_basis=cells.text("programme_basis"),
        total_value_gbp=cells.amount_gbp("total_value_gbp"),
        stated_value_gbp=cells.amount_gbp("annual_value_gbp"),
        value_basis=cells.text("value_basis"),
        decision_date_basis=cells.text("decision_date_basis"),
        notice_date=cells.past_date("notice_date"),
        route=cells.text("route_to_award"),
        cited_paper=cells.text("cited_paper"),
        page=cells.text("page"),
        said_of_need=cells.needed("said_of_need"),
        need_evidence=_one_of(cells, "need_evidence", EVIDENCE, is_needed=True)
        or "",
        signs=";".join(signs),
        legal_ground=_one_of(cells, "legal_ground", GROUNDS),
        url=_address(cells, "url"),
        source_kind=_one_of(cells, "source_kind", SOURCE_KINDS, is_needed=True)
        or "",
    )


def _project(cells: RowReader, told: PublicRecord, register_id: str) -> Project:
    name = cells.needed("commissioner")
    la_code = _authority(cells, name)
    days = _days(cells)
    area_codes, withheld = read_area_codes(cells, la_code)
    is_withheld = withheld and not area_codes
    theme = theme_of(
        cells,
        "theme",
        cells.text("theme"),
    )
    programme = cells.text("programme")
    return Project(
        project_id=told.project_id,
        title=cells.needed("title"),
        programme_id=named(
            cells,
            "programme",
            cells.directory.programmes,
            programme,
        ),
        commissioner=name,
        la_code=la_code,
        provider_name=cells.text("provider"),
        start_date=days.start,
        end_date=days.end,
        annual_value_gbp=_value_gbp(told, days),
        area_codes=area_codes,
        capacity_unit=cells.text("capacity"),
        delivery_model="area_wide" if told.level == "programme" else None,
        decision_date=days.decision,
        route_to_award=told.route,
        theme_ids=(theme,) if theme else (),
        theme_state=_provided(theme),
        areas_state=FieldState.WITHHELD
        if is_withheld
        else _provided(area_codes),
        priority_state=_provided(cells.text("cited_priority_id")),
        is_sensitive=cells.flag("is_sensitive") or cells.has_secret_place,
        is_illustrative=False,
        source_ref=f"{cells.row.file}, row {cells.row.number}",
        source_url=told.url,
        register_id=register_id,
        programme_named=cells.text("programme_named"),
        from_register=False,
        value_kind=cells.choice("value_kind", VALUE_KINDS, "value_kind")
        or ValueKind.YEARLY.value,
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """First and last day and decision, as far as the record prints them."""

    start: date | None
    end: date | None
    decision: date | None


def _days(cells: RowReader) -> _Days:
    start, end = _first_day(cells, "start"), _last_day(cells, "end")
    decision = _last_day(cells, "decision_date")
    cells.is_to_come(
        "decision_date",
        _first_day(cells, "decision_date"),
    )
    cells.check_order("end", start, end)
    return _Days(start, end, decision)


def _value_gbp(told: PublicRecord, days: _Days) -> float | None:
    """Pounds a year: as stated, else the total over its term. A line of a programme has none: it holds the
    money of projects that stand beside it, told on the record and never added up.
    """
    if told.level != "project":
        return None
    if told.stated_value_gbp is not None:
        return told.stated_value_gbp
    return _spread(
        told.total_value_gbp,
        days.start,
        days.end,
    )


def _provided(content: object) -> FieldState:
    return FieldState.PROVIDED if content else FieldState.BLANK


def _citations(cells: RowReader, project: Project) -> list[Citation]:
    """The priority of the assessment that the paper says it rests on; without its words quoted it is
    partly a link, no more.
    """
    named = cells.text("cited_priority_id")
    if named is None:
        return []
    priority_id = cells.known_id(
        "cited_priority_id",
        named,
        cells.directory.priority_ids,
        "priority_unknown",
    )
    page = cells.text("page")
    return [
        Citation(
            project.project_id,
            priority_id,
            None,
            None,
            page,
            None,
            False,
            project.source_ref,
        )
    ]


def _spread(
    total: float | None,
    start: date | None,
    end: date | None,
) -> float | None:
    """A total over its whole term as pounds a year; None where either day of the term is not known."""
    if total is None or start is None or end is None:
        return None
    days = (end - start).days + 1
    return (
        round(
            total * 365.25 / days,
            2,
        )
        if days > 366
        else total
    )


def _first_day(cells: RowReader, column: str) -> date | None:
    span = cells.parsed(column, read_span)
    return span[0] if span else None


def _last_day(cells: RowReader, column: str) -> date | None:
    # where only a month is printed the day is not known: it was over, or decided, by the last
    span = cells.parsed(column, read_span)
    return (span[1] or span[0]) if span else None


def _authority(cells: RowReader, name: str) -> str | None:
    """The code of the authority that commissions; None for another body. A name that is nearly an authority's
    is a slip, and would take the record away from its council.
    """
    if not name:
        return None
    directory = cells.directory
    la_code = directory.authority(name)
    if la_code is None and name not in directory.regions:
        _refuse_slip(cells, name)
    return la_code


def _refuse_slip(cells: RowReader, name: str) -> None:
    directory = cells.directory
    codes = directory.authorities.values()
    named_so = {directory.area_names.get(code, "").casefold() for code in codes}
    close = difflib.get_close_matches(
        name.casefold(),
        sorted(named_so - {""}),
        n=1,
        cutoff=A_SLIP,
    )
    if close and close[0] != name.casefold():
        cells.refuse(
            "commissioner",
            "commissioner_unknown",
            nearest=cells.near(
                name,
                sorted(named_so),
            ),
        )


def _address(cells: RowReader, column: str) -> str:
    address = cells.needed(column)
    if address and not is_web_address(address):
        cells.refuse(column, "address_not_web")
    return address


def _one_of(
    cells: RowReader,
    column: str,
    options: tuple[str, ...],
    is_needed: bool = False,
) -> str | None:
    value = cells.needed(column) if is_needed else cells.text(column)
    if value and value not in options:
        _unknown(cells, column, value, options)
    return value


def _unknown(
    cells: RowReader,
    column: str,
    said: str,
    options: tuple[str, ...],
) -> None:
    listed = ", ".join(options)
    cells.refuse(
        column,
        "choice_unknown",
        said,
        options=listed,
        options_cy=listed,
        nearest=cells.near(
            said,
            [*options],
        ),
    )
