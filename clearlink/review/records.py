"""The committee's records as the rest of the app sees them: frozen, with real dates and closed lists."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

from sqlalchemy import RowMapping

from clearlink.review.codes import (
    ActionState,
    Answer,
    Field,
    Ground,
    ItemState,
    LegalGround,
    MeetingState,
    Outcome,
    PaperState,
    Response,
    SettledField,
    SettledSource,
    SettledState,
    Stance,
    Subject,
    Terms,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    meeting_id: str
    version: int
    place: str
    held_on: date
    terms: Terms
    chair: str
    quorum: int
    state: MeetingState
    snapshot_id: str | None
    closed_at: datetime | None
    created_by: str


@dataclass(frozen=True, slots=True)
class Member:
    member_id: str
    version: int
    meeting_id: str
    name: str
    organisation: str
    org_id: str | None
    is_voting: bool
    is_present: bool


@dataclass(frozen=True, slots=True)
class Interest:
    interest_id: str
    version: int
    item_id: str
    member_id: str
    nature: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Item:
    """`why` holds the key of the sentence that says why it was proposed, and the figures of that sentence."""

    item_id: str
    version: int
    meeting_id: str
    position: int
    state: ItemState
    subject: Subject
    subject_id: str
    title: str
    why: dict[str, Any]
    proposed_by: str
    evidence_id: str | None

    @property
    def titles(self) -> dict[str, str]:
        """The title by language: a priority's own words in Welsh where its assessment has them, else the
        title as recorded.
        """
        return {
            "en": self.title,
            "cy": self.why.get("title_cy") or self.title,
        }


@dataclass(frozen=True, slots=True)
class Snapshot:
    snapshot_id: str
    build_id: str
    content_hash: str
    settings_hash: str
    app_version: str
    as_of: date
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`withdrew` and `present` are names as they were; `finding_from` and `finding_to` are verdicts."""

    decision_id: str
    item_id: str
    meeting_id: str
    number: int
    project_id: str | None
    outcome: Outcome
    reason: str
    dissent: str | None
    withdrew: list[str]
    present: list[str]
    owner: str | None
    due: date | None
    exception_until: date | None
    finding_from: str | None
    finding_to: str | None
    ground: Ground | None
    evidence_link: str | None
    snapshot_id: str
    evidence_id: str
    decided_at: datetime
    decided_by: str
    decided_role: str
    decided_by_subject: str


@dataclass(frozen=True, slots=True)
class EarlyStart:
    """Why a meeting decided before the day it was called for, as its chair said; `given_at` is when."""

    meeting_id: str
    reason: str
    given_by: str
    recorded_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Seconding:
    decision_id: str
    name: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    action_id: str
    version: int
    decision_id: str
    meeting_id: str
    place: str
    project_id: str | None
    what: str
    owner: str
    due: date | None
    state: ActionState
    note: str | None


@dataclass(frozen=True, slots=True)
class ExceptionGrant:
    exception_id: str
    version: int
    decision_id: str
    place: str
    project_id: str
    reason: str
    granted_on: date
    until: date
    ended_on: date | None
    ended_because: str | None

    def stands_on(self, day: date) -> bool:
        """Whether the exception is in force on `day`; its last day is still in force."""
        return self.granted_on <= day <= self.until and (
            self.ended_on is None or day < self.ended_on
        )


@dataclass(frozen=True, slots=True)
class ExceptionProposal:
    """`item_id`: the agenda item that took it up; None while it waits."""

    proposal_id: str
    version: int
    place: str
    la_code: str | None
    project_id: str
    title: str
    reason: str
    proposed_on: date
    proposed_by: str
    item_id: str | None


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    request_id: str
    version: int
    place: str
    la_code: str | None
    project_id: str
    field: Field
    asked_of: str
    question: str
    asked_on: date
    due_on: date
    asked_by: str
    answer: Answer | None
    answer_text: str | None
    reference: str | None
    answered_on: date | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    statement_id: str
    version: int
    place: str
    area_code: str
    theme_id: str | None
    project_id: str | None
    said_on: date
    who: str
    method: str
    text: str
    stance: Stance
    response: Response
    response_text: str | None
    because: str | None
    decision_id: str | None


@dataclass(frozen=True, slots=True)
class SaidBack:
    """What a member of the public sent, without its words. `signs` is a JSON list of what was found in
    them.
    """

    said_id: str
    version: int
    area_code: str
    la_code: str
    theme_id: str | None
    project_id: str | None
    stance: Stance
    band: str
    lang: str
    state: str
    signs: str
    response: Response
    response_text: str | None
    because: str | None
    said_on: date
    read_by: str | None


@dataclass(frozen=True, slots=True)
class LoadedAnswer:
    """What came of a statement that a build holds; `said` is what it said when it was answered."""

    statement_id: str
    version: int
    place: str
    area_code: str
    said: str
    response: Response
    response_text: str
    because: str | None


@dataclass(frozen=True, slots=True)
class ParticipationCheck:
    """`standards`: National Participation Standard → how far the engagement kept it."""

    check_id: str
    version: int
    project_id: str
    place: str
    engaged_on: date
    standards: dict[str, str]
    note: str | None
    checked_by: str


@dataclass(frozen=True, slots=True)
class AssessmentParticipation:
    """`standards`: National Participation Standard → how far the making of the assessment kept it."""

    assessment_id: str
    version: int
    place: str
    standards: dict[str, str]
    note: str | None
    checked_by: str
    checked_at: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person settled of a record. `detail`: what the field needs beside its value (a figure's area and
    date, words that led to a proposal).
    """

    settled_id: str
    version: int
    place: str
    la_code: str | None
    project_id: str
    field: SettledField
    slot: str
    value: str
    state: SettledState
    source: SettledSource
    document: str | None
    url: str | None
    page: str | None
    detail: dict[str, Any]
    batch: str | None
    settled_on: date
    settled_by: str


@dataclass(frozen=True, slots=True)
class PaperReading:
    """A paper read in full that names no assessed need. Only one with a second reader counts."""

    reading_id: str
    version: int
    place: str
    la_code: str | None
    project_id: str
    document: str
    url: str
    paper_date: date
    pages: int
    state: PaperState
    read_on: date
    read_by: str
    second_on: date | None
    second_by: str | None
    request_id: str | None

    @property
    def is_confirmed(self) -> bool:
        """Whether two people have read the paper."""
        return self.state is PaperState.STANDS and self.second_by is not None


@dataclass(frozen=True, slots=True)
class SignSeen:
    """A sign of ad-hoc commissioning that a person read in a paper, in our words, with the owner's reply."""

    sign_id: str
    version: int
    place: str
    la_code: str | None
    project_id: str
    sign: str
    document: str
    url: str
    paper_date: date
    said: str
    ground: LegalGround
    state: PaperState
    seen_on: date
    seen_by: str
    reply: str | None
    replied_on: date | None
    replied_by: str | None


@dataclass(frozen=True, slots=True)
class AuditLine:
    seq: int
    at: datetime
    who: str
    role: str
    act: str
    subject_table: str
    subject_id: str
    record: str
    previous: str
    hash: str


T = TypeVar("T")


def record_of(kind: type[T], row: Mapping[str, Any] | RowMapping) -> T:
    """A row of the store as the record `kind`. Columns that the record does not name are left out."""
    hints = _hints(cast("Hashable", kind))
    values = {
        f.name: _value(
            hints[f.name],
            row[f.name],
        )
        for f in fields(kind)  # type: ignore[arg-type]
    }
    return kind(**values)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    real = _without_none(hint)
    if real is bool:
        return bool(value)
    if real in (datetime, date):
        return real.fromisoformat(value)
    if isinstance(real, type) and issubclass(real, StrEnum):
        return real(value)
    if getattr(real, "__origin__", real) in (list, dict):
        return json.loads(value)
    return value


def _without_none(hint: Any) -> Any:
    """The type of a value that may be missing, where it is there."""
    parts = get_args(hint)
    if type(None) not in parts:
        return hint
    return next(
        (part for part in parts if part is not type(None)),
        hint,
    )
