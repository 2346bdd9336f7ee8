"""A host or an origin that nobody named is refused before Streamlit is asked, which would ask the outside
world.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit import config

from pages.server.known_callers import KnownCallers

OURS = "127.0.0.1:8501"
FOREIGN = (
    "https://example.org",
    "http://127.0.0.1:8501.example.org",
    "http://127.0.0.1:9999",
    "http://localhost.example.org:8501",
    "https://user@127.0.0.1:1",
    "null",
    "file://",
    "http://[::1",
    "",
    "127.0.0.1:8501",
    "javascript:alert(1)",
)


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    before = {
        name: config.get_option(name)
        for name in ("server.allowedHosts", "server.corsAllowedOrigins")
    }
    config.set_option("server.allowedHosts", ["127.0.0.1", "localhost", "::1"])
    config.set_option(
        "server.corsAllowedOrigins", ["https://partner.example.org"]
    )
    yield
    for name, value in before.items():
        config.set_option(name, value)


def asked(
    kind: str = "http",
    path: str = "/",
    caller: str = "127.0.0.1",
    **headers: str,
) -> tuple[int, list[dict[str, Any]]]:
    """How often the application behind was reached, and what was sent back."""
    reached = 0
    sent: list[dict[str, Any]] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        nonlocal reached
        reached += 1

    async def receive() -> dict[str, Any]:
        return {
            "type": "websocket.connect"
            if kind == "websocket"
            else "http.request"
        }

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [
        (name.replace("_", "-").encode(), value.encode("latin-1"))
        for name, value in headers.items()
    ]
    scope = {
        "type": kind,
        "path": path,
        "method": "GET",
        "headers": raw,
        "client": (caller, 5000),
    }
    asyncio.run(KnownCallers(behind)(scope, receive, send))
    return reached, sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_origin_never_reaches_streamlit(
    kind: str, origin: str
) -> None:
    reached, sent = asked(kind, "/_stcore/stream", host=OURS, origin=origin)
    assert reached == 0
    assert sent[0].get("status") == 403 or sent[0] == {
        "type": "websocket.close",
        "code": 1008,
    }


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "127.0.0.1.example.org",
        "127.0.0.1:port",
        "a@127.0.0.1",
        "127.0.0.1/x",
        "",
    ],
)
def test_an_unknown_host_never_reaches_streamlit(kind: str, host: str) -> None:
    assert asked(kind, host=host)[0] == 0


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (OURS, None),
        (OURS, f"http://{OURS}"),
        (OURS, f"HTTP://{OURS}"),
        ("LOCALHOST:8501", "http://localhost:8501"),
        ("localhost.", None),
        ("[::1]:8501", "http://[::1]:8501"),
        (OURS, "https://partner.example.org"),
    ],
)
def test_those_who_were_named_come_through(
    kind: str, host: str, origin: str | None
) -> None:
    headers = {"host": host} | ({} if origin is None else {"origin": origin})
    assert asked(kind, **headers) == (1, [])


def test_fifty_foreign_handshakes_ask_nobody() -> None:
    """Streamlit would have asked an address service at each of them."""
    assert (
        sum(
            asked("websocket", host=OURS, origin=f"https://{n}.example.org")[0]
            for n in range(50)
        )
        == 0
    )


@pytest.mark.parametrize(
    "path", ["/healthz", "/_stcore/metrics", "/_stcore/script-health-check"]
)
def test_what_a_keeper_asks_is_answered_on_this_machine_alone(
    path: str,
) -> None:
    assert asked(path=path, host=OURS)[0] == 1
    assert asked(path=path, host=OURS, caller="192.0.2.7")[0] == 0
    assert asked(path=path, host=OURS, x_forwarded_for="192.0.2.7")[0] == 0
    assert (
        asked(path="/_stcore/health", host=OURS, x_forwarded_for="192.0.2.7")[0]
        == 1
    )
