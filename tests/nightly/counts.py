"""What the tests that a row names are, and how they ended: `python -m tests.nightly.counts [JUNIT.xml …]`.

Asks pytest what there is, takes how it ended from the reports of a run (`tests/run counted` hands over those
of the gate), and writes data/reliability.md anew. A test that no report holds keeps how it ended before, with
the commit of that time.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNTS = Path(__file__).with_name("counts.csv")
COLUMNS = ("test", "there", "passed", "failed", "skipped", "at")


@dataclass(frozen=True, slots=True)
class Counted:
    """One test function: how many cases it has, and how they ended at a commit; `at` is empty where it was
    not run.
    """

    there: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    at: str = ""


def kept() -> dict[str, Counted]:
    """Test (`spec/test_need.py::test_bounds`) → its counts as they are kept."""
    if not COUNTS.exists():
        return {}
    with COUNTS.open(encoding="utf-8", newline="") as file:
        return {
            row["test"]: Counted(
                *(int(row[name]) for name in COLUMNS[1:5]), at=row["at"]
            )
            for row in csv.DictReader(file)
        }


def keep(counts: Mapping[str, Counted]) -> None:
    """Keeps the counts."""
    with COUNTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for name, each in sorted(counts.items()):
            ended = (each.passed, each.failed, each.skipped)
            lines.writerow((name, each.there, *ended, each.at))


def named(counts: Iterable[str], entry: str) -> list[str]:
    """The tests that an entry of a row means: of its file, those with one of its words in their name."""
    file, _, words = entry.partition("::")
    return [
        test
        for test in counts
        if test.partition("::")[0] == file
        and (not words or any(word in test for word in words.split("|")))
    ]


def there(files: Iterable[str]) -> Counter[str]:
    """How many cases each test function of some files has, as pytest collects them."""
    found: Counter[str] = Counter()
    for folder, names in _by_folder(files).items():
        told = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-o",
                "addopts=",
                "-q",
                "--collect-only",
            ]
            + [f"tests/{folder}/{name}" for name in names],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        # a warning names tests as well, further in
        lines = (
            line
            for line in told.stdout.splitlines()
            if line.startswith("tests/")
        )
        found.update(
            line.partition("[")[0].removeprefix("tests/") for line in lines
        )
    return found


def _by_folder(files: Iterable[str]) -> dict[str, list[str]]:
    folders: dict[str, list[str]] = {}
    for file in sorted(set(files)):
        folder, _, name = file.rpartition("/")
        folders.setdefault(folder, []).append(name)
    return folders


def ended(reports: Iterable[Path]) -> dict[str, Counted]:
    """Test → how its cases ended, from the reports that pytest wrote."""
    ends: dict[str, Counter[str]] = {}
    for report in reports:
        for case in ET.parse(report).iter("testcase"):
            file = "/".join(case.get("classname", "").split(".")).removeprefix(
                "tests/"
            )
            name = f"{file}.py::{case.get('name', '').partition('[')[0]}"
            ends.setdefault(name, Counter())[_end_of(case)] += 1
    return {
        name: Counted(
            there=end.total(),
            passed=end["passed"],
            failed=end["failed"],
            skipped=end["skipped"],
        )
        for name, end in ends.items()
    }


def _end_of(case: ET.Element) -> str:
    kinds = {child.tag for child in case}
    if kinds & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in kinds else "passed"


def brought_up(
    before: Mapping[str, Counted],
    cases: Mapping[str, int],
    runs: Mapping[str, Counted],
    at: str,
) -> dict[str, Counted]:
    """The counts of the tests that there are: as they ended in these runs, else as they ended before."""
    known = {
        **before,
        **{name: replace(run, at=at) for name, run in runs.items()},
    }
    return {
        name: replace(known.get(name, Counted(number)), there=number)
        for name, number in cases.items()
    }


def count(files: Iterable[str], reports: Iterable[Path], at: str) -> None:
    """Brings the kept counts up to what there is and to how it ended."""
    keep(brought_up(kept(), there(files), ended(reports), at))


if __name__ == "__main__":
    from tests.nightly import report

    count(report.files(), map(Path, sys.argv[1:]), report.commit())
    report.keep(report.kept())
