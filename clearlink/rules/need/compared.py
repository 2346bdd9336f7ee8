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


def compared(
    rate: float | None,
    lower: float | None,
    upper: float | None,
    wider: float | None,
) -> Compared:
    """An area against a wider place; all are shares (0 to 1) of people in need."""
    if rate is None or wider is None:
        return Compared.NO_FIGURE
    if lower is None or upper is None:
        return Compared.NO_RANGE
    if lower > wider:
        return Compared.HIGHER
    return Compared.LOWER if upper < wider else Compared.SIMILAR


def wider_rate(
    areas: Iterable[tuple[float | None, float | None]],
) -> float | None:
    """The share of a wider place from (people in need, people at risk) of all its areas; None where any of
    them is unknown.
    """
    stated = list(areas)
    known = [
        (need, risk)
        for need, risk in stated
        if need is not None and risk is not None
    ]
    at_risk = sum(risk for _, risk in known)
    if len(known) < len(stated) or not at_risk:
        return None
    return sum(need for need, _ in known) / at_risk
