"""Signing out is a POST of our own page: a link or a picture on another site cannot do it. Ends the sign-in
for every process, then the cookies.

Streamlit's own way is a GET, which any page of the web can make a browser ask. Here that GET changes nothing,
and the POST hands on to what Streamlit does with it: clearing its cookies and naming where the identity
provider ends its own session.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import (
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_server_config import (
    USER_COOKIE_NAME,
)

from clearlink.review.sign_ins import end_sign_in
from clearlink.review.store import review_store

LOGOUT: Final = "/auth/logout"
# buttons that sign out: start.js sends the POST when one of them is pressed
SIGN_OUT_KEYS: Final = ("corner_sign_out", "meeting_sign_out")


@dataclass(frozen=True, slots=True)
class SignOutByPost:
    """Refuses to sign out for a GET; a POST from a page of this host signs out and is answered with where
    to go next.
    """

    app: ASGIApp
    prefix: str = ""

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        path = str(scope.get("path", "")).rstrip("/")
        if scope["type"] != "http" or path != f"{self.prefix}{LOGOUT}":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] != "POST":
            await PlainTextResponse(
                "Sign out with the button of the page. / Allgofnodwch â botwm y dudalen.",
                405,
                headers={"Allow": "POST"},
            )(
                scope,
                receive,
                send,
            )
            return
        # a browser names the origin of every POST; one of another host was refused before (KnownCallers)
        if headers.get("origin") is None:
            await PlainTextResponse("", 403)(
                scope,
                receive,
                send,
            )
            return
        named = signed_in_by(headers.get("cookie", ""))
        if named is not None:
            await asyncio.to_thread(_end, *named)
        answer = _Answer()
        await self.app(
            {
                **scope,
                "method": "GET",
                "path": f"{self.prefix}{LOGOUT}",
            },
            receive,
            answer.take,
        )
        await answer.told(self.prefix)(
            scope,
            receive,
            send,
        )


class _Answer:
    """What Streamlit answers to the sign-out: its cookies and its redirect are kept, and said as plain
    data.
    """

    def __init__(self) -> None:
        self.headers = MutableHeaders()

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = MutableHeaders(raw=list(message["headers"]))

    def told(self, prefix: str) -> JSONResponse:
        """`next`: where the browser goes now. Not a redirect: a form's or a script's POST must not follow
        one to another host.
        """
        response = JSONResponse(
            {"next": self.headers.get("location", f"{prefix}/")}
        )
        for cookie in self.headers.getlist("set-cookie"):
            response.headers.append("set-cookie", cookie)
        response.headers["cache-control"] = "no-store"
        return response


def signed_in_by(cookies: str) -> tuple[str, float] | None:
    """Who a request's identity cookie is of, and since when; None where it is not one that this server has
    signed.
    """
    held = cookie_parser(cookies)
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        return (
            decode_signed_value(
                secret,
                name,
                held[name].encode("latin-1"),
            )
            if secret and name in held
            else None
        )

    try:
        cookie = get_cookie_with_chunks(one, USER_COOKIE_NAME)
        claims = json.loads(cookie) if cookie else None
        return (str(claims["sub"]), float(claims["iat"])) if claims else None
    except (ValueError, KeyError, TypeError):
        return None


def _end(subject: str, signed_in_at: float) -> None:
    # opened here too: a server that has just begun must keep it where the others look
    review_store()
    end_sign_in(subject, signed_in_at)
