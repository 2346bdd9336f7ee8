"""What a measure of a programme is: what it counts, by what area and period, of what it is a part, and
between which bounds a figure of it can lie.

Acts itself, where a return is read: it has no twin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PERIODS: Final[Mapping[str, re.Pattern[str]]] = {
    "year": re.compile(r"(\d{4})-(\d{2})", re.ASCII),
    "quarter": re.compile(r"(\d{4})-(\d{2}) Q[1-4]", re.ASCII),
}
EXAMPLES: Final[Mapping[str, str]] = {
    "year": "2024-25",
    "quarter": "2024-25 Q1",
}
# the measure that lists a cluster of Communities First: its share of a small area
CLUSTER_SHARE: Final = "cf_weight"
OUTCOMES: Final = ("healthy", "learning", "prosperous")
SECTORS: Final = ("public", "third", "private", "community")


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of `data/catalogue/programme_measures.csv`.

    `share_of`: the measure that it is compared with; `is_part`: it lies inside that one and is never more.
    `parts`: what it may be broken down by (theme, target_group, cluster, outcome, sector), empty for nothing.
    `least`, `most`: bounds outside which a figure is a slip of the hand.
    """

    measure_id: str
    programmes: tuple[str, ...]
    is_additive: bool
    counts_people: bool
    share_of: str
    is_part: bool
    periods: str
    levels: tuple[str, ...]
    parts: str
    least: float | None
    most: float | None


def measure_of(row: Mapping[str, str]) -> Measure:
    """A measure from its row of the catalogue."""
    return Measure(
        row["measure_id"],
        tuple(row["programmes"].split(";")),
        row["is_additive"] == "yes",
        row["counts_people"] == "yes",
        row["share_of"],
        row["is_part"] == "yes",
        row["periods"],
        tuple(row["levels"].split(";")),
        row["parts"],
        float(row["least"]) if row["least"] else None,
        float(row["most"]) if row["most"] else None,
    )


def is_in_bounds(measure: Measure, value: float) -> bool:
    """Whether a figure can be one of the measure at all."""
    is_low = measure.least is not None and value < measure.least
    is_high = measure.most is not None and value > measure.most
    return not (is_low or is_high)


def period_of(measure: Measure, text: str) -> str | None:
    """The period in the one way in which it is kept: “2024/25 q1” → “2024-25 Q1”; None where it is none.

    A financial year ends in the year after it began.
    """
    kept = " ".join(text.replace("/", "-").upper().split())
    written = PERIODS[measure.periods].fullmatch(kept)
    if written is None or int(written[2]) != (int(written[1]) + 1) % 100:
        return None
    return kept
