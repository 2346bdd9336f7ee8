"""A picture, what it says to somebody who cannot see it, and the table that holds the same numbers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from threading import Lock
from typing import Any, Final, ParamSpec

import plotly.graph_objects as go

from clearlink.rules.codes import Verdict

VERDICT_COLOURS: Final = {
    Verdict.CLEAR: "#00634f",
    Verdict.PARTIAL: "#a86400",
    Verdict.NO_LINK_SHOWN: "#7a1f5c",
    Verdict.CANNOT_ASSESS: "#5f6b73",
    "EXCEPTION": "#2b4c7e",
}
INK: Final = "#1b1f23"
PALE: Final = "#d6dbe0"
FONT: Final = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"


P = ParamSpec("P")
# A page has at most five; an evening's meeting goes through twenty items in two languages.
KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` is one or two sentences with the finding; `rows` under `labels` are the table twin."""

    figure: go.Figure
    alt: str
    rows: Sequence[Mapping[str, Any]]
    labels: Mapping[str, str]


class Finished(go.Figure):  # type: ignore[misc]
    """A figure that nobody changes any more: its plain form, which costs more than all else about it, is
    made once. Read-only.
    """

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values."""
        if "_plain" not in self.__dict__:
            self.__dict__["_plain"] = super().to_dict()
        plain: dict[str, Any] = self.__dict__["_plain"]
        return plain


_drawn: OrderedDict[tuple[str, str], Picture] = OrderedDict()
_guard: Final = Lock()


def drawn_once(draw: Callable[P, Picture]) -> Callable[P, Picture]:
    """A picture is drawn once for all that it shows, and the same one is handed out when it is asked for
    again: read-only.

    What it shows is what it is given, written out in full; drawing takes a thousand times longer than writing
    that.
    """

    @wraps(draw)
    def drawn(*given: P.args, **named: P.kwargs) -> Picture:
        key = (draw.__qualname__, repr((given, named)))
        with _guard:
            if key in _drawn:
                _drawn.move_to_end(key)
                return _drawn[key]
        picture = draw(*given, **named)
        picture = replace(
            picture,
            figure=Finished(picture.figure),
            rows=tuple(picture.rows),
        )
        with _guard:
            _drawn[key] = picture
            while len(_drawn) > KEPT:
                _drawn.popitem(last=False)
        return picture

    return drawn


def rank_line(
    figure: go.Figure,
    y: str | float,
    ranks: tuple[float, float],
    colour: str,
    width: int,
) -> None:
    """A line from one rank to another at the height of its theme, under the marks."""
    left, right = ranks
    figure.add_shape(
        type="line",
        x0=left,
        x1=right,
        y0=y,
        y1=y,
        line={"color": colour, "width": width},
        layer="below",
    )


def rank_marks(last: int) -> list[int]:
    """Where an axis of ranks from 1 to the last is marked: the first, round numbers between, the last."""
    step = next(
        s
        for s in (
            1,
            2,
            5,
            10,
            20,
            50,
            100,
            200,
            500,
            1000,
            2000,
            5000,
        )
        if last / s <= 5
    )
    return [
        1,
        *(n for n in range(step, last, step) if n > 1 and n <= last - step / 2),
        *((last,) if last > 1 else ()),
    ]


def wrapped(text: str, width: int) -> str:
    """The text in lines of about so many signs, as a picture takes it."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def rank_axis(
    figure: go.Figure,
    axis: str,
    last: int,
) -> None:
    """Ranks from the first to the last across, under the name of the axis."""
    figure.update_xaxes(
        title={
            "text": axis,
            "font": {"size": 12},
        },
        range=[
            -0.02 * last,
            1.02 * last,
        ],
        showgrid=False,
        tickvals=rank_marks(last),
        tickformat=",d",
    )


def plain_layout(figure: go.Figure, height_px: int) -> go.Figure:
    """No decoration that carries no data: one font, thin rules, room for the words."""
    figure.update_layout(
        height=height_px,
        margin={
            "l": 8,
            "r": 8,
            "t": 8,
            "b": 8,
        },
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        font={"family": FONT, "size": 13, "color": INK},
        legend={
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.0,
            "xanchor": "left",
            "x": 0,
            "title": None,
        },
        dragmode=False,
    )
    figure.update_xaxes(title={"font": {"size": 12}})
    figure.update_yaxes(title={"font": {"size": 12}})
    figure.update_xaxes(
        showgrid=True,
        gridcolor="#e8ebee",
        zeroline=False,
        fixedrange=True,
        automargin=True,
    )
    figure.update_yaxes(
        showgrid=False, zeroline=False, fixedrange=True, automargin=True
    )
    return figure
