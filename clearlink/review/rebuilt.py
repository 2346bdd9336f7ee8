"""A meeting rebuilt from its audit bundle alone: neither the store nor the warehouse is asked.

Beside the hashes of the bundle's list and the seals of its log lines, every row is held against its last line
in the log, and what names itself by its content is named again and compared: each piece of evidence, and the
snapshot it was frozen on. What passes is shown exactly as it was frozen.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

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

T = TypeVar("T")

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
    meeting = _as_held(rows)
    _hold_against_log(rows)
    _hold_against_names(rows)
    return meeting


def _as_held(rows: dict[str, Any]) -> Rebuilt:
    """The records of the bundle's rows, before they are held against anything."""
    meeting = record_of(
        Meeting,
        rows["meeting"][0],
    )
    items = _items(rows)
    interests = _each(
        Interest,
        _as_entered(rows, "interest", "interest_id"),
    )
    early = _each(
        EarlyStart,
        rows.get("early_start", ()),
    )
    return Rebuilt(
        meeting,
        _snapshot_of(meeting, rows),
        _each(
            Member,
            _as_entered(rows, "member", "member_id"),
        ),
        items,
        _decisions(rows),
        {r["decision_id"]: record_of(Seconding, r) for r in rows["seconding"]},
        tuple(interest for interest in interests if interest.stands),
        _each(Action, rows["action"]),
        _facts(items, rows),
        _wordings(rows),
        # a bundle from before one of these tables has none of its rows
        next(iter(early), None),
        _each(
            Settled,
            rows.get("settled", ()),
        ),
        _each(
            PaperReading,
            rows.get("paper_reading", ()),
        ),
        _each(
            SignSeen,
            rows.get("sign_seen", ()),
        ),
        _each(
            EvidenceRequest,
            rows.get("evidence_request", ()),
        ),
    )


def _each(kind: type[T], rows: Iterable[dict[str, Any]]) -> tuple[T, ...]:
    return tuple(record_of(kind, row) for row in rows)


def _as_entered(
    rows: dict[str, Any],
    table: str,
    key: str,
) -> list[dict[str, Any]]:
    """The rows of a table in the order they were entered in: that in which the log first names them."""
    first_lines: dict[str, int] = {}
    for line in rows["audit_log"]:
        if line["subject_table"] == table:
            first_lines.setdefault(
                line["subject_id"],
                line["seq"],
            )
    return sorted(
        rows[table],
        key=lambda row: first_lines.get(
            row[key],
            0,
        ),
    )


def _snapshot_of(meeting: Meeting, rows: dict[str, Any]) -> Snapshot | None:
    snapshots = _each(Snapshot, rows["snapshot"])
    return next(
        (s for s in snapshots if s.snapshot_id == meeting.snapshot_id),
        None,
    )


def _items(rows: dict[str, Any]) -> tuple[Item, ...]:
    """The items that were kept, in the order of the agenda."""
    kept = _each(
        Item,
        (r for r in rows["item"] if r["state"] == ItemState.KEPT),
    )
    return tuple(sorted(kept, key=lambda item: item.position))


def _decisions(rows: dict[str, Any]) -> tuple[Decision, ...]:
    decisions = _each(Decision, rows["decision"])
    return tuple(
        sorted(
            decisions,
            key=lambda d: (d.decided_at, d.number),
        )
    )


def _facts(
    items: Iterable[Item],
    rows: dict[str, Any],
) -> dict[str, dict[str, Any]]:
    """Item → the facts it was frozen on."""
    kept = {e["evidence_id"]: e for e in rows["evidence"]}
    return {
        i.item_id: kept[i.evidence_id]["facts"] for i in items if i.evidence_id
    }


def _wordings(rows: dict[str, Any]) -> dict[str, dict[str, tuple[str, int]]]:
    """Language → passage → the committee's wording and its version."""
    wordings: dict[str, dict[str, tuple[str, int]]] = {}
    for row in rows["wording"]:
        of_language = wordings.setdefault(
            row["lang"],
            {},
        )
        of_language[row["passage"]] = (row["text"], row["version"])
    return wordings


def _hold_against_names(rows: dict[str, Any]) -> None:
    """What names itself by its content must still bear that name."""
    kept = {e["evidence_id"]: e for e in rows["evidence"]}
    renamed = sorted(
        name for name, row in kept.items() if _evidence_name(row) != name
    )
    renamed += sorted(
        s.snapshot_id
        for s in _each(Snapshot, rows["snapshot"])
        if _snapshot_name(s) != s.snapshot_id
    )
    if renamed:
        raise BundleDamaged(
            f"audit bundle: {renamed} no longer go by their content; ask for the bundle again"
        )


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
