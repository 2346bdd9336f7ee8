"""Where an area lies in its authority: one still map, as light as a sentence, for the screen (SVG) and for
paper (PNG).
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearlink.place_finder import named_places, place_of
from clearlink.report.outlines import Rings, outlines
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows, once_a_build

WIDTH: Final = 340
HERE: Final = "#7a1f5c"
AROUND: Final = "#e3e6e9"
LINE: Final = "#8a939b"
DPI: Final = 130


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Rings of the authority's small areas: those of the area, and those around it."""

    here: Rings
    around: Rings


@once_a_build
def my_area_svg(area_code: str) -> str | None:
    """The map as SVG text; None where this build has no boundaries of it."""
    shapes = _shapes(area_code)
    if shapes is None:
        return None
    return _svg(
        [
            (shapes.around, AROUND, 1.0),
            (shapes.here, HERE, 1.0),
        ]
    )


@once_a_build
def clusters_svg(place: str) -> str | None:
    """The clusters of a place in the authorities that they lie in, an area that a cluster takes in part the
    fainter; None where no small area of them has an outline in this build.
    """
    return _shares_svg(reader.cluster_areas(place))


@once_a_build
def governed_svg(area_code: str) -> str | None:
    """The small areas of a board, ward, cluster or partnership in their authorities, one that lies in it in
    part the fainter; None where none of them has an outline in this build.
    """
    return _shares_svg(reader.partnership_areas(area_code))


def _shares_svg(parts: Rows) -> str | None:
    """Small areas by the share of each, before the other small areas of the same authorities."""
    drawn = outlines("LSOA21")
    shares: dict[str, float] = {}
    authorities = set()
    for row in parts:
        code = row["area_code"]
        shares[code] = min(
            1.0,
            shares.get(code, 0.0) + row["share"],
        )
        authorities.add(row["la_code"])
    around = [
        ring
        for area in reader.areas("LSOA21")
        if area["la_code"] in authorities
        for ring in drawn.get(
            area["area_code"],
            (),
        )
    ]
    held = [
        (
            drawn[code],
            HERE,
            0.35 + 0.65 * share,
        )
        for code, share in shares.items()
        if code in drawn
    ]
    return (
        _svg(
            [
                (tuple(around), AROUND, 1.0),
                *held,
            ]
        )
        if held
        else None
    )


def _svg(layers: Sequence[tuple[Rings, str, float]]) -> str:
    """Rings with their fill and how strong it is (0 to 1), the first at the bottom."""
    every = [ring for rings, _, _ in layers for ring in rings]
    west, south, east, north = _bounds(every)
    squeeze = _squeeze(south, north)
    scale = WIDTH / max(
        (east - west) * squeeze,
        1e-9,
    )
    height = max(
        60,
        round((north - south) * scale),
    )

    def path(
        ring: Any,
        fill: str,
        strength: float,
    ) -> str:
        points = " ".join(
            f"{(x - west) * squeeze * scale:.1f},{(north - y) * scale:.1f}"
            for x, y in ring
        )
        faint = "" if strength == 1 else f' fill-opacity="{strength:.2f}"'
        return (
            f'<polygon points="{points}" fill="{fill}"{faint} stroke="{LINE}" '
            'stroke-width="0.4"/>'
        )

    shapes = "".join(
        path(ring, fill, strength)
        for rings, fill, strength in layers
        for ring in rings
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}">{shapes}</svg>'
    )


def _bounds(rings: Sequence[Any]) -> tuple[float, float, float, float]:
    """West, south, east and north of all rings together."""
    return (
        min(float(ring[:, 0].min()) for ring in rings),
        min(float(ring[:, 1].min()) for ring in rings),
        max(float(ring[:, 0].max()) for ring in rings),
        max(float(ring[:, 1].max()) for ring in rings),
    )


def my_area_png(area_code: str) -> bytes | None:
    """The same map as a PNG for paper; None where this build has no boundaries of it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import PolyCollection
    from matplotlib.figure import Figure

    shapes = _shapes(area_code)
    if shapes is None:
        return None
    figure = Figure(
        figsize=(2.75, 1.9),
        dpi=DPI,
    )
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    for rings, colour in ((shapes.around, AROUND), (shapes.here, HERE)):
        axes.add_collection(
            PolyCollection(
                rings, facecolors=colour, edgecolors=LINE, linewidths=0.2
            )
        )
    axes.autoscale_view()
    axes.set_axis_off()
    every = [*shapes.around, *shapes.here]
    middle = sum(float(r[:, 1].mean()) for r in every) / len(every)
    axes.set_aspect(1 / _squeeze(middle, middle))
    out = io.BytesIO()
    figure.savefig(
        out,
        format="png",
        metadata={"Software": None},
    )
    return out.getvalue()


def _shapes(area_code: str) -> _Shapes | None:
    row = place_of(area_code)
    drawn = outlines("LSOA21")
    if row is None or not drawn:
        return None
    here: list[Any] = []
    around: list[Any] = []
    for place in named_places():
        if place.area_type == "LSOA21" and row["la_code"] in place.within:
            is_here = area_code in (place.area_code, *place.within)
            (here if is_here else around).extend(drawn.get(place.area_code, ()))
    return (
        _Shapes(
            tuple(here),
            tuple(around),
        )
        if here
        else None
    )


def _squeeze(south: float, north: float) -> float:
    """A degree of longitude is shorter than one of latitude here, and a map must not look stretched."""
    return math.cos(math.radians((south + north) / 2))
