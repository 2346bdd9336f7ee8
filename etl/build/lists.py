"""The catalogue's reviewed lists as plain rows."""

from __future__ import annotations

import csv
from pathlib import Path


def catalogue_rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    """File stem → its rows, for every CSV that stands directly in the catalogue."""
    rows_of: dict[str, list[dict[str, str]]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows_of[path.stem] = list(csv.DictReader(file))
    return rows_of
