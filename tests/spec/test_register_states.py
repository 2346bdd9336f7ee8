"""Why evidence is absent: only a named person may say so, and a request needs 28 days."""

from __future__ import annotations

import pytest

from etl.records import FieldState
from tests.registers import found, read, row

RECORD = {"recorded_by": "Contracts officer", "recorded_on": "2025-02-10"}


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"theme_state": "confirmed_none"}, "state_needs_recorder"),
        (
            {
                "theme_state": "confirmed_none",
                "recorded_by": "Contracts officer",
            },
            "state_needs_recorder",
        ),
        ({"theme_state": "confirmed_none", **RECORD}, None),
        ({"theme_state": "cadarnhawyd nad oes", **RECORD}, None),
        ({"theme_state": "withheld", **RECORD}, None),
        (
            {"theme_state": "requested_not_supplied", **RECORD},
            "state_needs_request",
        ),
        (
            {
                "theme_state": "requested_not_supplied",
                "requested_on": "2025-01-14",
                **RECORD,
            },
            "state_request_too_recent",
        ),
        (
            {
                "theme_state": "requested_not_supplied",
                "requested_on": "2025-01-13",
                **RECORD,
            },
            None,
        ),
        ({"theme_state": "lost", **RECORD}, "choice_unknown"),
        (
            {"theme_state": "confirmed_none", "theme": "carers", **RECORD},
            "state_contradicts_content",
        ),
    ],
)
def test_a_state_and_the_record_behind_it(
    cells: dict[str, str], problem: str | None
) -> None:
    register = read(row(**cells))
    assert found(register) == ([(2, "theme_state", problem)] if problem else [])
    assert len(register.projects) == (0 if problem else 1)


def test_a_state_is_kept() -> None:
    (project,) = read(row(priority_state="confirmed_none", **RECORD)).projects
    assert project.priority_state is FieldState.CONFIRMED_NONE
    assert project.recorded_by == "Contracts officer"


def test_engagement_is_provided_by_any_of_its_three_columns() -> None:
    (project,) = read(row(engagement_with="young carers")).projects
    assert project.engagement_state is FieldState.PROVIDED
