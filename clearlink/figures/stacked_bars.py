"""Bars in parts: how many (or how much) of each row stands in each of a few states, with the numbers in
the parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout

LONGEST_NAME: Final = 34


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
    names = [_shortened(str(row[named_by])) for row in rows]
    figure = go.Figure()
    for part in parts:
        values = [row[part.column] or 0 for row in rows]
        figure.add_bar(
            y=list(range(len(rows))),
            x=values,
            orientation="h",
            name=part.name,
            marker={
                "color": part.colour,
                "line": {"color": INK, "width": 0.5},
                "pattern": {"shape": part.pattern, "fgcolor": INK, "size": 6, "solidity": 0.15},
            },
            text=[f"{prefix}{value:,.0f}" if value else "" for value in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": part.ink},
            customdata=[str(row[named_by]) for row in rows],
            hovertemplate="%{customdata}: %{text}<extra>" + part.name + "</extra>",
        )
    plain_layout(figure, 120 + 34 * max(1, len(rows)))
    figure.update_layout(barmode="stack", bargap=0.3, legend={"traceorder": "normal"})
    figure.update_xaxes(title={"text": axis}, rangemode="tozero", tickprefix=prefix)
    figure.update_yaxes(autorange="reversed", tickvals=list(range(len(rows))), ticktext=names, showgrid=False)
    return Picture(figure, alt, rows, labels)


def _shortened(name: str) -> str:
    """A name in at most two lines of a narrow screen."""
    if len(name) <= LONGEST_NAME // 2:
        return name
    kept = name if len(name) <= LONGEST_NAME * 2 else name[: LONGEST_NAME * 2 - 1].rstrip() + "…"
    at = kept.find(" ", len(kept) // 2)
    return kept if at < 0 else f"{kept[:at]}<br>{kept[at + 1 :]}"
