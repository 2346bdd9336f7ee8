"""Which words of a table would be cut at the width of a laptop, and how they wrap instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, Final, Literal

import pyarrow
import pyarrow.compute

# pixels: a table over the whole width of a laptop, over half of it, and beside a wider neighbour
WHOLE: Final = 1300
HALF: Final = 610
BESIDE: Final = 500
# tables that stand beside something else, by their key
ROOMS: Final = {
    "currency_table": BESIDE,
    "area_projects": HALF,
    "area_covering": HALF,
}
# three lines of text: Streamlit wraps nothing in rows below 64 pixels
WRAPPED_ROW: Final = 66
ONE_ROW: Final = 35
HEADER: Final = 38
TALLEST: Final = 620
_LETTER: Final = 7.4
_EDGES: Final = 18
_PICK: Final = 32
_LEAST: Final = 150
# lines that a text may take of a row, less what breaking between words leaves empty
_LINES: Final = 2.5
_NAMED: Final = {"small": 75.0, "medium": 200.0, "large": 400.0}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is drawn: its columns as configured, with their widths; its height and that of a row."""

    columns: dict[str, Any]
    height: int | Literal["auto"]
    row_height: int | None


def laid_out(
    shown: pyarrow.Table,
    configured: Mapping[str, Any],
    room: int,
    height: int | Literal["auto"],
    *,
    pick: bool,
) -> Layout:
    """The layout of a table in its room. `height`: pixels that it may take at most."""
    widths = widths_of(
        shown,
        configured,
        room,
        pick=pick,
    )
    columns = {
        **configured,
        **{
            name: {**(configured.get(name) or {}), "width": width}
            for name, width in widths.items()
        },
    }
    row_height = WRAPPED_ROW if is_wrapped(shown, widths) else None
    if height == "auto" and row_height is None:
        return Layout(columns, height, None)
    most = TALLEST if height == "auto" else height
    rows = max(1, shown.num_rows)
    whole = HEADER + rows * (row_height or ONE_ROW)
    return Layout(
        columns,
        min(most, whole),
        row_height,
    )


def widths_of(
    shown: pyarrow.Table,
    config: Mapping[str, Any],
    room: int,
    *,
    pick: bool,
) -> dict[str, int]:
    """Column → pixels, where left to itself or as configured a text would be cut; nothing where all fits."""
    needed = {name: _needed(shown, name) for name in shown.column_names}
    room -= _PICK if pick else 0
    if sum(needed.values()) > room:
        return _shared_out(shown, needed, room)
    is_narrow = any(
        _configured(config, name) < width for name, width in needed.items()
    )
    return needed if is_narrow else {}


def is_wrapped(shown: pyarrow.Table, widths: Mapping[str, int]) -> bool:
    """Whether a text takes more than one line of its column."""
    return any(_needed(shown, name) > width for name, width in widths.items())


def _needed(shown: pyarrow.Table, name: str) -> int:
    """Pixels that the longest text of a column takes on one line, its heading included."""
    column = shown[name]
    if not pyarrow.types.is_string(column.type):
        return _pixels(len(name))
    lengths = pyarrow.compute.utf8_length(column)
    longest = pyarrow.compute.max(lengths).as_py() or 0
    return _pixels(max(longest, len(name)))


def _pixels(letters: int) -> int:
    return round(letters * _LETTER) + _EDGES


def _shared_out(
    shown: pyarrow.Table, needed: Mapping[str, int], room: int
) -> dict[str, int]:
    """The room among the columns: texts that are longer than their share wrap, all others stay whole. No text
    gets less than three lines hold, and no heading is cut: a table with more than that is moved sideways.
    """
    texts = [
        name
        for name, width in needed.items()
        if width > _LEAST and pyarrow.types.is_string(shown[name].type)
    ]
    given = {
        name: min(width, narrowest(name, width)) if name in texts else width
        for name, width in needed.items()
    }
    spare = max(0, room - sum(given.values()))
    for at, name in enumerate(sorted(texts, key=needed.__getitem__)):
        more = min(needed[name] - given[name], spare // (len(texts) - at))
        given[name] += more
        spare -= more
    return given


def narrowest(name: str, needed: int) -> int:
    """Pixels that a column of words may not go below. `needed`: those of its longest text on one line."""
    return max(_LEAST, _pixels(len(name)), round(needed / _LINES))


def _configured(config: Mapping[str, Any], name: str) -> float:
    width = (config.get(name) or {}).get("width")
    if isinstance(width, int):
        return width
    return _NAMED.get(str(width), inf)
