"""Every area of an authority in order of need, chosen or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout


@drawn_once
def choice_strip(
    rows: Sequence[Mapping[str, Any]],
    cut: int,
    names: tuple[str, str, str],
    axis: str,
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """Chosen areas stand above the line, the others below it. `rows` hold place (1 = most need), is_chosen,
    name and value.

    `names` are chosen, not chosen and the cut: as many areas as were chosen.
    """
    figure = go.Figure()
    for chosen, height, colour, symbol in (
        (True, 1, "#00634f", "circle"),
        (False, 0, "#7a1f5c", "circle-open"),
    ):
        here = [r for r in rows if r["is_chosen"] == chosen]
        figure.add_scatter(
            x=[r["place"] for r in here],
            y=[height] * len(here),
            mode="markers",
            name=names[0] if chosen else names[1],
            marker={
                "size": 10,
                "color": colour,
                "symbol": symbol,
                "line": {"width": 1.5, "color": colour},
            },
            customdata=[
                [
                    r["name"],
                    r["value"],
                ]
                for r in here
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
    plain_layout(figure, 190)
    figure.add_vline(
        x=cut + 0.5,
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )
    figure.add_annotation(
        x=cut + 0.5,
        y=0.5,
        text=names[2],
        showarrow=False,
        xanchor="left",
        xshift=6,
        font={"size": 12},
    )
    figure.update_xaxes(title={"text": axis})
    figure.update_yaxes(
        visible=False,
        range=[-0.5, 1.5],
    )
    return Picture(figure, alt, rows, labels)
