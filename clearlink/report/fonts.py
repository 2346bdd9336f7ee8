"""Letters for every script: which characters the fonts of this machine draw, and a box for those that none
does.

A document's own letters (Libertinus, DejaVu Sans Mono) come with the typesetter and are the same everywhere.
For what they lack there is DejaVu Sans, which comes with matplotlib, and, where the system has them, Noto,
Symbola and Droid (Debian: fonts-noto-core, fonts-symbola, fonts-droid-fallback). Without those a character of
another script is a box, never a failure.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib
import typst
from matplotlib.ft2font import FT2Font

from clearlink.rules.plain_text import BOX, printable

_OURS: Final = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_DEBIAN: Final = Path("/usr/share/fonts/truetype")
_SYSTEM: Final = (
    _DEBIAN / "noto",
    _DEBIAN / "ancient-scripts",
    _DEBIAN / "droid",
)
# one weight of each family: the typesetter draws bold from it where it must. All of one kind, whose widths it
# keeps when it takes a font apart
_FILES: Final = (
    "DejaVuSans.ttf",
    "NotoSans*-Regular.ttf",
    "NotoMusic-Regular.ttf",
    "Symbola*.ttf",
    "DroidSansFallback*.ttf",
)
_DOCUMENT: Final = ("Libertinus Serif", "DejaVu Sans Mono")
# signs before a number or a verse, which Unicode counts among those that are not seen
_SEEN_FORMAT: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_PUNCTUATION: Final = frozenset("‐‑–—‘’“”„†•…€−×·≤≥")


@cache
def fallback_fonts() -> tuple[Path, ...]:
    """The files that stand behind the document's own letters, in a fixed order."""
    return tuple(
        path
        for folder in (_OURS, *_SYSTEM)
        if folder.is_dir()
        for name in _FILES
        for path in sorted(folder.glob(name))
    )


@cache
def drawn_characters() -> frozenset[int]:
    """Every character that one of the fallback fonts draws."""
    return frozenset().union(
        *(FT2Font(str(path)).get_charmap() for path in fallback_fonts())
    )


def drawable(text: str) -> str:
    """A text in which each character that no font draws is a box, without those that say how others are
    joined or chosen and that our fonts do not heed.

    A soft hyphen goes too: the typesetter breaks where a line ends at one.
    """
    fit = printable(text)
    if fit.isascii():
        return fit
    left = [sign for at, sign in enumerate(fit) if not _only_joins(fit, at)]
    return "".join(
        sign if sign == "\n" or _is_drawn(sign) else BOX for sign in left
    )


def _only_joins(text: str, at: int) -> bool:
    sign = text[at]
    if "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":
        return True
    if unicodedata.category(sign) != "Cf" or sign in _SEEN_FORMAT:
        return False
    # joiners shape the letters of Arabic and of the scripts of India, and nothing between pictures
    beside = (text[at - 1 : at], text[at + 1 : at + 2])
    return sign not in "\u200c\u200d" or not all(
        s and unicodedata.category(s)[0] in "LM" for s in beside
    )


def _is_drawn(sign: str) -> bool:
    # a font may list a code that no character has yet, and draws nothing for it
    kind = unicodedata.category(sign)
    return sign in "\u200c\u200d" or (
        kind != "Cn" and ord(sign) in drawn_characters()
    )


def is_plain_latin(text: str) -> bool:
    """Whether the document's own letters draw all of a text: Latin, as English and Cymraeg are written,
    and common punctuation.
    """
    return all(ord(sign) < 0x250 or sign in _PUNCTUATION for sign in text)


@cache
def letters(*, with_fallback: bool) -> typst.Fonts:
    """The fonts a document is set with. System fonts of the same names would make it look different on
    every machine.
    """
    folders = (
        list(dict.fromkeys(path.parent for path in fallback_fonts()))
        if with_fallback
        else []
    )
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=folders,
    )


@cache
def families(*, with_fallback: bool) -> tuple[str, ...]:
    """The families in the order they are tried; named one by one, because the typesetter's own search
    gives up early.
    """
    by_file = {
        font.path: font.family
        for font in letters(with_fallback=with_fallback).fonts()
        if font.path
    }
    named = (
        by_file[str(path)] for path in fallback_fonts() if str(path) in by_file
    )
    return tuple(dict.fromkeys((*_DOCUMENT, *named)))
