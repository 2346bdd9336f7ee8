"""Mounts the map and tells the page what was clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from pages.area_map.payload import layer_content, mark_rows
from pages.area_map.shapes import (
    Ahead,
    CrossLegend,
    HoverLine,
    MapClass,
    MapGeometry,
    MapWords,
    MarkKind,
    OutlineName,
    ProjectMark,
)
from pages.frame.language import Language
from pages.frame.state import Box
from pages.frame.visit.turns import turn_of
from pages.server.served_files import component_version, map_library_version
from pages.server.url_prefix import url_prefix

# Only this stub travels with every rerun; the map itself is a file of our own that the browser keeps. The
# address is made absolute because Streamlit loads component scripts from a blob, where a relative one has
# nothing to rest on.
LOADER = """
export default async function(component) {
  const { map: data } = component.data;
  const map = await import(new URL(data.script, location.origin).href);
  return map.draw({ ...component, data });
}
"""

# Streamlit asks of each entry of the data whether it is a table: there is one entry, and all is under it.
_mount = st.components.v2.component(
    "clearlink.need_map",
    html="<div></div>",
    js=LOADER,
)


def map_assets() -> dict[str, Any]:
    """Addresses of the map's own scripts and styles, as its scripts read them."""
    assets = f"{url_prefix()}/assets"
    library = f"{assets}/maplibre-{map_library_version()}"
    return {
        "script": f"{assets}/need_map-{component_version()}/map.js",
        "style": f"{assets}/need_map-{component_version()}/map.css",
        "library": {"js": f"{library}.js", "css": f"{library}.css"},
    }


def need_map(
    *,
    geometry: MapGeometry,
    class_of: Mapping[str, int],
    classes: Sequence[MapClass],
    words: MapWords,
    language: Language,
    key: str,
    hover: Sequence[HoverLine] = (),
    cross_legend: CrossLegend | None = None,
    outlines_url: str | None = None,
    outline_names: Sequence[OutlineName] = (),
    mark_kinds: Sequence[MarkKind] = (),
    marks: Sequence[ProjectMark] = (),
    selected: str | None = None,
    focus: tuple[float, float, float, float] | None = None,
    picture_name: str = "clear-link-map",
    height_px: int = 600,
    on_pick: Callable[[str], None] | None = None,
    on_drawn: Callable[[], None] | None = None,
) -> str | None:
    """Draws the areas by class and returns the code of the area clicked in this run, or None. Everything
    travels with the run.

    class_of      class (index into `classes`) of every area of the layer; ValueError names the first area
                  without one
    picture_name  file name of the saved picture, without `.png`

    The others are those of `served_map`.
    """
    layer = layer_content(
        geometry=geometry,
        class_of=class_of,
        classes=classes,
        words=words,
        welsh=language == "cy",
        prefix=url_prefix(),
        hover=hover,
        cross_legend=cross_legend,
        outlines_url=outlines_url,
        outline_names=outline_names,
        picture_name=picture_name,
    )
    return served_map(
        layer=layer,
        codes=geometry.codes,
        not_loaded=words.not_loaded,
        language=language,
        key=key,
        mark_kinds=mark_kinds,
        marks=marks,
        selected=selected,
        focus=focus,
        height_px=height_px,
        on_pick=on_pick,
        on_drawn=on_drawn,
    )


def served_map(
    *,
    layer: str | Mapping[str, Any],
    codes: Sequence[str],
    not_loaded: str,
    language: Language,
    key: str,
    ahead: Ahead | None = None,
    mark_kinds: Sequence[MarkKind] = (),
    marks: Sequence[ProjectMark] = (),
    selected: str | None = None,
    focus: tuple[float, float, float, float] | None = None,
    height_px: int = 600,
    on_pick: Callable[[str], None] | None = None,
    on_drawn: Callable[[], None] | None = None,
) -> str | None:
    """Draws a layer and returns the code of the area clicked in this run, or None.

    layer         path of a file that the browser fetches and keeps (pages/need/need_files.py), or the
                  content itself
    codes         every area code of the layer
    not_loaded    said on the map where the file of the layer does not come
    ahead         how the browser finds the layer of another choice by itself and paints it before this page
                  runs again
    selected      area drawn with a heavy outline: the page owns the selection (its area box sets the same
                  value)
    focus         west, south, east, north in degrees to show; None shows the whole layer. The camera moves
                  only when this changes, so that a change of indicator keeps the view
    on_pick       called with the code clicked or found by name before the page runs again, to keep it in the
                  URL; with an empty text when the name was taken away
    on_drawn      called once, before the page runs again, when the map stands or has said why it cannot

    The instance, its camera and its selection live as long as `key` stays on the page.
    """
    data: dict[str, Any] = {
        **map_assets(),
        "layer": layer,
        "ahead": asdict(ahead) if ahead else None,
        "notLoaded": not_loaded,
        "kinds": [asdict(each) for each in mark_kinds],
        "marks": mark_rows(codes, mark_kinds, marks),
        "selected": selected,
        "focus": list(focus) if focus else None,
        "height": height_px,
        "tellDrawn": on_drawn is not None,
        "language": language,
    }

    data["turn"] = turn_of(key, data)
    known = frozenset(codes)
    box = Box[Mapping[str, Any]](key)

    def tell_page() -> None:
        code = _picked_code(box.value(), known)
        if on_pick is not None and code is not None:
            on_pick(code)

    told = _mount(
        key=key,
        data={"map": data},
        on_pick_change=tell_page,
        on_drawn_change=on_drawn or _tell_nobody,
    )
    return _picked_code(told, known) or None


def _picked_code(
    told: Mapping[str, Any],
    known: frozenset[str],
) -> str | None:
    """The code picked, empty where the name was taken away. What comes back from a browser is a claim: only
    a code of this layer, or none, is passed on.
    """
    code = told.get("pick")
    is_known = isinstance(code, str) and (code in known or code == "")
    return code if is_known else None


def _tell_nobody() -> None:
    """Streamlit asks for somebody to tell."""
