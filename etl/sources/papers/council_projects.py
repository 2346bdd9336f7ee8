"""A project as a council paper's row states it, with every field that the papers do not hold left blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.records import FieldState, Project
from etl.sources.registers.register_row_reader import Row


def blank_project(
    row: Row,
    commissioner: str,
    register_id: str,
    source_ref: str,
    note: str | None,
    known: Mapping[str, object],
) -> Project:
    """The Flying Start project of `row`; `known` holds the fields that its kind of row states."""
    absent: dict[str, Any] = dict.fromkeys(
        (
            "region_code",
            "provider_org_id",
            "provider_name",
            "provider_sector",
            "start_date",
            "end_date",
            "annual_value_gbp",
            "target_group",
            "capacity",
            "capacity_unit",
            "delivery_model",
            "decision_date",
            "approver",
            "route_to_award",
            "engagement_date",
            "engagement_with",
            "engagement_change",
            "outcomes",
            "last_review",
            "requested_on",
            "recorded_by",
            "recorded_on",
            "welsh_language",
        )
    )
    fields: dict[str, Any] = {**absent, "area_codes": (), **known}
    return Project(
        project_id=row.cells["record_id"],
        title=row.cells["title"],
        programme_id="flying_start",
        commissioner=commissioner,
        la_code=row.cells["la_code"],
        tier="targeted",
        # The theme is the programme's only core theme (early years); the papers themselves state none.
        theme_ids=(),
        theme_state=FieldState.BLANK,
        areas_state=FieldState.PROVIDED if fields["area_codes"] else FieldState.BLANK,
        priority_state=FieldState.BLANK,
        engagement_state=FieldState.BLANK,
        outcomes_state=FieldState.BLANK,
        users_by_area=(),
        is_sensitive=False,
        is_illustrative=False,
        source_ref=source_ref,
        source_url=row.cells["source_url"] or None,
        register_id=register_id,
        note=note,
        from_register=False,
        **fields,
    )
