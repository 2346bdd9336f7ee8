"""Reading the law's tables: rows as dictionaries of text, exactly as they stand in `cases/`."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    """Every row of a table."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text: str) -> date | None:
    """A date, or None for an empty cell."""
    return date.fromisoformat(text) if text else None


def yes(text: str) -> bool:
    """The tables write True and False."""
    return {"True": True, "False": False}[text]
