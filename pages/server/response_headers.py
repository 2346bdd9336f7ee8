"""Two thin layers around every answer: the browser is told what it may do, and Streamlit's scripts travel
packed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clearlink.words import sentences
from pages.server.served_files import MEDIA_TYPES, packed, packed_response
from pages.server.sign_out import LOGOUT, SIGN_OUT_KEYS
from pages.server.url_prefix import url_prefix

START = Path(__file__).parent / "start.js"
FRAMEWORK_WORDS = Path(__file__).parent / "framework_words.js"
STREAMLIT_STATIC = Path(streamlit.__file__).parent / "static"
HASHED_SCRIPT = re.compile(r"/static/(?:js|css)/[A-Za-z0-9_.-]+\.(?:js|css)")
# Streamlit makes the key of a widget a class of its element
NAME_BOX, NAME_COOKIE = "meeting_local_name_box", "clearlink_name"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@lru_cache(maxsize=1)
def start_script() -> str:
    """What is said and set before Streamlit starts (start.js), and what it says itself in Cymraeg
    (framework_words.js).
    """
    pairs = [
        [
            entry["en"],
            entry["cy"],
        ]
        for key, entry in sentences().items()
        if key.startswith("framework.")
    ]
    return ";\n".join(
        (
            _called(
                START,
                f"{url_prefix()}/",
                NAME_BOX,
                NAME_COOKIE,
                url_prefix() or "/",
                f"{url_prefix()}{LOGOUT}",
                SIGN_OUT_KEYS,
            ),
            _called(FRAMEWORK_WORDS, pairs),
        )
    )


def _called(script: Path, *arguments: object) -> str:
    """A file that holds a comment of one line and a function, as a call of that function. No `<` can end
    the script.
    """
    function = script.read_text(encoding="utf-8").partition("\n")[2].rstrip()
    handed = ", ".join(
        json.dumps(argument, ensure_ascii=False) for argument in arguments
    )
    return f"({function})({handed})".replace("</", "<\\/")


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """Everything from our own host. The inline scripts of the index page, Streamlit's and ours, are named by
    their hashes.

    `blob:` is how Streamlit loads component scripts and how MapLibre starts its worker; styles are inline
    because Streamlit's own style library writes them so.
    """
    index = (STREAMLIT_STATIC / "index.html").read_text(encoding="utf-8")
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in (*INLINE_SCRIPT.findall(index), start_script())
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SafeHeaders:
    """Adds the protective headers to every HTTP answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = content_security_policy()
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = (
                    "camera=(), geolocation=(), microphone=()"
                )
            await send(message)

        await self.app(scope, receive, send_with_headers)


@dataclass(frozen=True, slots=True)
class PackedStreamlitScripts:
    """Answers for Streamlit's own hashed scripts and styles from memory, gzipped once.

    Streamlit sends them unpacked (3.3 MB on a first visit); on a council network that is the slowest thing on
    the page.
    """

    app: ASGIApp
    prefix: str = ""

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        path = self._file(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        response = packed_response(
            Request(scope),
            packed_streamlit(path),
            MEDIA_TYPES[path.suffix],
        )
        await response(scope, receive, send)

    def _file(self, scope: Scope) -> Path | None:
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or not scope["path"].startswith(self.prefix + "/static/")
        ):
            return None
        name = scope["path"].removeprefix(self.prefix)
        if not HASHED_SCRIPT.fullmatch(name):
            return None
        path = STREAMLIT_STATIC / name.lstrip("/")
        return path if path.is_file() else None


@lru_cache(maxsize=512)
def packed_streamlit(path: Path) -> bytes:
    return packed.__wrapped__(path)


def pack_first_page() -> None:
    """Packs what Streamlit's index page and a map need, so that the first visitor does not wait for it."""
    index = (STREAMLIT_STATIC / "index.html").read_text(encoding="utf-8")
    wanted = [
        STREAMLIT_STATIC / name
        for name in re.findall(
            r'(?:src|href)="\./(static/[^"]+\.(?:js|css))"', index
        )
    ]
    wanted += (STREAMLIT_STATIC / "static" / "js").glob("BidiComponent.*.js")
    for path in wanted:
        if path.is_file():
            packed_streamlit(path)
