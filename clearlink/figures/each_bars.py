"""Pounds for each person in need: bars against the whole, and a funnel against how many people that rests
on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from clearlink.figures.picture import (
    INK,
    PALE,
    Picture,
    drawn_once,
    plain_layout,
)
from clearlink.figures.whole_bars import whole_bars
from clearlink.rules.need.intervals import byar_limits


@drawn_once
def each_bars(
    rows: Sequence[Mapping[str, Any]],
    whole: float,
    axis: str,
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """One bar an authority, the line is the region. `rows` hold la and each (£, may be None)."""
    drawn = sorted(
        (r for r in rows if r["each"] is not None),
        key=lambda r: r["each"],
    )
    figure = whole_bars(
        [r["la"] for r in drawn],
        [r["each"] for r in drawn],
        "£{:,.2f}",
        whole,
        axis,
        colours="#74a9cf",
        height_px=max(
            190,
            90 + 26 * len(drawn),
        ),
        room=1.25,
    )
    figure.update_xaxes(tickprefix="£")
    return Picture(
        figure,
        alt,
        list(reversed(drawn)),
        labels,
    )


@drawn_once
def each_funnel(
    rows: Sequence[Mapping[str, Any]],
    whole: float,
    axes: tuple[str, str],
    alt: str,
    labels: Mapping[str, str],
    *,
    with_band: bool = True,
) -> Picture:
    """Each authority by people in need and £ each; the band is what chance in the count of people could do to
    the region's figure.

    `rows` hold la, people and each. `with_band` only where people were counted: an estimate varies by more
    than a count does.
    """
    drawn = _with_a_figure(rows)
    people = [r["people"] for r in drawn]
    each = [r["each"] for r in drawn]
    figure = go.Figure()
    if drawn and with_band:
        _band(figure, whole, people)
    figure.add_scatter(
        x=people,
        y=each,
        mode="markers+text",
        text=[r["la"] for r in drawn],
        textposition=_sides(people),
        cliponaxis=False,
        textfont={"size": 11},
        marker={"size": 9, "color": "#045a8d"},
        hovertemplate="%{text}<br>£%{y:,.2f} · %{x:,.0f}<extra></extra>",
        showlegend=False,
    )
    plain_layout(figure, 380)
    _axes(figure, whole, axes, each)
    return Picture(
        figure,
        alt,
        list(rows),
        labels,
    )


def _with_a_figure(
    rows: Sequence[Mapping[str, Any]],
) -> list[Mapping[str, Any]]:
    """Authorities that can stand on the picture: their £ each are known, and somebody is in need there."""
    return [r for r in rows if r["each"] is not None and r["people"] > 0]


def _axes(
    figure: go.Figure,
    whole: float,
    axes: tuple[str, str],
    each: Sequence[float],
) -> None:
    """The line of the whole, and room for the tallest."""
    tallest = max([whole, *each]) or 1.0
    figure.add_hline(
        y=whole,
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )
    figure.update_xaxes(
        title={"text": axes[0]},
        rangemode="tozero",
    )
    figure.update_yaxes(
        title={"text": axes[1]},
        tickprefix="£",
        range=[
            -0.08 * tallest,
            1.12 * tallest,
        ],
        showgrid=True,
        gridcolor="#e8ebee",
    )


def _band(
    figure: go.Figure,
    whole: float,
    counted: Sequence[float],
) -> None:
    """Where the figure of the region could lie by chance, from below the least people to above the most."""
    people = np.linspace(
        min(counted) * 0.7,
        max(counted) * 1.1,
        80,
    )
    lower, upper = byar_limits(people)
    high, low = whole * people / np.maximum(lower, 1e-9), whole * people / upper
    figure.add_scatter(
        x=[
            *people,
            *people[::-1],
        ],
        y=[
            *high,
            *low[::-1],
        ],
        fill="toself",
        fillcolor=PALE,
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )


def _sides(people: Sequence[float]) -> list[str]:
    """Above and below in turn, so that neighbours' names do not lie on each other."""
    return [
        "top center" if place % 2 else "bottom center"
        for place in _places(people)
    ]


def _places(figures: Sequence[float]) -> list[int]:
    """The place of each figure among them, smallest first."""
    order = sorted(
        range(len(figures)),
        key=lambda at: figures[at],
    )
    return [order.index(at) for at in range(len(figures))]
