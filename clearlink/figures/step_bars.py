"""Steps one under the other, each a bar as long as how many got there, with its words above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout

_STEP_PX: Final = 52


@drawn_once
def step_bars(
    rows: Sequence[Mapping[str, Any]],
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`rows` hold name, count (None is withheld or not told) and said: the words after the name."""
    figure = go.Figure()
    figure.add_bar(
        y=list(range(len(rows))),
        x=[r["count"] or 0 for r in rows],
        orientation="h",
        marker={"color": "#2b8cbe"},
        hoverinfo="skip",
        showlegend=False,
    )
    most = max([r["count"] or 0 for r in rows] or [0]) or 1
    for at, row in enumerate(rows):
        figure.add_annotation(
            x=0,
            y=at,
            text=f"{row['name']}: <b>{row['said']}</b>",
            showarrow=False,
            xanchor="left",
            align="left",
            yanchor="bottom",
            yshift=10,
            font={"size": 13, "color": INK},
        )
    plain_layout(
        figure,
        40 + _STEP_PX * max(1, len(rows)),
    )
    figure.update_layout(bargap=0.62)
    figure.update_xaxes(
        visible=False,
        range=[0, most * 1.02],
    )
    figure.update_yaxes(
        visible=False,
        range=[
            len(rows) - 0.4,
            -0.9,
        ],
    )
    return Picture(figure, alt, rows, labels)
