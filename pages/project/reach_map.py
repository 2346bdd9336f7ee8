"""A small map of the places one project reaches, with need beneath."""

from __future__ import annotations

from clearlink.rules.codes import NEED_DEFINITIONS
from clearlink.warehouse import reader
from clearlink.warehouse.reader import Rows
from pages.area_map import MarkKind, ProjectMark, need_map
from pages.area_map.map_words import map_words
from pages.frame.choices import current_choices
from pages.frame.speech import Speech
from pages.need.need_layer import (
    NeedShown,
    geometry_of,
    hover_lines,
    layer_url,
    need_layer,
    need_shown,
)
from pages.need.need_picture import KINDS


def _need_beneath(theme: str) -> NeedShown | None:
    """People in need of small areas; where they are counted for authorities only, the other measures that
    small areas have.
    """
    for definition in NEED_DEFINITIONS:
        shown = need_shown(theme, definition, "LSOA21")
        if shown is not None and shown.level == "LSOA21":
            return shown
    return None


# degrees around the areas that a project reaches
_PAD = 0.02


def reach_map(
    say: Speech,
    areas: Rows,
    theme: str | None,
) -> None:
    """Need on the project's theme with a mark on every area it reaches; nothing where no need at all is
    held for small areas.
    """
    chosen = current_choices()
    shown = _need_beneath(theme) if theme else None
    focus = _focus(areas)
    if shown is None or focus is None or theme is None:
        return
    layer = need_layer(say, theme, shown)
    verdict = reader.project_verdicts(chosen.project)[chosen.basis]["verdict"]
    need_map(
        geometry=geometry_of("LSOA21"),
        class_of=layer.class_of,
        classes=layer.classes,
        hover=hover_lines(say, theme, shown),
        words=map_words(say, theme, shown, search=False),
        language=say.lang,
        key="reach_map",
        outlines_url=layer_url("la"),
        mark_kinds=[
            MarkKind(
                v,
                say.verdict(v)[2:],
                shape,
                colour,
            )
            for v, shape, colour in KINDS
            if v == verdict
        ],
        marks=[
            ProjectMark(
                a["area_code"],
                verdict,
                1,
            )
            for a in areas
            if a["area_type"] == "LSOA21"
        ],
        focus=focus,
        picture_name=f"clear-link-{chosen.project}",
        height_px=380,
    )


def _focus(areas: Rows) -> tuple[float, float, float, float] | None:
    """West, south, east and north of what the map shows at first; None where no outline is held."""
    drawn = [a for a in areas if a["west"] is not None]
    if not drawn:
        return None
    west, south = (
        min(a[side] for a in drawn) - _PAD for side in ("west", "south")
    )
    east, north = (
        max(a[side] for a in drawn) + _PAD for side in ("east", "north")
    )
    return west, south, east, north
