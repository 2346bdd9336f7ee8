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


def changes_since(
    before: Mapping[str, Any],
    now: Mapping[str, Any] | None,
) -> list[Change]:
    """Differences between two sets of facts. `now` None: the project is no longer in the register, which
    is itself a change.
    """
    if now is None:
        return [Change("gone", None, None)]
    compared = [
        Change(
            name,
            (before.get(part) or {}).get(column),
            (now.get(part) or {}).get(column),
        )
        for name, (part, column) in COMPARED
    ]
    cited, are_cited = _cited(before), _cited(now)
    changes = [each for each in compared if each.before != each.now]
    if cited != are_cited:
        changes.append(
            Change(
                "citations",
                len(cited),
                len(are_cited),
            )
        )
    return changes


def _cited(facts: Mapping[str, Any]) -> set[str]:
    return {c["priority_id"] for c in facts.get("citations") or ()}
