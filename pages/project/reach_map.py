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


def reach_map(say: Speech, areas: Rows, theme: str | None) -> None:
    """Need on the project's theme with a mark on every area it reaches; nothing where no need at all is
    held for small areas.
    """
    chosen = current_choices()
    shown = _need_beneath(theme) if theme else None
    boxes = [
        (
            a["west"],
            a["south"],
            a["east"],
            a["north"],
        )
        for a in areas
        if a["west"] is not None
    ]
    if shown is None or not boxes:
        return
    pad = 0.02
    layer = need_layer(say, theme or "", shown)
    verdict = reader.project_verdicts(chosen.project)[chosen.basis]["verdict"]
    need_map(
        geometry=geometry_of("LSOA21"),
        class_of=layer.class_of,
        classes=layer.classes,
        hover=hover_lines(say, theme or "", shown),
        words=map_words(
            say,
            theme or "",
            shown,
            search=False,
        ),
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
            ProjectMark(a["area_code"], verdict, 1)
            for a in areas
            if a["area_type"] == "LSOA21"
        ],
        focus=(
            min(b[0] for b in boxes) - pad,
            min(b[1] for b in boxes) - pad,
            max(b[2] for b in boxes) + pad,
            max(b[3] for b in boxes) + pad,
        ),
        picture_name=f"clear-link-{chosen.project}",
        height_px=380,
    )
