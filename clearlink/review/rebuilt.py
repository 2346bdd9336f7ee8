"""A meeting rebuilt from its audit bundle alone: neither the store nor the warehouse is asked.

Beside the hashes of the bundle's list and the seals of its log lines, every row is held against its last line
in the log, and what names itself by its content is named again and compared: each piece of evidence, and the
snapshot it was frozen on. What passes is shown exactly as it was frozen.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from clearlink.review.audit import canonical
from clearlink.review.bundle import UNREADABLE, BundleDamaged, opened_bundle
from clearlink.review.codes import ItemState
from clearlink.review.decisions import latest
from clearlink.review.minutes import Passage, passages
from clearlink.review.records import (
    Action,
    Decision,
    EarlyStart,
    EvidenceRequest,
    Interest,
    Item,
    Meeting,
    Member,
    PaperReading,
    Seconding,
    Settled,
    SignSeen,
    Snapshot,
    record_of,
)
from clearlink.review.tables import AUDITED

LARGEST_BYTES: Final = 10 * 1024**2
LARGEST_INFLATED: Final = 100 * 1024**2
MOST_FILES: Final = 40


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A meeting as its bundle holds it. `evidence`: item id → the facts the item was frozen on;
    `wordings`: language → passage → the committee's wording of the minutes and its version; `settled`,
    `readings`, `signs`, `requests`: what the evidence desk held of the projects on the agenda.
    """

    meeting: Meeting
    snapshot: Snapshot | None
    members: tuple[Member, ...]
    items: tuple[Item, ...]
    decisions: tuple[Decision, ...]
    secondings: dict[str, Seconding]
    interests: tuple[Interest, ...]
    actions: tuple[Action, ...]
    evidence: dict[str, dict[str, Any]]
    wordings: dict[str, dict[str, tuple[str, int]]]
    early: EarlyStart | None = None
    settled: tuple[Settled, ...] = ()
    readings: tuple[PaperReading, ...] = ()
    signs: tuple[SignSeen, ...] = ()
    requests: tuple[EvidenceRequest, ...] = ()

    def standing(self) -> dict[str, Decision]:
        """Item id → the decision that stands."""
        return latest(self.decisions)

    def passages(self) -> list[Passage]:
        """The minutes' passages, drafted again from the record."""
        return passages(
            self.meeting,
            self.members,
            self.items,
            self.decisions,
            self.secondings,
            self.interests,
            self.early,
        )


def rebuilt(data: bytes) -> Rebuilt:
    """The meeting of a bundle. Raises BundleDamaged where the file is no bundle, too large, or not what it
    says it is.
    """
    _refuse_what_is_no_bundle(data)
    try:
        return _rebuilt(opened_bundle(data))
    except (
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        ValueError,
        RecursionError,
    ) as wrong:
        if isinstance(wrong, BundleDamaged):
            raise
        raise BundleDamaged(
            "audit bundle: a table or a column is missing or of another kind; ask for the bundle again"
        ) from wrong


def _rebuilt(rows: dict[str, Any]) -> Rebuilt:
    meeting = record_of(Meeting, rows["meeting"][0])
    first_lines: dict[tuple[str, str], int] = {}
    for line in rows["audit_log"]:
        first_lines.setdefault((line["subject_table"], line["subject_id"]), line["seq"])

    def entered(table: str, key: str) -> Callable[[dict[str, Any]], int]:
        # the order they were entered in is the order in which the log first names them
        return lambda row: first_lines.get((table, row[key]), 0)

    snapshots = [record_of(Snapshot, r) for r in rows["snapshot"]]
    kept = {e["evidence_id"]: e for e in rows["evidence"]}
    listed = sorted(
        (record_of(Item, r) for r in rows["item"] if r["state"] == ItemState.KEPT),
        key=lambda i: i.position,
    )
    rebuilt = Rebuilt(
        meeting,
        next((s for s in snapshots if s.snapshot_id == meeting.snapshot_id), None),
        tuple(
            record_of(Member, r)
            for r in sorted(rows["member"], key=entered("member", "member_id"))
        ),
        tuple(listed),
        tuple(
            sorted(
                (record_of(Decision, r) for r in rows["decision"]),
                key=lambda d: (d.decided_at, d.number),
            )
        ),
        {r["decision_id"]: record_of(Seconding, r) for r in rows["seconding"]},
        tuple(
            i
            for i in (
                record_of(Interest, r)
                for r in sorted(
                    rows["interest"], key=entered("interest", "interest_id")
                )
            )
            if i.stands
        ),
        tuple(record_of(Action, r) for r in rows["action"]),
        {i.item_id: kept[i.evidence_id]["facts"] for i in listed if i.evidence_id},
        {
            lang: {
                r["passage"]: (r["text"], r["version"])
                for r in rows["wording"]
                if r["lang"] == lang
            }
            for lang in {w["lang"] for w in rows["wording"]}
        },
        # a bundle from before this table has none
        next((record_of(EarlyStart, r) for r in rows.get("early_start", ())), None),
        tuple(record_of(Settled, r) for r in rows.get("settled", ())),
        tuple(record_of(PaperReading, r) for r in rows.get("paper_reading", ())),
        tuple(record_of(SignSeen, r) for r in rows.get("sign_seen", ())),
        tuple(record_of(EvidenceRequest, r) for r in rows.get("evidence_request", ())),
    )
    _hold_against_log(rows)
    renamed = sorted(
        e["evidence_id"] for e in kept.values() if _evidence_name(e) != e["evidence_id"]
    )
    renamed += sorted(
        s.snapshot_id for s in snapshots if _snapshot_name(s) != s.snapshot_id
    )
    if renamed:
        raise BundleDamaged(
            f"audit bundle: {renamed} no longer go by their content; ask for the bundle again"
        )
    return rebuilt


def _refuse_what_is_no_bundle(data: bytes) -> None:
    # the list of a zip says how large its files are; reading stops there, so a lie in it is a file cut short
    # and fails its hash
    try:
        with zipfile.ZipFile(io.BytesIO(data[: LARGEST_BYTES + 1])) as zipped:
            listed = zipped.infolist()
    except UNREADABLE as wrong:
        raise BundleDamaged(
            "audit bundle: this is not a bundle that the app has made; expected its zip; "
            "choose the file again"
        ) from wrong
    if (
        len(data) > LARGEST_BYTES
        or len(listed) > MOST_FILES
        or sum(f.file_size for f in listed) > LARGEST_INFLATED
    ):
        raise BundleDamaged(
            "audit bundle: larger than any the app makes; choose the file again"
        )


def _hold_against_log(rows: dict[str, Any]) -> None:
    """Every row must be the one that its last line in the log holds, and be in the log at all."""
    last = {
        (line["subject_table"], line["subject_id"]): line["record"]
        for line in rows["audit_log"]
    }
    changed = []
    for table in AUDITED:
        key = next(iter(table.primary_key.columns)).name
        for row in rows.get(table.name, []):
            told = (
                row | {"facts": canonical(row["facts"])}
                if table.name == "evidence"
                else row
            )
            if last.get((table.name, row[key])) != canonical(told):
                changed.append(f"{table.name} {row[key]}")
    if changed:
        raise BundleDamaged(
            f"audit bundle: {changed[:8]} are not as the log holds them; ask for the bundle again"
        )


def _evidence_name(row: dict[str, Any]) -> str:
    text = canonical(row["facts"])
    return (
        "E-"
        + hashlib.sha256(
            f"{row['snapshot_id']}|{row['subject']}|{row['subject_id']}|{text}".encode()
        ).hexdigest()[:20]
    )


def _snapshot_name(snapshot: Snapshot) -> str:
    return (
        "S-"
        + hashlib.sha256(
            f"{snapshot.content_hash}|{snapshot.settings_hash}|{snapshot.app_version}".encode()
        ).hexdigest()[:12]
    )
