"""The audit bundle: everything a meeting decided and rested on, in one file that needs neither the app nor
the warehouse.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, or_, select

from clearlink.review import tables
from clearlink.review.audit import check_chain, seal
from clearlink.review.codes import Subject
from clearlink.review.meetings import meeting as one_meeting
from clearlink.review.roles import Act, Viewer
from clearlink.review.store import Store

# a zip's clock starts here; a fixed day makes the same record the same bytes
_DAY: Final = (1980, 1, 1, 0, 0, 0)
_OF_MEETING: Final = (
    tables.meeting,
    tables.member,
    tables.item,
    tables.interest,
    tables.decision,
    tables.action,
    tables.wording,
    tables.early_start,
    tables.recorder,
)


# what was settled, read, seen and asked of the projects on the agenda: the desk's part of what the meeting
# rested on
_OF_PROJECT: Final = (
    tables.settled,
    tables.paper_reading,
    tables.sign_seen,
    tables.evidence_request,
)


class BundleDamaged(ValueError):
    """A bundle does not hold what its own list says."""


def audit_bundle(
    store: Store,
    viewer: Viewer,
    meeting_id: str,
) -> bytes:
    """A zip of JSON files: the record, the evidence word for word, the lines of the log, and a list with the
    hash of each.
    """
    meeting = one_meeting(store, viewer, meeting_id)
    viewer.require(Act.READ_AUDIT, meeting.place)
    with store.reading() as connection:
        rows = _rows_of(connection, meeting_id)
        keys = [
            r[_key(table)]
            for table in tables.AUDITED
            for r in rows.get(table.name, [])
        ]
        rows["audit_log"] = _log_lines(connection, keys)
        chain = check_chain(connection)
        head = dict(
            connection.execute(select(tables.chain_head)).mappings().one()
        )
    for e in rows["evidence"]:
        e["facts"] = json.loads(e["facts"])
    files = {f"{name}.json": _json(found) for name, found in rows.items()}
    files["chain.json"] = _json(
        {
            "head": head,
            "lines": chain.lines,
            "faults": chain.faults,
        }
    )
    files["LIST.json"] = _json(
        {
            name: hashlib.sha256(body).hexdigest()
            for name, body in sorted(files.items())
        }
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, body in sorted(files.items()):
            zipped.writestr(
                zipfile.ZipInfo(name, _DAY),
                body,
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def _rows_of(
    connection: Connection,
    meeting_id: str,
) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows, of a meeting and of what its items and decisions rest on."""
    rows = {t.name: _rows(connection, t, meeting_id) for t in _OF_MEETING}
    items, decisions = rows["item"], rows["decision"]
    taken = [d["decision_id"] for d in decisions]
    listed = [i["item_id"] for i in items]
    rows["seconding"] = _of(connection, tables.seconding, "decision_id", taken)
    rows["exception_proposal"] = _of(
        connection, tables.exception_proposal, "item_id", listed
    )
    rows["exception_grant"] = _of(
        connection, tables.exception_grant, "decision_id", taken
    )
    frozen = _ids(
        [*items, *decisions],
        "evidence_id",
    )
    rows["evidence"] = _of(connection, tables.evidence, "evidence_id", frozen)
    about_projects = [i for i in items if i["subject"] == Subject.PROJECT]
    projects = sorted(set(_ids(about_projects, "subject_id")))
    rows |= {
        t.name: _of(connection, t, "project_id", projects) for t in _OF_PROJECT
    }
    snapshots = _ids(
        [
            *decisions,
            *rows["evidence"],
        ],
        "snapshot_id",
    )
    rows["snapshot"] = _of(
        connection,
        tables.snapshot,
        "snapshot_id",
        sorted(set(snapshots)),
    )
    return rows


def _ids(rows: Iterable[Mapping[str, Any]], column: str) -> list[str]:
    """What the rows name in a column, row by row, where they name anything."""
    return [row[column] for row in rows if row[column]]


def _log_lines(
    connection: Connection,
    keys: Sequence[str],
) -> list[dict[str, Any]]:
    """The lines of the log that tell of these rows, in order."""
    log = tables.audit_log
    parts = (
        log.c.subject_id.in_(keys[n : n + 500])
        for n in range(
            0,
            len(keys),
            500,
        )
    )
    query = select(log).where(or_(*parts)).order_by(log.c.seq)
    return [dict(r) for r in connection.execute(query).mappings()]


# what the reader of zips and that of JSON say of bytes that are neither; a password is a RuntimeError
UNREADABLE: Final = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    KeyError,
    TypeError,
    ValueError,
)


def opened_bundle(data: bytes) -> dict[str, Any]:
    """The record of a bundle by table, after its hashes and the seals of its log lines were checked. Raises
    BundleDamaged.
    """
    files = _files_as_listed(data)
    rows = {
        name.removesuffix(".json"): json.loads(body)
        for name, body in files.items()
    }
    broken = [
        line["seq"] for line in rows["audit_log"] if seal(line) != line["hash"]
    ]
    if broken:
        raise BundleDamaged(
            f"audit bundle: found broken seals on lines {broken} of the log; ask for the bundle again"
        )
    return rows


def _files_as_listed(data: bytes) -> dict[str, bytes]:
    """The bundle's files, each with the contents that its list says. Raises BundleDamaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            files = {name: zipped.read(name) for name in zipped.namelist()}
        listed = dict(json.loads(files.pop("LIST.json")))
    except UNREADABLE as damage:
        raise BundleDamaged(
            "audit bundle: its zip is damaged or holds no list of its files; ask for the bundle again"
        ) from damage
    hashes = {n: hashlib.sha256(body).hexdigest() for n, body in files.items()}
    names = hashes.keys() | listed.keys()
    wrong = sorted(n for n in names if hashes.get(n) != listed.get(n))
    if wrong:
        raise BundleDamaged(
            f"audit bundle: found other contents in {wrong}; expected those of LIST.json; "
            "ask for the bundle again"
        )
    return files


def _rows(
    connection: Connection,
    table: Table,
    meeting_id: str,
) -> list[dict[str, Any]]:
    return [
        dict(r)
        for r in connection.execute(
            select(table)
            .where(table.c.meeting_id == meeting_id)
            .order_by(*table.primary_key.columns)
        ).mappings()
    ]


def _of(
    connection: Connection,
    table: Table,
    column: str,
    keys: list[str],
) -> list[dict[str, Any]]:
    return [
        dict(r)
        for r in connection.execute(
            select(table)
            .where(table.c[column].in_(keys))
            .order_by(*table.primary_key.columns)
        ).mappings()
    ]


def _key(table: Table) -> str:
    return str(next(iter(table.primary_key.columns)).name)


def _json(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, indent=1, sort_keys=True
    ).encode()
