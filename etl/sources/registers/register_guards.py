"""What may never come in with a register: formulas, invisible characters, and texts that cannot be kept."""

from __future__ import annotations

import re
from typing import Final

from clearlink.rules.as_read import as_read
from clearlink.rules.plain_text import TextFault, kept_form, text_fault
from etl.files.text import letters_fault

# the most characters that a column takes; lists of areas are long
LONGEST: Final = {"project_id": 60, "title": 300}
LONGEST_TEXT: Final = 20_000
_IDENTIFIER = re.compile(r"[^\W_][\w .:/()&+,'’#-]*")
_SCHEME = re.compile(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*)\s*:", re.IGNORECASE)


def reads_as_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate `text`: it begins, behind any spaces, with = + - @ or their wide
    forms.
    """
    if text[:1] in {"\t", "\r"}:
        return True
    return as_read(text).lstrip()[:1] in {
        "=",
        "+",
        "-",
        "@",
        "−",
    }


def text_refused(column: str, text: str) -> tuple[str, dict[str, str]] | None:
    """Why a cell's text is not loaded, as a code and the facts of its sentence: the one rule of kept text,
    and what an identifier and an address are.
    """
    kept = kept_form(text)
    if letters := letters_fault(kept):
        return f"cell_{letters}", {}
    fault = text_fault(
        kept,
        LONGEST.get(column, LONGEST_TEXT),
    )
    if fault is not None:
        return _told(fault)
    if column == "project_id" and text and not _is_safe_id(text):
        return "id_unsafe", {}
    if column.endswith("url") and not _is_web_scheme(text):
        return "address_unsafe", {}
    return None


def _told(fault: TextFault) -> tuple[str, dict[str, str]]:
    if fault.code == "control":
        return "control_characters", {}
    if fault.code == "long":
        return "text_long", {
            "length": f"{fault.length:,}",
            "longest": f"{fault.longest:,}",
        }
    return "text_invisible", {}


def _is_safe_id(text: str) -> bool:
    return ".." not in text and bool(_IDENTIFIER.fullmatch(text))


def _is_web_scheme(text: str) -> bool:
    """Whether an address names no scheme, or one of the web."""
    scheme = _SCHEME.match(text)
    return scheme is None or scheme[1].lower() in {"http", "https"}
