"""The sentences that stand in Streamlit's own scripts: what a person may see that no word of ours says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
QUOTES = "`\"'"
# Every stretch between two backticks, whether or not it is a literal: what is code is told by its signs
# below.
_BETWEEN = re.compile(
    r"(?=`((?:[^`$]|\$(?!\{)|\$\{(?:[^{}`]|`[^`]*`)*\}){3,200})`)"
)
_VARIES = re.compile(r"\$\{(?:[^{}`]|`[^`]*`)*\}")
_CODE = re.compile(r"[;<>=|\\{}()\[\]]|px|[a-z][A-Z]|[a-z]-[a-z]|^[^\w…]|--|::")


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


@cache
def _shapes(path: Path) -> tuple[re.Pattern[str], ...]:
    """Sentences with a gap: at least one whole word stands around it, and no sign of code."""
    shapes = set()
    for text in set(_BETWEEN.findall(_source(path))):
        parts = _VARIES.split(text)
        fixed = "…".join(parts)
        if (
            len(parts) > 1
            and re.search(r"[A-Za-z]{3} | [a-z]{2,}", fixed)
            and not _CODE.search(fixed)
        ):
            shapes.add(".{0,80}?".join(re.escape(part) for part in parts))
    return tuple(re.compile(shape) for shape in sorted(shapes))


def said_by_streamlit(
    texts: Iterable[str], scripts: Iterable[Path]
) -> set[str]:
    """Those of the texts that a script of Streamlit's could have said, whole or as a sentence with a gap
    filled.
    """
    paths = list(scripts)
    return {
        text
        for text in texts
        if any(
            f"{quote}{text}{space}{quote}" in _source(path)
            for path in paths
            for quote in QUOTES
            for space in ("", " ")
        )
        or any(
            shape.fullmatch(text) for path in paths for shape in _shapes(path)
        )
    }
