"""One measured figure beside its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Figure:
    """A median (or a named percentile) in its unit. `at_most` or `at_least` is the target; no value means
    not measured, and `note` says why.
    """

    name: str
    value: float | None
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def passed(self) -> bool | None:
        """Whether the target is met; None where there is no target or no value."""
        if self.value is None or (
            self.at_most is None and self.at_least is None
        ):
            return None
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )


OUTCOME: Final = {True: "met", False: "missed", None: ""}


def target(figure: Figure) -> str:
    """'≤ 10', '≥ 4', or nothing."""
    if figure.at_most is not None:
        return f"≤ {figure.at_most:g}"
    return "" if figure.at_least is None else f"≥ {figure.at_least:g}"


def line(figure: Figure) -> str:
    """The figure as one line of the report."""
    note = f"  ({figure.note})" if figure.note else ""
    if figure.value is None:
        return f"{figure.name:<58} not measured: {figure.note}"
    outcome = OUTCOME[figure.passed].replace("missed", "MISSED")
    value = f"{figure.value:>10,.2f} {figure.unit:<6}"
    return f"{figure.name:<58} {value} {target(figure):<8} {outcome}{note}".rstrip()


def markdown(figures: Sequence[Figure], measured_on: str) -> str:
    """The report as the README holds it: one row a figure, and under it where, when busy and how it was
    measured.
    """
    rows = [
        "| measured | median | target | |",
        "|---|---|---|---|",
        *(
            f"| {_cell(figure.name)} | {_value(figure)} | {target(figure)} | "
            f"{_cell('; '.join(filter(None, (OUTCOME[figure.passed], figure.note))))} |"
            for figure in figures
        ),
    ]
    met, missed = (
        sum(f.passed is passed for f in figures) for passed in (True, False)
    )
    absent = sum(f.value is None for f in figures)
    return "\n".join(
        (
            *rows,
            "",
            measured_on,
            f"{met} targets met, {missed} missed, {absent} figures not measured.",
        )
    )


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "not measured"
    digits = (
        0
        if abs(figure.value) >= 100 or figure.value == int(figure.value)
        else 2
    )
    return f"{figure.value:,.{digits}f} {figure.unit}".rstrip()


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
