"""Maps for paper: need by area with what a project reaches, drawn with title, legend, date and source
inside the picture.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearlink.report.outlines import Rings

NEED_COLOURS: Final = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
WITHHELD: Final = "#ffffff"
REACHED: Final = "#7a1f5c"
DPI: Final = 130
LEGEND_LETTERS: Final = 28
SOURCE_LETTERS: Final = 130


@dataclass(frozen=True, slots=True)
class MapWords:
    """Everything written on a map. `classes` are the five classes from least to most need."""

    title: str
    classes: tuple[str, ...]
    no_figure: str
    reached: str
    source: str


def area_map(
    areas: Mapping[str, Rings],
    class_of: Mapping[str, int],
    borders: Mapping[str, Rings],
    reached: Collection[str],
    words: MapWords,
    size_mm: tuple[int, int] = (170, 96),
) -> bytes:
    """A PNG. `class_of`: area → 0 (least need) to 4; an area without one is drawn as having no figure.
    `reached` areas are outlined.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(size_mm[0] / 25.4, size_mm[1] / 25.4),
        dpi=DPI,
    )
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.01, 0.09, 0.68, 0.83))
    _fill(axes, areas, class_of)
    _outline(axes, _all(borders), "#4d5761", 0.7)
    outlined = _rings_of(reached, areas, borders)
    if outlined:
        _outline(axes, outlined, REACHED, 1.6)
    _frame(
        axes,
        _all(borders) or _all(areas),
    )
    figure.legend(
        handles=_legend(
            areas,
            class_of,
            words,
            has_reached=bool(outlined),
        ),
        loc="center left",
        bbox_to_anchor=(0.69, 0.5),
        frameon=False,
        fontsize=7.5,
        handlelength=1.4,
        labelspacing=0.6,
    )
    _write_words(figure, words)
    out = io.BytesIO()
    figure.savefig(
        out,
        format="png",
        metadata={"Software": None},
    )
    return out.getvalue()


def _fill(
    axes: Any,
    areas: Mapping[str, Rings],
    class_of: Mapping[str, int],
) -> None:
    """Every area in the colour of its class, white where it has no figure."""
    from matplotlib.collections import PolyCollection

    colours = [
        NEED_COLOURS[class_of[code]] if code in class_of else WITHHELD
        for code, rings in areas.items()
        for _ in rings
    ]
    filled = PolyCollection(
        _all(areas),
        facecolors=colours,
        edgecolors="#ffffff" if class_of else "#c9ced3",
        linewidths=0.15,
    )
    axes.add_collection(filled)


def _outline(
    axes: Any,
    rings: list[Any],
    colour: str,
    width: float,
) -> None:
    from matplotlib.collections import PolyCollection

    outlines = PolyCollection(
        rings,
        facecolors="none",
        edgecolors=colour,
        linewidths=width,
    )
    axes.add_collection(outlines)


def _rings_of(
    codes: Collection[str],
    areas: Mapping[str, Rings],
    borders: Mapping[str, Rings],
) -> list[Any]:
    """The rings of areas, or of authorities where the code is of one."""
    return [
        ring for c in codes for ring in (areas.get(c) or borders.get(c) or ())
    ]


def _write_words(figure: Any, words: MapWords) -> None:
    """The title above the map and the source below it."""
    figure.text(
        0.01,
        0.985,
        words.title,
        fontsize=9,
        fontweight="bold",
        va="top",
        color="#1b1f23",
    )
    figure.text(
        0.01,
        0.012,
        _wrapped(words.source, SOURCE_LETTERS),
        fontsize=6.2,
        color="#4d5761",
        va="bottom",
    )


def _legend(
    areas: Collection[str],
    class_of: Mapping[str, int],
    words: MapWords,
    *,
    has_reached: bool,
) -> list[Any]:
    """Handles of the classes that are drawn, the most need first, then no figure and what is reached."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def patch(colour: str, label: str) -> Patch:
        edge = "#8a939b"
        return Patch(
            facecolor=colour,
            edgecolor=edge,
            linewidth=0.4,
            label=_wrapped(label, LEGEND_LETTERS),
        )

    drawn = sorted(
        {class_of[c] for c in areas if c in class_of},
        reverse=True,
    )
    legend: list[Any] = [
        patch(
            NEED_COLOURS[k],
            words.classes[k],
        )
        for k in drawn
    ]
    if any(c not in class_of for c in areas):
        legend.append(patch(WITHHELD, words.no_figure))
    if has_reached:
        label = _wrapped(words.reached, LEGEND_LETTERS)
        legend.append(
            Line2D(
                [],
                [],
                color=REACHED,
                linewidth=1.6,
                label=label,
            )
        )
    return legend


def fifths(ranks: Mapping[str, int | None], rank_of: int) -> dict[str, int]:
    """Area → class 0 (least need) to 4 (most), by fifths of the ranks of Wales; areas without a rank are
    left out.
    """
    return {
        code: 4
        - min(
            4,
            (rank - 1) * 5 // rank_of,
        )
        for code, rank in ranks.items()
        if rank is not None
    }


def _wrapped(text: str, letters: int) -> str:
    return "\n".join(textwrap.wrap(text, letters))


def _all(layer: Mapping[str, Rings]) -> list[Any]:
    return [ring for rings in layer.values() for ring in rings]


def _frame(axes: Any, rings: Sequence[Any]) -> None:
    axes.set_axis_off()
    if not rings:
        return
    west = min(float(r[:, 0].min()) for r in rings)
    south = min(float(r[:, 1].min()) for r in rings)
    east = max(float(r[:, 0].max()) for r in rings)
    north = max(float(r[:, 1].max()) for r in rings)
    axes.set_xlim(
        west - 0.01,
        east + 0.01,
    )
    axes.set_ylim(
        south - 0.01,
        north + 0.01,
    )
    # a degree of longitude is shorter than one of latitude here, and a map must not look stretched
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
