"""What a piece of work costs, in units of a fixed piece of work done around it by the same process.

Seconds say how a machine is, and a loaded or slow one fails a test that is right. A unit is about a twentieth
of a second of one core of the machines we have seen, and what slows the work slows the unit as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def _unit_s() -> float:
    """Processor seconds of the reference: text and dictionaries, as most of our own work is."""
    started = time.process_time()
    words = [f"{(n * 7919) % 100_003:06d}" for n in range(60_000)]
    seen: dict[str, int] = {}
    for word in sorted(words):
        seen[word[:4]] = seen.get(word[:4], 0) + len(word)
    assert sum(seen.values()) == 360_000
    return time.process_time() - started


def units_of(work: Callable[[], T]) -> tuple[T, float]:
    """What the work answers, and its processor time (all threads of this process) in units of the
    reference.
    """
    around = [_unit_s(), _unit_s()]
    started = time.process_time()
    answered = work()
    spent = time.process_time() - started
    around += [_unit_s(), _unit_s()]
    return answered, spent / (sum(around) / len(around))
