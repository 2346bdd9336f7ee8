"""Right of reply: asking an owner for missing evidence, the 28-day clock, the answer or the silence, and
what it changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from clearlink.review import tables
from clearlink.review.audit import canonical
from clearlink.review.codes import Answer, Field, RequestState
from clearlink.review.papers import RecordNow, place_of, record_now
from clearlink.review.records import EvidenceRequest, record_of
from clearlink.review.refusals import Refused
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store, new_id
from clearlink.rules.codes import (
    FieldState,
    Result,
    ThemeMatch,
    Verdict,
    VerdictReason,
)
from clearlink.rules.link.criteria.priority import (
    CitedPriority,
    PriorityEvidence,
    c3_assessed_priority,
)
from clearlink.rules.link.link import verdict
from clearlink.rules.settings import Settings
from clearlink.warehouse.law import law_in_force

# results that rest on nothing that anybody supplied
_SAID_NOTHING: Final = (Result.NO_EVIDENCE, Result.REQUESTED_NOT_SUPPLIED)


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference that an owner supplied: enough to run the priority test on it before the register is
    corrected.
    """

    title: str
    kind: str
    published: date | None
    valid_to: date | None
    page: str
    quotation: str
    theme_match: ThemeMatch
    area_covered: bool


def ask(
    store: Store,
    viewer: Viewer,
    *,
    place: str,
    la_code: str | None,
    project_id: str,
    field: Field,
    asked_of: str,
    question: str,
    asked_on: date | None = None,
) -> EvidenceRequest:
    """Asks the owner for one evidence field. The 28 days begin on the day of asking."""
    viewer.require(Act.ASK_FOR_EVIDENCE, place, la_code)
    if not question.strip() or not asked_of.strip():
        raise Refused("question_missing")
    with store.writing(viewer, Act.ASK_FOR_EVIDENCE) as write:
        day = asked_on or date.fromisoformat(write.at[:10])
        row = write.add(
            tables.evidence_request,
            request_id=new_id("Q"),
            place=place,
            la_code=la_code,
            project_id=project_id,
            field=str(field),
            asked_of=asked_of.strip(),
            question=question.strip(),
            asked_on=day.isoformat(),
            due_on=(
                day + timedelta(days=law_in_force().evidence_wait_days)
            ).isoformat(),
            asked_by=viewer.name,
        )
    return record_of(EvidenceRequest, row)


def ask_owner(
    store: Store,
    viewer: Viewer,
    *,
    records: Iterable[tuple[Mapping[str, Any] | None, Field]],
    asked_of: str,
    question: str,
) -> list[EvidenceRequest]:
    """One letter to one owner for all their records: a question for each record and field, all or none, from
    today.

    Refused where a project was withdrawn meanwhile, or where the same question still waits for its answer.
    """
    told = [(record_now(row), field) for row, field in records]
    allowed = [
        place_of(viewer, Act.ASK_FOR_EVIDENCE, record) for record, _ in told
    ]
    if not told or not question.strip() or not asked_of.strip():
        raise Refused("question_missing")
    with store.writing(viewer, Act.ASK_FOR_EVIDENCE) as write:
        _refuse_asked_already(write.connection, told)
        day = date.fromisoformat(write.at[:10])
        due = day + timedelta(days=law_in_force().evidence_wait_days)
        rows = [
            write.add(
                tables.evidence_request,
                request_id=new_id("Q"),
                place=place,
                la_code=record.la_code,
                project_id=record.project_id,
                field=str(field),
                asked_of=asked_of.strip(),
                question=question.strip(),
                asked_on=day.isoformat(),
                due_on=due.isoformat(),
                asked_by=viewer.name,
            )
            for place, (record, field) in zip(allowed, told, strict=True)
        ]
    return [record_of(EvidenceRequest, row) for row in rows]


def _refuse_asked_already(
    connection: Connection,
    told: Sequence[tuple[RecordNow, Field]],
) -> None:
    asked = {(record.project_id, str(field)) for record, field in told}
    if asked & _waiting(connection):
        raise Refused("asked_already")


def _waiting(connection: Connection) -> set[tuple[str, str]]:
    """Projects, each with a field that an owner was asked for and has not answered."""
    t = tables.evidence_request
    asked = select(t.c.project_id, t.c.field).where(t.c.answer.is_(None))
    return {(row.project_id, row.field) for row in connection.execute(asked)}


def _names_a_paper(reference: Reference | None) -> bool:
    return reference is not None and bool(reference.title.strip())


def _as_kept(reference: Reference) -> str:
    """A reference as the store keeps it, its days as text."""
    return canonical(
        {
            k: str(v) if isinstance(v, date) else v
            for k, v in _fields(reference).items()
        }
    )


def answer(
    store: Store,
    viewer: Viewer,
    request: EvidenceRequest,
    said: Answer,
    text: str,
    reference: Reference | None = None,
) -> EvidenceRequest:
    """Records the owner's answer; a late one counts from the day it came. An answer about a priority needs
    its reference.
    """
    viewer.require(
        Act.ANSWER_REQUEST,
        request.place,
        request.la_code,
    )
    needs_reference = (
        said is not Answer.CONFIRMED_NONE and request.field is Field.PRIORITY
    )
    checks = {
        "answer_missing": not text.strip(),
        "answer_had": request.answer is not None,
        "reference_missing": needs_reference and not _names_a_paper(reference),
    }
    problems = [code for code, is_so in checks.items() if is_so]
    if problems:
        raise Refused(*problems)
    kept = _as_kept(reference) if reference else None
    with store.writing(viewer, Act.ANSWER_REQUEST) as write:
        return record_of(
            EvidenceRequest,
            write.change(
                tables.evidence_request,
                request.request_id,
                request.version,
                answer=str(said),
                answer_text=text.strip(),
                reference=kept,
                answered_on=write.at[:10],
                answered_by=viewer.name,
            ),
        )


def requests(
    store: Store,
    viewer: Viewer,
    project_id: str | None = None,
) -> list[EvidenceRequest]:
    """Requests that concern this viewer's places, the oldest first."""
    query = select(tables.evidence_request).order_by(
        tables.evidence_request.c.asked_on,
        tables.evidence_request.c.request_id,
    )
    if project_id is not None:
        query = query.where(tables.evidence_request.c.project_id == project_id)
    with store.reading() as connection:
        listed = [
            record_of(EvidenceRequest, r)
            for r in connection.execute(query).mappings()
        ]
    return [
        r
        for r in listed
        if viewer.may(Act.READ_EMBARGOED, r.place)
        or (r.la_code is not None and viewer.may(Act.READ_EMBARGOED, r.la_code))
    ]


def state(request: EvidenceRequest, today: date) -> RequestState:
    """Where a request stands: silence begins on the 28th day after asking, and an answer ends it."""
    if request.answer is not None:
        return RequestState.ANSWERED
    return (
        RequestState.SILENT if today >= request.due_on else RequestState.WAITING
    )


@dataclass(frozen=True, slots=True)
class Recalculated:
    """The verdict with the answers and silences counted in, beside the results it rests on."""

    verdict: Verdict
    reason: VerdictReason
    results: tuple[Result, Result, Result, Result]
    changed: bool


def recalculated(
    results: tuple[Result, Result, Result, Result],
    asked: Iterable[EvidenceRequest],
    decision_date: date | None,
    today: date,
    settings: Settings,
) -> Recalculated:
    """The verdict after the right of reply (method B1–B3). `results` are the four deciding criteria as the
    build has them.

    Silence counts only against a field that is blank in the register. An answer about a priority is put
    through the same test as a citation; other supplied fields wait for the corrected register, because need
    has to be measured again.
    """
    now = {
        Field.THEME: results[0],
        Field.AREAS: results[1],
        Field.PRIORITY: results[2],
    }
    for request in sorted(
        asked,
        key=lambda r: (r.asked_on, r.request_id),
    ):
        now[request.field] = _result(
            request,
            now[request.field],
            decision_date,
            today,
            settings,
        )
    after = (
        now[Field.THEME],
        now[Field.AREAS],
        now[Field.PRIORITY],
        results[3],
    )
    found, reason = verdict(*after)
    return Recalculated(
        found,
        reason,
        after,
        after != tuple(results),
    )


def _result(
    request: EvidenceRequest,
    present: Result,
    decision_date: date | None,
    today: date,
    settings: Settings,
) -> Result:
    stands = state(request, today)
    if stands is RequestState.SILENT and present is Result.NO_EVIDENCE:
        return Result.REQUESTED_NOT_SUPPLIED
    if stands is not RequestState.ANSWERED or request.field is Field.AREAS:
        return present
    if request.answer is Answer.CONFIRMED_NONE:
        return Result.NOT_MET if present in _SAID_NOTHING else present
    if request.field is Field.PRIORITY and request.reference is not None:
        cited = cited_priority(request)
        return c3_assessed_priority(
            PriorityEvidence(
                FieldState.PROVIDED,
                decision_date,
                (cited,),
            ),
            settings,
        ).result
    return present


def cited_priority(request: EvidenceRequest) -> CitedPriority:
    """The supplied reference as the priority test reads it."""
    kept: dict[str, Any] = json.loads(request.reference or "{}")
    day = {
        name: date.fromisoformat(kept[name]) if kept.get(name) else None
        for name in ("published", "valid_to")
    }
    return CitedPriority(
        priority_id=request.request_id,
        kind=kept["kind"],
        published=day["published"],
        valid_to=day["valid_to"],
        theme_match=ThemeMatch(kept["theme_match"]),
        area_covered=bool(kept["area_covered"]),
        priority_quoted=bool(kept["quotation"]),
        page_given=bool(kept["page"]),
        page=kept["page"] or None,
        title=kept["title"],
    )


def _fields(reference: Reference) -> dict[str, Any]:
    return {name: getattr(reference, name) for name in Reference.__slots__}
