"""How much of its money each authority sets aside, and the line of what the year requires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clearlink.figures.picture import Picture, drawn_once
from clearlink.figures.whole_bars import whole_bars


@drawn_once
def set_aside_bars(
    rows: Sequence[Mapping[str, Any]],
    required_pct: float,
    axis: str,
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`rows` hold la and share (%), the least first; those short of the line are dark."""
    figure = whole_bars(
        [r["la"] for r in rows],
        [r["share"] for r in rows],
        "{:.1f}%",
        required_pct,
        axis,
        colours=[
            "#7a1f5c" if r["share"] < required_pct else "#74a9cf" for r in rows
        ],
        height_px=max(
            150,
            80 + 27 * len(rows),
        ),
        room=1.25,
    )
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(ticksuffix="%")
    return Picture(figure, alt, rows, labels)
