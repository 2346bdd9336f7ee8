"""The index page on its way to the browser: what it names is really asked for, in the visitor's language."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from running import PROJECT, map_settled, served

from tests.patience import PATIENCE_S


@pytest.fixture(scope="module")
def app_url(sample_copy: Path) -> Iterator[str]:
    with served(PROJECT / "app.py", sample_copy) as url:
        yield url


def fetched(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    with urllib.request.urlopen(
        urllib.request.Request(url, headers=headers), timeout=PATIENCE_S
    ) as answer:
        return (
            answer.status,
            {k.lower(): v for k, v in answer.headers.items()},
            answer.read(),
        )


@pytest.mark.parametrize(
    ("address", "wish", "lang", "name"),
    [
        ("/?lang=cy", "en-GB", "cy", "Cyswllt Clir"),
        ("/", "cy,en;q=0.8", "cy", "Cyswllt Clir"),
        ("/", "en-GB", "en", "Clear Link"),
    ],
)
def test_the_page_is_in_the_language_asked_for_before_any_script_runs(
    app_url: str, address: str, wish: str, lang: str, name: str
) -> None:
    status, headers, body = fetched(
        app_url + address, Accept="text/html", **{"Accept-Language": wish}
    )
    page = body.decode()
    assert status == 200 and int(headers["content-length"]) == len(body)
    assert f'<html lang="{lang}">' in page and f"<title>{name}</title>" in page
    assert "Licensed under the Apache License" in page, (
        "Streamlit's notice stays"
    )


def test_the_page_is_never_answered_from_what_the_file_says_of_itself(
    app_url: str,
) -> None:
    _, _, page = fetched(app_url + "/need_map", Accept="text/html")
    status, headers, again = fetched(
        app_url + "/need_map",
        Accept="text/html",
        **{
            "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
            "If-None-Match": "*",
        },
    )
    assert status == 200 and again == page
    assert "etag" not in headers and "last-modified" not in headers


def test_every_file_that_is_named_is_there_and_is_fetched_once(
    app_url: str, browser: Browser
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    unused: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(request.url.removeprefix(app_url)),
    )
    # said of an early file that was asked for in another way than the page asks for it; "not used in time" is
    # the machine's affair
    page.on(
        "console",
        lambda line: (
            unused.append(line.text)
            if "preload" in line.text and "is not used because" in line.text
            else None
        ),
    )
    page.goto(f"{app_url}/need_map?lang=en")
    map_settled(page)
    _, _, body = fetched(app_url + "/need_map?lang=en", Accept="text/html")
    named = re.findall(
        r'(?:href|src)="(/(?:assets|geometry|static/js)/[^"]+)"', body.decode()
    )
    assert {"maplibre", "map.js", "lsoa21", "BidiComponent"} <= {
        word
        for word in ("maplibre", "map.js", "lsoa21", "BidiComponent")
        if any(word in each for each in named)
    }
    assert {
        each: asked.count(each)
        for each in named
        if each.startswith(("/assets", "/geometry"))
    } == {
        each: 1 for each in named if each.startswith(("/assets", "/geometry"))
    }
    assert set(named) <= set(asked)
    assert unused == []
    assert "SourceSans" not in body.decode()
    assert [each for each in asked if each.endswith("/_stcore/health")] == [
        "/_stcore/health"
    ], "Streamlit looked for its server at the page's address first"
    page.close()
