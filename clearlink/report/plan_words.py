"""Words about assessments and plans that Home, Plans, Programmes and the pack share."""

from __future__ import annotations

from clearlink.report.voice import Voice
from clearlink.warehouse.reader import Rows


def undated_words(say: Voice, documents: Rows) -> str:
    """Of how many the last day is not known, though they count as in force; empty where it is of all."""
    undated = sum(d["document_state"] == "not_dated" for d in documents)
    return say("plans.undated", n=undated) if undated else ""
