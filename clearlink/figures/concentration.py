"""Concentration curves: how much of the money and of the need the neediest areas hold, as the share of
people grows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout


@drawn_once
def concentration(
    points: Sequence[Mapping[str, Any]],
    names: tuple[str, str, str],
    axes: tuple[str, str],
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`points` hold population_share, spend_share and need_share in %; `names` are need, spend and the
    line of equal sums per head.
    """
    across = [p["population_share"] for p in points]
    figure = go.Figure()
    figure.add_scatter(
        x=across,
        y=[p["need_share"] for p in points],
        name=names[0],
        mode="lines",
        line={"color": "#be64ac", "width": 3},
    )
    figure.add_scatter(
        x=across,
        y=[p["spend_share"] for p in points],
        name=names[1],
        mode="lines+markers",
        line={"color": "#045a8d", "width": 3, "dash": "dash"},
        marker={"size": 5},
    )
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        name=names[2],
        mode="lines",
        line={"color": "#9aa4ad", "width": 1},
        hoverinfo="skip",
    )
    plain_layout(figure, 400)
    figure.add_vline(
        x=20,
        line={"color": INK, "width": 1, "dash": "dot"},
    )
    figure.update_xaxes(
        title={"text": axes[0]},
        range=[0, 100],
        ticksuffix="%",
    )
    figure.update_yaxes(
        title={"text": axes[1]},
        range=[0, 101],
        ticksuffix="%",
        showgrid=True,
        gridcolor="#e8ebee",
    )
    return Picture(figure, alt, points, labels)
