"""Themes by authorities: more need, similar or less than a wider place, a square each with its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import FONT, Picture, drawn_once, plain_layout

# state → mark, fill and ink: the mark alone tells them apart too
LOOKS: Final = {
    "higher": ("▲", "#045a8d", "#ffffff"),
    "similar": ("●", "#d0d1e6", "#1b1f23"),
    "lower": ("▼", "#74a9cf", "#1b1f23"),
    "no_range": ("○", "#f4f6f8", "#1b1f23"),
    "no_figure": ("–", "#ffffff", "#1b1f23"),
}


@drawn_once
def compared_squares(
    states: Mapping[tuple[str, str], str],
    down: Sequence[str],
    across: Sequence[str],
    names: Mapping[str, str],
    alt: str,
    rows: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> Picture:
    """`states`: (down, across) → a key of LOOKS; `names` says each in words. `rows` under `labels` are the
    table twin.
    """
    told = [
        [
            states.get(
                (d, a),
                "no_figure",
            )
            for a in across
        ]
        for d in down
    ]
    figure = go.Figure(_squares(told, down, across, names))
    figure.layout.annotations = [
        _mark(x, y, state)
        for y, row in enumerate(told)
        for x, state in enumerate(row)
    ]
    plain_layout(
        figure,
        140 + 32 * len(down),
    )
    _axes(figure, down, across)
    return Picture(figure, alt, rows, labels)


def _squares(
    told: Sequence[Sequence[str]],
    down: Sequence[str],
    across: Sequence[str],
    names: Mapping[str, str],
) -> go.Heatmap:
    """A square for each state, row by row, that says in words what it is."""
    kinds = list(LOOKS)
    return go.Heatmap(
        z=[[kinds.index(state) + 0.5 for state in row] for row in told],
        x=list(range(len(across))),
        y=list(range(len(down))),
        customdata=[
            [
                f"{a}<br>{d}: {names[s]}"
                for a, s in zip(across, row, strict=True)
            ]
            for d, row in zip(down, told, strict=True)
        ],
        colorscale=_scale(),
        zmin=0,
        zmax=len(kinds),
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _mark(
    x: int,
    y: int,
    state: str,
) -> dict[str, Any]:
    mark, _, ink = LOOKS[state]
    font = {
        "family": FONT,
        "size": 12,
        "color": ink,
    }
    return {
        "x": x,
        "y": y,
        "text": mark,
        "showarrow": False,
        "font": font,
    }


def _scale() -> list[list[float | str]]:
    """One even step of colour for each state."""
    steps = len(LOOKS)
    return [
        [edge, fill]
        for at, (_, fill, _) in enumerate(LOOKS.values())
        for edge in (at / steps, (at + 1) / steps)
    ]


def _axes(
    figure: go.Figure,
    down: Sequence[str],
    across: Sequence[str],
) -> None:
    """The names down and across, those across slanted in one line."""
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(down))),
        ticktext=["<br>".join(wrap(name, 26)) for name in down],
        ticks="",
    )
    figure.update_xaxes(
        side="top",
        showgrid=False,
        ticks="",
        tickangle=-50,
        tickvals=list(range(len(across))),
        ticktext=list(across),
    )
