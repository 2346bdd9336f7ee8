"""Packs what the map needs into as few bytes as it can: one byte an area for its class, one or two for each
hover word.

The agreed order is the area codes sorted; the browser sorts the codes of the boundary file the same way, so
no code travels. `fingerprint` lets the browser refuse values that belong to another set of areas.
"""

from __future__ import annotations

import base64
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache, wraps
from sys import byteorder
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast
from zlib import crc32

from pages.area_map.shapes import (
    CrossLegend,
    HoverLine,
    MapClass,
    MapGeometry,
    MapWords,
    MarkKind,
    OutlineName,
    ProjectMark,
)

NO_WORD = {1: 0xFF, 2: 0xFFFF}
MOST_CLASSES = 255


P = ParamSpec("P")
T = TypeVar("T")
KEPT: Final = 100
FEW_AREAS: Final = 100
_kept: OrderedDict[tuple[Any, ...], tuple[Any, Any]] = OrderedDict()
_guard: Final = Lock()


def packed_once(
    pack: Callable[Concatenate[Sequence[str], P], T],
) -> Callable[Concatenate[Sequence[str], P], T]:
    """Layers are laid out once and shared: what is packed of the very same objects is packed once. They are
    read-only.

    They are held with what was packed, so that no others come to stand under their number. A few areas are
    packed anew.
    """

    @wraps(pack)
    def packed(codes: Sequence[str], *given: P.args, **named: P.kwargs) -> T:
        if len(codes) <= FEW_AREAS:
            return pack(codes, *given, **named)
        parts = (
            codes,
            *given,
            *named.values(),
        )
        key = (
            pack.__qualname__,
            *named,
            *map(id, parts),
        )
        with _guard:
            if key in _kept:
                _kept.move_to_end(key)
                return cast(
                    "T",
                    _kept[key][1],
                )
        made = pack(codes, *given, **named)
        with _guard:
            _kept[key] = (parts, made)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        return made

    # positional and named alike: `wraps` would tell a caller that `codes` can only stand first
    return cast("Callable[Concatenate[Sequence[str], P], T]", packed)


@packed_once
def fingerprint(codes: Sequence[str]) -> int:
    """CRC-32 of the sorted codes joined by commas; the browser computes the same from the boundary file."""
    return crc32(",".join(sorted(codes)).encode())


@packed_once
def class_bytes(
    codes: Sequence[str],
    class_of: Mapping[str, int],
    classes: Sequence[MapClass],
) -> str:
    """Base64 of one byte an area in the order of the sorted codes.

    Every area must have a class: an absent value is a class of its own (withheld, not collected), never a
    default.
    """
    ordered = sorted(codes)
    if len(classes) > MOST_CLASSES:
        raise ValueError(
            f"found {len(classes)} classes; expected at most {MOST_CLASSES}"
        )
    missing = [code for code in ordered if code not in class_of]
    if missing:
        raise ValueError(
            f"{len(missing)} of {len(ordered)} areas have no class, the first is {missing[0]!r}; "
            f"expected one for each "
            "area of the layer: give areas without a value the class that says why"
        )
    wrong = sorted(
        {class_of[code] for code in ordered} - set(range(len(classes)))
    )
    if wrong:
        raise ValueError(
            f"found class {wrong[0]}; expected 0 to {len(classes) - 1}"
        )
    return base64.b64encode(bytes(class_of[code] for code in ordered)).decode()


def word_column(
    codes: Sequence[str],
    word_of: Mapping[str, str],
) -> dict[str, Any]:
    """Each different word once, and `width` bytes an area to say which (all ones: none): one byte while
    that is enough.
    """
    words = {
        word: place
        for place, word in enumerate(dict.fromkeys(word_of.values()))
    }
    width = 1 if len(words) <= NO_WORD[1] else 2
    none = NO_WORD[width]
    index = array(
        "BH"[width - 1],
        [
            none if (word := word_of.get(code)) is None else words[word]
            for code in sorted(codes)
        ],
    )
    if byteorder == "big":
        index.byteswap()
    return {
        "words": list(words),
        "width": width,
        "index": base64.b64encode(index.tobytes()).decode(),
    }


@packed_once
def mark_rows(
    codes: Sequence[str],
    kinds: Sequence[MarkKind],
    marks: Sequence[ProjectMark],
) -> list[list[Any]]:
    """Number of the area in the order of the sorted codes (None: not of this layer), number of the kind,
    how many, and a point where one is given.
    """
    area_number = _numbered(tuple(codes))
    kind_number = {kind.kind_id: number for number, kind in enumerate(kinds)}
    rows: list[list[Any]] = []
    for mark in marks:
        point = (
            [mark.lon, mark.lat]
            if mark.lon is not None and mark.lat is not None
            else []
        )
        rows.append(
            [
                area_number.get(mark.area_code),
                kind_number[mark.kind_id],
                mark.count,
                *point,
            ]
        )
    return rows


@lru_cache(maxsize=16)
def _numbered(codes: tuple[str, ...]) -> dict[str, int]:
    return {code: number for number, code in enumerate(sorted(codes))}


@packed_once
def hover_payload(
    codes: Sequence[str],
    lines: Sequence[HoverLine],
) -> list[dict[str, Any]]:
    return [
        {
            "template": line.template,
            "columns": [word_column(codes, column) for column in line.columns],
        }
        for line in lines
    ]


def layer_content(
    *,
    geometry: MapGeometry,
    class_of: Mapping[str, int],
    classes: Sequence[MapClass],
    words: MapWords,
    welsh: bool,
    prefix: str,
    hover: Sequence[HoverLine] = (),
    cross_legend: CrossLegend | None = None,
    outlines_url: str | None = None,
    outline_names: Sequence[OutlineName] = (),
    picture_name: str = "clear-link-map",
) -> dict[str, Any]:
    """Colours and words of one layer as the map's scripts read them: all that does not depend on who
    looks.
    """
    return {
        "geometry": {
            "url": prefix + geometry.url,
            "fingerprint": fingerprint(geometry.codes),
            "code": geometry.code_property,
            # the first of these that an outline has is its name
            "names": [
                geometry.name_properties[welsh],
                geometry.name_properties[not welsh],
                geometry.only_name,
            ],
        },
        "classes": [asdict(each) for each in classes],
        "classOf": class_bytes(geometry.codes, class_of, classes),
        "hover": hover_payload(geometry.codes, hover),
        "cross": asdict(cross_legend) if cross_legend else None,
        "outlines": prefix + outlines_url if outlines_url else None,
        "names": [
            [
                each.name,
                each.lon,
                each.lat,
                each.order,
            ]
            for each in outline_names
        ],
        "words": asdict(words),
        "picture": picture_name,
    }
