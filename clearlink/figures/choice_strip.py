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
    of_chosen, of_others, of_cut = names
    chosen = [r for r in rows if r["is_chosen"]]
    others = [r for r in rows if not r["is_chosen"]]
    _add_areas(figure, chosen, 1, of_chosen, ("#00634f", "circle"))
    _add_areas(figure, others, 0, of_others, ("#7a1f5c", "circle-open"))
    plain_layout(figure, 190)
    figure.add_vline(
        x=cut + 0.5,
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )
    figure.add_annotation(
        x=cut + 0.5,
        y=0.5,
        text=of_cut,
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


def _add_areas(
    figure: go.Figure,
    areas: Sequence[Mapping[str, Any]],
    height: int,
    name: str,
    look: tuple[str, str],
) -> None:
    """A mark for each area at its place in the order of need. `look`: colour and symbol."""
    colour, symbol = look
    figure.add_scatter(
        x=[area["place"] for area in areas],
        y=[height] * len(areas),
        mode="markers",
        name=name,
        marker={
            "size": 10,
            "color": colour,
            "symbol": symbol,
            "line": {"width": 1.5, "color": colour},
        },
        customdata=[
            [
                area["name"],
                area["value"],
            ]
            for area in areas
        ],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
