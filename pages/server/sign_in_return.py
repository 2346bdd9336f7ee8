"""Signing in leads back to the page the person was on, with its choices.

Streamlit returns every sign-in to its first page. So the way to the identity provider carries the page along:
what it names is kept in a cookie of this host for ten minutes, and the way back ends there instead. Only a
page of ours with its own choices can be named; anything else is left out and the first page is what it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlencode

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.user_info import generate_login_redirect_url

from pages.frame.shell_words import PAGE_TITLES

LOGIN, CALLBACK, RETURN, COOKIE = (
    "/auth/login",
    "/oauth2callback",
    "return",
    "clearlink_return",
)
KEPT_S: Final = 600
LONGEST: Final = 600
_QUERY: Final = re.compile(r"[A-Za-z0-9_.~%+=&:,-]*")


def sign_in_and_return() -> None:
    """Starts the sign-in, to come back to the page and the choices of now."""
    run = get_script_run_ctx()
    if run is None:
        return
    message = ForwardMsg()
    message.auth_redirect.url = f"{generate_login_redirect_url('default')}&{urlencode({RETURN: here()})}"
    run.enqueue(message)


def here() -> str:
    """The page of now and its choices, as a path under the app: "/meetings?lang=cy&meeting=M-1"."""
    name = (st.context.url or "").split("?")[0].rstrip("/").rpartition("/")[2]
    choices = urlencode(
        [(k, v) for k in st.query_params for v in st.query_params.get_all(k)]
    )
    return f"/{name if name in PAGE_TITLES else ''}" + (
        f"?{choices}" if choices else ""
    )


def is_ours(path: str) -> bool:
    """Whether a path is a page of this app with nothing but choices behind it."""
    page, _, query = path.partition("?")
    return (
        len(path) <= LONGEST
        and page.startswith("/")
        and page[1:] in ("", *PAGE_TITLES)
        and _QUERY.fullmatch(query) is not None
    )


@dataclass(frozen=True, slots=True)
class SignInReturns:
    """Keeps the named page on the way out and puts it into the redirect on the way back."""

    app: ASGIApp
    prefix: str = ""

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path == f"{self.prefix}{LOGIN}":
            named = parse_qs(scope["query_string"].decode("latin-1")).get(
                RETURN, [""]
            )[0]
            await self.app(
                scope,
                receive,
                _with_cookie(
                    send,
                    self.prefix,
                    quote(named, safe=""),
                )
                if is_ours(named) and named != "/"
                else send,
            )
        elif scope["type"] == "http" and path == f"{self.prefix}{CALLBACK}":
            await self.app(
                scope,
                receive,
                _to_kept(
                    send,
                    self.prefix,
                    _kept(Headers(scope=scope).get("cookie", "")),
                ),
            )
        else:
            await self.app(scope, receive, send)


def _kept(cookies: str) -> str | None:
    try:
        cookie = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    path = unquote(cookie.value) if cookie else ""
    return path if path and is_ours(path) else None


def _with_cookie(
    send: Send,
    prefix: str,
    value: str,
) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append(
                "Set-Cookie",
                f"{COOKIE}={value}; Max-Age={KEPT_S}; Path={prefix or '/'}; HttpOnly; SameSite=Lax",
            )
        await send(message)

    return sending


def _to_kept(
    send: Send,
    prefix: str,
    path: str | None,
) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # only the plain way home is changed: a failed sign-in may lead elsewhere
            if (
                path is not None
                and headers.get("location", "").rstrip("/") == prefix
            ):
                headers["location"] = f"{prefix}{path}"
            headers.append(
                "Set-Cookie",
                f"{COOKIE}=; Max-Age=0; Path={prefix or '/'}; HttpOnly; SameSite=Lax",
            )
        await send(message)

    return sending
