"""One measured figure beside its target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A median (or a named percentile) in its unit. `at_most` or `at_least` is the target; no value means not measured, and `note` says why."""

    name: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether the target is met; None where there is no target or no value."""
        if self.value is None or (self.at_most is None and self.at_least is None):
            return None
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )


def line(figure: Figure) -> str:
    """The figure as one line of the report."""
    note = f"  ({figure.note})" if figure.note else ""
    if figure.value is None:
        return f"{figure.name:<58} not measured: {figure.note}"
    target = (
        f"≤ {figure.at_most:g}"
        if figure.at_most is not None
        else f"≥ {figure.at_least:g}"
        if figure.at_least is not None
        else ""
    )
    outcome = {True: "met", False: "MISSED", None: ""}[figure.passed]
    return f"{figure.name:<58} {figure.value:>10,.2f} {figure.unit:<6} {target:<8} {outcome}{note}".rstrip()
