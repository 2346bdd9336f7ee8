"""Streamlit's index page, told what this app will need, so that the browser fetches it while Streamlit
starts.

A visit's time to the first map is mostly waiting: for Streamlit's scripts, then for the scripts of the
widgets, then for the map's own files, one round after the other. Named in the head of the page they all come
at once. Streamlit's own text font (170 kB, which this app does not write with) no longer comes first, and the
tab has the app's name from the start. Our own few rules of style stand in its head, so that nothing is first
drawn without them.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clearlink.warehouse import reader
from pages.frame.language import Language, language_asked
from pages.frame.shell_words import PAGES, say
from pages.home.missed import finest_theme
from pages.need.need_files import first_layer
from pages.need.need_layer import LAYER_OF, layer_url
from pages.server.first_words import CITIZENS_PAGE, first_words
from pages.server.response_headers import start_script
from pages.server.served_files import asset_paths
from pages.server.url_prefix import url_prefix

STATIC: Final = Path(streamlit.__file__).parent / "static"
NEED_PAGE: Final = "need_map"
NEED: Final = "need"
MAP_PAGES: Final = (NEED_PAGE, "gaps")
WIDGETS: Final = ("BidiComponent", "Selectbox", "PageLink", "ButtonGroup")
_OF_THE_FILE: Final = (
    b"accept-encoding",
    b"if-none-match",
    b"if-modified-since",
    b"range",
)
_IMPORTED: Final = re.compile(
    r"""(?:from|import)\s*[`"']\./([A-Za-z0-9_.-]+\.js)[`"']"""
)
_NOT_FIRST: Final = re.compile(
    r"""<link\b[^>]*?(?:rel="preload"[^>]*?SourceSans|rel="service-desc")[^>]*?/>\s*""",
    re.DOTALL,
)


class FirstPage:
    """Rewrites the index page on its way to the browser; every other answer passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or "text/html" not in Headers(scope=scope).get("accept", "")
        ):
            await self.app(scope, receive, send)
            return
        if home := _way_home(scope):
            await RedirectResponse(home)(scope, receive, send)
            return
        packed = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        # Asked for whole and unpacked: "not changed since" would be said of the file, not of the page that we
        # send.
        scope = {
            **scope,
            "headers": [
                (name, value)
                for name, value in scope["headers"]
                if name not in _OF_THE_FILE
            ],
        }
        start: Message | None = None
        body = b""

        async def rewritten(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                kind = MutableHeaders(raw=message["headers"]).get(
                    "content-type", ""
                )
                if message["status"] != 200 or not kind.startswith("text/html"):
                    await send(message)
                    return
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    # in a thread: the first to ask for a layer's name waits for it, and nobody else does
                    page = await asyncio.to_thread(_page, body.decode(), scope)
                    await _send_page(send, start, page.encode(), packed=packed)

        await self.app(scope, receive, rewritten)


async def _send_page(
    send: Send,
    start: Message,
    page: bytes,
    *,
    packed: bool,
) -> None:
    """Sends the page under the headers of the file that it was made from."""
    headers = MutableHeaders(scope=start)
    if packed:
        page = gzip.compress(page, mtime=0)
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(page))
    # The file's own marks no longer tell whether what the browser holds is what it would get.
    for name in ("ETag", "Last-Modified", "Accept-Ranges"):
        del headers[name]
    await send(start)
    await send({"type": "http.response.body", "body": page})


def _way_home(scope: Scope) -> str:
    """Home with the same choices, where it is asked for by its name: Streamlit gives its first page none.

    Empty for any other address.
    """
    if str(scope["path"]).rstrip("/") != f"{url_prefix()}/{PAGES[0]}":
        return ""
    query = scope["query_string"].decode("latin-1")
    return f"{url_prefix()}/" + (f"?{query}" if query else "")


def _page(html: str, scope: Scope) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    language = language_asked(
        next(
            iter(asked.get("lang", ())),
            None,
        ),
        Headers(scope=scope).get("accept-language"),
    )
    name = escape(say("app_name", language))
    html = (
        _NOT_FIRST.sub("", html)
        .replace("<title>Streamlit</title>", f"<title>{name}</title>")
        .replace('<html lang="en">', f'<html lang="{language}">')
    )
    page = str(scope["path"]).rstrip("/").rsplit("/", 1)[-1]
    choices = {name: values[0] for name, values in asked.items()}
    hints = [*_widget_scripts()]
    if page in MAP_PAGES:
        hints += _map_files(choices, language, page)
    if page == CITIZENS_PAGE:
        html = html.replace(
            "<body>",
            f"<body>{first_words(choices, language)}",
            1,
        )
    html = html.replace(
        "<head>",
        f"<head>\n    <script>{start_script()}</script>\n    <style>{_style()}</style>",
        1,
    )
    return html.replace(
        "</head>",
        "".join(f"  {hint}\n" for hint in hints) + "</head>",
        1,
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return (
        (Path(__file__).parent / "page_style.css")
        .read_text(encoding="utf-8")
        .partition("*/")[2]
        .strip()
    )


def _map_files(
    asked: Mapping[str, str],
    language: Language,
    page: str,
) -> Iterator[str]:
    for name in asset_paths():
        address = f"{url_prefix()}/assets/{name}"
        if name.endswith(".css"):
            yield _fetched(address, "style")
        elif name.startswith("maplibre"):
            yield f'<link rel="preload" as="script" data-map="library" href="{address}">'
        elif name.endswith("/prepare.js"):
            # as soon as it is there: the scripts of Streamlit, which are many times larger, do not wait for
            # it nor it for them
            yield f'<script type="module" async crossorigin src="{address}"></script>'
        else:
            yield f'<link rel="modulepreload" crossorigin href="{address}">'
    try:
        first = first_layer(asked, language, finest_theme)
        level = first[1] if first else "LSOA21"
        for layer in sorted({LAYER_OF[level], "la"}):
            yield _fetched(
                url_prefix() + layer_url(layer),
                "geometry",
            )
        if page == NEED_PAGE and first and asked.get("view", NEED) == NEED:
            yield _fetched(first[0], "layer")
    except (*reader.UNANSWERED, KeyError):
        # a hint alone is lost: the page comes, and says itself that nothing is built or what failed
        return


def _fetched(address: str, kind: str) -> str:
    return f'<link rel="preload" as="fetch" data-map="{kind}" crossorigin href="{address}">'


@lru_cache(maxsize=1)
def _widget_scripts() -> tuple[str, ...]:
    """Streamlit's scripts of the widgets that every page has, with all that they import and the index does
    not name.
    """
    scripts = STATIC / "static" / "js"
    named = set(
        re.findall(
            r"static/js/([A-Za-z0-9_.-]+\.js)",
            (STATIC / "index.html").read_text(encoding="utf-8"),
        )
    )
    listed: dict[str, None] = {}
    widgets = [
        path.name
        for widget in WIDGETS
        for path in scripts.glob(f"{widget}.*.js")
    ]
    waiting = [*widgets]
    while waiting:
        name = waiting.pop()
        if name in named or name in listed or not (scripts / name).is_file():
            continue
        listed[name] = None
        waiting += _IMPORTED.findall(
            (scripts / name).read_text(encoding="utf-8")
        )
    return tuple(
        f'<link rel="modulepreload"{" data-map=widget" if name in widgets else ""} crossorigin '
        f'href="{url_prefix()}/static/js/{name}">'
        for name in listed
    )
