"""Which text is kept: what can be seen, sent, searched and printed. One rule for every write of the store and
every register.

No control characters but line ends, no halves of a character, no non-characters, no characters for private
use, and none that turn the direction of what stands beside them; something that can be seen; no longer than
its column takes. What is kept is in Unicode's composed form (NFC).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

BOX: Final = "□"
# Unicode's own signs of direction: with them a name can be made to read as another
_TURNS: Final = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)
# letters and signs that draw nothing, though Unicode does not call them spaces
BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LINE_END: Final = re.compile("\r\n|[\r\u2028\u2029]")
_NEAR: Final = 12


@dataclass(frozen=True, slots=True)
class TextFault:
    """Why a text is not kept. `code`: control, invisible or long; `sign` (U+000B) and `near` say which
    character and where.
    """

    code: str
    sign: str = ""
    near: str = ""
    length: int = 0
    longest: int = 0


def kept_form(text: str) -> str:
    """The form in which a text is kept: composed, its lines ended alike, without marks of byte order."""
    if text.isascii() and "\r" not in text:
        return text
    return unicodedata.normalize(
        "NFC",
        _LINE_END.sub("\n", text).replace(
            "\ufeff",
            "",
        ),
    )


def text_fault(text: str, longest: int) -> TextFault | None:
    """What is wrong with a text, or None. An empty text has no fault: whether it may be empty is another
    question.
    """
    if len(text) > longest:
        return TextFault(
            "long",
            length=len(text),
            longest=longest,
        )
    at = _first_unprintable(text)
    if at is not None:
        near = printable(text[max(0, at - _NEAR) : at + _NEAR + 1])
        return TextFault(
            "control",
            f"U+{ord(text[at]):04X}",
            " ".join(near.split()),
        )
    if text and not any(_is_seen(sign) for sign in text):
        return TextFault("invisible")
    return None


def printable(text: str) -> str:
    """A text from elsewhere, made fit to print: what the rule refuses becomes a box."""
    kept = kept_form(text)
    if _first_unprintable(kept) is None:
        return kept
    return "".join(BOX if _is_unprintable(sign) else sign for sign in kept)


def cut_to(text: str, longest: int) -> str:
    """A text from elsewhere, fit to print and to be kept in a column that takes `longest` characters."""
    fit = printable(text)
    return fit if len(fit) <= longest else fit[: longest - 1].rstrip() + "…"


def _first_unprintable(text: str) -> int | None:
    # a register holds a million cells, and nearly all of them print as they are
    if text.isprintable():
        return None
    return next(
        (n for n, sign in enumerate(text) if _is_unprintable(sign)),
        None,
    )


def _is_unprintable(sign: str) -> bool:
    if sign == "\n":
        return False
    if sign in _TURNS:
        return True
    kind = unicodedata.category(sign)
    # a code that Unicode has not given out yet is a character of a newer version, but for those that it never
    # will
    return kind in {"Cc", "Cs", "Co"} or (
        kind == "Cn" and _is_never_a_character(ord(sign))
    )


def _is_never_a_character(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _is_seen(sign: str) -> bool:
    return (
        sign not in BLANK
        and unicodedata.category(sign)[0] not in {"Z", "C"}
        and not _is_mark(sign)
    )


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me"}


def sentence_start(text: str) -> str:
    """The text as a sentence begins with it: “in Cardiff”, “In Cardiff”."""
    return text[:1].upper() + text[1:]
