"""What the browser fetches besides Streamlit's own files: the map library, our map component, and the
boundaries.

Every one of these has its version or hash in its name, so it is packed once, kept in memory, and the browser
may keep it for ever. Nothing here takes a path from a request: names are matched against a strict pattern or
a fixed list.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import importlib.util
import re
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clearlink import folders

FOR_EVER = "public, max-age=31536000, immutable"
GEOMETRY_NAME = re.compile(r"[A-Za-z0-9_]{1,40}-[0-9a-f]{8,64}\.geojson")
COMPONENT_FOLDER = Path(__file__).parents[1] / "area_map"
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
PROJECT_FOLDER = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def map_library_version() -> str:
    """Version of the installed `maplibre` wheel, which names the files we serve from it."""
    return importlib.metadata.version("maplibre")


@lru_cache(maxsize=1)
def map_library_folder() -> Path:
    """Where the installed wheel keeps maplibre-gl.js and .css. Found without importing it: its import logs
    warnings.
    """
    spec = importlib.util.find_spec("maplibre")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            "the package 'maplibre' is not installed; expected srcjs/maplibre-gl.js; run uv pip sync"
        )
    return Path(spec.submodule_search_locations[0]) / "srcjs"


def _component_files() -> list[Path]:
    return sorted(
        p for p in COMPONENT_FOLDER.iterdir() if p.suffix in MEDIA_TYPES
    )


@lru_cache(maxsize=1)
def component_version() -> str:
    """Twelve hex digits of the hash over the map component's scripts and styles."""
    digest = hashlib.sha256()
    for path in _component_files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def asset_paths() -> dict[str, Path]:
    """Every name that may follow `/assets/`, and the file it stands for. A name not in this list is not
    served.
    """
    version = map_library_version()
    names = {
        f"maplibre-{version}{ext}": map_library_folder() / f"maplibre-gl{ext}"
        for ext in MEDIA_TYPES
    }
    names |= {
        f"need_map-{component_version()}/{path.name}": path
        for path in _component_files()
    }
    return names


@lru_cache(maxsize=64)
def packed(path: Path) -> bytes:
    """The file gzipped, once per process."""
    return gzip.compress(
        path.read_bytes(),
        compresslevel=9,
        mtime=0,
    )


def packed_response(
    request: Request,
    body: bytes,
    media_type: str,
) -> Response:
    """A gzipped body, unpacked again for the rare client that does not accept gzip."""
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type=media_type, headers=headers)


def not_found() -> Response:
    return Response(
        "Not found / Heb ei ganfod",
        status_code=404,
        headers={"Cache-Control": "no-store"},
    )


async def asset(request: Request) -> Response:
    path = asset_paths().get(request.path_params["name"])
    return (
        not_found()
        if path is None
        else packed_response(
            request,
            packed(path),
            MEDIA_TYPES[path.suffix],
        )
    )


def geometry_bytes(name: str) -> bytes | None:
    """Gzipped boundaries of that name, or None when the name is not one of ours or the file is not there.

    The build writes them gzipped, as `name.gz` or under the name itself; a plain file is packed here.
    """
    if not GEOMETRY_NAME.fullmatch(name):
        return None
    folder = folders.geometry_folder()
    for path in (folder / f"{name}.gz", folder / name):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            return (
                content
                if content[:2] == b"\x1f\x8b"
                else gzip.compress(content, mtime=0)
            )
    return None


def geometry(request: Request) -> Response:
    # Not async: Starlette runs it in a thread, so that reading a file never holds the event loop.
    body = geometry_bytes(request.path_params["name"])
    return (
        not_found()
        if body is None
        else packed_response(request, body, "application/geo+json")
    )


async def healthz(_request: Request) -> Response:
    return JSONResponse(
        {"status": "ok"},
        headers={"Cache-Control": "no-store"},
    )


def file_routes(prefix: str = "") -> list[Route]:
    """Routes under `prefix` (Streamlit's baseUrlPath, "" or "/name"). None of them is one that Streamlit
    reserves.
    """
    return [
        Route(f"{prefix}/assets/{{name:path}}", asset),
        Route(f"{prefix}/geometry/{{name}}", geometry),
        Route(f"{prefix}/healthz", healthz),
    ]
