"""The record proves itself: a resealed chain, an older copy, another or no file stop writing; a full disk
or a read-only folder say what was not saved.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clearlink import command, words
from clearlink.exit_codes import Exit
from clearlink.report.minutes_text import record_line
from clearlink.report.voice import Voice
from clearlink.review.agenda import items
from clearlink.review.anchor import RecordReplaced
from clearlink.review.audit import START, seal
from clearlink.review.bundle import audit_bundle
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions
from clearlink.review.proof import against_bundle, against_seal
from clearlink.review.records import Meeting
from clearlink.review.saving import NotSaved
from clearlink.review.store import Store
from tests.meetings import OFFICER, REASON, a_frozen_meeting, a_store

CONFIRM = Resolution(Outcome.CONFIRM, REASON)
PROJECT = Path(__file__).parents[2]


def settled_file(folder: Path) -> Path:
    """The store's file with everything in it, closed."""
    file = folder / "review.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    return file


def put_over(source: Path, file: Path) -> None:
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    shutil.copyfile(source, file.with_name("new"))
    file.with_name("new").replace(file)


def reseal(file: Path) -> None:
    """Changes a decision and seals the whole chain anew, as somebody with the file and this code could."""
    with sqlite3.connect(file) as c:
        c.row_factory = sqlite3.Row
        for (name,) in c.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            c.execute(f"drop trigger {name}")
        c.execute(
            "update decision set reason = 'Something else was said at length.'"
        )
        previous = START
        lines = [
            dict(r) for r in c.execute("select * from audit_log order by seq")
        ]
        for line in lines:
            line["record"] = line["record"].replace(
                REASON, "Something else was said at length."
            )
            line["previous"] = previous
            line["hash"] = previous = seal(line)
            c.execute(
                "update audit_log set record = ?, previous = ?, hash = ? where seq = ?",
                (line["record"], line["previous"], line["hash"], line["seq"]),
            )
        c.execute("update chain_head set hash = ?", (previous,))


def a_decided_store(folder: Path) -> tuple[Store, Meeting]:
    store = a_store(folder)
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    return store, held


def older(folder: Path, copy: Path) -> None:
    put_over(copy, folder / "review.sqlite")


def resealed(folder: Path, _copy: Path) -> None:
    reseal(settled_file(folder))


def deleted(folder: Path, _copy: Path) -> None:
    for file in folder.glob("review.sqlite*"):
        if not file.name.endswith(".anchor"):
            file.unlink()


def another(folder: Path, _copy: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    store, held = a_decided_store(elsewhere)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[1],
        CONFIRM,
        after=0,
    )
    store.close()
    put_over(settled_file(elsewhere), folder / "review.sqlite")


@pytest.mark.parametrize("attack", [older, resealed, deleted, another])
def test_a_record_that_was_replaced_is_told_at_start_and_nothing_is_written(
    tmp_path: Path, attack: Callable[[Path, Path], None]
) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    copy = tmp_path / "copy"
    shutil.copyfile(settled_file(tmp_path), copy)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    store.close()
    attack(tmp_path, copy)
    again = a_store(tmp_path)
    kind = "other" if attack in (resealed, another) else "older"
    assert again.fault() == kind
    assert f"record_{kind}" in {k for k, _ in again.check().faults}
    with pytest.raises(RecordReplaced) as told:
        a_frozen_meeting(again)
    assert told.value.kind == kind


@pytest.mark.parametrize("attack", [older, resealed, deleted, another])
@pytest.mark.parametrize("takes_anchor", [False, True])
def test_a_record_replaced_under_the_server_stops_writing(
    tmp_path: Path, attack: Callable[[Path, Path], None], takes_anchor: bool
) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    copy = tmp_path / "copy"
    shutil.copyfile(settled_file(tmp_path), copy)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        CONFIRM,
        after=0,
    )
    item = items(store, OFFICER, held.meeting_id)[1]
    attack(tmp_path, copy)
    if takes_anchor:
        (tmp_path / "review.sqlite.anchor").unlink()
    assert store.fault() is not None
    with pytest.raises(RecordReplaced):
        decide(store, OFFICER, item, CONFIRM, after=0)
    for kind in ("older", "other", "gone"):
        for lang in words.LANGUAGES:
            assert words.say(lang, f"meetings.record.{kind}")


def test_an_anchor_behind_the_log_is_no_fault_and_one_that_is_no_anchor_is(
    tmp_path: Path,
) -> None:
    store, held = a_decided_store(tmp_path)
    anchor = tmp_path / "review.sqlite.anchor"
    then = anchor.read_text()
    assert json.loads(then) == {
        "line": store.head().seq,
        "hash": store.head().hash,
    }
    assert anchor.stat().st_mode & 0o077 == 0
    listed = items(store, OFFICER, held.meeting_id)
    decide(store, OFFICER, listed[1], CONFIRM, after=0)
    store.close()
    anchor.write_text(then)  # killed between the write and its anchor
    again = a_store(tmp_path)
    assert again.fault() is None
    decide(again, OFFICER, listed[2], CONFIRM, after=0)
    anchor.write_text("{")
    assert again.fault() == "other" and a_store(tmp_path).fault() == "other"


def test_two_processes_write_one_record(tmp_path: Path) -> None:
    store, held = a_decided_store(tmp_path)
    other = a_store(tmp_path)
    listed = items(store, OFFICER, held.meeting_id)
    decide(other, OFFICER, listed[1], CONFIRM, after=0)
    decide(store, OFFICER, listed[2], CONFIRM, after=0)
    assert (
        store.fault() is None
        and other.fault() is None
        and store.check().is_intact
    )


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_minutes_print_where_the_record_stood(
    tmp_path: Path, lang: words.Lang
) -> None:
    store, held = a_decided_store(tmp_path)
    head = store.head()
    (line,) = record_line(Voice(lang), head)
    assert str(head.seq) in line.text and head.hash in line.text
    assert against_seal(store, head) is None and held


def test_a_bundle_is_held_against_the_record_it_came_from(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLEARLINK_DATA", str(tmp_path))
    monkeypatch.delenv("CLEARLINK_REVIEW_URL", raising=False)
    store, held = a_decided_store(tmp_path)
    data = audit_bundle(store, OFFICER, held.meeting_id)
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(data)
    then = store.head()
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[1],
        CONFIRM,
        after=0,
    )
    assert against_bundle(store, data) == []
    assert (
        command.main(["check", "--log", str(bundle), "--seal", str(then)])
        == Exit.DONE
    )
    assert "every line" in capsys.readouterr().out
    assert command.main(["check", "--log"]) == Exit.DONE
    assert (
        command.main(["check", "--log", "--seal", f"{then.seq}:{'0' * 64}"])
        == Exit.CHECKS_FAILED
    )
    assert command.main(["check", "--log", "--seal", "x"]) == Exit.USAGE
    assert (
        command.main(["check", "--log", str(tmp_path / "none.zip")])
        == Exit.USAGE
    )
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        (tmp_path / "cut.zip").write_bytes(
            data[: len(data) // 2] + bytes(zipped.start_dir)
        )
    assert (
        command.main(["check", "--log", str(tmp_path / "cut.zip")])
        == Exit.INPUT_REFUSED
    )
    capsys.readouterr()
    # resealed with its anchor taken along: the store alone reads whole, and the bundle and the printed line
    # tell
    store.close()
    reseal(settled_file(tmp_path))
    (tmp_path / "review.sqlite.anchor").unlink()
    alone = a_store(tmp_path)
    assert alone.fault() is None
    assert {kind for kind, _ in against_bundle(alone, data)} >= {
        "line_differs",
        "record_other",
    }
    assert against_seal(alone, then) == "other"


READ_ONLY = """
import os, sys, tempfile
from pathlib import Path
from clearlink.review.agenda import items
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions
from clearlink.review.meetings import meetings
from clearlink.review.saving import NotSaved
from tests.meetings import OFFICER, REASON, a_meeting, a_store
# whatever is imported late is imported before the rights go: the interpreter itself may lie
# where others cannot read
with tempfile.TemporaryDirectory() as folder:
    a_meeting(a_store(Path(folder)))
os.setgid(65534); os.setuid(65534)
store = a_store(Path(sys.argv[1]))
held = meetings(store, OFFICER)
try:
    a_meeting(store)
except NotSaved as told:
    print(told.kind, store.fault(), sum(len(decisions(store, OFFICER, m.meeting_id)) for m in held))
"""


@pytest.mark.skipif(
    os.getuid() != 0,
    reason="gives up its rights in a child, which only root can",
)
@pytest.mark.parametrize("with_record", [True, False])
def test_a_read_only_folder_is_read_and_says_that_nothing_can_be_saved(
    tmp_path: Path, with_record: bool
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    if with_record:
        a_decided_store(folder)[0].close()
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    for above in (tmp_path, *tmp_path.parents[:3]):
        above.chmod(above.stat().st_mode | 0o055) if str(above).startswith(
            "/tmp/"
        ) else None
    said = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(folder)],
        cwd=PROJECT,
        env={
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == f"read_only read_only {int(with_record)}", (
        said.stderr
    )


def _full(store: Store) -> None:
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()

    from sqlalchemy import event

    # the engine's own limit of pages answers as a full disk does: "database or disk is full"
    @event.listens_for(store.engine, "checkout")
    def full(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"pragma max_page_count = {pages}")


def test_a_full_disk_says_what_was_not_saved_and_later_it_is(
    tmp_path: Path,
) -> None:
    store, held = a_decided_store(tmp_path)
    item = items(store, OFFICER, held.meeting_id)[1]
    long = Resolution(Outcome.CONFIRM, "x" * 4000)
    _full(store)
    with pytest.raises(NotSaved) as told:
        for after in range(40):
            decide(store, OFFICER, item, long, after=after)
    assert told.value.kind == "full"
    kept = len(decisions(store, OFFICER, held.meeting_id))
    assert store.fault() is None and store.check().is_intact
    again = a_store(tmp_path)
    assert len(decisions(again, OFFICER, held.meeting_id)) == kept
    decide(
        again,
        OFFICER,
        items(again, OFFICER, held.meeting_id)[2],
        CONFIRM,
        after=0,
    )


def _screen(lang: str, kind: str) -> None:
    import streamlit as st

    from clearlink.review.saving import NotSaved
    from pages.frame.speech import Speech
    from pages.meeting.meeting_place import told, writing

    say = Speech("cy" if lang == "cy" else "en")
    told()
    st.text_area("reason", key="reason")
    if st.button("save", key="save"):
        with writing(say):
            raise NotSaved(kind)
        st.rerun()


@pytest.mark.parametrize(
    "kind", ["full", "read_only", "busy", "unsure", "failed"]
)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_words_stay_in_the_form(lang: words.Lang, kind: str) -> None:
    app = AppTest.from_function(_screen, args=(lang, kind)).run()
    app.text_area(key="reason").set_value(REASON)
    app = app.button(key="save").click().run()
    assert [e.value for e in app.error] == [
        words.say(lang, f"meetings.not_saved.{kind}")
    ]
    assert app.text_area(key="reason").value == REASON and not app.exception
