"""One row of the register template → a project and its citations, or every reason why it cannot be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clearlink.rules.codes import ValueKind
from clearlink.rules.dates import months_between
from clearlink.rules.running import contradicts_days, days_from_length
from etl.directory import Directory, folded
from etl.records import Citation, FieldState, Problem, Project
from etl.sources.registers.register_areas import (
    read_area_codes,
    read_users_by_area,
)
from etl.sources.registers.register_cells import read_list, whole_company_number
from etl.sources.registers.register_choices import (
    DATES_BASES,
    DELIVERY_MODELS,
    TIERS,
    VALUE_KINDS,
)
from etl.sources.registers.register_row_reader import Row, RowReader
from etl.sources.registers.register_states import read_states


@dataclass(frozen=True, slots=True)
class RowRead:
    """`project` is None when the row was refused; `problems` then name every bad cell."""

    row: Row
    project: Project | None
    citations: tuple[Citation, ...]
    problems: tuple[Problem, ...]


def project_from_row(
    row: Row,
    directory: Directory,
    register_id: str,
) -> RowRead:
    """Reads one row. Empty evidence cells are not problems: their state is blank."""
    cells = RowReader(row, directory)
    commissioned = _commissioned(cells, register_id)
    project = _with_evidence(
        cells,
        _with_provision(cells, commissioned),
    )
    citations = _citations(cells, project)
    problems = tuple(cells.problems)
    if cells.is_refused:
        return RowRead(row, None, (), problems)
    return RowRead(row, project, citations, problems)


def _commissioned(cells: RowReader, register_id: str) -> Project:
    """What a row commissions, under which programme, for whom, when, at what cost and where; which of its
    evidence is there.
    """
    project_id, title = cells.needed("project_id"), cells.needed("title")
    la_code, region_code, commissioner = owner_of(cells, "commissioner")
    days = _days(cells)
    value_gbp = _value_gbp(cells)
    area_codes, withheld = read_area_codes(cells, la_code)
    states = read_states(cells)
    is_illustrative = cells.flag("is_illustrative")
    cells.flag("is_sensitive")
    source_ref = _source_ref(cells)
    programme = cells.text("programme")
    is_withheld = withheld and not area_codes
    return Project(
        project_id=project_id,
        title=title,
        programme_id=named(
            cells,
            "programme",
            cells.directory.programmes,
            programme,
        ),
        commissioner=commissioner,
        la_code=la_code,
        region_code=region_code,
        start_date=days.start,
        end_date=days.end,
        decision_date=days.decision,
        dates_basis=days.worked_out,
        annual_value_gbp=value_gbp,
        area_codes=area_codes,
        theme_state=states.theme,
        areas_state=FieldState.WITHHELD if is_withheld else states.areas,
        priority_state=states.priority,
        engagement_state=states.engagement,
        outcomes_state=states.outcomes,
        requested_on=states.requested_on,
        recorded_by=states.recorded_by,
        recorded_on=states.recorded_on,
        is_sensitive=cells.has_secret_place,
        is_illustrative=is_illustrative,
        source_ref=source_ref,
        source_url=cells.text("source_url"),
        register_id=register_id,
    )


def _with_provision(cells: RowReader, project: Project) -> Project:
    """The project with who provides what, for whom, and how it was awarded."""
    return replace(
        project,
        provider_org_id=whole_company_number(
            cells.text("provider_org_id") or ""
        )
        or None,
        provider_name=cells.text("provider_name"),
        provider_sector=cells.text("provider_sector"),
        target_group=_target_group(cells),
        capacity=cells.count("capacity"),
        capacity_unit=cells.text("capacity_unit"),
        delivery_model=cells.choice(
            "delivery_model", DELIVERY_MODELS, "delivery_model"
        ),
        tier=cells.choice("tier", TIERS, "tier"),
        approver=cells.text("approver"),
        route_to_award=cells.text("route_to_award"),
        theme_ids=_themes(cells),
    )


def _with_evidence(cells: RowReader, project: Project) -> Project:
    """The project with whom it was talked over with, what came of it, who uses it, and how its figures are
    to be read.
    """
    return replace(
        project,
        engagement_date=cells.past_date("engagement_date"),
        engagement_with=cells.text("engagement_with"),
        engagement_change=cells.text("engagement_change"),
        outcomes=cells.text("outcomes"),
        last_review=cells.past_date("last_review"),
        users_by_area=read_users_by_area(cells),
        welsh_language=cells.text("welsh_language"),
        embargo_until=cells.date("embargo_until"),
        dates_basis=project.dates_basis
        or cells.choice("dates_basis", DATES_BASES, "dates_basis"),
        value_kind=cells.choice("value_kind", VALUE_KINDS, "value_kind")
        or ValueKind.YEARLY.value,
        recipient_area=_recipient_area(cells),
        regrant_type=cells.text("regrant_type"),
        called_off_from=cells.text("called_off_from"),
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """First and last day and decision; `worked_out` where a length in months gave one of them."""

    start: date | None
    end: date | None
    decision: date | None
    worked_out: str | None


def _days(cells: RowReader) -> _Days:
    stated_start, stated_end = cells.date("start"), cells.date("end")
    decision = cells.past_date("decision_date")
    length = _length_months(cells, stated_start, stated_end)
    start, end, worked_out = days_from_length(
        stated_start, stated_end, decision, length
    )
    _check_order(cells, start, end, decision)
    return _Days(start, end, decision, worked_out)


def _value_gbp(cells: RowReader) -> float | None:
    """The value a year; one beyond the limit is loaded, and said."""
    value_gbp = cells.amount_gbp("annual_value_gbp")
    limit = cells.directory.amount_limit_gbp
    if value_gbp is not None and value_gbp > limit:
        cells.warn(
            "annual_value_gbp",
            "amount_very_large",
            limit=f"{limit:,.0f}",
        )
    return value_gbp


def _source_ref(cells: RowReader) -> str:
    row, stated = cells.row, cells.text("source_ref")
    place = f"{row.file}, row {row.number}"
    return f"{place} · {stated}" if stated else place


def owner_of(
    cells: RowReader,
    column: str,
) -> tuple[str | None, str | None, str]:
    """The authority or the region that a cell names, and its name. An empty cell is refused."""
    name = cells.needed(column)
    directory = cells.directory
    if not name:
        return None, None, ""
    if la_code := directory.authority(name):
        return la_code, None, directory.area_names.get(la_code, name)
    if region := directory.regions.get(folded(name)):
        return None, region, directory.area_names.get(region, name)
    if column == "commissioner" and (
        body := directory.bodies.get(folded(name))
    ):
        return None, None, body
    _refuse_owner(cells, column, name)
    return None, None, ""


def _refuse_owner(
    cells: RowReader,
    column: str,
    name: str,
) -> None:
    """Refuses a name that is nobody's, with the codes that replaced a retired one or the names it is like."""
    directory = cells.directory
    if successors := directory.retired.get(name):
        cells.refuse(
            column,
            "area_retired",
            area=name,
            successors=", ".join(successors),
        )
        return
    choices = [
        directory.area_names[code]
        for code in {*directory.authorities.values()}
        if code in directory.area_names
    ]
    near = cells.near(
        name,
        sorted(
            [
                *choices,
                *directory.regions.values(),
            ]
        ),
    )
    cells.refuse(column, "commissioner_unknown", nearest=near)


def _check_order(
    cells: RowReader,
    start: date | None,
    end: date | None,
    decision: date | None,
) -> None:
    cells.check_order("end", start, end)
    if decision and end and decision > end:
        cells.warn(
            "decision_date",
            "decision_after_end",
            end=end.isoformat(),
        )


def _length_months(
    cells: RowReader,
    start: date | None,
    end: date | None,
) -> int | None:
    """The length of a row that states one; it may say no other length than the first and the last day do."""
    length = cells.count("length_months")
    if length == 0:
        cells.refuse("length_months", "length_nothing")
    if not length or not start or not end or end < start:
        return length
    if contradicts_days(length, start, end):
        stated = months_between(
            start,
            end + timedelta(days=1),
        )
        facts = {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "months": str(stated),
        }
        cells.refuse("length_months", "length_contradicts", **facts)
    return length


def theme_of(
    cells: RowReader,
    column: str,
    name: str | None,
) -> str | None:
    """The identifier of the theme `name`, in either language."""
    return named(
        cells,
        column,
        cells.directory.themes,
        name,
    )


def named(
    cells: RowReader,
    column: str,
    accepted: Mapping[str, str],
    name: str | None,
) -> str | None:
    """The identifier that `name` stands for in a closed list; a name that is not on it is refused."""
    if name is None or folded(name) in accepted:
        return None if name is None else accepted[folded(name)]
    identifiers = list(dict.fromkeys(accepted.values()))
    en = [cells.directory.names_en[i] for i in identifiers]
    cy = [cells.directory.names_cy[i] for i in identifiers]
    near = cells.near(
        name,
        [*identifiers, *en, *cy],
    )
    cells.refuse(
        column,
        "choice_unknown",
        name,
        options="; ".join(en),
        options_cy="; ".join(cy),
        nearest=near,
    )
    return None


def _recipient_area(cells: RowReader) -> str | None:
    """The authority of the recipient's address, by code or name; a word that is no authority is refused.
    Nothing of a secret place.
    """
    name = cells.text("recipient_area")
    if name is None or cells.has_secret_place:
        return None
    la_code = cells.directory.authority(name)
    if la_code is None:
        names = [
            n
            for c, n in cells.directory.area_names.items()
            if c in {*cells.directory.authorities.values()}
        ]
        cells.refuse(
            "recipient_area",
            "recipient_area_unknown",
            nearest=cells.near(
                name,
                sorted(names),
            ),
        )
    return la_code


def _themes(cells: RowReader) -> tuple[str, ...]:
    names = read_list(cells.text("theme") or "")
    themes = (theme_of(cells, "theme", name) for name in names)
    return tuple(dict.fromkeys(theme_id for theme_id in themes if theme_id))


def _target_group(cells: RowReader) -> str | None:
    name = cells.text("target_group")
    directory = cells.directory
    if name is None or folded(name) in directory.target_groups:
        return None if name is None else directory.target_groups[folded(name)]
    groups = set(directory.target_groups.values())
    spellings = sorted(
        {n[g] for g in groups for n in (directory.names_en, directory.names_cy)}
        | groups
    )
    cells.refuse(
        "target_group",
        "target_group_unknown",
        nearest=cells.near(name, spellings),
    )
    return None


def _citations(cells: RowReader, project: Project) -> tuple[Citation, ...]:
    priority_ids = read_list(cells.text("priority_id") or "")
    stated_on = cells.past_date("stated_on")
    quotation = cells.text("quotation")
    page = cells.text("priority_page")
    sighted_by = cells.text("sighted_by")
    if not priority_ids and any((stated_on, quotation, page, sighted_by)):
        columns = ("priority_page", "quotation", "stated_on", "sighted_by")
        stated = next(column for column in columns if cells.text(column))
        cells.warn(stated, "citation_without_priority")
    held = cells.directory.priority_ids
    meant = dict.fromkeys(
        cells.known_id("priority_id", each, held, "priority_unknown")
        for each in priority_ids
    )
    return tuple(
        Citation(
            project_id=project.project_id,
            priority_id=priority_id,
            stated_on=stated_on,
            quotation=quotation,
            page=page,
            sighted_by=sighted_by,
            is_illustrative=project.is_illustrative,
            source_ref=project.source_ref,
        )
        for priority_id in meant
    )
