"""Chance that never changes: every draw hangs on its own name, so adding one draw moves no other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

SEED = "cyswllt-clir-2013"
_NORMAL = NormalDist()
T = TypeVar("T")


def share(*name: object) -> float:
    """A number strictly between 0 and 1 that belongs to `name`."""
    text = "|".join([SEED, *(str(part) for part in name)])
    return (
        int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) + 0.5
    ) / 2**48


def normal(*name: object) -> float:
    """A standard normal deviate that belongs to `name`."""
    return _NORMAL.inv_cdf(share(*name))


def whole(low: int, high: int, *name: object) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + min(int(share(*name) * (high - low + 1)), high - low)


def pick(choices: Sequence[T], *name: object) -> T:
    """One of `choices`."""
    return choices[min(int(share(*name) * len(choices)), len(choices) - 1)]


def shuffled(choices: Sequence[T], *name: object) -> list[T]:
    """`choices` in an order that belongs to `name`."""
    return [
        choice
        for _, choice in sorted(
            enumerate(choices), key=lambda pair: share("order", pair[0], *name)
        )
    ]
