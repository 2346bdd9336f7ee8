"""Words about assessments and plans that Home, Plans, Programmes and the pack share."""

from __future__ import annotations

from clearlink.report.voice import Voice
from clearlink.rules.plans import PlanState
from clearlink.warehouse.reader import Rows


def undated_among(documents: Rows) -> int:
    """Of how many the last day is not known."""
    return sum(d["document_state"] == PlanState.NOT_DATED for d in documents)


def undated_words(say: Voice, undated: int) -> str:
    """That the last day of so many is not known, though they count as in force; empty where it is of all."""
    return say("plans.undated", n=undated) if undated else ""
