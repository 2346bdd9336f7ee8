"""Packs what the map needs into as few bytes as it can: one byte an area for its class, two for each hover word.

The agreed order is the area codes sorted; the browser sorts the codes of the boundary file the same way, so no code
travels. `fingerprint` lets the browser refuse values that belong to another set of areas.
"""

from __future__ import annotations

import base64
from array import array
from collections.abc import Mapping, Sequence
from sys import byteorder
from typing import Any
from zlib import crc32

from pages.parts.need_map.shapes import HoverLine, MapClass

NO_WORD = 0xFFFF
MOST_CLASSES = 255


def fingerprint(codes: Sequence[str]) -> int:
    """CRC-32 of the sorted codes joined by commas; the browser computes the same from the boundary file."""
    return crc32(",".join(sorted(codes)).encode())


def class_bytes(codes: Sequence[str], class_of: Mapping[str, int], classes: Sequence[MapClass]) -> str:
    """Base64 of one byte an area in the order of the sorted codes.

    Every area must have a class: an absent value is a class of its own (withheld, not collected), never a default.
    """
    ordered = sorted(codes)
    if len(classes) > MOST_CLASSES:
        raise ValueError(f"found {len(classes)} classes; expected at most {MOST_CLASSES}")
    missing = [code for code in ordered if code not in class_of]
    if missing:
        raise ValueError(
            f"{len(missing)} of {len(ordered)} areas have no class, the first is {missing[0]!r}; expected one for each "
            "area of the layer: give areas without a value the class that says why"
        )
    wrong = sorted({class_of[code] for code in ordered} - set(range(len(classes))))
    if wrong:
        raise ValueError(f"found class {wrong[0]}; expected 0 to {len(classes) - 1}")
    return base64.b64encode(bytes(class_of[code] for code in ordered)).decode()


def word_column(codes: Sequence[str], word_of: Mapping[str, str]) -> dict[str, Any]:
    """Each different word once, and two bytes an area to say which (65535: none)."""
    words: dict[str, int] = {}
    index = array("H", (words.setdefault(w, len(words)) if (w := word_of.get(c)) is not None else NO_WORD for c in sorted(codes)))
    if byteorder == "big":
        index.byteswap()
    return {"words": list(words), "index": base64.b64encode(index.tobytes()).decode()}


def hover_payload(codes: Sequence[str], lines: Sequence[HoverLine]) -> list[dict[str, Any]]:
    return [
        {"template": line.template, "columns": [word_column(codes, column) for column in line.columns]} for line in lines
    ]
