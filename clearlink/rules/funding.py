"""Funding lines: how the money of a project in one year is shared between the programmes that pay for it.

The one value of a register stays a line of its own: what its lines do not account for stays under the
project's own programme, and where lines come to more than the project's money they are shared in proportion,
so that every sum by programme adds up to the same total with and without lines. SQL twin: funding_share and
funding_year in etl/build/sql/build/projects. Money is whole pence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

# the project's own programme, as its register names it
OWN: Final[None] = None
TOLERANCE_PENCE: Final = 100
_YEAR: Final = re.compile(r"(\d{4})\s*[-/–]\s*(?:\d{2})?(\d{2})")


class LinesState(StrEnum):
    """How the lines of a project in one year stand to its money of that year."""

    ADDS_UP = "adds_up"
    LESS = "less"
    MORE = "more"
    NO_VALUE = "no_value"


def lines_state(lines_pence: int, project_pence: int | None) -> LinesState:
    """Whether lines add up, to the pound. `project_pence` is None where the register gives no money of the
    year.
    """
    if project_pence is None:
        return LinesState.NO_VALUE
    if abs(lines_pence - project_pence) <= TOLERANCE_PENCE:
        return LinesState.ADDS_UP
    return LinesState.LESS if lines_pence < project_pence else LinesState.MORE


def programme_shares(
    lines_pence: Mapping[str, int],
    project_pence: int,
) -> dict[str | None, Fraction]:
    """Programme → its share (0 to 1) of the project's money of the year; OWN is what no line accounts for.

    The shares come to one. Raises ValueError where there is no line or no money to share.
    """
    in_lines = sum(lines_pence.values())
    if in_lines <= 0 or project_pence <= 0:
        raise ValueError(
            f"funding lines: found {in_lines} pence of {project_pence}, expected both above 0; give the lines"
        )
    whole = max(in_lines, project_pence)
    shares: dict[str | None, Fraction] = {
        programme: Fraction(pence, whole)
        for programme, pence in lines_pence.items()
    }
    if in_lines < project_pence:
        shares[OWN] = Fraction(project_pence - in_lines, whole)
    return shares


def financial_year_of(text: str) -> str | None:
    """2025-26 from "2025-26", "2025/26" or "2025-2026"; None for anything else, and for years that do not
    follow.
    """
    written = _YEAR.fullmatch(text.strip())
    if written is None or (int(written[1]) + 1) % 100 != int(written[2]):
        return None
    return f"{written[1]}-{written[2]}"
