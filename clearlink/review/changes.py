"""What changed since a decision: the evidence it rested on beside the evidence of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# what a committee would want to know, in the order it would ask
COMPARED: Final = (
    ("verdict", ("verdict", "verdict")),
    ("reason", ("verdict", "reason")),
    ("today", ("today", "verdict")),
    ("annual_value_gbp", ("project", "annual_value_gbp")),
    ("end_date", ("project", "end_date")),
    ("provider_name", ("project", "provider_name")),
    ("capacity", ("project", "capacity")),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was: `name` is its sentence (words `meetings.change.…`), before and now."""

    name: str
    before: Any
    now: Any


def changes_since(before: Mapping[str, Any], now: Mapping[str, Any] | None) -> list[Change]:
    """Differences between two sets of facts. `now` None: the project is no longer in the register, which
    is itself a change.
    """
    if now is None:
        return [Change("gone", None, None)]
    changes = []
    for name, (part, column) in COMPARED:
        was, is_now = (before.get(part) or {}).get(column), (now.get(part) or {}).get(column)
        if was != is_now:
            changes.append(Change(name, was, is_now))
    cited = [{c["priority_id"] for c in side.get("citations") or ()} for side in (before, now)]
    if cited[0] != cited[1]:
        changes.append(Change("citations", len(cited[0]), len(cited[1])))
    return changes
