"""Builds that are killed, starved and doubled, each in a process of its own. Prints one line of JSON per kind
of harm:
`killing.py TIMES…` kills at random moments, as often as each number says and each in a folder of its own,
side by side; then it does the other harm.

Runs as a program: a process that has opened the engine must not be forked, and a test run has.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "oracle")]

# what a build reads in as it goes: once here, and not in each of the hundreds of children
import pandas  # noqa: E402, F401
import pyarrow.compute  # noqa: E402, F401
from random_wales import random_intake  # noqa: E402

from clearlink import folders  # noqa: E402
from etl.build import builder, warehouse_file  # noqa: E402
from etl.pipeline import builds  # noqa: E402

INTAKES = [random_intake(seed, 15) for seed in (1, 2)]
SETTINGS = builds.settings().with_changes(draws=10)


def _build(which: int) -> int:
    builder.build(
        INTAKES[which % 2], SETTINGS, f"inputs {which % 2}", lambda *_: None
    )
    return 0


def _child(work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = work()
        except BaseException as stopped:  # noqa: BLE001 - whatever stopped the child, its parent is told
            print(f"{type(stopped).__name__}: {stopped}", file=sys.stderr)
            code = {"BuildStopped": 5, "BuildInProgress": 4}.get(
                type(stopped).__name__, 70
            )
        finally:
            os._exit(code)
    return pid


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _served(known: list[str]) -> int:
    """0: a whole build of one of the intakes is served. Anything else is a partial build."""
    import duckdb

    from clearlink.warehouse.connection import warehouse
    from clearlink.warehouse.scope import everything

    held = warehouse(folders.warehouse_file())
    con: duckdb.DuckDBPyConnection = held.cursor(everything())
    content = con.execute("select content_hash from build").fetchone()
    rows = con.execute("select count(*) from verdict").fetchone()
    return (
        0
        if content is not None
        and content[0] in known
        and rows == (30,)
        and not held.is_previous
        else 71
    )


def _content(which: int) -> str:
    """The hash of what a build of an intake holds; it is served after this."""
    reading, writing = os.pipe()

    def work() -> int:
        built = builder.build(
            INTAKES[which], SETTINGS, f"inputs {which}", lambda *_: None
        )
        os.write(writing, built.content_hash.encode())
        return 0

    assert _ended(_child(work)) == 0
    return os.read(reading, 100).decode()


def _litter() -> list[str]:
    return [
        p.name
        for pattern in warehouse_file.LITTER
        for p in folders.built_folder().glob(pattern)
    ]


def kill_at_random(
    known: list[str], times: int, seed: int
) -> dict[str, object]:
    dice = random.Random(seed)
    started = time.monotonic()
    assert _ended(_child(lambda: _build(0))) == 0
    whole_s = time.monotonic() - started
    partial = left = finished = worst_litter = 0
    for n in range(times):
        pid = _child(lambda n=n: _build(n))
        waited = dice.uniform(0, 1.1 * whole_s)
        time.sleep(waited)
        os.kill(pid, signal.SIGKILL)
        is_late = _ended(pid) == 0
        finished += is_late
        # a machine grows quicker and slower meanwhile: a build that had ended took no longer than was waited
        whole_s = min(whole_s, waited) if is_late else 1.05 * whole_s
        worst_litter = max(worst_litter, len(_litter()))
        left += bool(_litter())
        partial += _ended(_child(lambda: _served(known))) != 0
    again = _ended(_child(lambda: _build(1)))
    return {
        "kills": times,
        "finished_before_the_kill": finished,
        "partial": partial,
        "runs_that_left_litter": left,
        "most_litter": worst_litter,
        "litter_after_next_start": _litter(),
        "next_build": again,
    }


def kill_at_each_step_of_publish(known: list[str]) -> dict[str, object]:
    """Stops dead before each line that publish, and what it calls in the two modules of publishing, would
    run.
    """
    partial = steps = 0
    for n in range(1, 400):

        def work(n: int = n) -> int:
            seen = 0

            def trace(frame, event, _):  # type: ignore[no-untyped-def]
                nonlocal seen
                if Path(frame.f_code.co_filename).name not in (
                    "warehouse_file.py",
                    "file_note.py",
                ):
                    return None
                if event == "line":
                    seen += 1
                    if seen == n:
                        os.kill(os.getpid(), signal.SIGKILL)
                return trace

            part = warehouse_file.part_file(folders.built_folder())
            part.write_bytes(COPIES[n % 2])
            sys.settrace(trace)
            warehouse_file.publish(part, folders.warehouse_file())
            sys.settrace(None)
            return 0

        ended = _ended(_child(work))
        partial += _ended(_child(lambda: _served(known))) != 0
        if ended == 0:
            break
        steps += 1
    assert _ended(_child(lambda: _build(0))) == 0
    return {
        "steps": steps,
        "partial": partial,
        "ended": ended,
        "litter_after_next_start": _litter(),
    }


def starve(known: list[str], sizes: int) -> dict[str, object]:
    """Gives the build a disk that ends after so many bytes."""
    whole = folders.warehouse_file().stat().st_size
    codes: list[int] = []
    partial = 0
    for n in range(sizes):
        limit = int(whole * n / sizes)

        def work(limit: int = limit, n: int = n) -> int:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return _build(n)

        codes.append(_ended(_child(work)))
        partial += _ended(_child(lambda: _served(known))) != 0
    return {
        "sizes": sizes,
        "codes": sorted(set(codes)),
        "partial": partial,
        "litter": _litter(),
        "next_build": _ended(_child(lambda: _build(0))),
    }


def two_at_once(pairs: int) -> dict[str, object]:
    """One holds the lock; the other must refuse and name it; once the first is killed, the next takes
    over.
    """
    refused = taken = 0
    for _ in range(pairs):
        ready, tell = os.pipe()

        def hold(tell: int = tell) -> int:
            with warehouse_file.build_lock(folders.built_folder()):
                os.write(tell, b"x")
                time.sleep(60)
            return 0

        def try_it(holder: int) -> int:
            try:
                with warehouse_file.build_lock(folders.built_folder()):
                    return 0
            except warehouse_file.BuildInProgress as busy:
                return 44 if f"process {holder}" in str(busy) else 45

        holder = _child(hold)
        os.read(ready, 1)
        refused += _ended(_child(lambda holder=holder: try_it(holder))) == 44
        os.kill(holder, signal.SIGKILL)
        _ended(holder)
        taken += _ended(_child(lambda holder=holder: try_it(holder))) == 0
        os.close(ready)
        os.close(tell)
    return {"pairs": pairs, "refused_by_name": refused, "taken_over": taken}


def swap_under_a_reader(known: list[str], swaps: int) -> dict[str, object]:
    """A reader asks without pause while builds are swapped under it: it must always see one whole build.

    The next swap waits until the reader has come round since the last one, so that a slow machine proves as
    much as a quick one.
    """
    reading, writing = os.pipe()
    come_round = mmap.mmap(-1, 8)

    def read() -> int:
        from clearlink.warehouse.connection import warehouse
        from clearlink.warehouse.scope import everything

        reads = torn = 0
        ends = time.monotonic() + 900
        while (
            time.monotonic() < ends
            and not (folders.built_folder() / "stop").exists()
        ):
            cursor = warehouse(folders.warehouse_file()).cursor(everything())
            row = cursor.execute(
                "select content_hash, (select count(*) from verdict) from build"
            ).fetchone()
            reads += 1
            come_round[:] = reads.to_bytes(8, "little")
            torn += row is None or row[0] not in known or row[1] != 30
        os.write(writing, json.dumps([reads, torn]).encode())
        return 0

    (folders.built_folder() / "stop").unlink(missing_ok=True)
    reader = _child(read)
    for n in range(swaps):
        part = warehouse_file.part_file(folders.built_folder())
        part.write_bytes(COPIES[n % 2])
        warehouse_file.publish(part, folders.warehouse_file())
        seen, patience = come_round[:], time.monotonic() + 300
        while come_round[:] == seen and time.monotonic() < patience:
            time.sleep(0.001)
    (folders.built_folder() / "stop").touch()
    code = _ended(reader)
    reads, torn = json.loads(os.read(reading, 100)) if code == 0 else (0, -1)
    return {"swaps": swaps, "reads": reads, "torn": torn, "reader": code}


def all_harm(known: list[str], times: list[int]) -> None:
    """Every kind in its order, each told as soon as it is known."""
    where = folders.data_folder()

    def killed(at: int) -> int:
        os.environ["CLEARLINK_DATA"] = str(where / str(at))
        _say({"kills": kill_at_random(known, times[at], 50 + at)})
        return 0

    # two at a time, one for each core
    beside = [_child(lambda at=at: killed(at)) for at in range(len(times))]
    assert [_ended(pid) for pid in beside] == [0] * len(times)
    _say({"publish": kill_at_each_step_of_publish(known)})
    _say({"starve": starve(known, 8)})
    _say({"two": two_at_once(50)})
    _say({"swap": swap_under_a_reader(known, 60)})


def _say(told: dict[str, object]) -> None:
    # one write a line: two folders tell through one pipe
    os.write(1, f"{json.dumps(told)}\n".encode())


if __name__ == "__main__":
    KNOWN, COPIES = [], []
    for one in (0, 1):
        KNOWN.append(_content(one))
        COPIES.append(folders.warehouse_file().read_bytes())
    all_harm(KNOWN, [int(times) for times in sys.argv[1:]])
