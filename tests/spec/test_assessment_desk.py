"""A steward adds an assessment: every line checked before anything is kept, and what is kept is read as
any list is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clearlink.report.voice import Voice
from clearlink.review.roles import NotPermitted, Role, Viewer
from clearlink.warehouse import plans, reader
from clearlink.words import LANGUAGES, knows, say
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


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("statements", "statements"),
        ("Datganiadau", "statements"),
        ("y ddau", "both"),
        ("figures", "figures"),
        ("", None),
    ],
)
def test_a_need_says_what_it_rests_on(written: str, kept: str | None) -> None:
    need = replace(NEED, rests_on=written)
    files = [
        (assessment_csv(NEW), "a.csv"),
        (priorities_csv(NEW, [need]), "p.csv"),
    ]
    registers = read_register_set(files, directory())
    (priority,) = [p for r in registers for p in r.priorities]
    assert priority.rests_on == kept
    for lang in LANGUAGES:
        said = Voice(lang).needed(
            {
                "statement": priority.statement,
                "statement_cy": priority.statement_cy,
                "rests_on": priority.rests_on,
            }
        )
        label = say(lang, "common.rests_on_statements", need="").strip()
        assert (label in said) is (kept == "statements")


def test_what_a_need_cannot_rest_on_is_refused_with_the_list() -> None:
    need = replace(NEED, rests_on="hearsay")
    files = [
        (assessment_csv(NEW), "a.csv"),
        (priorities_csv(NEW, [need]), "p.csv"),
    ]
    registers = read_register_set(files, directory())
    assert not [p for r in registers for p in r.priorities]
    (problem,) = [p for r in registers for p in r.problems]
    assert "statements" in str(problem.facts)


def test_every_reader_of_needs_tells_which_rest_on_what_people_said_alone(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On screens, in the pack's facts, in the tree of plans and in the export: the same needs."""
    monkeypatch.setenv("CLEARLINK_DATA", str(sample_data))
    alone = {
        p["priority_id"]
        for p in reader.answer("export_priority")
        if p["rests_on"] == "statements"
    }
    assert alone, "the sample holds some"
    told: dict[str, str] = {}
    for la in reader.areas("LA"):
        place = la["area_code"]
        for rows in (
            reader.assessed_needs(place),
            reader.priorities_without_project(place),
            plans.priorities_of_place(place),
        ):
            for row in rows:
                told[row["priority_id"]] = Voice("en").needed(row)
    label = say("en", "common.rests_on_statements", need="").strip()
    assert {p for p, text in told.items() if label in text} == alone & {*told}
    assert alone & {*told}


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
