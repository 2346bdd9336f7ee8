"""data/reliability.md: the rows of the reliability table, each with the tests that try it, how they ended,
and what the last night did beside them.
"""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.nightly import counts
from tests.nightly.counts import Counted

ROOT = Path(__file__).resolve().parents[2]
ROWS = Path(__file__).with_name("rows.csv")
RESULTS = Path(__file__).with_name("results.json")
REPORT = ROOT / "data" / "reliability.md"
NOT_RUN = "not run when this was written"


def rows() -> list[dict[str, str]]:
    """The rows: number, fault, test files, and the parts of the night that try it too."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def commit() -> str:
    """The commit that is tried."""
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return head.stdout.strip()


def files() -> set[str]:
    """Every test file that a row names."""
    return {
        name.partition("::")[0]
        for row in rows()
        for name in row["tests"].split()
    }


def written(results: dict[str, Any], counted: Mapping[str, Counted]) -> str:
    """The page. It holds nothing that was not counted, and says of each part how long it ran."""
    parts = results.get("parts", {})
    lines = [
        "# Reliability: what was tried, and what came of it",
        "",
        "Nothing here is typed: `tests/run counted` writes from the gate how the tests of each row ended, "
        "and `tests/run nightly` what its parts counted. What was not run says so.",
        f"Last night: {results.get('when', '—')}, at commit {results.get('commit', '—')}; how much of each "
        "part was run stands with the part.",
        "",
        "| row | fault | tests | in the night |",
        "|---|---|---|---|",
    ]
    for row in rows():
        night = row["night"] and (
            f"{row['night']}: {_short(row['night'], parts, row)}"
        )
        lines.append(
            f"| {row['row']} | {row['fault']} | {_tests(row, counted)} | {night} |"
        )
    lines += ["", "## The parts of the night", ""]
    for name, told in parts.items():
        how = results.get("how", {}).get(name)
        lines += [
            f"### {name}",
            "",
            *([f"Run: {how}.", ""] if how else []),
            *_told(told),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _tests(row: dict[str, str], counted: Mapping[str, Counted]) -> str:
    """How many tests try a row, in which files, and how they ended at which commits."""
    entries = row["tests"].split()
    if not entries:
        return "none in the gate"
    named = {test for entry in entries for test in counts.named(counted, entry)}
    found = [counted[test] for test in sorted(named)]
    number = sum(each.there for each in found)
    told = ["1 test" if number == 1 else f"{number:,} tests"]
    run = [each for each in found if each.at]
    if run:
        commits = ", ".join(sorted({each.at for each in run}))
        passed, failed, skipped = (
            sum(getattr(each, end) for each in run)
            for end in ("passed", "failed", "skipped")
        )
        told.append(
            f"{passed:,} passed, {failed:,} failed, {skipped:,} skipped"
        )
        told[-1] += f" at {commits}"
    left = sum(each.there for each in found if not each.at)
    if left or not run:
        told.append(f"{left:,} {NOT_RUN}")
    return "; ".join(told)


def _short(part: str, parts: dict[str, Any], row: dict[str, str]) -> str:
    told = parts.get(part)
    if not told:
        return NOT_RUN
    if part == "fuzz":
        return (
            f"{sum(door['tried'] for door in told['doors']):,} inputs, "
            f"{sum(len(d['crashed']) for d in told['doors'])} crashes"
        )
    if part == "mutants":
        return f"{told['tried']:,} changes, {told['killed_percent']} % noticed"
    if part == "branches":
        short = [
            f"{room} {each['taken_percent']} %"
            for room, each in told.items()
            if each["taken_percent"] < each["least"]
        ]
        return (
            f"{len(told) - len(short)} of {len(told)} rooms take as many branches as they should; "
            f"the others: {', '.join(short) or 'none'}"
        )
    if part == "tests":
        return (
            f"{sum(passed for passed, _, _ in told.values()):,} passed, "
            f"{sum(failed for _, failed, _ in told.values()):,} failed"
        )
    return ", ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, value in list(told.items())[:6]
    )


def _told(told: Any) -> list[str]:
    if isinstance(told, dict) and "doors" in told:
        table = [
            "| reader | seconds | inputs | branches reached | crashes |",
            "|---|---|---|---|---|",
        ]
        return table + [
            f"| {d['door'].replace('_', ' ')} | {d['seconds']} | {d['tried']:,} | {d['edges']:,} | "
            f"{len(d['crashed'])} |"
            for d in told["doors"]
        ]
    return [
        f"- {name.replace('_', ' ')}: {_plain(value)}"
        for name, value in told.items()
    ]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(
            f"{name.replace('_', ' ')} {each}" for name, each in value.items()
        )
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)


def keep(results: dict[str, Any]) -> None:
    """Keeps the counts and writes the page from them."""
    RESULTS.write_text(
        json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True)
        + "\n",
        encoding="utf-8",
    )
    REPORT.write_text(written(results, counts.kept()), encoding="utf-8")


def kept() -> dict[str, Any]:
    """The counts of the last night, part by part; a part that is run anew takes the place of its own only."""
    found: dict[str, Any] = (
        json.loads(RESULTS.read_text(encoding="utf-8"))
        if RESULTS.exists()
        else {}
    )
    return found
