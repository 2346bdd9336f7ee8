"""Mounts the map and tells the page what was clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from pages.parts.language import Language
from pages.parts.need_map.payload import class_bytes, fingerprint, hover_payload, mark_rows
from pages.parts.need_map.shapes import (
    CrossLegend,
    HoverLine,
    MapClass,
    MapGeometry,
    MapWords,
    MarkKind,
    OutlineName,
    ProjectMark,
)
from pages.parts.served_files import component_version, map_library_version
from pages.parts.turns import turn_of
from pages.parts.url_prefix import url_prefix

# Only this stub travels with every rerun; the map itself is a file of our own that the browser keeps. The address is
# made absolute because Streamlit loads component scripts from a blob, where a relative one has nothing to rest on.
LOADER = """
export default async function(component) {
  const map = await import(new URL(component.data.script, location.origin).href);
  return map.draw(component);
}
"""

_mount = st.components.v2.component("clearlink.need_map", html="<div></div>", js=LOADER)


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
    """Draws the areas by class and returns the code of the area clicked in this run, or None.

    class_of      class (index into `classes`) of every area of the layer; ValueError names the first area without one
    selected      area drawn with a heavy outline: the page owns the selection (its area box sets the same value)
    focus         west, south, east, north in degrees to show; None shows the whole layer. The camera moves only when
                  this changes, so that a change of indicator keeps the view
    on_pick       called with the code clicked or found by name before the page runs again, to keep it in the URL; with
                  an empty text when the name was taken away
    on_drawn      called once, before the page runs again, when the map stands or has said why it cannot
    picture_name  file name of the saved picture, without `.png`

    The instance, its camera and its selection live as long as `key` stays on the page.
    """
    prefix = url_prefix()
    assets = f"{prefix}/assets"
    library = f"{assets}/maplibre-{map_library_version()}"
    data: dict[str, Any] = {
        "script": f"{assets}/need_map-{component_version()}/map.js",
        "style": f"{assets}/need_map-{component_version()}/map.css",
        "library": {"js": f"{library}.js", "css": f"{library}.css"},
        "geometry": {
            "url": prefix + geometry.url,
            "fingerprint": fingerprint(geometry.codes),
            "code": geometry.code_property,
            "name": geometry.name_properties[language == "cy"],
            "otherName": geometry.name_properties[language != "cy"],
        },
        "classes": [asdict(each) for each in classes],
        "classOf": class_bytes(geometry.codes, class_of, classes),
        "hover": hover_payload(geometry.codes, hover),
        "cross": asdict(cross_legend) if cross_legend else None,
        "outlines": prefix + outlines_url if outlines_url else None,
        "names": [[each.name, each.lon, each.lat, each.order] for each in outline_names],
        "kinds": [asdict(each) for each in mark_kinds],
        "marks": mark_rows(geometry.codes, mark_kinds, marks),
        "selected": selected,
        "focus": list(focus) if focus else None,
        "words": asdict(words),
        "picture": picture_name,
        "height": height_px,
        "tellDrawn": on_drawn is not None,
        "language": language,
    }

    data["turn"] = turn_of(key, data)
    known = frozenset(geometry.codes)

    def picked_code(value: object) -> str | None:
        # What comes back from a browser is a claim: only a code of this layer, or none, is passed on.
        return value if isinstance(value, str) and (value in known or value == "") else None

    def tell_page() -> None:
        code = picked_code(st.session_state[key].get("pick"))
        if on_pick is not None and code is not None:
            on_pick(code)

    def tell_drawn() -> None:
        if on_drawn is not None:
            on_drawn()

    return (
        picked_code(
            _mount(key=key, data=data, on_pick_change=tell_page, on_drawn_change=tell_drawn).get("pick")
        )
        or None
    )
