"""Which branches the suites took, by room, as coverage counts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.nightly.counts import Counted, ended

ROOT = Path(__file__).resolve().parents[2]
LEAST = {"clearlink/rules": 98.0, "clearlink/warehouse": 98.0, "clearlink/review": 98.0}
LEAST_OF_THE_REST = 90.0


def suites(
    arguments: Sequence[str], seconds: float | None = None
) -> tuple[dict[str, Any], dict[str, Counted]]:
    """Runs pytest under coverage: branches by room, and each test with how its cases ended.

    `seconds`: after which it is told to end, as a person would by Ctrl-C; what was run by then is counted.
    """
    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch)
        environment = os.environ | {"COVERAGE_FILE": str(there / "coverage")}
        running = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "coverage",
                "run",
                "--branch",
                "--source=clearlink,etl,pages",
                "-m",
                "pytest",
                f"--junitxml={there / 'junit.xml'}",
                *arguments,
            ],
            cwd=ROOT,
            env=environment,
            # what was started behind a terminal inherits that it hears no Ctrl-C
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            print("branches: stopped by the clock", flush=True)
            running.send_signal(signal.SIGINT)
            running.wait()
        subprocess.run(
            [
                sys.executable,
                "-m",
                "coverage",
                "json",
                "-q",
                "-o",
                str(there / "coverage.json"),
            ],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        told = json.loads((there / "coverage.json").read_text(encoding="utf-8"))
        return by_room(told), ended([there / "junit.xml"])


def by_room(told: dict[str, Any]) -> dict[str, Any]:
    """Branches taken and branches there are, for each room and each file that is under its room's least."""
    taken: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    for name, file in told["files"].items():
        room = "/".join(Path(name).parts[:2])
        taken[room] += file["summary"]["covered_branches"]
        there[room] += file["summary"]["num_branches"]
    return {
        room: {
            "branches": there[room],
            "taken_percent": round(100 * taken[room] / there[room], 1),
            "least": LEAST.get(room, LEAST_OF_THE_REST),
        }
        for room in sorted(there)
        if there[room]
    }
