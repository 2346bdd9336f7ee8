"""What the last attempt at each source came to, kept beside the snapshots, so that a build can say what it
had to do without.

`$CLEARLINK_DATA/snapshots/last_fetch.json`: one entry for each source whose newest file did not come, was
refused or was withdrawn. A source that comes well again loses its entry.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from etl.fetch.fetch import FetchReport, Outcome
from etl.records import Problem, Severity

FILE: Final = "last_fetch.json"
KEPT: Final = (Outcome.LATE, Outcome.REFUSED, Outcome.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class NotRenewed:
    """A source whose newest file is not in use, and why."""

    outcome: Outcome
    problems: tuple[Problem, ...]


def note_file(data_dir: Path) -> Path:
    """Where the note stands; part of what a build is made from."""
    return data_dir / "snapshots" / FILE


def keep_outcomes(data_dir: Path, report: FetchReport) -> None:
    """Writes down the sources of a run that are late, refused or withdrawn, and forgets those that came."""
    known = _entries(data_dir)
    for each in report.sources:
        if each.outcome is Outcome.NOT_OFFERED:
            continue
        known.pop(each.source_id, None)
        if each.outcome in KEPT:
            known[each.source_id] = {
                "outcome": each.outcome.value,
                "problems": [asdict(problem) for problem in each.problems],
            }
    file = note_file(data_dir)
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(file.name + ".part")
    staged.write_text(
        json.dumps(
            dict(sorted(known.items())),
            ensure_ascii=False,
            indent=1,
        ),
        encoding="utf-8",
    )
    staged.replace(file)


def not_renewed(data_dir: Path) -> dict[str, NotRenewed]:
    """Source → why its newest file is not in use; the last good one is, where there is one."""
    return {
        source_id: NotRenewed(
            Outcome(entry["outcome"]),
            tuple(_problem(each) for each in entry["problems"]),
        )
        for source_id, entry in _entries(data_dir).items()
    }


def _entries(data_dir: Path) -> dict[str, dict[str, Any]]:
    try:
        entries: dict[str, Any] = json.loads(
            note_file(data_dir).read_text(encoding="utf-8")
        )
    except FileNotFoundError:
        return {}
    # notes of an older make hold the problems alone
    return {
        source_id: entry
        if isinstance(entry, dict)
        else {"outcome": Outcome.LATE.value, "problems": entry}
        for source_id, entry in entries.items()
    }


def _problem(entry: dict[str, Any]) -> Problem:
    facts = tuple((str(name), str(value)) for name, value in entry["facts"])
    return Problem(
        **{
            **entry,
            "severity": Severity(entry["severity"]),
            "facts": facts,
        }
    )
