"""Two app processes against one PostgreSQL see each other's decisions, and twenty people deciding at once
lose none.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clearlink.review.agenda import items
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions
from clearlink.review.store import Store
from tests.meetings import OFFICER, REASON, a_frozen_meeting

PROJECT = Path(__file__).parents[2]
OTHER_PROCESS = """
import sys
from clearlink.review.agenda import items
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions
from clearlink.review.store import Store
from tests.meetings import OFFICER, REASON
store = Store(sys.argv[1])
before = len(decisions(store, OFFICER, sys.argv[2]))
second = items(store, OFFICER, sys.argv[2])[1]
print(before, decide(store, OFFICER, second, Resolution(Outcome.CONFIRM, REASON), after=0).decision_id)
"""


def _binary(name: str) -> str | None:
    versions = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda p: int(p.parts[-3]),
    )
    return str(versions[-1]) if versions else shutil.which(name)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    initdb, postgres = _binary("initdb"), _binary("postgres")
    if initdb is None or postgres is None:
        said = (
            "PostgreSQL is not installed; expected initdb and postgres of the Debian package postgresql; "
            "install it"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    # the server refuses to run as root, and its folder must then be the other user's
    as_user = (
        ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        if os.geteuid() == 0
        else []
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="clearlink-pg-"))
    if as_user:
        shutil.chown(folder, "nobody", "nogroup")
    subprocess.run(
        [
            *as_user,
            initdb,
            "-D",
            folder / "data",
            "-U",
            "clearlink",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    server = subprocess.Popen(
        [
            *as_user,
            postgres,
            "-D",
            folder / "data",
            "-p",
            str(port),
            "-h",
            "127.0.0.1",
            "-k",
            str(folder),
            "-F",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    address = f"postgresql://clearlink@127.0.0.1:{port}/postgres"
    try:
        _wait(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    for _ in range(100):
        assert server.poll() is None, "PostgreSQL ended while starting"
        try:
            psycopg.connect(address, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise TimeoutError(address)


def test_two_processes_see_each_others_decisions(url: str) -> None:
    store = Store(url)
    held = a_frozen_meeting(store)
    decide(
        store,
        OFFICER,
        items(store, OFFICER, held.meeting_id)[0],
        Resolution(Outcome.CONFIRM, REASON),
        after=0,
    )
    seen, other = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, url, held.meeting_id],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert seen == "1"
    assert other in {
        d.decision_id for d in decisions(store, OFFICER, held.meeting_id)
    }
    assert store.check().is_intact
    store.close()


def test_twenty_people_deciding_at_once_lose_none(url: str) -> None:
    store, other = Store(url), Store(url)
    held = a_frozen_meeting(store, number=20)
    listed = items(store, OFFICER, held.meeting_id)

    def person(n: int) -> str:
        return decide(
            (store, other)[n % 2],
            OFFICER,
            listed[n],
            Resolution(Outcome.CONFIRM, REASON),
            after=0,
        ).decision_id

    with ThreadPoolExecutor(20) as people:
        said = set(people.map(person, range(20)))
    assert said == {
        d.decision_id for d in decisions(store, OFFICER, held.meeting_id)
    }
    assert store.check().is_intact
    store.close()
    other.close()


@pytest.mark.parametrize(
    "statement",
    [
        "update decision set reason = 'x'",
        "delete from audit_log",
        "truncate audit_log",
    ],
)
def test_the_database_itself_refuses_to_change_what_only_grows(
    url: str, statement: str
) -> None:
    store = Store(url)
    with (
        pytest.raises(DBAPIError, match="only grows"),
        store.engine.begin() as connection,
    ):
        connection.execute(text(statement))
    store.close()


def test_eight_processes_may_start_at_once(url: str) -> None:
    with ThreadPoolExecutor(8) as starting:
        for store in starting.map(lambda _: Store(url), range(8)):
            store.close()
