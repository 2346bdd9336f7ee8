"""A steward adds a paper of the council's own: checked before anything is kept, and read as the public record
is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clearlink.review.roles import NotPermitted, Role, Viewer
from clearlink.words import knows
from etl.pipeline.register import read_register
from pages.desk.paper_desk import (
    NewPaper,
    paper_csv,
    paper_id,
    publish_paper,
    wrong_with_paper,
)
from tests.registers import directory

TODAY = date(2026, 11, 27)
NEW = NewPaper(
    title="Floating support, Rhondda",
    commissioner="Rhondda Cynon Taf",
    programme="housing_support_grant",
    provider="A provider",
    for_whom="people at risk of homelessness",
    theme="housing_homelessness",
    areas=("W06000016",),
    start=date(2024, 4, 1),
    end=date(2027, 3, 31),
    decided_on=date(2024, 3, 4),
    value_gbp=84500.0,
    route="direct award",
    evidence="described",
    said_of_need="It says that demand rose; no figure in the part seen.",
    cited_paper="",
    page="",
    url="https://www.rctcbc.gov.uk/7",
)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"commissioner": ""}, ["commissioner"]),
        ({"url": "ftp://a"}, ["address"]),
        ({"url": "javascript:alert(1)"}, ["address"]),
        ({"said_of_need": "short"}, ["said"]),
        ({"end": date(2024, 3, 31)}, ["order"]),
        ({"decided_on": date(2026, 11, 28)}, ["after_today"]),
        ({"value_gbp": -1.0}, ["value"]),
        ({"evidence": "shown"}, ["cited"]),
        ({"page": "3"}, ["page"]),
        ({"evidence": "shown", "cited_paper": "HSP strategy", "page": "3"}, []),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_kept(
    changes: dict[str, Any], codes: list[str]
) -> None:
    assert wrong_with_paper(replace(NEW, **changes), TODAY) == codes
    assert all(knows(f"assessment.paper.wrong.{code}") for code in codes)


def test_the_row_is_read_as_the_public_record_is() -> None:
    new = replace(NEW, signs=("S2", "S3"), legal_ground="emergency")
    register = read_register(paper_csv(new), "paper.csv", directory=directory())
    assert not [p for p in register.problems if p.severity == "refused"]
    (project,), (told,) = register.projects, register.public_records
    assert (project.project_id, project.la_code, project.annual_value_gbp) == (
        paper_id(new),
        "W06000016",
        84500.0,
    )
    assert (project.is_illustrative, project.theme_ids) == (
        False,
        ("housing_homelessness",),
    )
    assert (
        told.source_kind,
        told.need_evidence,
        told.signs,
        told.legal_ground,
    ) == (
        "council_paper",
        "ad_hoc",
        "S2;S3",
        "emergency",
    )


def test_only_a_steward_adds_one_and_only_a_whole_one() -> None:
    steward = Viewer(
        "Sian", Role.STEWARD, frozenset({"W06000016"}), subject="s"
    )
    with pytest.raises(NotPermitted):
        publish_paper(replace(steward, role=Role.COMMISSIONER), NEW, TODAY)
    with pytest.raises(ValueError, match="wrong_with_paper"):
        publish_paper(steward, replace(NEW, title=""), TODAY)
