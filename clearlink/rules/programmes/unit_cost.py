"""What an hour of support costs here beside what it costs elsewhere.

Acts itself on the rows that a page reads: it has no twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

# a spread of fewer than this many is no spread
FEWEST_PEERS: Final = 4


@dataclass(frozen=True, slots=True)
class Spread:
    """Pounds an hour over the others: the middle half and the extremes; `place` is below, within or above the
    middle half, None where there are too few to say.
    """

    least: float
    quarter: float
    middle: float
    three_quarters: float
    most: float
    peers: int
    place: str | None


def spread(here: float | None, peers: Sequence[float]) -> Spread | None:
    """The spread of the others, and where this one stands in it; None where there is no other."""
    if not peers:
        return None
    quarter, _, three_quarters = (
        quantiles(peers, n=4, method="inclusive")
        if len(peers) > 1
        else (peers[0],) * 3
    )
    place = None
    if here is not None and len(peers) >= FEWEST_PEERS:
        place = _place(here, quarter, three_quarters)
    return Spread(
        min(peers),
        quarter,
        median(peers),
        three_quarters,
        max(peers),
        len(peers),
        place,
    )


def _place(
    here: float,
    quarter: float,
    three_quarters: float,
) -> str:
    if here < quarter:
        return "below"
    return "above" if here > three_quarters else "within"
