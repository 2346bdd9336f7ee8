"""Which verdicts each authority's projects have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from clearlink.figures.picture import (
    FONT,
    INK,
    VERDICT_COLOURS,
    Picture,
    drawn_once,
    plain_layout,
)
from clearlink.rules.codes import VERDICT_ORDER, Verdict

# what shows no link stands first: only parts that begin at the axis can be compared by eye


# A part under this share of the longest bar is too thin for its number, which then stands beside the bar.
THIN: Final = 0.018
# One over this share has room for the mark of its verdict as well.
ROOMY: Final = 0.05


def _beside(
    by_la: Mapping[str, Mapping[str, int]],
    order: Sequence[str],
    verdict_names: Mapping[str, str],
    longest: int,
) -> dict[str, str]:
    """Authority → the numbers of its thin parts, each with the mark of its verdict; none where every part
    holds its own.
    """
    beside = {}
    for la in order:
        thin = [
            v
            for v in VERDICT_ORDER
            if 0 < by_la[la].get(v, 0) <= THIN * longest
        ]
        if thin:
            beside[la] = "  ".join(
                f"{verdict_names[v].split(' ', 1)[0]} {by_la[la][v]}"
                for v in thin
            )
    return beside


@drawn_once
def verdict_bars(
    counts: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    verdict_names: Mapping[str, str],
    alt: str,
    authority_label: str,
) -> Picture:
    """Projects by verdict in each authority, as bars of numbers, the authority with most *No link shown* on
    top.

    `counts` hold la_code, verdict and projects; `names` and `verdict_names` are in the language of the page.
    """
    by_la = _by_authority(counts)
    order = _most_without_link_last(by_la, names)
    longest = max(
        (sum(parts.values()) for parts in by_la.values()),
        default=1,
    )
    figure = go.Figure()
    for verdict in VERDICT_ORDER:
        _add_part(
            figure,
            verdict,
            verdict_names[verdict],
            [names[la] for la in order],
            [by_la[la].get(verdict, 0) for la in order],
            longest,
        )
    _lay_out(figure, len(order))
    beside = _beside(by_la, order, verdict_names, longest)
    figure.layout.annotations = [
        _annotation(names[la], sum(by_la[la].values()), text)
        for la, text in beside.items()
    ]
    room = 1 + 0.012 * max(
        map(len, beside.values()),
        default=0,
    )
    figure.update_xaxes(
        visible=False,
        range=[0, room * longest],
    )
    labels: dict[str, str] = {
        "la": authority_label,
        **{v: verdict_names[v] for v in VERDICT_ORDER},
    }
    return Picture(
        figure,
        alt,
        _table_twin(by_la, order, names),
        labels,
    )


def _lay_out(figure: go.Figure, authorities: int) -> None:
    # a number that does not fit, as on a phone, is left out rather than drawn over its neighbour
    figure.update_layout(
        barmode="stack",
        bargap=0.2,
        uniformtext={"minsize": 9, "mode": "hide"},
    )
    plain_layout(
        figure,
        max(
            120,
            90 + 27 * authorities,
        ),
    )
    figure.update_layout(
        legend={"traceorder": "normal", "entrywidth": 0, "y": 1.01}
    )


def _table_twin(
    by_la: Mapping[str, Mapping[str, int]],
    order: Sequence[str],
    names: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The bars' numbers from the top down, with nought where an authority has none."""
    return [
        {
            "la": names[la],
            **{v: by_la[la].get(v, 0) for v in VERDICT_ORDER},
        }
        for la in reversed(order)
    ]


def _by_authority(
    counts: Sequence[Mapping[str, Any]],
) -> dict[str, dict[str, int]]:
    by_la: dict[str, dict[str, int]] = {}
    for row in counts:
        by_la.setdefault(
            row["la_code"],
            {},
        )[row["verdict"]] = row["projects"]
    return by_la


def _most_without_link_last(
    by_la: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
) -> list[str]:
    """Authorities from the foot of the picture to its top: last the one with most *No link shown*, then by
    all its projects and by name.
    """

    def place(la: str) -> tuple[int, int, str]:
        parts = by_la[la]
        return (
            -parts.get(Verdict.NO_LINK_SHOWN, 0),
            -sum(parts.values()),
            names[la],
        )

    return sorted(by_la, key=place, reverse=True)


def _add_part(
    figure: go.Figure,
    verdict: Verdict,
    verdict_name: str,
    authorities: list[str],
    numbers: list[int],
    longest: int,
) -> None:
    """One verdict's part of every bar."""
    mark = verdict_name.split(" ", 1)[0]
    figure.add_bar(
        y=authorities,
        x=numbers,
        name=verdict_name,
        orientation="h",
        # the mark beside the number tells the parts apart without colour
        text=[_on_the_part(mark, n, longest) for n in numbers],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": "#ffffff", "size": 11},
        constraintext="inside",
        marker={
            "color": VERDICT_COLOURS[verdict],
            "line": {"width": 1, "color": "#ffffff"},
        },
        hovertemplate="%{y}<br>" + verdict_name + ": %{x}<extra></extra>",
    )


def _annotation(
    authority: str,
    at: int,
    text: str,
) -> dict[str, Any]:
    """What is told to the right of a bar."""
    return {
        "x": at,
        "y": authority,
        "text": text,
        "xanchor": "left",
        "xshift": 4,
        "showarrow": False,
        "font": {"family": FONT, "size": 11, "color": INK},
    }


def _on_the_part(
    mark: str,
    number: int,
    longest: int,
) -> str:
    """What is written on one part of a bar, as far as there is room for it beside the longest bar."""
    if number > ROOMY * longest:
        return f"{mark} {number}"
    return str(number) if number > THIN * longest else ""
