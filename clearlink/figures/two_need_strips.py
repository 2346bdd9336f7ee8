"""Where two areas stand on every theme of need, on one line a theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import (
    PALE,
    Picture,
    drawn_once,
    plain_layout,
    rank_axis,
    rank_line,
)

# line of the range, mark, distance from the line of the theme
FIRST: Final = ("#74a9cf", "#045a8d", "diamond", 0.14)
SECOND: Final = ("#e0b27c", "#a86400", "circle", -0.14)


@drawn_once
def two_need_strips(
    rows: Sequence[Mapping[str, Any]],
    names: tuple[str, str],
    alt: str,
    axis: str,
    labels: Mapping[str, str],
) -> Picture:
    """From rank 1 (most need, left) to the last; bars are ranges of ranks, the diamond is the first area, the
    circle the second.

    `rows` hold theme and rank_of, and rank_a, low_a, high_a and the same with _b (None where not known), and
    are the table twin.
    """
    drawn = sorted(
        (r for r in rows if _rank_known(r) is not None),
        key=_most_need_last,
    )
    figure = go.Figure()
    last = max(
        (r["rank_of"] for r in drawn),
        default=1,
    )
    for at, r in enumerate(drawn):
        rank_line(
            figure,
            at,
            (1, r["rank_of"]),
            PALE,
            1,
        )
    first, second = names
    _one_area(
        figure,
        drawn,
        "a",
        first,
        FIRST,
    )
    _one_area(
        figure,
        drawn,
        "b",
        second,
        SECOND,
    )
    plain_layout(
        figure,
        100 + 38 * max(1, len(drawn)),
    )
    _axes(figure, drawn, axis, last)
    return Picture(figure, alt, rows, labels)


def _axes(
    figure: go.Figure,
    drawn: Sequence[Mapping[str, Any]],
    axis: str,
    last: int,
) -> None:
    """Ranks from the first to the last across, themes down."""
    rank_axis(figure, axis, last)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(drawn))),
        ticktext=[r["theme"] for r in drawn],
        range=[
            -0.6,
            len(drawn) - 0.4,
        ],
    )


def _rank_known(row: Mapping[str, Any]) -> int | None:
    """The first area's rank, else the second's."""
    rank: int | None = row["rank_a"] or row["rank_b"]
    return rank


def _most_need_last(row: Mapping[str, Any]) -> float:
    """Themes are drawn from the foot, so that of most need comes last."""
    return -(_rank_known(row) or 0) / float(row["rank_of"])


def _one_area(
    figure: go.Figure,
    drawn: Sequence[Mapping[str, Any]],
    side: str,
    name: str,
    look: tuple[str, str, str, float],
) -> None:
    """The marks of one area, a little above or below the line of each theme, with the ranges of its ranks."""
    pale, ink, symbol, lift = look
    known = [
        (at + lift, r)
        for at, r in enumerate(drawn)
        if r[f"rank_{side}"] is not None
    ]
    for y, r in known:
        low, high = r[f"low_{side}"], r[f"high_{side}"]
        if low is not None:
            rank_line(
                figure,
                y,
                (low, high),
                pale,
                6,
            )
    figure.add_scatter(
        x=[r[f"rank_{side}"] for _, r in known],
        y=[y for y, _ in known],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 11, "color": ink},
        customdata=[r["theme"] for _, r in known],
        hovertemplate="%{customdata}: %{x}<extra>" + name + "</extra>",
    )
