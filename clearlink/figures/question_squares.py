"""The two questions apart: rows say whether need is served, columns whether that is on record; colour is
what kind of knowing it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import (
    FONT,
    INK,
    Picture,
    drawn_once,
    plain_layout,
    wrapped,
)

# known, silent, waiting, never recorded: four colours, and the words of the column say the same without them
COLOURS: Final = {
    "known": "15,118,110",
    "silent": "122,31,92",
    "waiting": "180,83,9",
    "unrecorded": "90,100,115",
}


@drawn_once
def question_squares(
    cells: Mapping[tuple[str, str], tuple[int, str]],
    down: Sequence[str],
    across: Sequence[tuple[str, str]],
    alt: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> Picture:
    """`cells`: (down, across) name → records and the small line under the number. `across`: name and group
    of each column.
    """
    most = max(
        (n for n, _ in cells.values()),
        default=1,
    )
    names = [name for name, _ in across]
    at = {(d, a): (names.index(a), list(down).index(d)) for d, a in cells}
    figure = go.Figure(_what_is_told(cells, at))
    figure.layout.shapes = [
        _square(
            x,
            y,
            group,
            cells.get(
                (d, a),
                (0, ""),
            )[0]
            / most,
        )
        for y, d in enumerate(down)
        for x, (a, group) in enumerate(across)
    ]
    figure.layout.annotations = [
        _number(
            at[square],
            n,
            small,
            most,
        )
        for square, (n, small) in cells.items()
    ]
    _axes(figure, down, names)
    return Picture(figure, alt, rows, labels)


def _what_is_told(
    cells: Mapping[tuple[str, str], tuple[int, str]],
    at: Mapping[tuple[str, str], tuple[int, int]],
) -> go.Scatter:
    """Marks that nobody sees, which say what a square holds where somebody points at it."""
    return go.Scatter(
        x=[x for x, _ in at.values()],
        y=[y for _, y in at.values()],
        mode="markers",
        marker={"opacity": 0, "size": 30},
        customdata=[f"{n} · {small}" for n, small in cells.values()],
        hovertemplate="%{y}<br>%{x}: %{customdata}<extra></extra>",
    )


def _axes(
    figure: go.Figure,
    down: Sequence[str],
    names: Sequence[str],
) -> None:
    plain_layout(
        figure,
        150 + 52 * len(down),
    )
    figure.update_yaxes(
        range=[
            len(down) - 0.5,
            -0.5,
        ],
        tickvals=list(range(len(down))),
        ticktext=[wrapped(d, 18) for d in down],
        ticks="",
        showgrid=False,
    )
    figure.update_xaxes(
        side="top",
        range=[
            -0.5,
            max(len(names), 3) - 0.5,
        ],
        tickvals=list(range(len(names))),
        ticktext=[wrapped(a, 14) for a in names],
        # the browser turns names that would lie over each other, as on a phone
        autotickangles=[0, 90],
        ticks="",
        showgrid=False,
    )


def _number(
    at: tuple[int, int],
    number: int,
    small: str,
    most: int,
) -> dict[str, Any]:
    """The number of a square with its small line under it; white where the square is dark."""
    x, y = at
    under = small.replace(" ", "<br>")
    is_dark = (number / most) ** 0.5 > 0.5
    return {
        "x": x,
        "y": y,
        "text": f"<b>{number}</b><br><span style='font-size:9px'>{under}</span>",
        "showarrow": False,
        "font": {
            "family": FONT,
            "size": 13,
            "color": "#ffffff" if is_dark else INK,
        },
    }


def _square(
    x: int,
    y: int,
    group: str,
    share: float,
) -> dict[str, Any]:
    strength = 0.12 + 0.83 * share**0.5 if share else 0.04
    return {
        "type": "rect",
        "layer": "below",
        "x0": x - 0.47,
        "x1": x + 0.47,
        "y0": y - 0.45,
        "y1": y + 0.45,
        "line": {"width": 0},
        "fillcolor": f"rgba({COLOURS[group]},{strength:.2f})",
    }
