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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.nightly.counts import Counted, ended

ROOT = Path(__file__).resolve().parents[2]
LEAST = {
    "clearlink/rules": 98.0,
    "clearlink/warehouse": 98.0,
    "clearlink/review": 98.0,
}
LEAST_OF_THE_REST = 90.0
ROOMS = ("clearlink", "etl", "pages")


@dataclass(frozen=True, slots=True)
class Suites:
    """Branches by room, each test with how its cases ended, and whether everything that was asked for ran."""

    rooms: dict[str, Any]
    tests: dict[str, Counted]
    is_whole: bool


def suites(arguments: Sequence[str], seconds: float | None = None) -> Suites:
    """Runs pytest under coverage.

    `seconds`: after which it is told to end, as a person would by Ctrl-C; what was run by then is counted.
    """
    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch)
        environment = {
            # the gate kills fewer builds and asks fewer questions
            "CLEARLINK_KILLS": "100",
            "CLEARLINK_PAYLOADS_ASKED": "2000",
            **os.environ,
            "COVERAGE_FILE": str(there / "coverage"),
        }
        coverage = [sys.executable, "-m", "coverage"]
        under = [
            "run",
            "--branch",
            f"--source={','.join(ROOMS)}",
            "-m",
            "pytest",
        ]
        running = subprocess.Popen(
            [
                *coverage,
                *under,
                f"--junitxml={there / 'junit.xml'}",
                *arguments,
            ],
            cwd=ROOT,
            env=environment,
            # what was started behind a terminal inherits that it hears no Ctrl-C
            preexec_fn=lambda: signal.signal(
                signal.SIGINT, signal.default_int_handler
            ),
        )
        is_whole = True
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            is_whole = False
            running.send_signal(signal.SIGINT)
            running.wait()
        subprocess.run(
            [*coverage, "json", "-q", "-o", str(there / "coverage.json")],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        told = json.loads((there / "coverage.json").read_text(encoding="utf-8"))
        return Suites(by_room(told), ended([there / "junit.xml"]), is_whole)


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
