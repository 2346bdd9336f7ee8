"""The names of a workbook's visible sheets, for files whose sheet names nobody declared (a register filled in by hand)."""

from __future__ import annotations

from etl.files import containers, workbook


def visible_sheets(data: bytes) -> list[str]:
    """Sheet names in the workbook's order; hidden sheets are left out. Raises FileRefused as `read_workbook` does."""
    containers.check_size(data)
    containers.check_zip(data)
    known: dict[str, str] = workbook.asked_child(data, [])["known"]
    return [name for name, visibility in known.items() if visibility.lower() == "visible"]
