"""Holes and piles: how many projects stand in each square of themes by programmes, or themes by
authorities.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from clearlink.figures.picture import (
    FONT,
    INK,
    Picture,
    drawn_once,
    plain_layout,
    wrapped,
)

SCALE = (
    (0.0, "#f4f6f8"),
    (0.05, "#d0d1e6"),
    (0.3, "#74a9cf"),
    (1.0, "#045a8d"),
)


Square = tuple[str, str]
_EMPTY = (0, "")


@drawn_once
def coherence_matrix(
    cells: Mapping[Square, tuple[int, str]],
    down: Sequence[str],
    across: Sequence[str],
    expected: Collection[Square],
    alt: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
    is_slanted: bool = False,
    edges: Collection[Square] = (),
    unknown: Collection[Square] = (),
) -> Picture:
    """`cells` hold number and letters of tiers by (down, across) name. `expected` squares are outlined
    when empty: holes. `is_slanted`: the names across are, as they are where there are many. `edges` are
    squares that begin with a thick line; `unknown`, those of which an empty one is not known to be empty.
    """
    most = max(
        (n for n, _ in cells.values()),
        default=1,
    )
    figure = go.Figure(_heatmap(cells, down, across, most))
    at = {
        (d, a): (x, y) for y, d in enumerate(down) for x, a in enumerate(across)
    }
    filled = {
        square: cells[square] for square in at if cells.get(square, _EMPTY)[0]
    }
    # all at once: adding them one by one takes a second for a full matrix
    figure.layout.annotations = [
        *(_number(*at[square], *cell, most) for square, cell in filled.items()),
        *_drawn_at(at, set(unknown) - filled.keys(), _question),
    ]
    figure.layout.shapes = [
        *_drawn_at(
            at,
            set(expected) - filled.keys(),
            _hole,
        ),
        *_drawn_at(at, edges, _edge),
    ]
    plain_layout(
        figure,
        120 + 34 * len(down),
    )
    _axes(
        figure,
        down,
        across,
        is_slanted or len(across) > 11,
    )
    return Picture(figure, alt, rows, labels)


def _drawn_at(
    at: Mapping[Square, tuple[int, int]],
    squares: Collection[Square],
    shape: Callable[[int, int], dict[str, Any]],
) -> list[dict[str, Any]]:
    """A shape on each of the squares that the matrix has, in its order."""
    return [shape(*place) for square, place in at.items() if square in squares]


def _heatmap(
    cells: Mapping[Square, tuple[int, str]],
    down: Sequence[str],
    across: Sequence[str],
    most: int,
) -> go.Heatmap:
    """Squares in the colour of the square root of their number, so that few beside many are still seen."""
    values = [
        [
            cells.get(
                (d, a),
                _EMPTY,
            )[0]
            for a in across
        ]
        for d in down
    ]
    return go.Heatmap(
        z=[[min(v, most) ** 0.5 for v in row] for row in values],
        x=list(across),
        y=list(down),
        customdata=values,
        colorscale=[list(stop) for stop in SCALE],
        zmin=0,
        zmax=most**0.5,
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="%{y}<br>%{x}: %{customdata}<extra></extra>",
    )


def _axes(
    figure: go.Figure,
    down: Sequence[str],
    across: Sequence[str],
    is_slanted: bool,
) -> None:
    """The names down and across; a slanted one stands in one line."""
    # long names stand in two lines, so that a narrow screen keeps room for the squares
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(down))),
        ticktext=[wrapped(d, 26) for d in down],
    )
    # one column alone is not drawn as wide as the page
    figure.update_xaxes(
        range=[
            -0.5,
            max(len(across), 4) - 0.5,
        ]
    )
    figure.update_xaxes(
        side="top",
        showgrid=False,
        ticks="",
        tickangle=_angle(len(across)) if is_slanted else 0,
        tickvals=list(range(len(across))),
        ticktext=list(across)
        if is_slanted
        else [wrapped(a, 15) for a in across],
    )
    figure.update_yaxes(ticks="")


def _number(
    x: int,
    y: int,
    n: int,
    letters: str,
    most: int,
) -> dict[str, Any]:
    """The number of a square with the letters of its tiers, in ink that its shade can bear."""
    ink = "#ffffff" if (n / most) ** 0.5 > 0.55 else INK
    return {
        "x": x,
        "y": y,
        "text": f"{n} <span style='font-size:10px'>{letters}</span>",
        "showarrow": False,
        "font": {"family": FONT, "size": 13, "color": ink},
    }


def _question(x: int, y: int) -> dict[str, Any]:
    """The mark of a square of which nothing on record does not say that there is nothing."""
    return {
        "x": x,
        "y": y,
        "text": "?",
        "showarrow": False,
        "font": {"family": FONT, "size": 13, "color": "#5f6b73"},
    }


def _hole(x: int, y: int) -> dict[str, Any]:
    """The outline of a square in which a project is expected and none is."""
    return {
        "type": "rect",
        "x0": x - 0.45,
        "x1": x + 0.45,
        "y0": y - 0.42,
        "y1": y + 0.42,
        "line": {"color": "#7a1f5c", "width": 1.5, "dash": "dot"},
    }


def _edge(x: int, y: int) -> dict[str, Any]:
    """The line with which a square begins that stands on a cliff edge."""
    return {
        "type": "line",
        "x0": x - 0.48,
        "x1": x - 0.48,
        "y0": y - 0.46,
        "y1": y + 0.46,
        "line": {"color": "#7a1f5c", "width": 5},
    }


def _angle(names: int) -> int:
    """How names across are turned: upright where so many stand close together on a narrow screen."""
    return -90 if 6 < names <= 11 else -50
