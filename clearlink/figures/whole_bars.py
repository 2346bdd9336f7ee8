"""One bar each, and a dashed line for the whole that they are held against."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from clearlink.figures.picture import FONT, INK, plain_layout


def whole_bars(
    names: Sequence[str],
    figures: Sequence[float],
    shape: str,
    whole: float,
    axis: str,
    *,
    colours: str | Sequence[str],
    height_px: int,
    room: float,
) -> go.Figure:
    """`shape` writes a number ("{:.1f}%"); the axis runs to `room` times the longest bar or the line."""
    figure = go.Figure(
        go.Bar(
            y=names,
            x=figures,
            orientation="h",
            marker={"color": colours},
            text=[shape.format(f) for f in figures],
            textposition="none",
            hovertemplate="%{y}: %{text}<extra></extra>",
            showlegend=False,
        )
    )
    plain_layout(figure, height_px)
    figure.add_vline(
        x=whole,
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )
    most = max([whole, *figures]) or 1.0
    figure.update_xaxes(
        title={"text": axis},
        range=[0, room * most],
    )
    figure.update_layout(bargap=0.35)
    # the numbers stand in one column at the right, clear of the line
    figure.layout.annotations = [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "right",
            "y": name,
            "text": shape.format(f),
            "showarrow": False,
            "font": {"family": FONT, "size": 12, "color": INK},
        }
        for name, f in zip(names, figures, strict=True)
    ]
    return figure
