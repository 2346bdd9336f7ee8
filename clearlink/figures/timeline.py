"""When a project's assessment was published, when it was decided, when it ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import plotly.graph_objects as go

from clearlink.figures.picture import INK, Picture, drawn_once, plain_layout
from clearlink.words import Lang, numbers

# months between two ticks of the axis
STEPS: Final = (
    1,
    3,
    6,
    12,
    24,
    60,
    120,
)
MOST_TICKS: Final = 6


LEVELS: Final = (0.55, -0.55, 1.15, -1.15)
RULE: Final = "#9aa4ad"


@drawn_once
def timeline(
    events: Sequence[tuple[date, str, str]],
    alt: str,
    labels: tuple[str, str],
    lang: Lang,
) -> Picture:
    """Events in the order of their days. `events` hold the day, its words, and its day in words.

    A citation made after the award is seen at a glance: the assessment stands to the right of the decision.
    """
    dated = sorted(events)
    days = [day for day, _, _ in dated]
    figure = go.Figure()
    _add_marks(figure, dated)
    for at, (day, text, _) in enumerate(dated):
        _add_words(
            figure,
            day,
            text,
            LEVELS[at % len(LEVELS)],
        )
    ticks = _ticks(
        days[0],
        days[-1],
    )
    # the browser knows months in English only
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[numbers.month(lang, t) for t in ticks],
    )
    figure.update_yaxes(
        visible=False,
        range=[-1.7, 1.7],
    )
    plain_layout(figure, 210)
    margin = {
        "l": 50,
        "r": 50,
        "t": 8,
        "b": 8,
    }
    figure.update_layout(margin=margin)
    rows = [{"day": said, "event": text} for _, text, said in dated]
    return Picture(
        figure,
        alt,
        rows,
        {
            "day": labels[0],
            "event": labels[1],
        },
    )


def _add_marks(
    figure: go.Figure,
    dated: Sequence[tuple[date, str, str]],
) -> None:
    """The line of time, with a mark on the day of each event."""
    days = [day for day, _, _ in dated]
    figure.add_scatter(
        x=days,
        y=[0] * len(days),
        mode="lines",
        line={"color": RULE, "width": 2},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=days,
        y=[0] * len(days),
        mode="markers",
        marker={"size": 11, "color": INK, "symbol": "diamond"},
        customdata=[[text, said] for _, text, said in dated],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        showlegend=False,
    )


def _add_words(
    figure: go.Figure,
    day: date,
    text: str,
    level: float,
) -> None:
    """The words of an event above or below the line, with a thin rule that leads to them."""
    figure.add_annotation(
        x=day,
        y=level,
        text=_wrapped(text),
        showarrow=True,
        ax=0,
        ay=0,
        axref="pixel",
        ayref="pixel",
        arrowcolor="#ffffff",
        arrowwidth=0.1,
        font={"size": 12},
    )
    figure.add_shape(
        type="line",
        x0=day,
        x1=day,
        y0=0,
        y1=level * 0.72,
        line={"color": RULE, "width": 1},
    )


def _ticks(first: date, last: date) -> list[date]:
    """First days of months, evenly spaced and few enough to be read."""
    months = 12 * (last.year - first.year) + last.month - first.month
    step = next(
        (s for s in STEPS if months / s <= MOST_TICKS),
        STEPS[-1],
    )
    start = 12 * first.year + first.month - 1
    at = range(
        start + -start % step,
        start + months + 1,
        step,
    )
    return [
        date(
            m // 12,
            m % 12 + 1,
            1,
        )
        for m in at
    ] or [date(first.year, first.month, 1)]


def _wrapped(text: str, width: int = 22) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join([*lines, line]).replace("<", "<")
