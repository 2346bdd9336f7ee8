"""The audit log tells of every write, and of every tampering."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import inspect

from clearlink.review.agenda import items
from clearlink.review.bundle import BundleDamaged, audit_bundle, opened_bundle
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions
from clearlink.review.migrate import StoreFromElsewhere, migrate
from clearlink.review.store import Stale, Store
from clearlink.review.tables import metadata
from tests.meetings import OFFICER, REASON, a_frozen_meeting, a_store

CONFIRM = Resolution(Outcome.CONFIRM, REASON)


def tampered(folder: Path, *statements: str) -> set[str]:
    """Kinds of fault found after somebody with the file in hand ran these statements on it."""
    store = a_store(folder)
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    assert store.check().is_intact
    store.close()
    with sqlite3.connect(folder / "review.sqlite") as file:
        for (name,) in file.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            file.execute(f"drop trigger {name}")
        file.execute("pragma ignore_check_constraints = on")
        for statement in statements:
            file.execute(statement)
    return {kind for kind, _ in a_store(folder).check().faults}


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        (
            "update decision set reason = 'Something else entirely was said'",
            {"row_changed"},
        ),
        ("delete from decision", {"row_missing"}),
        ("update meeting set quorum = 1", {"row_changed"}),
        ("update audit_log set who = 'Nobody' where seq = 3", {"seal_broken"}),
        (
            "delete from audit_log where seq = 4",
            {"line_missing", "seal_broken"},
        ),
        ("update member set organisation = 'Another'", {"row_changed"}),
        (
            "insert into seconding values ('D-1', 'Ghost', 'x', 'y')",
            {"row_not_in_log"},
        ),
    ],
)
def test_tampering_is_found(
    tmp_path: Path, statement: str, kinds: set[str]
) -> None:
    assert tampered(tmp_path, statement) >= kinds


def test_a_log_cut_short_is_found(tmp_path: Path) -> None:
    assert "log_cut_short" in tampered(
        tmp_path, "delete from audit_log where seq > 8", "delete from decision"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_log set who = 'x'",
        "delete from audit_log",
        "update decision set reason = 'x'",
        "delete from decision",
        "delete from evidence",
        "update snapshot set app_version = 'x'",
        "delete from seconding",
    ],
)
def test_the_database_itself_refuses_to_change_what_only_grows(
    tmp_path: Path, statement: str
) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    taken = decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    with sqlite3.connect(tmp_path / "review.sqlite") as file:
        file.execute(
            "insert into seconding values (?, 'a', 'b', 'c')",
            (taken.decision_id,),
        )
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            file.execute(statement)


def test_twenty_people_deciding_at_once_lose_none(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store, number=20)
    listed = items(store, OFFICER, held.meeting_id)
    ready, failed = threading.Barrier(20), []

    def person(n: int) -> None:
        ready.wait()
        try:
            decide(store, OFFICER, listed[n], CONFIRM, after=0)
            ready.wait()
            # and then all twenty on the same item: whoever has not seen the latest is told, and looks again
            while True:
                seen = sum(
                    d.item_id == listed[0].item_id
                    for d in decisions(store, OFFICER, held.meeting_id)
                )
                try:
                    decide(
                        store,
                        OFFICER,
                        listed[0],
                        Resolution(
                            Outcome.CONFIRM, f"{REASON} Said by person {n}."
                        ),
                        after=seen,
                    )
                    return
                except Stale:
                    continue
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            failed.append(error)

    people = [threading.Thread(target=person, args=(n,)) for n in range(20)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert failed == []
    taken = decisions(store, OFFICER, held.meeting_id)
    assert len(taken) == 40
    assert {d.item_id for d in taken} == {i.item_id for i in listed}
    on_first = [d for d in taken if d.item_id == listed[0].item_id]
    assert sorted(d.number for d in on_first) == list(range(1, 22))
    assert sum("Said by person" in d.reason for d in on_first) == 20
    assert store.check().is_intact


def test_migrations_make_exactly_the_tables_the_code_knows(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path)
    made = inspect(store.engine)
    assert set(made.get_table_names()) == set(metadata.tables)
    for table in metadata.tables.values():
        columns = {c["name"]: c for c in made.get_columns(table.name)}
        assert set(columns) == {c.name for c in table.columns}, table.name
        for column in table.columns:
            assert (
                columns[column.name]["nullable"] is bool(column.nullable)
                or column.primary_key
            ), (
                table.name,
                column.name,
            )
    assert migrate(store.engine) == []


def test_a_store_from_a_newer_version_is_not_opened(tmp_path: Path) -> None:
    a_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "review.sqlite") as file:
        file.execute(
            "insert into schema_version values (900, 'later', 'x', 'y')"
        )
    with pytest.raises(StoreFromElsewhere, match="900"):
        a_store(tmp_path)


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    a_store(tmp_path)
    assert (tmp_path / "review.sqlite").stat().st_mode & 0o077 == 0


def test_the_bundle_holds_the_record_and_says_when_it_was_changed(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    data = audit_bundle(store, OFFICER, held.meeting_id)
    record = opened_bundle(data)
    assert [d["reason"] for d in record["decision"]] == [REASON]
    assert {e["evidence_id"] for e in record["evidence"]} >= {
        d["evidence_id"] for d in record["decision"]
    }
    assert record["evidence"][0]["facts"]["project"]["title"] == "Drop-in"
    assert len(record["audit_log"]) == store.check().lines
    assert audit_bundle(store, OFFICER, held.meeting_id) == data
    with pytest.raises(BundleDamaged):
        opened_bundle(_changed(data))


def _changed(data: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w") as after,
    ):
        for name in before.namelist():
            after.writestr(
                name,
                before.read(name).replace(
                    REASON.encode(), b"Another reason altogether, typed in."
                ),
            )
    return out.getvalue()


def test_a_store_url_that_is_not_one_is_refused() -> None:
    with pytest.raises(ValueError, match="expected sqlite"):
        Store("mysql://somebody:secret@host/x")
