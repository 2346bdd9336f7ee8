"""Assessments, the priorities they name, and projects' citations of them: three CSV files checked as the
register is.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from etl.directory import Directory
from etl.records import Assessment, Citation, Priority, Register
from etl.sources.papers.paper_rows import accepted_rows, named_columns
from etl.sources.registers.register_areas import current_area
from etl.sources.registers.register_cells import read_list, read_span
from etl.sources.registers.register_choices import RESTS_ON
from etl.sources.registers.register_row_reader import RowReader
from etl.sources.registers.register_rows import owner_of, theme_of
from etl.sources.registers.register_table import Table

KINDS: Final = (
    "population_assessment",
    "wellbeing_assessment",
    "single_integrated_plan",
    "hsp_strategy",
    "sp_commissioning_plan",
    "families_first_plan",
    "cyp_assessment",
    "wellbeing_plan",
    "area_plan",
    "childcare_sufficiency",
    "market_stability_report",
    "homelessness_strategy",
    "strategic_needs_assessment",
    "sp_regional_strategic_plan",
    "vawdasv_strategy",
    "cyp_strategy",
    "health_social_care_wellbeing_strategy",
    "locality_needs_assessment",
    "other_assessment",
)


ASSESSMENT_COLUMNS: Final = named_columns(
    "assessment_id kind body area_code title published",
    "valid_from valid_to evidence_reference_end slow_moving url is_illustrative cycle standing "
    "seen_where source_kind",
)
PRIORITY_COLUMNS: Final = named_columns(
    "priority_id assessment_id theme_id statement",
    "statement_cy page area_codes url is_illustrative rests_on",
)
CITATION_COLUMNS: Final = named_columns(
    "project_id priority_id",
    "stated_on quotation page sighted_by is_illustrative",
)

STANDINGS: Final = {"published": "published", "named": "named"}


def read_assessments(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """assessments.csv: one row an assessment. Raises SourceProblem for missing columns."""
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    register.assessments = accepted_rows(
        table,
        ASSESSMENT_COLUMNS,
        directory,
        register,
        _assessment,
        key="assessment_id",
    )
    return register


def assessment_named(cells: RowReader) -> str | None:
    """The assessment that a row names, as it is held; None where it names none. One that nobody holds is
    refused.
    """
    known = cells.known_id(
        "assessment_id",
        cells.text("assessment_id") or "",
        cells.directory.assessment_ids,
        "assessment_unknown",
    )
    return known or None


def read_priorities(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """priorities.csv: one row a priority. A priority of an assessment that nobody holds is refused."""
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )
    register.priorities = accepted_rows(
        table,
        PRIORITY_COLUMNS,
        directory,
        register,
        _priority,
        key="priority_id",
    )
    return register


def _priority(cells: RowReader) -> Priority:
    assessment_id = cells.known_id(
        "assessment_id",
        cells.needed("assessment_id"),
        cells.directory.assessment_ids,
        "assessment_unknown",
    )
    areas = [
        c
        for code in read_list(cells.text("area_codes") or "")
        for c in current_area(cells, "area_codes", code)
    ]
    return Priority(
        priority_id=cells.needed("priority_id"),
        assessment_id=assessment_id,
        theme_id=theme_of(
            cells,
            "theme_id",
            cells.needed("theme_id") or None,
        )
        or "",
        statement=cells.needed("statement"),
        statement_cy=cells.text("statement_cy"),
        page=cells.text("page"),
        area_codes=tuple(dict.fromkeys(areas)),
        is_illustrative=cells.flag("is_illustrative"),
        source_ref=f"{cells.row.file}, row {cells.row.number}",
        rests_on=cells.choice("rests_on", RESTS_ON, "rests_on"),
    )


def read_citations(
    table: Table,
    directory: Directory,
    register_id: str,
) -> Register:
    """citations.csv: one row a project's reference to a priority. An identifier that nobody holds is
    refused.
    """
    register = Register(
        register_id,
        rows_read=len(table.rows),
    )

    def citation(cells: RowReader) -> Citation:
        project_id = cells.known_project(
            "project_id",
            cells.needed("project_id"),
        )
        priority_id = cells.known_id(
            "priority_id",
            cells.needed("priority_id"),
            directory.priority_ids,
            "priority_unknown",
        )
        return Citation(
            project_id=project_id,
            priority_id=priority_id,
            stated_on=cells.past_date("stated_on"),
            quotation=cells.text("quotation"),
            page=cells.text("page"),
            sighted_by=cells.text("sighted_by"),
            is_illustrative=cells.flag("is_illustrative"),
            source_ref=f"{cells.row.file}, row {cells.row.number}",
        )

    register.citations = accepted_rows(
        table,
        CITATION_COLUMNS,
        directory,
        register,
        citation,
        key=None,
    )
    return register


def _assessment(cells: RowReader) -> Assessment:
    kind = _kind(cells)
    la_code, region_code, covered = covered_by(cells)
    published, published_by = _span(cells, "published")
    cells.is_to_come("published", published)
    start, (first_end, last_end) = (
        _span(cells, "valid_from")[0],
        _span(cells, "valid_to"),
    )
    end = last_end or first_end
    cells.check_order("valid_to", start, end)
    return Assessment(
        assessment_id=cells.needed("assessment_id"),
        kind=kind,
        body=cells.needed("body"),
        la_code=la_code,
        region_code=region_code,
        title=cells.needed("title"),
        published=published,
        valid_from=start,
        valid_to=end,
        evidence_reference_end=cells.past_date("evidence_reference_end"),
        slow_moving=cells.flag("slow_moving"),
        url=cells.text("url"),
        is_illustrative=cells.flag("is_illustrative"),
        source_ref=f"{cells.row.file}, row {cells.row.number}",
        published_by=published_by,
        area_codes=covered,
        cycle=cells.count("cycle"),
        standing=cells.choice("standing", STANDINGS, "standing") or "published",
        seen_where=cells.text("seen_where"),
        source_kind=cells.text("source_kind"),
    )


def _kind(cells: RowReader) -> str:
    """The kind as it is written; refused where the list does not know it."""
    kind = cells.needed("kind")
    if kind and kind not in KINDS:
        listed = ", ".join(KINDS)
        cells.refuse(
            "kind",
            "choice_unknown",
            options=listed,
            options_cy=listed,
            nearest=cells.near(
                kind,
                list(KINDS),
            ),
        )
    return kind


def covered_by(
    cells: RowReader,
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The one authority or region that an assessment is of, or every authority that a joint one covers."""
    listed = read_list(cells.needed("area_code"))
    if len(listed) < 2:
        la_code, region_code, _ = owner_of(cells, "area_code")
        return la_code, region_code, ()
    authorities = []
    for name in listed:
        code = cells.directory.authority(name)
        if code is None:
            known = sorted({*cells.directory.authorities.values()})
            cells.refuse(
                "area_code",
                "commissioner_unknown",
                name,
                nearest=cells.near(name, known),
            )
        else:
            authorities.append(code)
    return None, None, tuple(authorities)


def _span(cells: RowReader, column: str) -> tuple[date | None, date | None]:
    return cells.parsed(column, read_span) or (None, None)
