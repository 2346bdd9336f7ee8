"""A page with nothing but the map on real boundaries and made-up values, for the browser tests and the bench.

Served exactly as the app is (`st.App` with `serving()`); needs CLEARLINK_DATA with boundaries.json beside
built/.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import streamlit as st

from clearlink.folders import data_folder
from pages.area_map import (
    CrossLegend,
    HoverLine,
    MapClass,
    MapGeometry,
    MapWords,
    MarkKind,
    MarkShape,
    OutlineName,
    Pattern,
    ProjectMark,
    need_map,
)

PUBU = ("#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d")
CROSS = (
    "#e8e8e8",
    "#e4acac",
    "#c85a5a",
    "#b0d5df",
    "#ad9ea5",
    "#985356",
    "#64acbe",
    "#627f8c",
    "#574249",
)
INDICATORS = ("Income", "Housing", "Health")
FIFTHS = (
    "Lowest fifth",
    "Second fifth",
    "Middle fifth",
    "Fourth fifth",
    "Highest fifth",
)
REGIONS = {
    "Wales": None,
    "Cardiff and Vale": (-3.65, 51.37, -3.05, 51.57),
    "North Wales": (-4.7, 52.6, -2.7, 53.45),
}
ENGLISH = MapWords(
    title="Made-up need by small area, Wales",
    legend_title="People in need, fifths of areas",
    source="Source: Office for National Statistics, LSOA 2011 boundaries, Open Government Licence v3.0. "
    "Contains OS data.",
    label="Map of need by small area in Wales",
    description="A table with the same rows stands under the map. "
    "Arrow keys move the map, plus and minus zoom.",
    no_webgl="This browser cannot draw the map. The table below holds the same rows.",
    not_loaded="The boundaries could not be loaded. The table below holds the same rows.",
    not_matching="The boundaries and the values belong to different sets of areas, so nothing is drawn.",
    zoom_in="Zoom in",
    zoom_out="Zoom out",
    whole="All of Wales",
    save_picture="Save picture",
    marks_title="Projects",
    scroll_hint="Hold Ctrl and scroll to zoom",
    scroll_hint_mac="Hold ⌘ and scroll to zoom",
    touch_hint="Use two fingers to move the map",
    search="Find an area",
    search_hint="Name or GSS code",
    search_none="No area here has that name or code.",
    picture_notes=("Illustrative values. Drawn on 22 November 2026.",),
)
KINDS = (
    MarkKind("CLEAR", "Clear link", MarkShape.DISC, "#00634f"),
    MarkKind("PARTIAL", "Partial link", MarkShape.HALF, "#a86400"),
    MarkKind("NO_LINK_SHOWN", "No link shown", MarkShape.RING, "#7a1f5c"),
    MarkKind(
        "CANNOT_ASSESS", "Cannot assess yet", MarkShape.QUESTION, "#5f6b73"
    ),
    MarkKind("EXCEPTION", "Justified exception", MarkShape.DIAMOND, "#2b4c7e"),
)


@st.cache_data
def areas(level: str = "lsoa") -> dict[str, tuple[str, float, float]]:
    """Code → name and one point of the area, so that the made-up values vary smoothly over Wales."""
    layer = json.loads((data_folder() / "boundaries.json").read_text())[level]
    features = json.loads(
        gzip.decompress(
            (data_folder() / "built" / "geometry" / layer).read_bytes()
        )
    )["features"]
    found = {}
    for feature in features:
        point = feature["geometry"]["coordinates"][0]
        while isinstance(point[0], list):
            point = point[0]
        found[feature["properties"]["code"]] = (
            feature["properties"]["name_en"],
            point[0],
            point[1],
        )
    return found


def made_up(indicator: int, level: str) -> dict[str, float]:
    def value(code: str, x: float, y: float) -> float:
        jitter = (hash_of(code) + 37 * indicator) % 100 / 100
        return (
            12
            + 9 * math.sin(7 * x + indicator) * math.cos(6 * y - indicator)
            + 8 * jitter
        )

    return {code: value(code, x, y) for code, (_, x, y) in areas(level).items()}


def hash_of(code: str) -> int:
    return int(code[2:]) * 2654435761 % 4294967291


def show() -> None:
    st.set_page_config(layout="wide")
    names = json.loads((data_folder() / "boundaries.json").read_text())
    left, middle, right = st.columns(3)
    indicator = left.selectbox("Indicator", INDICATORS)
    region = middle.selectbox("Region", list(REGIONS))
    kind = right.selectbox(
        "Show",
        (
            "need",
            "need and projects",
            "need against provision",
            "need by authority",
        ),
    )
    level = "authority" if kind == "need by authority" else "lsoa"
    values = made_up(INDICATORS.index(indicator), level)
    ordered = sorted(values, key=values.__getitem__)
    place = {code: number for number, code in enumerate(ordered)}
    withheld, absent = set(list(values)[300:330]), set(list(values)[900:915])
    cross = kind == "need against provision"
    classes = (
        [MapClass(c, f"class {n + 1}") for n, c in enumerate(CROSS)]
        if cross
        else []
    )
    classes += (
        []
        if cross
        else [
            MapClass(c, f"{w}: {6 * n} % to {6 * n + 6} %")
            for n, (c, w) in enumerate(zip(PUBU, FIFTHS, strict=True))
        ]
    )
    base = len(classes)
    classes += [
        MapClass("#fff7d6", "None (zero)"),
        MapClass("#ffffff", "Withheld: the number is small", Pattern.HATCH),
        MapClass("#ffffff", "Not collected here", Pattern.OUTLINED),
    ]
    class_of = {code: place[code] * base // len(values) for code in values}
    class_of |= dict.fromkeys(ordered[: len(ordered) // 150], base)
    class_of |= dict.fromkeys(withheld, base + 1) | dict.fromkeys(
        absent, base + 2
    )
    known = {
        code: value
        for code, value in values.items()
        if code not in withheld | absent
    }
    marks = [
        ProjectMark(
            code, KINDS[hash_of(code) % 5].kind_id, 1 + hash_of(code) % 7
        )
        for code in sorted(values)[::23]
    ] + [
        ProjectMark(code, KINDS[2].kind_id, 1) for code in sorted(values)[::230]
    ]
    picked = need_map(
        geometry=MapGeometry(f"/geometry/{names[level]}", tuple(values)),
        class_of=class_of,
        classes=classes,
        words=ENGLISH,
        language="en",
        key="map",
        hover=[
            HoverLine(
                "{0} of people",
                [{code: f"{value:.1f} %" for code, value in known.items()}],
            ),
            HoverLine(
                "{0} most in need of {1}",
                [
                    {c: f"{1 + place[c] % 105}th" for c in known},
                    dict.fromkeys(known, "105 in its authority"),
                ],
            ),
        ],
        cross_legend=CrossLegend("More need", "More provision", "low", "high")
        if cross
        else None,
        outlines_url=f"/geometry/{names['authority']}",
        outline_names=[
            OutlineName(n, x, y, -int(a / 1e6))
            for n, x, y, a in names["names_en"]
        ],
        mark_kinds=KINDS if kind == "need and projects" else (),
        marks=marks if kind == "need and projects" else (),
        selected=st.session_state.get("selected"),
        focus=REGIONS[region],
        picture_name="made-up-need",
        height_px=620,
        on_pick=lambda code: st.session_state.update(selected=code),
    )
    st.write(
        f"Picked: {picked or '–'}; selected: {st.session_state.get('selected') or '–'}"
    )


if __name__ == "__main__":
    show()
else:
    from pages.server.server import serving

    app = st.App(__file__, **serving())
