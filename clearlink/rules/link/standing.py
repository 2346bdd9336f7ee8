"""The two questions apart: does a project serve need, and is that on record? Closed lists of their
answers, and of the signs.
"""

from __future__ import annotations

from typing import Final

from clearlink.rules.codes import Reason, Result

SERVES: Final = (
    "above",
    "above_later",
    "about",
    "below",
    "whole_area",
    "no_figure",
    "not_placed",
    "no_theme",
)
ON_RECORD: Final = (
    "named",
    "figure",
    "unfit",
    "silent",
    "none",
    "silent_one",
    "asked",
    "not_recorded",
)
SIGNS: Final = (
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
    "S6",
    "S7",
    "S8",
)

_BY_AREA: Final = {
    Result.MET: "above",
    Result.PARTLY: "about",
    Result.NOT_MET: "below",
    Result.NOT_APPLICABLE: "whole_area",
    Result.NOT_ASSESSABLE: "no_figure",
    Result.NO_EVIDENCE: "not_placed",
    Result.REQUESTED_NOT_SUPPLIED: "not_placed",
}


def serves_need(
    theme: Result,
    area: Result,
    met_later: bool = False,
) -> str:
    """Whether a project serves need, by C1 and C2; without a theme nothing can be held against its areas.

    `met_later`: C2 would be met, were its figures known to be from before the decision. It counts in part
    then, and is not average need.
    """
    if theme not in (Result.MET, Result.PARTLY):
        return "no_theme"
    return "above_later" if met_later else _BY_AREA[area]


def on_record(
    result: Result,
    reason: Reason,
    read_by_one: bool,
) -> str:
    """Whether the need is on record, by C3. `read_by_one`: one person has read the paper and found it
    silent.
    """
    if reason is Reason.C3_FIGURE:
        return "figure"
    if result in (Result.MET, Result.PARTLY):
        return "named"
    if reason is Reason.C3_PAPER_SILENT:
        return "silent"
    if reason is Reason.C3_NONE:
        return "none"
    if result is Result.NOT_MET:
        return "unfit"
    if result is Result.REQUESTED_NOT_SUPPLIED:
        return "asked"
    return "silent_one" if read_by_one else "not_recorded"
