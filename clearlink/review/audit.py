"""The audit log: every write is one line, sealed with the hash of the line before it.

A changed, removed or reordered line breaks the seal of all that follow; a log cut short no longer ends at the
chain's head; and a row changed behind the log's back differs from its last line in the log.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from clearlink.review.tables import AUDITED, SEALED_ONLY, audit_log, chain_head

START: Final = "start"
_SEALED: Final = (
    "seq",
    "at",
    "who",
    "role",
    "act",
    "subject_table",
    "subject_id",
    "record",
    "previous",
)


def canonical(value: Any) -> str:
    """JSON that is the same for the same content."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def as_logged(table: str, record: dict[str, Any]) -> dict[str, Any]:
    """A row as the log keeps it: what people said stands in it as a hash alone, so that it can be
    withdrawn and still be proved.
    """
    key = next(iter(record.values()))
    logged = dict(record)
    for name in SEALED_ONLY.get(table, ()):
        if record[name]:
            digest = hashlib.sha256(
                canonical([key, record[name]]).encode()
            ).hexdigest()
            logged[name] = f"sha256:{digest}"
    return logged


def seal(line: dict[str, Any]) -> str:
    """The hash of one line, over its content and the hash of the line before."""
    return hashlib.sha256(
        canonical([line[name] for name in _SEALED]).encode()
    ).hexdigest()


def append(
    connection: Connection,
    *,
    at: str,
    who: str,
    role: str,
    act: str,
    table: str,
    key: str,
    record: dict[str, Any],
) -> None:
    """Adds a line. The chain's head is locked first, so that two writers never seal the same place."""
    head = connection.execute(
        select(chain_head.c.seq, chain_head.c.hash)
        .where(chain_head.c.id == 1)
        .with_for_update()
    ).one()
    line: dict[str, Any] = {
        "seq": head.seq + 1,
        "at": at,
        "who": who,
        "role": role,
        "act": act,
        "subject_table": table,
        "subject_id": key,
        "record": canonical(as_logged(table, record)),
        "previous": head.hash,
    }
    line["hash"] = seal(line)
    connection.execute(insert(audit_log).values(**line))
    connection.execute(
        update(chain_head)
        .where(chain_head.c.id == 1)
        .values(
            seq=line["seq"],
            hash=line["hash"],
        )
    )


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What the tamper check found: how many lines, and every fault as (kind, where)."""

    lines: int
    faults: tuple[tuple[str, str], ...]

    @property
    def is_intact(self) -> bool:
        return not self.faults


def check_chain(connection: Connection) -> ChainCheck:
    """Walks the whole log and compares every audited row with its last line. Run inside one read
    transaction.
    """
    faults: list[tuple[str, str]] = []
    last: dict[tuple[str, str], str] = {}
    previous, expected = START, 1
    lines = 0
    for row in connection.execute(
        select(audit_log).order_by(audit_log.c.seq)
    ).mappings():
        line = dict(row)
        lines += 1
        if line["seq"] != expected:
            faults.append(("line_missing", str(expected)))
        if line["previous"] != previous or line["hash"] != seal(line):
            faults.append(("seal_broken", str(line["seq"])))
        previous, expected = line["hash"], line["seq"] + 1
        last[line["subject_table"], line["subject_id"]] = line["record"]
    head = connection.execute(
        select(chain_head.c.seq, chain_head.c.hash)
    ).one_or_none()
    if head is None or (head.seq, head.hash) != (expected - 1, previous):
        faults.append(("log_cut_short", str(expected - 1)))
    faults += _rows_unlike_the_log(connection, last)
    return ChainCheck(lines, tuple(faults))


def _rows_unlike_the_log(
    connection: Connection,
    last: dict[tuple[str, str], str],
) -> list[tuple[str, str]]:
    """Every audited row that is not as its last line in the log says, or that is on one side alone."""
    faults: list[tuple[str, str]] = []
    for table in AUDITED:
        key = next(iter(table.primary_key.columns)).name
        for row in connection.execute(select(table)).mappings():
            told = last.pop(
                (table.name, row[key]),
                None,
            )
            if told is None:
                faults.append(("row_not_in_log", f"{table.name} {row[key]}"))
            # lines of before words were sealed hold them as they are
            elif told not in (
                canonical(dict(row)),
                canonical(
                    as_logged(
                        table.name,
                        dict(row),
                    )
                ),
            ):
                faults.append(("row_changed", f"{table.name} {row[key]}"))
    return faults + [("row_missing", f"{table} {key}") for table, key in last]
