"""Builds, timed as a person waits for them: the whole command, its start included."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from clearlink import folders
from clearlink.exit_codes import Exit
from tests.bench.figures import Figure

ROUNDS: Final = 2


class CommandFailed(RuntimeError):
    """A command that was to be timed did not do its work."""


def sample(folder: Path) -> Iterator[Figure]:
    """Seconds of the sample build in an empty folder, and of a build with nothing changed."""
    taken = []
    for _ in range(ROUNDS):
        shutil.rmtree(folder, ignore_errors=True)
        taken.append(_seconds(folder, "build", "--sample"))
    yield Figure("sample build", statistics.median(taken), "s", at_most=10)
    yield Figure(
        "sample build again, nothing changed",
        statistics.median(
            _seconds(folder, "build", "--sample") for _ in range(ROUNDS)
        ),
        "s",
        at_most=5,
    )


def mirror(folder: Path, files: Path) -> Iterator[Figure]:
    """Seconds to fetch from a folder that stands in for the publishers, to build, and to build with
    nothing changed.
    """
    yield Figure(
        "mirror fetch",
        _seconds(folder, "fetch", "--mirror", str(files), or_late=True),
        "s",
        note="once",
    )
    yield Figure(
        "mirror build", _seconds(folder, "build"), "s", at_most=60, note="once"
    )
    yield Figure(
        "mirror build again, nothing changed",
        statistics.median(_seconds(folder, "build") for _ in range(ROUNDS)),
        "s",
        at_most=5,
    )


def _seconds(folder: Path, *words: str, or_late: bool = False) -> float:
    command = [sys.executable, "-m", "clearlink", "--data", str(folder), *words]
    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folders.ROOT,
        env=os.environ | {"CLEARLINK_DATA": str(folder)},
        capture_output=True,
        text=True,
    )
    taken = time.perf_counter() - started
    # a fetch in which one source is late has still fetched the others
    if done.returncode not in (
        (Exit.DONE, Exit.SOURCE_UNAVAILABLE) if or_late else (Exit.DONE,)
    ):
        raise CommandFailed(
            f"clearlink {' '.join(words)}: ended with {done.returncode}: "
            f"{(done.stderr or done.stdout)[-800:]}"
        )
    return taken
