"""A place beside those it may be compared with: one bar each in the order given, and a line for the whole
of Wales.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clearlink.figures.picture import Picture, drawn_once
from clearlink.figures.whole_bars import whole_bars


@drawn_once
def peer_bars(
    rows: Sequence[Mapping[str, Any]],
    column: str,
    shape: str,
    whole: float,
    axis: str,
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`rows` hold la (the name) and the column drawn; `shape` writes a number ("{:.1f}%"). The first bar,
    the place itself, is dark.
    """
    figure = whole_bars(
        [r["la"] for r in rows],
        [r[column] for r in rows],
        shape,
        whole,
        axis,
        colours=["#045a8d", *("#a9bfd6" for _ in rows[1:])],
        height_px=max(
            170,
            80 + 27 * len(rows),
        ),
        room=1.25,
    )
    figure.update_yaxes(autorange="reversed")
    return Picture(figure, alt, rows, labels)
