"""Small multiples of a published series: one box an area, its values with their range, and Wales and
areas like it behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from clearlink.figures.picture import (
    INK,
    PALE,
    Picture,
    drawn_once,
    plain_layout,
)

ACROSS: Final = 4
BOX_PX: Final = 170
LINE: Final = "#045a8d"
SIMILAR: Final = "#a86400"


Points = Sequence[Mapping[str, Any]]


@drawn_once
def trend_lines(
    series: Mapping[str, Points],
    wales: Points,
    alt: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
    similar: Points = (),
) -> Picture:
    """`series`: name → rows with period, value, lower and upper (ranges may be None), in order. Every box
    has the same scale. `similar`: the middle of areas like the one that is drawn.
    """
    down = max(1, -(-len(series) // ACROSS))
    figure = make_subplots(
        rows=down,
        cols=ACROSS,
        subplot_titles=list(series),
        shared_xaxes="all",
        shared_yaxes="all",
    )
    for number, points in enumerate(series.values()):
        where = {
            "row": number // ACROSS + 1,
            "col": number % ACROSS + 1,
        }
        if all(
            p["lower"] is not None and p["upper"] is not None for p in points
        ):
            _add_range(figure, points, where)
        _add_behind(figure, wales, {"color": PALE, "width": 2}, where)
        _add_behind(
            figure,
            similar,
            {"color": SIMILAR, "width": 2, "dash": "dot"},
            where,
        )
        _add_line(figure, points, where)
    plain_layout(
        figure,
        60 + BOX_PX * down,
    )
    figure.update_layout(
        showlegend=False,
        margin={"t": 40, "b": 40},
    )
    figure.update_xaxes(
        nticks=3,
        tickfont={"size": 10, "color": INK},
    )
    figure.update_annotations(font={"size": 12, "color": INK})
    return Picture(figure, alt, rows, labels)


def _add_range(
    figure: go.Figure,
    points: Points,
    where: Mapping[str, int],
) -> None:
    """The publisher's range: along its upper ends and back along the lower ones."""
    periods = [p["period"] for p in points]
    upper = [p["upper"] for p in points]
    lower = [p["lower"] for p in points]
    figure.add_scatter(
        x=[
            *periods,
            *reversed(periods),
        ],
        y=[
            *upper,
            *reversed(lower),
        ],
        fill="toself",
        fillcolor="rgba(116,169,207,.35)",
        line={"width": 0},
        hoverinfo="skip",
        **where,
    )


def _add_behind(
    figure: go.Figure,
    points: Points,
    line: Mapping[str, Any],
    where: Mapping[str, int],
) -> None:
    """A series that others are compared with; nothing where there is none."""
    if points:
        figure.add_scatter(
            x=[p["period"] for p in points],
            y=[p["value"] for p in points],
            mode="lines",
            line=line,
            hoverinfo="skip",
            **where,
        )


def _add_line(
    figure: go.Figure,
    points: Points,
    where: Mapping[str, int],
) -> None:
    """The area's own series."""
    figure.add_scatter(
        x=[p["period"] for p in points],
        y=[p["value"] for p in points],
        mode="lines+markers",
        line={"color": LINE, "width": 2},
        marker={"size": 4},
        hovertemplate="%{x}: %{y}<extra></extra>",
        **where,
    )
