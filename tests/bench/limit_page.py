"""The limit: MapLibre alone on a static page, with the served build's own outlines and the classes of its
themes.

Nothing is asked of a server but files that the browser keeps: a press on a theme fetches a class for each
area and sets it by feature state. What a page of ours takes more than this is what it adds. Served beside it
and measured in the same browser and run.
"""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "browser"), str(HERE.parents[1])]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The limit</title>
<link rel="stylesheet" href="/library.css"><link rel="preload" as="fetch" crossorigin href="%(areas)s">
<link rel="preload" as="fetch" crossorigin href="/classes/%(first)s.json">
<script src="/library.js"></script></head>
<body style="margin:0"><p id="themes"></p><div id="map" style="width:850px;height:620px"></div><script>
const read = (path) => fetch(path).then((answer) => answer.json());
const colours = ["#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d", "#ffffff", "#ffffff", "#fffbe6"];
const line = (id, width, colour) => ({
  id: id + "-line", type: "line", source: id, paint: { "line-color": colour, "line-width": width },
});
(async () => {
  const [areas, outlines, first] = await Promise.all(
    [read("%(areas)s"), read("%(outlines)s"), read("/classes/%(first)s.json")]);
  areas.features.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
  areas.features.forEach((each, id) => { each.id = id; each.properties = {}; });
  const source = (data) => ({ type: "geojson", data, tolerance: 0.2, buffer: 32, maxzoom: 12 });
  const colour = ["to-color", ["at", ["number", ["feature-state", "c"], 0], ["literal", colours]]];
  const map = new maplibregl.Map({
    container: "map", attributionControl: false, fadeDuration: 0, bounds: [[-5.4, 51.3], [-2.6, 53.5]],
    style: { version: 8, sources: { areas: source(areas), outlines: source(outlines) }, layers: [
      { id: "ground", type: "background", paint: { "background-color": "#ffffff" } },
      { id: "areas", type: "fill", source: "areas",
        paint: { "fill-antialias": false, "fill-color": colour } },
      line("areas", 0.2, "#ffffff"), line("outlines", 1, "#3d4650"),
    ] },
  });
  const paint = (classes) => classes.forEach((c, id) => map.setFeatureState({ source: "areas", id }, { c }));
  map.once("style.load", () => paint(first));
  for (const theme of %(themes)s) {
    const button = document.createElement("button");
    button.textContent = theme;
    button.onclick = async () => paint(await read(`/classes/${theme}.json`));
    document.getElementById("themes").append(button);
  }
})();
</script></body></html>"""


def _themes() -> list[str]:
    from need_map_page import small_area_themes

    return list(small_area_themes())


@lru_cache(maxsize=64)
def _classes(theme: str) -> bytes:
    from clearlink.warehouse.reader import Scope, reading_as
    from pages.frame.speech import Speech
    from pages.need.need_files import need_content
    from pages.need.need_layer import need_shown

    with reading_as(Scope()):
        shown = need_shown(theme, "lead", "LSOA21")
        assert shown is not None, theme
        content = need_content(Speech("en"), theme, shown)
    return gzip.compress(
        json.dumps(list(base64.b64decode(content["classOf"]))).encode(), mtime=0
    )


def page(_request: Request) -> Response:
    from clearlink.warehouse.reader import Scope, reading_as
    from pages.need.need_layer import layer_url

    with reading_as(Scope()):
        themes = _themes()
        filled = {
            "areas": layer_url("lsoa21"),
            "outlines": layer_url("la"),
            "first": themes[0],
            "themes": json.dumps(themes),
        }
    return HTMLResponse(PAGE % filled)


def application() -> Starlette:
    from pages.server.served_files import (
        MEDIA_TYPES,
        geometry,
        map_library_folder,
        packed,
        packed_response,
    )

    def classes(request: Request) -> Response:
        return packed_response(
            request, _classes(request.path_params["theme"]), "application/json"
        )

    def library(request: Request) -> Response:
        suffix = "." + request.path_params["suffix"]
        path = map_library_folder() / f"maplibre-gl{suffix}"
        return packed_response(request, packed(path), MEDIA_TYPES[suffix])

    return Starlette(
        routes=[
            Route("/", page),
            Route("/classes/{theme}.json", classes),
            Route("/library.{suffix}", library),
            Route("/geometry/{name}", geometry),
        ]
    )


@contextlib.contextmanager
def served_limit(data_folder: Path) -> Iterator[str]:
    """The page's URL while it is served; the server is stopped by its own process id."""
    from running import PROJECT, free_port, wait_until_served

    port = free_port()
    process = subprocess.Popen(
        [sys.executable, __file__, str(port)],
        cwd=PROJECT,
        env=os.environ | {"CLEARLINK_DATA": str(data_folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_until_served(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    import uvicorn

    for each in _themes():
        _classes(each)
    uvicorn.run(
        application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
    )
