"""A file in the form of council papers comes in by the door of every register, and its texts are held to the
same rules.
"""

from __future__ import annotations

import csv
import io

import pytest

from etl.pipeline.register import read_register
from etl.records import Register, Severity
from etl.sources.papers.council_papers import COLUMNS
from tests.registers import RCT, directory

PLAIN = {
    "record_id": "FS-1",
    "la_code": RCT,
    "la_name": "Rhondda Cynon Taf",
    "programme": "Flying Start",
    "record_type": "capital project",
    "title": "New nursery",
    "status": "approved",
    "source_title": "Cabinet, 12 March 2024",
    "source_url": "https://example.org/paper",
}
WRONG = [
    ("title", "=HYPERLINK(1)", "formula"),
    ("note", "@SUM(A1)", "formula"),
    ("title", "New nurs\u202eery", "control_characters"),
    ("title", "\u200b\u200b", "text_invisible"),
    ("title", "x" * 400, "text_long"),
    ("title", "Women’s refuge, CF10 1AA", "whereabouts"),
    ("note", "Refuge at 12 Park Road", "whereabouts"),
    ("note", "Ask Mair Jones, 12 High Street", "person_named"),
    ("la_code", "Mair Jones, 12 High Street", "person_named"),
    ("reason_as_published", "QQ123456C", "person_named"),
    ("source_url", "javascript:alert(1)", "address_unsafe"),
]


def _read(**cells: str) -> Register:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, [column.name for column in COLUMNS], restval=""
    )
    writer.writeheader()
    writer.writerows([{**PLAIN, **cells}, {**PLAIN, "record_id": "FS-2"}])
    return read_register(
        out.getvalue().encode(), "papers.csv", directory=directory()
    )


@pytest.mark.parametrize(("column", "text", "code"), WRONG)
def test_no_text_of_a_council_paper_passes_by_the_guards(
    column: str, text: str, code: str
) -> None:
    register = _read(**{column: text})
    assert code in {
        p.code for p in register.problems if p.severity is Severity.REFUSED
    }
    assert [project.project_id for project in register.projects] == ["FS-2"]
    if code in ("whereabouts", "person_named"):
        assert text not in repr(register)


def test_a_row_without_fault_is_taken() -> None:
    assert [project.project_id for project in _read().projects] == [
        "FS-1",
        "FS-2",
    ]
