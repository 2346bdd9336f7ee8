"""Whether a published series goes up, down, or shows no clear change: the Mann–Kendall test on its latest ten
values.

The statistic counts the pairs in which the later value is higher, less those in which it is lower, with the
variance corrected for ties; two-sided, at one in twenty. It asks only for order, so that no shape of change
is supposed. Under five values nothing is said. Ranks of an index are never tested: they are of places among
each other, and a place may fall because others rise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST: Final = 5
LATEST: Final = 10
SIGNIFICANT: Final = 0.05
# kinds of indicator that order places and measure nothing
ORDER_ONLY: Final = frozenset({"rank", "group", "score"})


class Trend(StrEnum):
    """What a series shows. `better` and `worse` where the indicator says which way need goes."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of the test: how many values it read, the probability of an order at least as steady by
    chance.
    """

    trend: Trend
    values: int
    probability: float | None


def trend(values: Sequence[float], direction: str = "0") -> Tested:
    """`values` in the order of their periods. `direction`: "+" where higher is more need, "-" where it is
    less, else neither.
    """
    latest = list(values)[-LATEST:]
    n = len(latest)
    if n < LEAST:
        return Tested(Trend.TOO_FEW, n, None)
    pairs = sum(
        (later > earlier) - (later < earlier)
        for at, earlier in enumerate(latest)
        for later in latest[at + 1 :]
    )
    tied = sum(t * (t - 1) * (2 * t + 5) for t in Counter(latest).values())
    variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
    if variance <= 0:
        return Tested(Trend.NO_CLEAR_CHANGE, n, 1.0)
    probability = math.erfc(abs(pairs) / math.sqrt(variance) / math.sqrt(2))
    if probability >= SIGNIFICANT:
        return Tested(Trend.NO_CLEAR_CHANGE, n, probability)
    return Tested(
        _clear_change(
            pairs > 0,
            direction,
        ),
        n,
        probability,
    )


def _clear_change(rises: bool, direction: str) -> Trend:
    """Up or down where neither is more need, else worse or better."""
    if direction not in ("+", "-"):
        return Trend.UP if rises else Trend.DOWN
    return Trend.WORSE if rises == (direction == "+") else Trend.BETTER
