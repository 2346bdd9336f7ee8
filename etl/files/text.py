"""Bytes → text: byte order mark, then strict UTF-8, then the encoding that the source declares; NFC; no
mojibake.
"""

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
    "Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|Å[\u00b4-\u00b8]|á[\u00ba\u00bb]|Â[\u0080-\u00bf]|â€|[\u0080-\u009f]"
)
_LOST: Final = re.compile("[\ufffd\x00]")


def text_of(data: bytes, declared: str = "utf-8") -> str:
    """The text of a file, in NFC.

    Raises FileRefused where a byte fits neither UTF-8 nor the declared encoding, where a replacement mark or
    a mis-read accent shows that letters were lost before the file reached us, and for NUL.
    """
    text = _decoded(data, declared)
    check_letters(text)
    return unicodedata.normalize("NFC", text)


def text_by_row(data: bytes, declared: str = "utf-8") -> str:
    """The text of a register, in NFC: a byte that is no letter becomes U+FFFD in its place, for its row to be
    refused and not the file.

    A file that is UTF-8 but for single bytes stays UTF-8: read as Windows-1252 every other letter would be
    wrong. Raises FileRefused only where a mark at its start promises an encoding that the file does not keep.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return unicodedata.normalize(
                "NFC",
                _lenient(
                    data[len(mark) :],
                    encoding,
                ),
            )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _lenient(data, "utf-8")
        is_utf8 = bool(re.search("[\u0080-\ufffc]", text))
        if not is_utf8 and declared != "utf-8":
            text = data.decode(declared, "replace")
    return unicodedata.normalize(
        "NFC",
        text.replace("\x00", "\ufffd"),
    )


def letters_fault(text: str) -> str | None:
    """Why a cell's letters cannot be what its author wrote: "letters_lost" or "letters_misread"; None where
    they can.
    """
    if "\ufffd" in text:
        return "letters_lost"
    return "letters_misread" if _MOJIBAKE.search(text) else None


def _lenient(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def check_letters(text: str, place: str = "") -> None:
    """Raises FileRefused where letters were lost or read in the wrong encoding before the file reached us."""
    for pattern, code in (
        (_MOJIBAKE, "letters_misread"),
        (_LOST, "letters_lost"),
    ):
        hit = pattern.search(text)
        if hit:
            near = (
                text[
                    max(
                        0,
                        hit.start() - 12,
                    ) : hit.end() + 12
                ]
                .replace(
                    "\n",
                    " ",
                )
                .replace(
                    "\x00",
                    "NUL",
                )
            )
            raise FileRefused(
                code,
                place or f"line {text.count(chr(10), 0, hit.start()) + 1}",
                near=near,
            )


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(
                data[len(mark) :],
                encoding,
            )
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
        octets = " ".join(
            f"{byte:02X}" for byte in data[fault.start : fault.start + 4]
        )
        raise FileRefused(
            "encoding_unknown",
            f"line {line}",
            found=octets,
            encoding=encoding,
        ) from fault
