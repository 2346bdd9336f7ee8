"""The steward adds an assessment with the needs it names: checked as a register is, kept as two lists of
every later build.

Nothing is kept until every line is right: what is wrong is answered by line, with what to do.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from clearlink.review.papers import is_beyond
from clearlink.review.roles import Act, NotPermitted, Viewer
from clearlink.rules.web_address import is_web_address
from pages.desk.load_desk import publish_registers


@dataclass(frozen=True, slots=True)
class NewPriority:
    """A need that the assessment names, in our words and in both languages where the Welsh is known, with
    page or section, and what it rests on (figures, statements or both; empty where that is not known).
    """

    statement: str
    statement_cy: str
    theme_id: str
    page: str
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """The document as its title page gives it. `pages`: how many it has, where they were counted."""

    title: str
    kind: str
    body: str
    areas: tuple[str, ...]
    published: date | None
    valid_from: date | None
    valid_to: date | None
    url: str
    pages: int | None = None


def wrong_with(
    new: NewAssessment,
    priorities: Sequence[NewPriority],
    today: date,
) -> list[tuple[str, int | None]]:
    """(code, line of the grid or None for the document) for everything that stops it; codes have words
    `assessment.wrong.…`.
    """
    of_document = {
        "title": not new.title.strip(),
        "body": not new.body.strip(),
        "areas": not new.areas,
        "address": not is_web_address(new.url),
        "published": new.published is None,
        "after_today": new.published is not None and new.published > today,
        "order": bool(
            new.valid_from and new.valid_to and new.valid_to < new.valid_from
        ),
        "no_priority": not priorities,
    }
    wrongs: list[tuple[str, int | None]] = [
        (code, None) for code, wrong in of_document.items() if wrong
    ]
    statements: set[str] = set()
    for line, each in enumerate(priorities, 1):
        folded = " ".join(each.statement.casefold().split())
        of_line = {
            "statement": not folded,
            "theme": not each.theme_id,
            "page_beyond": is_beyond(each.page, new.pages),
            "twice": bool(folded) and folded in statements,
        }
        statements.add(folded)
        wrongs += [(code, line) for code, wrong in of_line.items() if wrong]
    return wrongs


def publish_assessment(
    viewer: Viewer,
    new: NewAssessment,
    priorities: Sequence[NewPriority],
    today: date,
) -> str | None:
    """Keeps the lists and builds anew. None when it is published, else a word for what stopped it. Raises
    NotPermitted, ValueError.
    """
    if not viewer.may(Act.LOAD_REGISTER):
        raise NotPermitted(viewer, Act.LOAD_REGISTER, None)
    if wrong_with(new, priorities, today):
        raise ValueError("the assessment is not complete; ask wrong_with first")
    name = assessment_id(new)
    return publish_registers(
        [
            (assessment_csv(new), f"assessment {name}.csv"),
            (priorities_csv(new, priorities), f"priorities {name}.csv"),
        ],
        viewer,
    )


def assessment_id(new: NewAssessment) -> str:
    """The same document has the same identifier whoever adds it."""
    told = "|".join(
        (
            new.kind,
            new.title.casefold().strip(),
            new.url.strip(),
        )
    )
    return f"AS-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def assessment_csv(new: NewAssessment) -> bytes:
    """The document as a list of assessments of one line."""
    row = {
        "assessment_id": assessment_id(new),
        "kind": new.kind,
        "body": new.body.strip(),
        "area_code": ";".join(new.areas),
        "title": new.title.strip(),
        **{
            n: _day(getattr(new, n))
            for n in ("published", "valid_from", "valid_to")
        },
        "url": new.url.strip(),
    }
    return list_csv([row])


def priorities_csv(
    new: NewAssessment,
    priorities: Iterable[NewPriority],
) -> bytes:
    """The needs it names as a list of priorities."""
    name = assessment_id(new)
    return list_csv(
        [
            {"priority_id": f"{name}-P{n:02d}", "assessment_id": name}
            | {f.name: getattr(each, f.name).strip() for f in fields(each)}
            for n, each in enumerate(priorities, 1)
        ]
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def list_csv(rows: list[dict[str, str]]) -> bytes:
    """A list as the importer reads it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out,
        fieldnames=list(rows[0]),
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
