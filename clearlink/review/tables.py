"""The tables of the review store, as SQLAlchemy sees them. The migrations make them; a test holds the two
together.

Days are ISO dates and moments are UTC ISO times, as text: SQLite and PostgreSQL then hold the same bytes,
which the audit log's hashes need. Lists and documents are JSON text. No column ever points into the warehouse
except by a project's, priority's or area's own id.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, MetaData, Table, Text

metadata: Final = MetaData()


def _table(
    name: str,
    key: str,
    *columns: str,
    whole: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
) -> Table:
    return Table(
        name,
        metadata,
        Column(key, Text, primary_key=True),
        *(
            Column(
                c,
                Integer if c in whole else Text,
                nullable=c in optional,
            )
            for c in columns
        ),
    )


meeting = _table(
    "meeting",
    "meeting_id",
    "version",
    "place",
    "held_on",
    "terms",
    "chair",
    "quorum",
    "state",
    "snapshot_id",
    "closed_at",
    "created_at",
    "created_by",
    whole=("version", "quorum"),
    optional=("snapshot_id", "closed_at"),
)
member = _table(
    "member",
    "member_id",
    "version",
    "meeting_id",
    "name",
    "organisation",
    "org_id",
    "is_voting",
    "is_present",
    whole=("version", "is_voting", "is_present"),
    optional=("org_id",),
)
interest = _table(
    "interest",
    "interest_id",
    "version",
    "meeting_id",
    "item_id",
    "member_id",
    "nature",
    "stands",
    "declared_at",
    whole=("version", "stands"),
)
item = _table(
    "item",
    "item_id",
    "version",
    "meeting_id",
    "position",
    "state",
    "subject",
    "subject_id",
    "title",
    "why",
    "proposed_by",
    "evidence_id",
    whole=("version", "position"),
    optional=("evidence_id",),
)
snapshot = _table(
    "snapshot",
    "snapshot_id",
    "build_id",
    "content_hash",
    "settings_hash",
    "app_version",
    "as_of",
    "taken_at",
    "taken_by",
)
evidence = _table(
    "evidence",
    "evidence_id",
    "snapshot_id",
    "subject",
    "subject_id",
    "facts",
)
decision = _table(
    "decision",
    "decision_id",
    "item_id",
    "meeting_id",
    "number",
    "project_id",
    "outcome",
    "reason",
    "dissent",
    "withdrew",
    "present",
    "owner",
    "due",
    "exception_until",
    "finding_from",
    "finding_to",
    "ground",
    "evidence_link",
    "snapshot_id",
    "evidence_id",
    "decided_at",
    "decided_by",
    "decided_role",
    "decided_by_subject",
    whole=("number",),
    optional=(
        "project_id",
        "dissent",
        "owner",
        "due",
        "exception_until",
        "finding_from",
        "finding_to",
        "ground",
        "evidence_link",
    ),
)
seconding = _table("seconding", "decision_id", "name", "subject", "at")
action = _table(
    "action",
    "action_id",
    "version",
    "decision_id",
    "meeting_id",
    "place",
    "project_id",
    "what",
    "owner",
    "due",
    "state",
    "note",
    "changed_at",
    whole=("version",),
    optional=("project_id", "due", "note"),
)
exception_grant = _table(
    "exception_grant",
    "exception_id",
    "version",
    "decision_id",
    "place",
    "project_id",
    "reason",
    "granted_on",
    "until",
    "ended_on",
    "ended_because",
    whole=("version",),
    optional=("ended_on", "ended_because"),
)
exception_proposal = _table(
    "exception_proposal",
    "proposal_id",
    "version",
    "place",
    "la_code",
    "project_id",
    "title",
    "reason",
    "proposed_on",
    "proposed_by",
    "item_id",
    whole=("version",),
    optional=("la_code", "item_id"),
)
evidence_request = _table(
    "evidence_request",
    "request_id",
    "version",
    "place",
    "la_code",
    "project_id",
    "field",
    "asked_of",
    "question",
    "asked_on",
    "due_on",
    "asked_by",
    "answer",
    "answer_text",
    "reference",
    "answered_on",
    "answered_by",
    whole=("version",),
    optional=(
        "la_code",
        "answer",
        "answer_text",
        "reference",
        "answered_on",
        "answered_by",
    ),
)
statement = _table(
    "statement",
    "statement_id",
    "version",
    "place",
    "area_code",
    "theme_id",
    "project_id",
    "said_on",
    "who",
    "method",
    "text",
    "stance",
    "response",
    "response_text",
    "because",
    "decision_id",
    "recorded_by",
    "recorded_at",
    whole=("version",),
    optional=(
        "theme_id",
        "project_id",
        "response_text",
        "because",
        "decision_id",
    ),
)
said_back = _table(
    "said_back",
    "said_id",
    "version",
    "number_hash",
    "area_code",
    "la_code",
    "theme_id",
    "project_id",
    "stance",
    "band",
    "lang",
    "state",
    "signs",
    "digest",
    "response",
    "response_text",
    "because",
    "said_on",
    "sent_at",
    "read_by",
    whole=("version",),
    optional=("theme_id", "project_id", "response_text", "because", "read_by"),
)
# the words stand apart from the record of them, in no log: a withdrawal takes them away
said_back_text = _table("said_back_text", "said_id", "text")
withdrawn_statement = _table(
    "withdrawn_statement",
    "statement_id",
    "version",
    "place",
    "withdrawn_by",
    "withdrawn_at",
    whole=("version",),
)
loaded_answer = _table(
    "loaded_answer",
    "statement_id",
    "version",
    "place",
    "area_code",
    "said",
    "response",
    "response_text",
    "because",
    "answered_by",
    "answered_at",
    whole=("version",),
    optional=("because",),
)
participation_check = _table(
    "participation_check",
    "check_id",
    "version",
    "project_id",
    "place",
    "engaged_on",
    "standards",
    "note",
    "checked_by",
    "checked_at",
    whole=("version",),
    optional=("note",),
)
assessment_participation = _table(
    "assessment_participation",
    "assessment_id",
    "version",
    "place",
    "standards",
    "note",
    "checked_by",
    "checked_at",
    whole=("version",),
    optional=("note",),
)
settled = _table(
    "settled",
    "settled_id",
    "version",
    "place",
    "la_code",
    "project_id",
    "field",
    "slot",
    "value",
    "state",
    "source",
    "document",
    "url",
    "page",
    "detail",
    "batch",
    "settled_on",
    "settled_by",
    whole=("version",),
    optional=("la_code", "document", "url", "page", "batch"),
)
paper_reading = _table(
    "paper_reading",
    "reading_id",
    "version",
    "place",
    "la_code",
    "project_id",
    "document",
    "url",
    "paper_date",
    "pages",
    "state",
    "read_on",
    "read_by",
    "read_by_subject",
    "second_on",
    "second_by",
    "second_subject",
    "request_id",
    whole=("version", "pages"),
    optional=(
        "la_code",
        "second_on",
        "second_by",
        "second_subject",
        "request_id",
    ),
)
sign_seen = _table(
    "sign_seen",
    "sign_id",
    "version",
    "place",
    "la_code",
    "project_id",
    "sign",
    "document",
    "url",
    "paper_date",
    "said",
    "ground",
    "state",
    "seen_on",
    "seen_by",
    "reply",
    "replied_on",
    "replied_by",
    whole=("version",),
    optional=("la_code", "reply", "replied_on", "replied_by"),
)
early_start = _table(
    "early_start",
    "meeting_id",
    "version",
    "reason",
    "given_by",
    "recorded_by",
    "given_at",
    whole=("version",),
)
recorder = _table(
    "recorder",
    "meeting_id",
    "version",
    "name",
    "changed_at",
    whole=("version",),
)
wording = _table(
    "wording",
    "wording_id",
    "version",
    "meeting_id",
    "passage",
    "lang",
    "text",
    "changed_by",
    "changed_at",
    whole=("version",),
)
# no part of the committee's record, so not in its log: it is forgotten when no sign-in of that time could
# still last
ended_sign_in = _table("ended_sign_in", "subject", "signed_in_at", "ended_at")
audit_log: Final = Table(
    "audit_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    *(
        Column(c, Text, nullable=False)
        for c in (
            "at",
            "who",
            "role",
            "act",
            "subject_table",
            "subject_id",
            "record",
            "previous",
            "hash",
        )
    ),
)
chain_head: Final = Table(
    "chain_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)
schema_version: Final = Table(
    "schema_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)

# the most characters that a column takes; the boxes on the screens say the same
LONGEST_TEXT: Final = 1000
LONGEST: Final[dict[tuple[str, str], int]] = {
    ("decision", "reason"): 4000,
    ("exception_grant", "reason"): 4000,
    ("statement", "text"): 2000,
    ("loaded_answer", "said"): 8000,
    ("wording", "text"): 4000,
}
# columns that take sentences of somebody's own, in every table
IN_WORDS: Final = frozenset(
    {
        "answer_text",
        "because",
        "dissent",
        "ended_because",
        "method",
        "nature",
        "note",
        "question",
        "reason",
        "response_text",
        "said",
        "terms",
        "text",
        "title",
        "what",
        "who",
    }
)
# documents as JSON text: what people typed into them is held to the rule word for word, what a build holds is
# kept as it was
TYPED_DOCUMENTS: Final = frozenset(
    {
        ("evidence_request", "reference"),
        ("settled", "detail"),
    }
)
BUILT_DOCUMENTS: Final = frozenset(
    {
        ("evidence", "facts"),
        ("item", "why"),
        ("decision", "withdrew"),
        ("decision", "present"),
        ("participation_check", "standards"),
        ("assessment_participation", "standards"),
        ("said_back", "signs"),
    }
)

# what people said: in the log as a hash alone
SEALED_ONLY: Final = {
    "statement": ("text", "who"),
    "loaded_answer": ("said",),
}
AUDITED: Final = (
    meeting,
    member,
    interest,
    item,
    snapshot,
    evidence,
    decision,
    seconding,
    action,
    exception_grant,
    exception_proposal,
    evidence_request,
    statement,
    said_back,
    withdrawn_statement,
    loaded_answer,
    participation_check,
    assessment_participation,
    settled,
    paper_reading,
    sign_seen,
    wording,
    early_start,
    recorder,
)
