"""Bars in parts: how many (or how much) of each row stands in each of a few states, with the numbers in
the parts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout

LINE: Final = 30
MOST_LINES: Final = 3
# up to so many a bar is counted one by one
MOST_COUNTED: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A part of every bar: the column it is drawn from, its name, its colour, and a pattern where it has
    one.
    """

    column: str
    name: str
    colour: str
    pattern: str = ""
    ink: str = "#ffffff"


@drawn_once
def stacked_bars(
    rows: Sequence[Mapping[str, Any]],
    named_by: str,
    parts: Sequence[Part],
    axis: str,
    alt: str,
    labels: Mapping[str, str],
    *,
    prefix: str = "",
) -> Picture:
    """One bar a row, in the order given. `prefix` stands before each number ("£")."""
    whole_names = [str(row[named_by]) for row in rows]
    names = [_shortened(name) for name in whole_names]
    figure = go.Figure()
    for part in parts:
        values = [row[part.column] or 0 for row in rows]
        _add_part(
            figure,
            part,
            values,
            whole_names,
            prefix,
        )
    most_lines = max(
        (name.count("<br>") + 1 for name in names),
        default=1,
    )
    plain_layout(
        figure,
        120 + max(34, 18 * most_lines) * max(1, len(rows)),
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        legend={"traceorder": "normal"},
    )
    figure.update_xaxes(
        title={"text": axis},
        rangemode="tozero",
        tickprefix=prefix,
    )
    if _longest(rows, parts) <= MOST_COUNTED:
        figure.update_xaxes(dtick=1)
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(rows))),
        ticktext=names,
        showgrid=False,
    )
    return Picture(figure, alt, rows, labels)


def _add_part(
    figure: go.Figure,
    part: Part,
    values: Sequence[float],
    names: Sequence[str],
    prefix: str,
) -> None:
    """One part of every bar, its numbers written inside; nothing is written on a part of nought."""
    figure.add_bar(
        y=list(range(len(values))),
        x=values,
        orientation="h",
        name=part.name,
        marker={
            "color": part.colour,
            "line": {"color": INK, "width": 0.5},
            "pattern": {
                "shape": part.pattern,
                "fillmode": "overlay",
                "fgcolor": "#ffffff",
                "size": 6,
                "solidity": 0.15,
            },
        },
        text=[f"{prefix}{value:,.0f}" if value else "" for value in values],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": part.ink},
        customdata=names,
        hovertemplate="%{customdata}: %{text}<extra>" + part.name + "</extra>",
    )


def _longest(
    rows: Sequence[Mapping[str, Any]],
    parts: Sequence[Part],
) -> float:
    """The sum of the parts of the longest bar."""
    sums = (sum(row[part.column] or 0 for part in parts) for row in rows)
    return max(sums, default=0)


def _shortened(name: str) -> str:
    """A name in at most three lines, so that a narrow screen keeps room for the bars."""
    lines = textwrap.wrap(name, LINE)
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept[-1] = kept[-1][: LINE - 1].rstrip() + "…"
    return "<br>".join(kept)
