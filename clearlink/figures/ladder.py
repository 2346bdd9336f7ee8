"""Levels of help for the same people, one bar a project from its start to its end, the gentlest level at
the foot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout

TIERS: Final = ("universal", "targeted", "intensive")
SHADES: Final = {
    "universal": "#bdc9e1",
    "targeted": "#74a9cf",
    "intensive": "#045a8d",
}


DAY_MS: Final = 86_400_000


@drawn_once
def ladder(
    steps: Sequence[Mapping[str, Any]],
    tier_names: Mapping[str, str],
    alt: str,
    labels: Mapping[str, str],
) -> Picture:
    """`steps` hold title, tier (id), start and end (dates), and are the table twin under `labels`."""
    ordered = sorted(steps, key=_from_the_foot)
    figure = go.Figure()
    for tier in TIERS:
        here = [(at, s) for at, s in enumerate(ordered) if s["tier"] == tier]
        if here:
            _add_tier(
                figure,
                here,
                tier_names[tier],
                SHADES[tier],
            )
    for at, s in enumerate(ordered):
        figure.add_annotation(
            x=s["start"].isoformat(),
            y=at,
            text=f"{s['title']} · {tier_names[s['tier']]}",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            yshift=9,
            font={"size": 12, "color": INK},
        )
    plain_layout(
        figure,
        110 + 48 * len(ordered),
    )
    figure.update_layout(bargap=0.62, showlegend=True)
    figure.update_xaxes(type="date")
    figure.update_yaxes(
        visible=False,
        range=[
            -0.6,
            len(ordered) - 0.2,
        ],
    )
    return Picture(
        figure,
        alt,
        list(steps),
        labels,
    )


def _from_the_foot(step: Mapping[str, Any]) -> tuple[int, date, str]:
    """Where a step stands: the gentlest level first, in it the earliest."""
    return TIERS.index(step["tier"]), step["start"], step["title"]


def _add_tier(
    figure: go.Figure,
    steps: Sequence[tuple[int, Mapping[str, Any]]],
    name: str,
    shade: str,
) -> None:
    """The bars of one level of help, each at its place from the foot."""
    figure.add_bar(
        y=[at for at, _ in steps],
        x=[(s["end"] - s["start"]).days * DAY_MS for _, s in steps],
        base=[s["start"].isoformat() for _, s in steps],
        orientation="h",
        name=name,
        marker={"color": shade},
        hovertext=[s["title"] for _, s in steps],
        hoverinfo="text+name",
    )
