"""States of the evidence fields (method B1): why evidence is absent, and who said so.

An empty cell is never a problem. Only a named person sets anything but provided and blank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from clearlink.rules.dates import request_unanswered
from etl.records import FieldState
from etl.sources.registers.register_choices import STATES
from etl.sources.registers.register_row_reader import RowReader

EVIDENCE: Final = {
    "theme_state": ("theme",),
    "areas_state": ("area_codes",),
    "priority_state": ("priority_id",),
    "engagement_state": (
        "engagement_date",
        "engagement_with",
        "engagement_change",
    ),
    "outcomes_state": ("outcomes",),
}


@dataclass(frozen=True, slots=True)
class States:
    """The five states of a row, and the record that stands behind those that say why evidence is absent."""

    theme: FieldState
    areas: FieldState
    priority: FieldState
    engagement: FieldState
    outcomes: FieldState
    requested_on: date | None
    recorded_by: str | None
    recorded_on: date | None


def read_states(cells: RowReader) -> States:
    """The states of a row; refuses a state without its record, or one that its own evidence contradicts."""
    requested_on, recorded_on = (
        cells.past_date("requested_on"),
        cells.past_date("recorded_on"),
    )
    recorded_by = cells.text("recorded_by")

    def state(column: str) -> FieldState:
        return _state(cells, column, requested_on, recorded_on)

    return States(
        state("theme_state"),
        state("areas_state"),
        state("priority_state"),
        state("engagement_state"),
        state("outcomes_state"),
        requested_on,
        recorded_by,
        recorded_on,
    )


def _state(
    cells: RowReader,
    column: str,
    requested_on: date | None,
    recorded_on: date | None,
) -> FieldState:
    """One state: as the row says it, else by whether it holds the evidence."""
    has_content = _has_any(cells, EVIDENCE[column])
    stated = cells.choice(column, STATES, "state")
    if stated is None:
        return FieldState.PROVIDED if has_content else FieldState.BLANK
    field_state = FieldState(stated)
    is_recorded = bool(
        cells.row.cells.get("recorded_by")
        and cells.row.cells.get("recorded_on")
    )
    if _keeps_region(cells, column, field_state):
        # that the place must not be known is the reason, and the row says so itself; a record of it that is
        # begun must be whole
        if _has_any(cells, ("recorded_by", "recorded_on")) and not is_recorded:
            cells.refuse(column, "state_needs_recorder")
    elif has_content:
        cells.refuse(column, "state_contradicts_content")
    elif not is_recorded:
        cells.refuse(column, "state_needs_recorder")
    elif field_state is FieldState.REQUESTED_NOT_SUPPLIED:
        _check_request(cells, column, requested_on, recorded_on)
    return field_state


def _has_any(cells: RowReader, columns: Iterable[str]) -> bool:
    return any(cells.row.cells.get(column) for column in columns)


def _keeps_region(
    cells: RowReader,
    column: str,
    state: FieldState,
) -> bool:
    """Whether a sensitive row says that its areas are withheld: it may still name its region."""
    is_withheld = column == "areas_state" and state is FieldState.WITHHELD
    return is_withheld and cells.has_secret_place


def _check_request(
    cells: RowReader,
    column: str,
    requested_on: date | None,
    recorded_on: date | None,
) -> None:
    if not cells.row.cells.get("requested_on"):
        cells.refuse(column, "state_needs_request")
        return
    wait = cells.directory.settings.evidence_wait_days
    if (
        requested_on
        and recorded_on
        and not request_unanswered(requested_on, recorded_on, wait)
    ):
        cells.refuse(
            column,
            "state_request_too_recent",
            days=str(wait),
            requested=requested_on.isoformat(),
            recorded=recorded_on.isoformat(),
        )
