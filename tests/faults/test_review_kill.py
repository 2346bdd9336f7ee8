"""kill -9 at any moment: every decision that was reported as saved is there, no part of another is, the
chain holds.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from clearlink.review.agenda import items
from clearlink.review.decisions import decisions
from tests.meetings import OFFICER, a_frozen_meeting, a_store

PROJECT = Path(__file__).parents[2]
KILLS = int(os.environ.get("CLEARLINK_KILLS", "12"))
WRITER = """
import sys
from pathlib import Path
from datetime import date
from clearlink.review.agenda import items
from clearlink.review.codes import Outcome
from clearlink.review.decisions import Resolution, decide, decisions
from tests.meetings import OFFICER, REASON, a_store
store, meeting = a_store(Path(sys.argv[1])), sys.argv[2]
listed = items(store, OFFICER, meeting)
n = 0
while True:
    item = listed[n % len(listed)]
    after = sum(d.item_id == item.item_id for d in decisions(store, OFFICER, meeting))
    stop = Resolution(Outcome.STOP, REASON, owner="Ann", due=date(2027, 1, 1))
    taken = decide(store, OFFICER, item, stop, after=after)
    print(taken.decision_id, flush=True)
    n += 1
"""


def test_nothing_that_was_saved_is_lost(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    held = a_frozen_meeting(store)
    reported: set[str] = set()
    moment = random.Random(2026)
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), held.meeting_id],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        reported.add(process.stdout.readline().strip())
        time.sleep(moment.uniform(0, 0.15))
        os.kill(process.pid, signal.SIGKILL)
        reported |= {
            line.strip()
            for line in process.stdout.read().splitlines()
            if line.endswith("")
            and line.startswith("D-")
            and len(line.strip()) == 18
        }
        process.wait()
        check = store.check()
        assert check.is_intact, check.faults
    kept = decisions(store, OFFICER, held.meeting_id)
    assert reported <= {d.decision_id for d in kept}
    for item in items(store, OFFICER, held.meeting_id):
        numbers = [d.number for d in kept if d.item_id == item.item_id]
        assert numbers == list(range(1, len(numbers) + 1))
    # each decision came with its action or not at all
    with store.reading() as connection:
        from sqlalchemy import select

        from clearlink.review.tables import action

        assert {
            r.decision_id
            for r in connection.execute(select(action.c.decision_id))
        } == {d.decision_id for d in kept}
