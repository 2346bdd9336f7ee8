"""`python -m tests.nightly [--minutes 60] [--only PART …] [--mutate PATTERN …]`: the parts of a night, and
data/reliability.md from their counts.

Ends with 1 where a part fell short of what is asked of it, and says which.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.nightly import counts, report
from tests.nightly.branches import suites
from tests.nightly.doors import DOORS
from tests.nightly.fuzz import fuzz
from tests.nightly.mutants import mutants

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("branches", "tests", "fuzz", "uploads", "restarts", "soak", "mutants")
LEAST_KILLED = 90.0
MOST_MB_AN_HOUR = 1.0
SOAKED = 10
# the server keeps the last 128 visits for people who come back, three open files each; more would be lost
MOST_OPEN_FILES = 3 * 128 + 60


def sample() -> Path:
    """A data folder with a build of the sample: the one that was made, else one made now."""
    made = os.environ.get("CLEARLINK_TEST_SAMPLE")
    if made:
        return Path(made)
    folder = Path(tempfile.mkdtemp()) / "sample"
    build = [sys.executable, "-m", "clearlink", "build", "--sample"]
    subprocess.run(
        build,
        cwd=ROOT,
        env=os.environ | {"CLEARLINK_DATA": str(folder)},
        check=True,
    )
    return folder


def fuzzed(minutes: float) -> dict[str, Any]:
    """Every reader for its share of the time."""
    doors = []
    for door in DOORS:
        found = fuzz(door, max(5, 60 * minutes / len(DOORS)))
        print(json.dumps(asdict(found)), flush=True)
        doors.append(asdict(found))
    return {"doors": doors}


def short_of(name: str, told: dict[str, Any]) -> list[str]:
    """What a part did not reach; nothing where it did."""
    if name == "fuzz":
        return [
            f"{d['door']}: "
            f"{'crashed' if d['crashed'] else 'tried nothing' if not d['tried'] else d['said'][-300:]}"
            for d in told["doors"]
            if d["crashed"] or not d["tried"] or d["said"]
        ]
    if name == "mutants":
        enough = told["tried"] and told["killed_percent"] >= LEAST_KILLED
        return (
            []
            if enough
            else [f"{told['killed_percent']} % of {told['tried']} killed"]
        )
    if name == "branches":
        return [
            f"{room}: {each['taken_percent']} %, least {each['least']}"
            for room, each in told.items()
            if each["taken_percent"] < each["least"]
        ]
    if name == "tests":
        return [
            f"{test}: {ends[1]} failed"
            for test, ends in told.items()
            if ends[1]
        ]
    if name == "soak":
        grown, left = told["mb_an_hour_each"], told["open_files_left"]
        return [
            # a server that was just started is still filling its caches
            *(
                [f"{grown} MB an hour"]
                if grown > MOST_MB_AN_HOUR and told["minutes"] >= SOAKED
                else []
            ),
            *([f"{left} open files"] if left > MOST_OPEN_FILES else []),
        ]
    if name == "restarts":
        return (
            []
            if told.get("came back") == told["restarts"]
            and not told.get("failed")
            else [str(told)]
        )
    limits = {"memory_grew_mb": 64, "memory_grew_with_boxes_mb": 250}
    taken = sum(
        n for kind, n in told.items() if kind.startswith("without a box 2")
    )
    grown = [
        f"{kind.replace('_', ' ')} {told[kind]}"
        for kind, most in limits.items()
        if told[kind] > most
    ]
    return [
        *grown,
        *([f"{taken} uploads were taken without a box"] if taken else []),
    ]


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument(
        "--minutes",
        type=float,
        default=60,
        help="of fuzzing, and as many of soaking",
    )
    words.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    words.add_argument("--mutate", nargs="+", default=[], metavar="PATTERN")
    words.add_argument(
        "--mutant-minutes",
        type=float,
        default=180,
        help="after which the rest is left out",
    )
    words.add_argument("--restarts", type=int, default=20)
    words.add_argument(
        "--tests",
        nargs="+",
        default=["--ignore=tests/browser"],
        help="what is run under coverage",
    )
    words.add_argument(
        "--branch-minutes",
        type=float,
        default=180,
        help="after which the suites are ended",
    )
    words.add_argument(
        "--nights",
        default="",
        metavar="WORDS",
        help="which of the night's own tests, as pytest -k",
    )
    given = words.parse_args()
    results = report.kept()
    parts: dict[str, Any] = results.setdefault("parts", {})
    data = sample()
    os.environ["CLEARLINK_TEST_SAMPLE"] = str(data)
    short: list[str] = []
    for name in given.only:
        began = time.monotonic()
        print(f"{name} …", flush=True)
        parts[name] = told = _part(name, given, data)
        missed = short_of(name, told)
        short += [f"{name}: {each}" for each in missed]
        print(
            f"{name}: {time.monotonic() - began:.0f} s{'; short of: ' if missed else ''}{'; '.join(missed)}",
            flush=True,
        )
        results["when"] = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        results["commit"] = report.commit()
        # a part that is run by itself keeps the others as they were counted before
        results.setdefault("how", {})[name] = (
            f"{_how(name, given)}; {results['when']}, at {results['commit']}"
        )
        report.keep(results)
    return 1 if short else 0


def _how(name: str, given: argparse.Namespace) -> str:
    """How much of a part was asked for."""
    if name == "branches":
        clock = (
            ""
            if given.is_whole
            else f", ended after {given.branch_minutes:g} minutes"
        )
        return f"pytest {' '.join(given.tests)}{clock}"
    if name == "tests":
        return f"those named {given.nights}" if given.nights else "all"
    if name == "mutants":
        return f"{' '.join(given.mutate) or 'all rules'}, at most {given.mutant_minutes:g} minutes"
    if name == "restarts":
        return f"{given.restarts} restarts"
    return "once" if name == "uploads" else f"{given.minutes:g} minutes"


def _part(name: str, given: argparse.Namespace, data: Path) -> dict[str, Any]:
    if name == "branches":
        run = suites(given.tests, 60 * given.branch_minutes)
        given.is_whole = run.is_whole
        there = {name: each.there for name, each in counts.kept().items()}
        at = report.commit()
        counts.keep(counts.brought_up(counts.kept(), there, run.tests, at))
        return run.rooms
    if name == "tests":
        chosen = ["-k", given.nights] if given.nights else []
        run = suites(
            ["-o", "python_files=night_*.py", *chosen, "tests/nightly"]
        )
        return {
            name: [each.passed, each.failed, each.skipped]
            for name, each in run.tests.items()
        }
    if name == "fuzz":
        return fuzzed(given.minutes)
    if name == "mutants":
        return mutants(given.mutate, 60 * given.mutant_minutes)
    from tests.nightly import (
        load,
    )  # what speaks to a server is needed for that alone

    if name == "soak":
        return load.soak(data, 60 * given.minutes)
    return (
        load.restarts(data, given.restarts)
        if name == "restarts"
        else load.uploads(data)
    )


if __name__ == "__main__":
    sys.exit(main())
