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
    rank_axis,
    rank_line,
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
    drawn = sorted(
        drawn,
        key=lambda r: -r["rank"] / r["rank_of"],
    )
    figure = go.Figure()
    for r in drawn:
        _add_theme(figure, r)
    figure.add_scatter(
        x=[r["rank"] for r in drawn],
        y=[r["theme"] for r in drawn],
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": INK},
        hovertemplate="%{y}: %{x}<extra></extra>",
        showlegend=False,
    )
    plain_layout(
        figure,
        80 + 38 * max(1, len(drawn)),
    )
    figure.update_yaxes(showticklabels=False)
    last = max(
        (r["rank_of"] for r in drawn),
        default=1,
    )
    rank_axis(figure, axis, last)
    return Picture(figure, alt, rows, labels)


def _add_theme(figure: go.Figure, row: Mapping[str, Any]) -> None:
    """The line of one theme, the range of its ranks on it, and its name."""
    theme = row["theme"]
    rank_line(
        figure,
        theme,
        (1, row["rank_of"]),
        PALE,
        1,
    )
    if row["rank_low"] is not None:
        rank_line(
            figure,
            theme,
            (row["rank_low"], row["rank_high"]),
            "#74a9cf",
            8,
        )
    # the name stands over its line, not beside it: beside it, on a phone, it would leave the line no
    # width
    figure.add_annotation(
        text=theme,
        x=0,
        xref="paper",
        xanchor="left",
        y=theme,
        yanchor="bottom",
        yshift=6,
        showarrow=False,
        font={"size": 12, "color": INK},
    )
