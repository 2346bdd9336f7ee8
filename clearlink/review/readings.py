"""A paper read in full that names no assessed need (method B9): one reader is shown, a second confirms, and
the owner may reply.

With the second reader the owner's 28 days open: a question is put to them in the same act, and a reply with
document and page replaces the finding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from clearlink.review import tables
from clearlink.review.codes import Field, PaperState
from clearlink.review.papers import (
    Paper,
    RecordNow,
    paper_problems,
    place_of,
    record_now,
)
from clearlink.review.records import PaperReading, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.standing_records import (
    standing_records,
    withdraw_standing,
    write_standing,
)
from clearlink.review.store import Store, Write, new_id
from clearlink.warehouse.law import law_in_force


def read_silent(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    paper: Paper,
) -> PaperReading:
    """The first reader: the whole paper was read and names no assessed need. The verdict does not change.

    Raises Refused (address, day, pages, project gone), or Stale where somebody has recorded the same paper
    meanwhile.
    """
    return read_silent_many(store, viewer, [project], paper)[0]


def read_silent_many(
    store: Store,
    viewer: Viewer,
    projects: Collection[Mapping[str, Any] | None],
    paper: Paper,
) -> list[PaperReading]:
    """The same of one paper that took the decision for several records: all are written, or none."""
    records = [record_now(project) for project in projects]
    places = [place_of(viewer, Act.SETTLE_EVIDENCE, r) for r in records]
    codes = paper_problems(
        paper,
        store.today(),
        needs_date=True,
    )
    codes += ["pages_missing"] if paper.pages is None else []
    if codes or paper.paper_date is None:
        raise Refused(*dict.fromkeys(codes))
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        rows = [
            write_standing(
                write,
                tables.paper_reading,
                "R",
                _first_reading(write, viewer, place, record, paper),
                ("project_id", "url"),
            )
            for place, record in zip(places, records, strict=True)
        ]
    return [record_of(PaperReading, row) for row in rows]


def _first_reading(
    write: Write,
    viewer: Viewer,
    place: str,
    record: RecordNow,
    paper: Paper,
) -> dict[str, Any]:
    return {
        "place": place,
        "la_code": record.la_code,
        "project_id": record.project_id,
        "document": paper.document.strip(),
        "url": paper.url.strip(),
        "paper_date": paper.paper_date and paper.paper_date.isoformat(),
        "pages": paper.pages,
        "state": str(PaperState.STANDS),
        "read_on": write.at[:10],
        "read_by": viewer.name,
        "read_by_subject": viewer.subject,
        "second_on": None,
        "second_by": None,
        "second_subject": None,
        "request_id": None,
    }


def confirm_silent(
    store: Store,
    viewer: Viewer,
    project: Mapping[str, Any] | None,
    reading: PaperReading,
    *,
    asked_of: str,
    question: str,
    second_person: str = "",
) -> PaperReading:
    """The second reader agrees, and the owner is asked in the same act. `second_person`: who it is, in an
    installation without sign-in.

    Raises Refused (the same person, already confirmed, project gone), Stale, or NotPermitted.
    """
    record = record_now(project)
    place = place_of(viewer, Act.SETTLE_EVIDENCE, record)
    name = (second_person.strip() if viewer.is_local else "") or viewer.name
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        held = write.row(tables.paper_reading, reading.reading_id)
        codes = {
            "paper_withdrawn": held["state"] != PaperState.STANDS,
            "reader_had": held["second_by"] is not None,
            "reader_missing": not name,
            "reader_same": _is_same(viewer, name, held),
            "question_missing": not asked_of.strip() or not question.strip(),
        }
        if any(codes.values()):
            raise Refused(*(code for code, wrong in codes.items() if wrong))
        row = write.change(
            tables.paper_reading,
            reading.reading_id,
            reading.version,
            second_on=write.at[:10],
            second_by=name,
            second_subject=viewer.subject,
            request_id=_owner_asked(
                write,
                place,
                record.la_code,
                record.project_id,
                asked_of,
                question,
            ),
        )
    return record_of(PaperReading, row)


def withdraw_reading(
    store: Store,
    viewer: Viewer,
    reading: PaperReading,
    owners: Collection[str] = (),
) -> PaperReading:
    """Takes a reading back, where the paper was misread or another paper took the decision. The question
    to the owner stays. `owners`: places whose people may settle the record.
    """
    viewer.require(
        Act.SETTLE_EVIDENCE,
        reading.place,
        reading.la_code,
        *owners,
    )
    return withdraw_standing(
        store,
        viewer,
        tables.paper_reading,
        PaperReading,
        reading.reading_id,
        reading.version,
    )


def withdraw_readings(
    store: Store,
    viewer: Viewer,
    held: Collection[PaperReading],
    owners: Mapping[str, Collection[str]] | None = None,
) -> list[PaperReading]:
    """Takes back readings that were written as one act, as one; what somebody has changed since (confirmed,
    taken back) stays. Answers those taken back. `owners`: record → places whose people may settle it.
    """
    for each in held:
        viewer.require(
            Act.SETTLE_EVIDENCE,
            each.place,
            each.la_code,
            *(owners or {}).get(each.project_id, ()),
        )
    t = tables.paper_reading
    with store.writing(viewer, Act.SETTLE_EVIDENCE) as write:
        rows_now = write.connection.execute(
            select(t.c.reading_id, t.c.version).where(
                t.c.reading_id.in_([each.reading_id for each in held])
            )
        )
        now = {row.reading_id: row.version for row in rows_now}
        rows = [
            write.change(
                t,
                each.reading_id,
                each.version,
                state=str(PaperState.WITHDRAWN),
            )
            for each in held
            if now.get(each.reading_id) == each.version
        ]
    return [record_of(PaperReading, row) for row in rows]


def readings(
    store: Store,
    viewer: Viewer,
    project_ids: Collection[str],
) -> list[PaperReading]:
    """Readings that stand, the oldest first, of projects that the warehouse showed this viewer: public."""
    return standing_records(
        store,
        viewer,
        tables.paper_reading,
        PaperReading,
        "read_on",
        project_ids,
    )


def _is_same(
    viewer: Viewer,
    name: str,
    held: Mapping[str, Any],
) -> bool:
    same_subject = (
        not viewer.is_local and viewer.subject == held["read_by_subject"]
    )
    return same_subject or " ".join(name.casefold().split()) == " ".join(
        held["read_by"].casefold().split()
    )


def _owner_asked(
    write: Write,
    place: str,
    la_code: str | None,
    project_id: str,
    asked_of: str,
    question: str,
) -> str:
    """The id of the question about the priority: the one that still waits, else a new one whose 28 days
    begin today.
    """
    t = tables.evidence_request
    waiting = write.connection.execute(
        select(t.c.request_id).where(
            t.c.project_id == project_id,
            t.c.field == str(Field.PRIORITY),
            t.c.answer.is_(None),
        )
    ).scalar()
    if waiting is not None:
        return str(waiting)
    day = date.fromisoformat(write.at[:10])
    row = write.add(
        t,
        request_id=new_id("Q"),
        place=place,
        la_code=la_code,
        project_id=project_id,
        field=str(Field.PRIORITY),
        asked_of=asked_of.strip(),
        question=question.strip(),
        asked_on=day.isoformat(),
        due_on=(
            day + timedelta(days=law_in_force().evidence_wait_days)
        ).isoformat(),
        asked_by=write.viewer.name,
    )
    return str(row["request_id"])
