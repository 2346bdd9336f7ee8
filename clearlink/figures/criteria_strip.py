"""How one project came out on the eight criteria, at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout
from clearlink.rules.codes import Result

# the words of a result carry a sign of their own, so that colour is never needed to read it
COLOURS: Final = {
    Result.MET: "#00634f",
    Result.PARTLY: "#a86400",
    Result.NOT_MET: "#7a1f5c",
    Result.REQUESTED_NOT_SUPPLIED: "#7a1f5c",
    Result.NO_EVIDENCE: "#5f6b73",
    Result.NOT_APPLICABLE: "#5f6b73",
    Result.NOT_ASSESSABLE: "#5f6b73",
}


NO_MARGIN: Final = {
    "l": 0,
    "r": 0,
    "t": 0,
    "b": 0,
}


@drawn_once
def criteria_strip(
    rows: Sequence[Mapping[str, Any]],
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """Eight boxes in a row, the four deciding criteria first and framed. `rows` hold code, criterion,
    short, result and why.
    """
    figure = go.Figure()
    for at, row in enumerate(rows):
        _add_box(
            figure,
            row,
            at % 4,
            at // 4,
        )
    figure.add_scatter(
        x=[0, 4],
        y=[0, 2],
        mode="markers",
        marker={"opacity": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_xaxes(
        visible=False,
        range=[0, 4],
    )
    figure.update_yaxes(
        visible=False,
        range=[0, 2],
    )
    plain_layout(figure, 220)
    figure.update_layout(margin=NO_MARGIN)
    return Picture(figure, alt, rows, labels)


def _add_box(
    figure: go.Figure,
    row: Mapping[str, Any],
    column: int,
    line: int,
) -> None:
    """One criterion: its name, and its result in the colour of the result."""
    colour = COLOURS[row["code"]]
    top = 2 - line
    figure.add_shape(
        type="rect",
        x0=column + 0.03,
        x1=column + 0.97,
        y0=top - 0.93,
        y1=top - 0.07,
        line={
            "color": colour,
            "width": 3 if line == 0 else 1,
        },
        fillcolor="#ffffff",
    )
    figure.add_annotation(
        x=column + 0.5,
        y=top - 0.32,
        text=f"<b>{_wrapped(row['short'])}</b>",
        showarrow=False,
        font={"size": 14, "color": INK},
    )
    figure.add_annotation(
        x=column + 0.5,
        y=top - 0.7,
        text=_wrapped(row["result"]),
        showarrow=False,
        font={"size": 14, "color": colour},
    )


def _wrapped(text: str, width: int = 18) -> str:
    if len(text) <= width:
        return text
    middle = min(
        (i for i, c in enumerate(text) if c == " "),
        key=lambda i: abs(i - len(text) // 2),
        default=0,
    )
    return f"{text[:middle]}<br>{text[middle + 1 :]}" if middle else text
