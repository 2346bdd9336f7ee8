"""A value as the text of a cell, so that it reads the same in every table we hand out."""

from __future__ import annotations

from typing import Any, Final

# full-width and typographic forms count too: some spreadsheets read them as the plain ones
_CALCULATES: Final = (
    "=",
    "+",
    "-",
    "@",
    "−",
    "＝",
    "＋",
    "－",
    "＠",
)


def cell_text(value: Any) -> str:
    """Nothing for no value, yes or no, whole numbers without a point, days as ISO dates, anything else as
    it stands.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def never_calculated(text: str) -> str:
    """Text that a spreadsheet reads as text: what could start a formula, also after white space, is led by
    an apostrophe.
    """
    return (
        f"'{text}"
        if text.startswith(("\t", "\r", "\n"))
        or text.lstrip().startswith(_CALCULATES)
        else text
    )
