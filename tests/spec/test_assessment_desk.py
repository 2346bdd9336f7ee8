"""A steward adds an assessment: every line checked before anything is kept, and what is kept is read as
any list is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from clearlink.review.roles import NotPermitted, Role, Viewer
from clearlink.words import knows
from etl.pipeline.register import read_register_set
from pages.desk.assessment_desk import (
    NewAssessment,
    NewPriority,
    assessment_csv,
    assessment_id,
    priorities_csv,
    publish_assessment,
    wrong_with,
)
from tests.registers import directory

TODAY = date(2026, 11, 27)
NEW = NewAssessment(
    "Population assessment 2027",
    "population_assessment",
    "Board",
    ("W06000016", "W06000024"),
    date(2026, 11, 1),
    None,
    None,
    "https://www.rctcbc.gov.uk/a",
    80,
)
NEED = NewPriority(
    "Help unpaid carers", "Helpu gofalwyr di-dâl", "carers", "12"
)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title"),
        ({"body": ""}, "body"),
        ({"areas": ()}, "areas"),
        ({"url": "rctcbc.gov.uk/a"}, "address"),
        ({"published": None}, "published"),
        ({"published": date(2026, 11, 28)}, "after_today"),
        (
            {"valid_from": date(2027, 1, 1), "valid_to": date(2026, 12, 31)},
            "order",
        ),
    ],
)
def test_a_document_that_is_not_what_it_says_stops_it(
    changes: dict[str, object], code: str
) -> None:
    assert wrong_with(NEW, [NEED], TODAY) == []
    assert wrong_with(replace(NEW, **changes), [NEED], TODAY) == [(code, None)]  # type: ignore[arg-type]
    assert knows(f"assessment.wrong.{code}")


def test_a_line_of_the_grid_is_named() -> None:
    lines = [
        NEED,
        replace(NEED, page="81"),
        replace(NEED, statement="", theme_id=""),
    ]
    assert wrong_with(NEW, lines, TODAY) == [
        ("page_beyond", 2),
        ("twice", 2),
        ("statement", 3),
        ("theme", 3),
    ]
    assert wrong_with(NEW, [], TODAY) == [("no_priority", None)]


def test_what_is_kept_is_read_as_any_list_is() -> None:
    files = [
        (assessment_csv(NEW), "a.csv"),
        (priorities_csv(NEW, [NEED]), "p.csv"),
    ]
    registers = read_register_set(files, directory())
    (assessment,) = [a for r in registers for a in r.assessments]
    (priority,) = [p for r in registers for p in r.priorities]
    assert not [p for r in registers for p in r.problems]
    assert assessment.area_codes == NEW.areas
    assert (
        assessment.assessment_id == priority.assessment_id == assessment_id(NEW)
    )
    assert (priority.statement_cy, priority.page, priority.theme_id) == (
        NEED.statement_cy,
        "12",
        "carers",
    )


def test_only_a_steward_publishes_one() -> None:
    with pytest.raises(NotPermitted):
        publish_assessment(
            Viewer("V", Role.COMMISSIONER, frozenset({"W06000016"})),
            NEW,
            [NEED],
            TODAY,
        )
    with pytest.raises(ValueError, match="not complete"):
        publish_assessment(
            Viewer("S", Role.STEWARD, frozenset({"W06000016"})), NEW, [], TODAY
        )
