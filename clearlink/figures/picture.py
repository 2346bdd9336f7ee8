"""A picture, what it says to somebody who cannot see it, and the table that holds the same numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

VERDICT_COLOURS: Final = {
    "CLEAR": "#00634f",
    "PARTIAL": "#a86400",
    "NO_LINK_SHOWN": "#7a1f5c",
    "CANNOT_ASSESS": "#5f6b73",
    "EXCEPTION": "#2b4c7e",
}
INK: Final = "#1b1f23"
PALE: Final = "#d6dbe0"
FONT: Final = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` is one or two sentences with the finding; `rows` under `labels` are the table twin."""

    figure: go.Figure
    alt: str
    rows: Sequence[Mapping[str, Any]]
    labels: Mapping[str, str]


def plain_layout(figure: go.Figure, height_px: int) -> go.Figure:
    """No decoration that carries no data: one font, thin rules, room for the words."""
    figure.update_layout(
        height=height_px,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        font={"family": FONT, "size": 13, "color": INK},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "xanchor": "left", "x": 0, "title": None},
        dragmode=False,
    )
    figure.update_xaxes(showgrid=True, gridcolor="#e8ebee", zeroline=False, fixedrange=True, automargin=True)
    figure.update_yaxes(showgrid=False, zeroline=False, fixedrange=True, automargin=True)
    return figure
