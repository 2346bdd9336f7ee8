"""Behind TLS every cookie travels over TLS alone, and the browser is told to come back that way."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import secrets_singleton

A_YEAR: Final = "max-age=31536000"


class SecureCookies:
    """Marks each cookie of an answer Secure where the visitor came over TLS; Streamlit marks none of its
    own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if scope["type"] not in ("http", "websocket") or not came_over_tls(
            scope
        ):
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                message = {
                    **message,
                    "headers": _marked(message.get("headers", ())),
                }
                if message["type"] == "http.response.start":
                    MutableHeaders(scope=message)[
                        "Strict-Transport-Security"
                    ] = A_YEAR
            await send(message)

        await self.app(scope, receive, sending)


def came_over_tls(scope: Scope) -> bool:
    """Whether the visitor's end of the connection is TLS: said by the server, by the proxy before it, or
    by the address of the sign-in.
    """
    if scope.get("scheme") in ("https", "wss") or config.get_option(
        "server.sslCertFile"
    ):
        return True
    protocol = (
        Headers(scope=scope)
        .get("x-forwarded-proto", "")
        .split(",")[0]
        .strip()
        .lower()
    )
    return protocol in ("https", "wss") or _signs_in_over_tls()


def _signs_in_over_tls() -> bool:
    try:
        auth = secrets_singleton.get("auth") or {}
    except StreamlitSecretNotFoundError:
        return False
    return str(auth.get("redirect_uri", "")).lower().startswith("https://")


def _marked(headers: object) -> list[tuple[bytes, bytes]]:
    assert isinstance(headers, (list, tuple))
    return [
        (
            name,
            value
            if name.lower() != b"set-cookie" or _is_secure(value)
            else value + b"; Secure",
        )
        for name, value in headers
    ]


def _is_secure(cookie: bytes) -> bool:
    return any(
        part.strip().lower() == b"secure" for part in cookie.split(b";")[1:]
    )
