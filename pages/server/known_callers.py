"""Who may speak to this server: hosts and origins that were named, and nobody else.

Stands before Streamlit, which asks an address service in the outside world, and waits for it, to judge an
origin that it does not know. Here an unknown one is refused from what the configuration says, for pages,
files and sockets alike.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

# what a machine's own keeper asks; Streamlit's page itself asks for /_stcore/health, so that one stays for
# all
KEEPERS_ONLY: Final = (
    "/healthz",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
)
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
POLICY_VIOLATION: Final = 1008


@dataclass(frozen=True, slots=True)
class KnownCallers:
    """Refuses, before anything else is asked, a request whose Host or Origin is none of those configured."""

    app: ASGIApp
    prefix: str = ""

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if scope["type"] not in ("http", "websocket") or self._may_speak(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            # closed before it is accepted: the caller sees that the handshake was refused
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            refusal = PlainTextResponse(
                "Not an address of this service. / Nid un o gyfeiriadau’r gwasanaeth hwn.",
                403,
            )
            await refusal(scope, receive, send)

    def _may_speak(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not host_is_known(host) or not origin_is_known(
            headers.get("origin"),
            host,
        ):
            return False
        path = str(scope["path"]).removeprefix(self.prefix)
        return path not in KEEPERS_ONLY or _from_this_machine(scope, headers)


def host_is_known(host: str) -> bool:
    """Whether a Host header names one of `server.allowedHosts`, with or without a port."""
    name = _host_name(f"//{host}")
    return name is not None and name in {
        _folded(known) for known in config.get_option("server.allowedHosts")
    }


def origin_is_known(origin: str | None, host: str) -> bool:
    """Whether a page of this origin may speak to us: none said, our own host, or one of
    `server.corsAllowedOrigins`.
    """
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    return parts.netloc.lower() == host.lower() or origin.lower() in {
        str(known).lower().rstrip("/")
        for known in config.get_option("server.corsAllowedOrigins") or ()
    }


def _from_this_machine(scope: Scope, headers: Headers) -> bool:
    """Asked by this machine itself, and not by a proxy on it that speaks for somebody else."""
    caller = scope.get("client")
    if caller is None or any(name in headers for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(caller[0]).is_loopback
    except ValueError:
        return False


def _host_name(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number is no address
    except ValueError:
        return None
    if (
        parts.username is not None
        or parts.path
        or parts.query
        or parts.fragment
        or not parts.hostname
    ):
        return None
    return _folded(parts.hostname)


def _folded(name: str) -> str:
    return name.strip().lower().rstrip(".").strip("[]")
