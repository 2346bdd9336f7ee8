"""A rate of need in words: as precise as its publisher printed it, with the range that its publisher gives, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from clearlink.words import numbers

# A rate that was worked out from counts is told to a tenth of a per cent; a published one never with more than it was printed with.
MOST_DECIMALS: Final = 1


def decimals_of(row: Mapping[str, Any]) -> int:
    """How many decimals of a per cent a rate of need may be told with."""
    printed = row.get("rate_decimals")
    return MOST_DECIMALS if printed is None else min(MOST_DECIMALS, int(printed))


def share_words(row: Mapping[str, Any]) -> str:
    """'8.2%', or '14%' where the publisher rounded to whole per cents; nothing where there is no rate."""
    return "" if row["rate"] is None else numbers.pct(row["rate"], decimals_of(row))


def share_figure(row: Mapping[str, Any]) -> float | None:
    """The same as a number of per cent, for a column that can be sorted: no digit that its publisher did not print."""
    if row["rate"] is None:
        return None
    printed, share = row.get("rate_decimals"), 100 * float(row["rate"])
    return share if printed is None else round(share, int(printed))


def range_words(say: Callable[[str], str], row: Mapping[str, Any]) -> str:
    """'5.5% – 10.9%', the mark where the figure is absent, or that its publisher gives no range."""
    if row["marker"]:
        return say(f"map.marker.{row['marker']}")
    if row["lower"] is None or row["upper"] is None:
        return say("map.range.none") if row["range_basis"] == "none" else ""
    between = f"{numbers.pct(row['lower'], 1)} – {numbers.pct(row['upper'], 1)}"
    return between + say("map.range.published") if row["range_basis"] == "published" else between
