"""From where to where: each authority above or below its share of need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout

BELOW: Final = "#be64ac"
ABOVE: Final = "#5698b9"


@drawn_once
def share_bars(
    rows: Sequence[Mapping[str, Any]],
    words: tuple[str, str, str],
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """Bars of £ below (right) and above (left) the share of need, most below on top. `rows` hold la and gap.

    `words` are the names of below and above, and the axis.
    """
    below_word, above_word, axis = words
    ordered = sorted(
        rows,
        key=lambda r: r["gap"],
    )
    above = [r for r in ordered if r["gap"] < 0]
    below = [r for r in ordered if r["gap"] > 0]
    figure = go.Figure()
    _add_bars(
        figure,
        above,
        above_word,
        ABOVE,
        "/",
    )
    _add_bars(
        figure,
        below,
        below_word,
        BELOW,
        "",
    )
    plain_layout(
        figure,
        max(
            190,
            100 + 26 * len(ordered),
        ),
    )
    figure.update_layout(barmode="overlay", bargap=0.35)
    _pounds_axis(figure, ordered, axis)
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=[r["la"] for r in ordered],
    )
    return Picture(
        figure,
        alt,
        list(reversed(ordered)),
        labels,
    )


def _add_bars(
    figure: go.Figure,
    rows: Sequence[Mapping[str, Any]],
    name: str,
    colour: str,
    pattern: str,
) -> None:
    """The authorities on one side of the line."""
    figure.add_bar(
        y=[r["la"] for r in rows],
        x=[r["gap"] for r in rows],
        orientation="h",
        name=name,
        marker={
            "color": colour,
            "pattern": {
                "shape": pattern,
                "fillmode": "overlay",
                "fgcolor": "#ffffff",
                "size": 6,
                "solidity": 0.15,
            },
        },
        text=[_pounds(abs(r["gap"])) for r in rows],
        # in the bar where it fits, as on a phone the longest leave no room beside them
        textposition="auto",
        constraintext="none",
        insidetextfont={"color": INK},
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
    )


def _pounds_axis(
    figure: go.Figure,
    rows: Sequence[Mapping[str, Any]],
    axis: str,
) -> None:
    """As far to the left as to the right, marked in round pounds either way."""
    widest = (
        max(
            (abs(r["gap"]) for r in rows),
            default=1.0,
        )
        * 1.4
        or 1.0
    )
    step = _step(widest)
    most = int(widest / step)
    marks = [
        at * step
        for at in range(
            -most,
            most + 1,
        )
    ]
    figure.update_xaxes(
        range=[-widest, widest],
        title={"text": axis},
        tickvals=marks,
        ticktext=[
            ("−" if at < 0 else "") + _round_pounds(abs(at)) for at in marks
        ],
        zeroline=True,
        zerolinecolor=INK,
        zerolinewidth=1,
    )


def _step(widest: float) -> float:
    """A round distance between marks, two or three of them on each side."""
    size = 10.0 ** (len(str(int(widest))) - 1)
    return next(
        step * size
        for step in (0.2, 0.5, 1.0, 2.0, 5.0)
        if widest / (step * size) < 4
    )


def _round_pounds(gbp: float) -> str:
    if gbp >= 1e6:
        return f"£{gbp / 1e6:g}m"
    return f"£{gbp / 1e3:g}k" if gbp >= 1000 else f"£{gbp:g}"


def _pounds(gbp: float) -> str:
    if gbp >= 999_500:
        return f"£{gbp / 1e6:.1f}m"
    return f"£{gbp / 1e3:.0f}k" if gbp >= 1000 else f"£{gbp:.0f}"
