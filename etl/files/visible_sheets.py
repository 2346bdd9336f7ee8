"""The names of a workbook's visible sheets, for files whose sheet names nobody declared (a register filled in
by hand).
"""

from __future__ import annotations

from etl.files import containers, workbook


def visible_sheets(data: bytes) -> list[str]:
    """Sheet names in the workbook's order; hidden sheets are left out. Raises FileRefused as `read_workbook`
    does.
    """
    return [name for name, is_visible in all_sheets(data).items() if is_visible]


def all_sheets(data: bytes) -> dict[str, bool]:
    """Sheet name → whether it is visible, in the workbook's order. Raises FileRefused as `read_workbook`
    does.
    """
    containers.check_workbook(data)
    known: dict[str, str] = workbook.asked_child(data, [])["known"]
    return {
        name: visibility.lower() == "visible"
        for name, visibility in known.items()
    }
