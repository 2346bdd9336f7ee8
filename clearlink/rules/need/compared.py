"""Whether an area's need is higher than, like or lower than that of a wider place, by the range of its own
figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Compared(StrEnum):
    """`higher`: the whole range lies above the wider place's figure. `no_range`: the publisher gives none,
    so nothing is said.
    """

    HIGHER = "higher"
    SIMILAR = "similar"
    LOWER = "lower"
    NO_RANGE = "no_range"
    NO_FIGURE = "no_figure"


def compared(rate: float | None, lower: float | None, upper: float | None, wider: float | None) -> Compared:
    """An area against a wider place; all are shares (0 to 1) of people in need."""
    if rate is None or wider is None:
        return Compared.NO_FIGURE
    if lower is None or upper is None:
        return Compared.NO_RANGE
    if lower > wider:
        return Compared.HIGHER
    return Compared.LOWER if upper < wider else Compared.SIMILAR


def wider_rate(areas: Iterable[tuple[float | None, float | None]]) -> float | None:
    """The share of a wider place from (people in need, people at risk) of all its areas; None where any of
    them is unknown.
    """
    held = list(areas)
    if not held or any(need is None or risk is None for need, risk in held):
        return None
    at_risk = sum(risk or 0.0 for _, risk in held)
    return sum(need or 0.0 for need, _ in held) / at_risk if at_risk else None
