"""Home asked for by its name, as every other page is, is Home with the same choices and no unknown page."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from streamlit import config

from pages.server.first_page import FirstPage

PAGE = {"accept": "text/html"}


def answered(
    path: str, query: str = "", prefix: str = "", **headers: str
) -> tuple[int, str]:
    """The status and the Location of the answer; 404 where the application behind was asked."""
    sent: list[Any] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {"type": "http.response.start", "status": 404, "headers": []}
        )
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": raw,
    }
    before = config.get_option("server.baseUrlPath")
    config.set_option("server.baseUrlPath", prefix)
    try:
        asyncio.run(FirstPage(behind)(scope, receive, send))
    finally:
        config.set_option("server.baseUrlPath", before)
    told = dict(sent[0]["headers"])
    return sent[0]["status"], told.get(b"location", b"").decode()


@pytest.mark.parametrize("path", ["/home", "/home/"])
def test_home_by_its_name_leads_home_with_its_choices(path: str) -> None:
    query = "place=W06000016&lang=cy&words=Rhondda%20Cynon%20Taf"
    assert answered(path, query, **PAGE) == (307, f"/?{query}")
    assert answered(path, **PAGE) == (307, "/")


def test_home_stays_under_the_address_of_the_installation() -> None:
    assert answered("/clir/home", "lang=cy", "clir", **PAGE) == (
        307,
        "/clir/?lang=cy",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/homely",
        "/need_map",
        "/my_area/home",
        "/home/x",
        "//example.org/home",
    ],
)
def test_no_other_address_is_led_anywhere(path: str) -> None:
    assert answered(path, **PAGE) == (404, "")
    assert answered("/home", accept="application/json") == (404, "")
