"""Possible duplicates of a build and of a file that is tried: what the rule finds, what people settled,
and the words for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy.exc import OperationalError

from clearlink.review.settled import same_things
from clearlink.review.store import review_store, store_url
from clearlink.rules.duplicates import (
    Duplicate,
    DuplicateState,
    Settled,
    Told,
    duplicates,
)
from etl.build.intake import Intake
from etl.records import Problem, Project, Severity
from etl.sources.registers.register_problems import problem, quoted

# "file.json, releases[3] · …" and "file.csv, row 4": the file that a record came in
_FILE: Final = re.compile(r"^(?P<file>[^·]*?)(?:, row \d+|, [a-z]+\[\d+\])")


def add_duplicates(intake: Intake) -> None:
    """Finds what may stand twice in the projects of an intake, with a problem for each that nobody has
    settled.
    """
    told = [told_of(project) for project in intake.projects]
    intake.duplicates = duplicates(told, settled_pairs())
    intake.problems += _problems(intake.duplicates, told)


def duplicates_with(
    projects: Iterable[Project], served: Iterable[Mapping[str, Any]]
) -> list[Problem]:
    """What of a file may be one thing with a project of the served build, or with another of its own, and
    is not settled.
    """
    new = [told_of(project) for project in projects]
    ids = {each.project_id for each in new}
    told = [
        *new,
        *(_told_row(row) for row in served if row["project_id"] not in ids),
    ]
    pairs = duplicates(told, settled_pairs())
    return _problems(
        [d for d in pairs if {d.project_a, d.project_b} & ids],
        told,
    )


def _problems(
    found: Iterable[Duplicate], told: Iterable[Told]
) -> list[Problem]:
    known = {each.project_id: each for each in told}
    return [
        _question(each, known)
        for each in found
        if each.state is DuplicateState.OPEN
    ]


def told_of(project: Project) -> Told:
    """What the rule asks of a project."""
    return Told(
        project.project_id,
        project.title,
        project.la_code or project.region_code or project.commissioner,
        project.provider_name,
        project.start_date,
        project.end_date,
        project.annual_value_gbp,
        project.value_kind,
        _file_of(project.source_ref),
        project.from_register,
        bool(project.regrant_type),
        project.called_off_from,
        project.commissioner,
        project.is_sensitive,
        frozenset(project.area_codes),
    )


def _told_row(row: Mapping[str, Any]) -> Told:
    start: date | None = row["start_date"]
    return Told(
        row["project_id"],
        row["title"],
        row["la_code"] or row["region_code"] or row["commissioner"],
        row["provider_name"],
        start,
        row["end_date"],
        row["annual_value_gbp"],
        row["value_kind"],
        _file_of(row["source_ref"] or ""),
        bool(row["from_register"]),
        bool(row["regrant_type"]),
        row["called_off_from"],
        row["commissioner"],
        bool(row["is_sensitive"]),
    )


def _file_of(source_ref: str) -> str:
    named = _FILE.match(source_ref)
    return named["file"] if named else source_ref


def _question(each: Duplicate, known: Mapping[str, Told]) -> Problem:
    """The question that a possible duplicate asks, with both sources; a sensitive record is named by its
    reference alone.
    """
    a, b = known[each.project_a], known[each.project_b]
    facts: Any = {
        "found": quoted(a.project_id if a.is_sensitive else a.title),
        "source": a.source,
        "other": quoted(b.project_id if b.is_sensitive else b.title),
        "other_source": b.source,
        "not_counted": each.not_counted or "–",
    }
    severity = Severity.NOTE if each.not_counted is None else Severity.WARNING
    return problem(
        f"possible_{each.kind}",
        a.source,
        severity=severity,
        column="project_id",
        **facts,
    )


def sorted_pairs(settled: Settled) -> str:
    """The pairs as a text that is another whenever one of them is judged anew."""
    return "".join(
        sorted(
            f"|{'+'.join(sorted(pair))}={same}"
            for pair, same in settled.items()
        )
    )


def settled_pairs() -> Settled:
    """Pairs that people have judged, and whether they are the same; none where nobody has opened a review
    store here.
    """
    url = store_url()
    file = url.removeprefix("sqlite:///")
    if file != url and not Path(file).exists():
        return {}
    try:
        return same_things(review_store())
    except OperationalError:
        # a build does not wait for the committee's store: every question is open again, and money counts once
        return {}
