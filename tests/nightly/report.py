"""data/reliability.md from what the suites of a night counted: the rows of the reliability table, each
with what was tried.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROWS = Path(__file__).with_name("rows.csv")
RESULTS = Path(__file__).with_name("results.json")
REPORT = ROOT / "data" / "reliability.md"
NOT_RUN = "not run in this night"


def rows() -> list[dict[str, str]]:
    """The rows: number, fault, test files, and the parts of the night that try it too."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(results: dict[str, Any]) -> str:
    """The page. It holds nothing that was not counted, and says of each part how long it ran."""
    parts = results.get("parts", {})
    lines = [
        "# Reliability: what was tried, and what came of it",
        "",
        "Written by `tests/run nightly` from its own counts; a number here was counted by the run "
        "named below, and a row without one says so.",
        f"Last night: {results.get('when', '—')}, at commit {results.get('commit', '—')}; how much of each "
        "part was run stands with the part.",
        "",
        "| row | fault | tests: passed, failed, skipped | in the night |",
        "|---|---|---|---|",
    ]
    for row in rows():
        night = row["night"] and (f"{row['night']}: {_short(row['night'], parts, row)}")
        lines.append(
            f"| {row['row']} | {row['fault']} | {_tests(row, results.get('tests', {}))} | {night} |"
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


def _tests(row: dict[str, str], counted: dict[str, list[int]]) -> str:
    names = row["tests"].split()
    known = [counted[name] for name in names if name in counted]
    if not known:
        return "—" if not names else NOT_RUN
    passed, failed, skipped = (sum(column) for column in zip(*known, strict=True))
    missing = [name for name in names if name not in counted]
    return f"{passed:,}, {failed:,}, {skipped:,}" + (
        f" ({len(missing)} of {len(names)} files {NOT_RUN})" if missing else ""
    )


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
        return ", ".join(
            f"{room.partition('/')[2] or room} {each['taken_percent']} %"
            for room, each in told.items()
        )
    if part == "tests":
        return (
            f"{sum(passed for passed, _, _ in told.values()):,} passed, "
            f"{sum(failed for _, failed, _ in told.values()):,} failed"
        )
    return ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in list(told.items())[:6]
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
        f"- {name.replace('_', ' ')}: {_plain(value)}" for name, value in told.items()
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
        json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        encoding="utf-8",
    )
    REPORT.write_text(written(results), encoding="utf-8")


def kept() -> dict[str, Any]:
    """The counts of the last night, part by part; a part that is run anew takes the place of its own only."""
    found: dict[str, Any] = (
        json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    )
    return found
