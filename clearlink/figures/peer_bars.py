"""A place beside those it may be compared with: one bar each in the order given, and a line for the whole of Wales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, plain_layout


def peer_bars(rows: Sequence[Mapping[str, Any]], column: str, shape: str, whole: float, axis: str, alt: str, labels: Mapping[str, str]) -> Picture:
    """`rows` hold la (the name) and the column drawn; `shape` writes a number ("{:.1f}%"). The first bar, the place itself, is dark."""
    figure = go.Figure(
        go.Bar(
            y=[r["la"] for r in rows],
            x=[r[column] for r in rows],
            orientation="h",
            marker={"color": ["#045a8d", *("#a9bfd6" for _ in rows[1:])]},
            text=[shape.format(r[column]) for r in rows],
            textposition="auto",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
            showlegend=False,
        )
    )
    plain_layout(figure, max(170, 80 + 27 * len(rows)))
    figure.add_vline(x=whole, line={"color": INK, "width": 1.5, "dash": "dash"})
    most = max([whole, *(r[column] for r in rows)]) or 1.0
    figure.update_xaxes(title={"text": axis}, range=[0, 1.25 * most])
    figure.update_yaxes(autorange="reversed")
    figure.update_layout(bargap=0.35)
    return Picture(figure, alt, rows, labels)
