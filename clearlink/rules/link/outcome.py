"""What a criterion hands back: its result, the reason code and the facts the sentence is filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from clearlink.rules.codes import Reason, Result


@dataclass(frozen=True, slots=True)
class Outcome:
    """One criterion's answer. `facts` holds plain numbers, dates and texts, so it can be kept as JSON
    beside the verdict.
    """

    result: Result
    reason: Reason
    facts: Mapping[str, object] = field(
        default_factory=lambda: MappingProxyType({})
    )


def outcome(result: Result, reason: Reason, **facts: object) -> Outcome:
    """An outcome whose facts cannot be altered afterwards; facts that are not known are left out, not set
    to nothing.
    """
    return Outcome(
        result,
        reason,
        MappingProxyType(
            {name: fact for name, fact in facts.items() if fact is not None}
        ),
    )
