"""The text that an eye reads: the one form in which texts are searched for what must not go further.

Wide and mathematical letters become plain ones, letters of another alphabet that look like ours become ours,
and what cannot be seen goes. It is for searching alone: what is kept is kept as it was written
(`plain_text.kept_form`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from clearlink.rules.plain_text import BLANK

_CYRILLIC: Final = (
    "АВЕКМНОРСТУХЅІЈҮаеорсухѕіјһԁԛԝ",
    "ABEKMHOPCTYXSIJYaeopcyxsijhdqw",
)
_GREEK: Final = ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορικυ", "ABEZHIKMNOPTYXavopiku")
_SMALL_CAPITALS: Final = (
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "abcdefghijklmnoprstuvwyz",
)
_ALIKE: Final = {
    ord(other): ours
    for theirs, plain in (_CYRILLIC, _GREEK, _SMALL_CAPITALS)
    for other, ours in zip(theirs, plain, strict=True)
}
_SEEN_AS_SPACE: Final = dict.fromkeys(
    map(ord, BLANK),
    " ",
)
_HYPHENS: Final = dict.fromkeys(
    map(ord, "\u2010\u2011\u2043\ufe63"),
    "-",
)
# "C F 3 7  1 A A", "F-F-/-2-0-2-4": single letters and figures, each with a sign or two between
_SET_APART: Final = re.compile(
    r"(?<![^\W_])[^\W_](?:[ .\-_*·|]{1,2}[^\W_](?![^\W_])|[ .\-_*·|]{1,2}[/\\]){4,}"
)
_BETWEEN: Final = re.compile(r"[ .\-_*·|]")
# signs of format, and marks that stand on a letter with which they make no letter of their own
_UNSEEN: Final = frozenset({"Cf", "Mn", "Me"})


def as_read(text: str) -> str:
    """The text as an eye reads it. Welsh and English texts read as they stand."""
    # a register holds a million cells, and most of them are plain
    if text.isascii():
        return text
    composed = unicodedata.normalize(
        "NFKC",
        text.translate(_SEEN_AS_SPACE),
    )
    seen = "".join(
        sign for sign in composed if unicodedata.category(sign) not in _UNSEEN
    )
    # a mark that could not be seen may have stood between a letter and its accent
    plain = "".join(
        _figure(sign) for sign in seen.translate(_ALIKE).translate(_HYPHENS)
    )
    return unicodedata.normalize("NFC", plain)


def forms_read(text: str) -> tuple[str, ...]:
    """Every form to search: the text as it is read, and with letters that were set apart put together."""
    seen = as_read(text)
    if not _SET_APART.search(seen):
        return (seen,)
    return seen, _SET_APART.sub(
        lambda run: _BETWEEN.sub(
            "",
            run[0],
        ),
        seen,
    )


def _figure(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign) != "Nd":
        return sign
    return str(unicodedata.digit(sign))
