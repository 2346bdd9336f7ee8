"""One row of the register template → a project and its citations, or every reason why it cannot be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from clearlink.rules.codes import ValueKind
from clearlink.rules.dates import months_between
from clearlink.rules.running import contradicts_days, days_from_length
from etl.directory import Directory, folded
from etl.records import Citation, FieldState, Problem, Project
from etl.sources.registers.register_areas import read_area_codes, read_users_by_area
from etl.sources.registers.register_cells import read_list
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


def project_from_row(row: Row, directory: Directory, register_id: str) -> RowRead:
    """Reads one row. Empty evidence cells are not problems: their state is blank."""
    cells = RowReader(row, directory)
    project_id, title = cells.needed("project_id"), cells.needed("title")
    la_code, region_code, commissioner = owner_of(cells, "commissioner")
    start, end, decision = (
        cells.date("start"),
        cells.date("end"),
        cells.past_date("decision_date"),
    )
    length = _length_months(cells, start, end)
    start, end, worked_out = days_from_length(start, end, decision, length)
    _check_order(cells, start, end, decision)
    value_gbp = cells.amount_gbp("annual_value_gbp")
    if value_gbp is not None and value_gbp > directory.amount_limit_gbp:
        cells.warn(
            "annual_value_gbp",
            "amount_very_large",
            limit=f"{directory.amount_limit_gbp:,.0f}",
        )
    area_codes, withheld = read_area_codes(cells, la_code)
    states = read_states(cells)
    is_illustrative = cells.flag("is_illustrative")
    cells.flag("is_sensitive")
    stated_source = cells.text("source_ref")
    source_ref = f"{row.file}, row {row.number}" + (
        f" · {stated_source}" if stated_source else ""
    )
    project = Project(
        project_id=project_id,
        title=title,
        programme_id=named(
            cells,
            "programme",
            directory.programmes,
            cells.text("programme"),
        ),
        commissioner=commissioner,
        la_code=la_code,
        region_code=region_code,
        provider_org_id=cells.text("provider_org_id"),
        provider_name=cells.text("provider_name"),
        provider_sector=cells.text("provider_sector"),
        start_date=start,
        end_date=end,
        annual_value_gbp=value_gbp,
        area_codes=area_codes,
        target_group=_target_group(cells),
        capacity=cells.count("capacity"),
        capacity_unit=cells.text("capacity_unit"),
        delivery_model=cells.choice(
            "delivery_model", DELIVERY_MODELS, "delivery_model"
        ),
        tier=cells.choice("tier", TIERS, "tier"),
        decision_date=decision,
        approver=cells.text("approver"),
        route_to_award=cells.text("route_to_award"),
        theme_ids=_themes(cells),
        theme_state=states.theme,
        areas_state=FieldState.WITHHELD
        if withheld and not area_codes
        else states.areas,
        priority_state=states.priority,
        engagement_state=states.engagement,
        engagement_date=cells.past_date("engagement_date"),
        engagement_with=cells.text("engagement_with"),
        engagement_change=cells.text("engagement_change"),
        outcomes=cells.text("outcomes"),
        outcomes_state=states.outcomes,
        last_review=cells.past_date("last_review"),
        requested_on=states.requested_on,
        recorded_by=states.recorded_by,
        recorded_on=states.recorded_on,
        users_by_area=read_users_by_area(cells),
        welsh_language=cells.text("welsh_language"),
        is_sensitive=cells.has_secret_place,
        is_illustrative=is_illustrative,
        source_ref=source_ref,
        source_url=cells.text("source_url"),
        register_id=register_id,
        embargo_until=cells.date("embargo_until"),
        dates_basis=worked_out
        or cells.choice("dates_basis", DATES_BASES, "dates_basis"),
        value_kind=cells.choice("value_kind", VALUE_KINDS, "value_kind")
        or ValueKind.YEARLY.value,
        recipient_area=_recipient_area(cells),
        regrant_type=cells.text("regrant_type"),
        called_off_from=cells.text("called_off_from"),
    )
    citations = _citations(cells, project)
    if cells.is_refused:
        return RowRead(
            row,
            None,
            (),
            tuple(cells.problems),
        )
    return RowRead(
        row,
        project,
        citations,
        tuple(cells.problems),
    )


def owner_of(cells: RowReader, column: str) -> tuple[str | None, str | None, str]:
    """The authority or the region that a cell names, and its name. An empty cell is refused."""
    name = cells.needed(column)
    directory = cells.directory
    if not name:
        return None, None, ""
    if la_code := directory.authority(name):
        return la_code, None, directory.area_names.get(la_code, name)
    if region := directory.regions.get(folded(name)):
        return None, region, directory.area_names.get(region, name)
    if column == "commissioner" and (body := directory.bodies.get(folded(name))):
        return None, None, body
    if successors := directory.retired.get(name):
        cells.refuse(
            column,
            "area_retired",
            area=name,
            successors=", ".join(successors),
        )
    else:
        choices = [
            directory.area_names[c]
            for c in {*directory.authorities.values()}
            if c in directory.area_names
        ]
        near = cells.near(name, sorted([*choices, *directory.regions.values()]))
        cells.refuse(column, "commissioner_unknown", nearest=near)
    return None, None, ""


def _check_order(
    cells: RowReader,
    start: date | None,
    end: date | None,
    decision: date | None,
) -> None:
    if start and end and end < start:
        cells.refuse(
            "end",
            "end_before_start",
            start=start.isoformat(),
        )
    if decision and end and decision > end:
        cells.warn(
            "decision_date",
            "decision_after_end",
            end=end.isoformat(),
        )


def _length_months(
    cells: RowReader, start: date | None, end: date | None
) -> int | None:
    """The length of a row that states one; it may say no other length than the first and the last day do."""
    length = cells.count("length_months")
    if length == 0:
        cells.refuse("length_months", "length_nothing")
    if not length or not start or not end or end < start:
        return length
    if contradicts_days(length, start, end):
        stated = months_between(start, end + timedelta(days=1))
        facts = {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "months": str(stated),
        }
        cells.refuse("length_months", "length_contradicts", **facts)
    return length


def theme_of(cells: RowReader, column: str, name: str | None) -> str | None:
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
    near = cells.near(name, [*identifiers, *en, *cy])
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
            nearest=cells.near(name, sorted(names)),
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
    quotation, page, sighted_by = (
        cells.text("quotation"),
        cells.text("priority_page"),
        cells.text("sighted_by"),
    )
    if not priority_ids and any((stated_on, quotation, page, sighted_by)):
        column = next(
            c
            for c in ("priority_page", "quotation", "stated_on", "sighted_by")
            if cells.text(c)
        )
        cells.warn(column, "citation_without_priority")
    known = cells.directory.priority_ids
    for priority_id in priority_ids:
        if known is not None and priority_id not in known:
            cells.refuse(
                "priority_id",
                "priority_unknown",
                priority_id,
                nearest=cells.near(priority_id, sorted(known)),
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
        for priority_id in priority_ids
    )
