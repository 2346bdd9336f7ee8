"""The same number under two definitions of need, region by region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout


@drawn_once
def paired_bars(
    rows: Sequence[Mapping[str, Any]],
    series: Sequence[tuple[str, str]],
    axis: str,
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`rows` hold region and a number (%) for each of the two `series` (column, name)."""
    figure = go.Figure()
    for (column, name), colour, pattern, ink in zip(
        series, ("#045a8d", "#bdc9e1"), ("", "/"), ("#ffffff", INK), strict=True
    ):
        figure.add_bar(
            y=[r["region"] for r in rows],
            x=[r[column] for r in rows],
            orientation="h",
            name=name,
            marker={
                "color": colour,
                "pattern": {
                    "shape": pattern,
                    "fillmode": "overlay",
                    "fgcolor": "#045a8d",
                    "size": 6,
                    "solidity": 0.15,
                },
            },
            text=[f"{r[column]:.1f}%" for r in rows],
            # in the bar where it fits, as on a phone the longest leave no room beside them
            textposition="auto",
            constraintext="none",
            insidetextfont={"color": ink},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
        )
    plain_layout(
        figure,
        100 + 54 * max(1, len(rows)),
    )
    most = max(
        (r[column] for r in rows for column, _ in series),
        default=1.0,
    )
    figure.update_layout(barmode="group", bargap=0.3)
    figure.update_xaxes(
        title={"text": axis},
        range=[0, 1.2 * most],
        ticksuffix="%",
    )
    figure.update_yaxes(autorange="reversed")
    return Picture(figure, alt, rows, labels)
