"""A range each, and a mark that lies below, in or above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout

_ROW_PX: Final = 58
# a telephone shows so many letters in a line
_LETTERS: Final = 50
_SHADES: Final = {"low": "#bdc9e1", "inner_low": "#74a9cf"}


@drawn_once
def range_marks(
    rows: Sequence[Mapping[str, Any]],
    prefix: str,
    suffix: str,
    names: tuple[str, str],
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`rows` hold name, low, high, mark (may be None) and perhaps inner_low and inner_high; `names` are those
    of the range and of the mark. Each row's name stands above it, so that a narrow screen shows it whole.
    """
    figure = go.Figure()
    of_range, of_mark = names
    for low, width in (("low", 9), ("inner_low", 15)):
        if rows and low in rows[0]:
            _add_range(
                figure,
                rows,
                low,
                width,
                of_range,
            )
    _add_marks(figure, rows, of_mark)
    start, end = _span(rows)
    for at, row in enumerate(rows):
        _name_above(
            figure,
            row["name"],
            start,
            at,
        )
    plain_layout(
        figure,
        90 + _ROW_PX * max(1, len(rows)),
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(
        tickprefix=prefix,
        ticksuffix=suffix,
        range=[start, end],
    )
    figure.update_yaxes(
        visible=False,
        range=[
            len(rows) - 0.4,
            -0.8,
        ],
    )
    return Picture(figure, alt, rows, labels)


def _add_marks(
    figure: go.Figure,
    rows: Sequence[Mapping[str, Any]],
    name: str,
) -> None:
    figure.add_scatter(
        y=list(range(len(rows))),
        x=[r["mark"] for r in rows],
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": 12,
            "color": "#7a1f5c",
            "line": {"color": "#ffffff", "width": 1},
        },
        name=name,
        hoverinfo="skip",
    )


def _span(rows: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Where the axis begins and ends: at nought, unless all lies far from it."""
    values = [
        r[c] for r in rows for c in ("low", "high", "mark") if r[c] is not None
    ] or [0.0, 1.0]
    least, most = min(values), max(values)
    start = least - 0.06 * (most - least) if least > 0.3 * most else 0.0
    return start, most + 0.05 * (most - start)


def _name_above(
    figure: go.Figure,
    name: str,
    x: float,
    y: int,
) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        text="<br>".join(wrap(name, _LETTERS)),
        align="left",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        yshift=8,
        font={"size": 12, "color": INK},
    )


def _add_range(
    figure: go.Figure,
    rows: Sequence[Mapping[str, Any]],
    low: str,
    width_px: int,
    name: str,
) -> None:
    high = low.replace("low", "high")
    figure.add_bar(
        y=list(range(len(rows))),
        x=[r[high] - r[low] for r in rows],
        base=[r[low] for r in rows],
        orientation="h",
        width=width_px / _ROW_PX,
        marker={"color": _SHADES[low]},
        name=name,
        hoverinfo="skip",
        showlegend=low == "low",
    )
