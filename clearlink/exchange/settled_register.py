"""What people settled at the desk, for the council's own register: its rows with the settled values, and the
list of who settled what.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from clearlink.exchange.cell_text import cell_text, never_calculated
from clearlink.exchange.projects import published, template_columns
from clearlink.review.records import Settled

LIST_COLUMNS: Final = (
    "project_id",
    "field",
    "value",
    "state",
    "source",
    "document",
    "url",
    "page",
    "settled_by",
    "settled_on",
    "place",
)


def settled_register(project_ids: Collection[str]) -> bytes:
    """Rows of the register template for these records, as the served build and what was settled since have
    them: the register importer takes the file back, and the council's register then says by itself what was
    settled.
    """
    return _csv(
        template_columns(),
        (p.cells for p in published() if p.row["project_id"] in project_ids),
    )


def settled_list(settled: Iterable[Settled]) -> bytes:
    """Who settled or refused what, when, and from which paper. Grain: settled value."""
    rows = (
        {name: cell_text(getattr(s, name)) for name in LIST_COLUMNS}
        for s in settled
    )
    return _csv(LIST_COLUMNS, rows)


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out,
        fieldnames=list(columns),
        extrasaction="ignore",
    )
    writer.writeheader()
    writer.writerows(
        {name: never_calculated(str(cell)) for name, cell in row.items()}
        for row in rows
    )
    # the mark by which a spreadsheet knows the encoding
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
