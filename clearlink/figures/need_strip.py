"""Where one area stands on every theme of need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from clearlink.figures.picture import (
    INK,
    PALE,
    Picture,
    drawn_once,
    plain_layout,
    rank_marks,
)


@drawn_once
def need_strip(
    rows: Sequence[Mapping[str, Any]],
    alt: str,
    axis: str,
    labels: Mapping[str, str],
) -> Picture:
    """One line a theme, from rank 1 (most need, left) to the last; the bar is the range of ranks, the diamond
    the rank.

    `rows` hold theme, rank, rank_of, rank_low and rank_high (ranges may be None), and are the table twin.
    """
    drawn = [r for r in rows if r["rank"] is not None]
    drawn = sorted(drawn, key=lambda r: -r["rank"] / r["rank_of"])
    figure = go.Figure()
    last = max((r["rank_of"] for r in drawn), default=1)
    for r in drawn:
        figure.add_shape(
            type="line",
            x0=1,
            x1=r["rank_of"],
            y0=r["theme"],
            y1=r["theme"],
            line={"color": PALE, "width": 1},
            layer="below",
        )
        if r["rank_low"] is not None:
            figure.add_shape(
                type="line",
                x0=r["rank_low"],
                x1=r["rank_high"],
                y0=r["theme"],
                y1=r["theme"],
                line={"color": "#74a9cf", "width": 8},
                layer="below",
            )
        # the name stands over its line, not beside it: beside it, on a phone, it would leave the line no
        # width
        figure.add_annotation(
            text=r["theme"],
            x=0,
            xref="paper",
            xanchor="left",
            y=r["theme"],
            yanchor="bottom",
            yshift=6,
            showarrow=False,
            font={"size": 12, "color": INK},
        )
    figure.add_scatter(
        x=[r["rank"] for r in drawn],
        y=[r["theme"] for r in drawn],
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": INK},
        hovertemplate="%{y}: %{x}<extra></extra>",
        showlegend=False,
    )
    plain_layout(figure, 80 + 38 * max(1, len(drawn)))
    figure.update_yaxes(showticklabels=False)
    figure.update_xaxes(
        title={"text": axis, "font": {"size": 12}},
        range=[-0.02 * last, 1.02 * last],
        showgrid=False,
        tickvals=rank_marks(last),
        tickformat=",d",
    )
    return Picture(figure, alt, rows, labels)
