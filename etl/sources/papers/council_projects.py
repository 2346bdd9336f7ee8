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
    known: Mapping[str, Any],
) -> Project:
    """The Flying Start project of `row`; `known` holds the fields that its kind of row states."""
    areas_state = (
        FieldState.PROVIDED if known.get("area_codes") else FieldState.BLANK
    )
    # The theme is the programme's only core theme (early years); the papers themselves state none.
    return Project(
        project_id=row.cells["record_id"],
        title=row.cells["title"],
        programme_id="flying_start",
        commissioner=commissioner,
        la_code=row.cells["la_code"],
        tier="targeted",
        areas_state=areas_state,
        is_sensitive=False,
        is_illustrative=False,
        source_ref=source_ref,
        source_url=row.cells["source_url"] or None,
        register_id=register_id,
        note=note,
        from_register=False,
        **known,
    )
