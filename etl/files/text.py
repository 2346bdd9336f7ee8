"""Bytes → text: byte order mark, then strict UTF-8, then the encoding that the source declares; NFC; no mojibake."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from etl.files.refusal import FileRefused

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# UTF-8 read as Windows-1252 or Latin-1: ŵ → "Åµ", ŷ → "Å·", ô → "Ã´", the curly quote → "â€™".
_MOJIBAKE: Final = re.compile(
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Å[\u00b4-\u00b8]|á[\u00ba\u00bb]|Â[\u0080-\u00bf]|â€|[\u0080-\u009f]"
)
_LOST: Final = re.compile("[\ufffd\x00]")


def text_of(data: bytes, declared: str = "utf-8") -> str:
    """The text of a file, in NFC.

    Raises FileRefused where a byte fits neither UTF-8 nor the declared encoding, where a replacement mark or a
    mis-read accent shows that letters were lost before the file reached us, and for NUL.
    """
    text = _decoded(data, declared)
    check_letters(text)
    return unicodedata.normalize("NFC", text)


def check_letters(text: str, place: str = "") -> None:
    """Raises FileRefused where letters were lost or read in the wrong encoding before the file reached us."""
    for pattern, code in ((_MOJIBAKE, "letters_misread"), (_LOST, "letters_lost")):
        hit = pattern.search(text)
        if hit:
            near = text[max(0, hit.start() - 12) : hit.end() + 12].replace("\n", " ").replace("\x00", "NUL")
            raise FileRefused(code, place or f"line {text.count(chr(10), 0, hit.start()) + 1}", near=near)


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if declared == "utf-8":
        return _strict(data, "utf-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, declared)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        found = " ".join(f"{byte:02X}" for byte in data[fault.start : fault.start + 4])
        raise FileRefused("encoding_unknown", f"line {line}", found=found, encoding=encoding) from fault
