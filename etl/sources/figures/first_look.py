"""A table whose columns nobody has catalogued yet: it is described, so that a person can write them, and
no figure is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from etl.records import Harvest
from etl.sources.reading import Reading

MOST_SHOWN: Final = 12


def describe(
    reading: Reading,
    rows: Iterable[Mapping[str, str]],
    code_headings: Sequence[str] = (),
) -> Harvest:
    """Notes each part of the table with the values it holds. Rows are counted; headings of area codes are
    named, not listed.
    """
    seen: dict[str, dict[str, None]] = {}
    for row in rows:
        reading.harvest.rows_read += 1
        for name, value in row.items():
            seen.setdefault(name, {})[value] = None
    parts = "; ".join(
        _part(
            name,
            list(values),
            name in code_headings,
        )
        for name, values in seen.items()
    )
    reading.note(
        "columns_awaited",
        "whole file",
        rows=reading.harvest.rows_read,
        parts=parts,
        source=reading.source.source_id,
    )
    return reading.finish()


def _part(
    name: str,
    values: list[str],
    is_code: bool,
) -> str:
    shown = [] if is_code else [f"“{value}”" for value in values[:MOST_SHOWN]]
    more = f" (+{len(values) - len(shown)})" if len(values) > len(shown) else ""
    return (
        f"{name}: {', '.join(shown)}{more}"
        if shown
        else f"{name} ({len(values)})"
    )
