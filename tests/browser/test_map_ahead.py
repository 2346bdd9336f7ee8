"""The map answers a choice before the server has: counted, not timed. The server's messages are held back
while one looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from running import PROJECT, choose, map_settled, served, the_map

from tests.patience import PATIENCE_MS

# one change of theme, all that the server sends: sentences, marks, panel and the first rows of the table
MOST_SOCKET_BYTES = 40_000
# the last of the layers one step away from the first choice
LAST_AHEAD = "/early_years.lead.LA.json"
OF_A_LAYER = re.compile(
    r"/maps/[^/]+/[0-9a-f]{12}/(?:en|cy)/(?:choices|[a-z_]+\.[a-z]+\.[A-Z0-9]+)\.json$"
)


@dataclass
class Visit:
    """A page whose messages from the server can be held back and let go."""

    page: Page
    files: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    bytes_in: int = 0
    held: list[str | bytes] | None = None
    socket: WebSocketRoute | None = None

    def hold(self) -> None:
        self.held, self.bytes_in = [], 0

    def release(self) -> None:
        waiting, self.held = self.held or [], None
        assert self.socket is not None
        for message in waiting:
            self.socket.send(message)

    def take(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        self.socket = socket

        def to_page(message: str | bytes) -> None:
            self.bytes_in += len(message)
            if self.held is None:
                socket.send(message)
            else:
                self.held.append(message)

        server.on_message(to_page)

    def open(self, url: str) -> None:
        self.page.route_web_socket(re.compile("/_stcore/stream"), self.take)
        self.page.on("request", lambda request: self.files.append(request.url))
        self.page.on(
            "requestfinished", lambda request: self.there.append(request.url)
        )
        self.page.goto(url)
        map_settled(self.page)

    def layers(self) -> list[str]:
        return [url for url in self.files if "/maps/" in url]

    def legend(self) -> str:
        return self.page.locator(".cl-legend").inner_text()

    def awaited(self) -> list[str]:
        found: list[str] = self.page.locator(
            "[class*=st-key-follows_map_][data-awaited]"
        ).evaluate_all("all => all.map((each) => each.dataset.awaited)")
        return found


@pytest.fixture(scope="module")
def app_url(sample_copy: Path) -> Iterator[str]:
    with served(PROJECT / "app.py", sample_copy) as url:
        yield url


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield Visit(page)
    page.close()


def fetched_ahead(visit: Visit, name: str) -> None:
    """Returns when the layer of that name is in the browser."""
    if not any(url.endswith(name) for url in visit.there):
        visit.page.wait_for_event(
            "requestfinished",
            lambda request: request.url.endswith(name),
            timeout=PATIENCE_MS,
        )


def ahead_of_the_server(visit: Visit) -> None:
    expect(the_map(visit.page)).to_have_attribute("data-map-state", "ahead")


@pytest.mark.parametrize(
    ("lang", "box", "theme", "loading"),
    [
        ("en", "Theme", "Unpaid carers", "Loading"),
        ("cy", "Thema", "Gofalwyr di-dâl", "Yn llwytho"),
    ],
)
def test_another_theme_is_painted_with_its_words_before_the_server_answers(
    visit: Visit, app_url: str, lang: str, box: str, theme: str, loading: str
) -> None:
    visit.open(f"{app_url}/need_map?lang={lang}&theme=early_years")
    page = visit.page
    fetched_ahead(visit, LAST_AHEAD)
    before, finding = (
        visit.legend(),
        page.locator(".st-key-follows_map_finding").inner_text(),
    )
    asked = len(visit.layers())
    visit.hold()
    choose(page, box, theme)
    ahead_of_the_server(visit)
    # colours, legend and source are the new theme's; nothing more was asked for, and what still is of the old
    # one says so
    assert visit.legend() != before
    assert (
        page.locator(".cl-frame canvas")
        .get_attribute("aria-label")
        .count(theme)
        == 1
    )  # type: ignore[union-attr]
    assert len(visit.layers()) == asked
    assert page.locator(".st-key-follows_map_finding").inner_text() == finding
    said = visit.awaited()
    assert len(said) >= 4 and all(each.startswith(loading) for each in said)
    assert page.locator(".cl-coming").inner_text().startswith(loading)
    version = the_map(page).get_attribute("data-version")
    new = visit.legend()
    visit.release()
    map_settled(page, after=version)
    expect(page.locator(".st-key-follows_map_finding")).to_contain_text(theme)
    expect(page.locator("[data-awaited]")).to_have_count(0)
    assert visit.legend() == new, (
        "the server's answer paints nothing else than the browser did"
    )
    assert visit.bytes_in <= MOST_SOCKET_BYTES
    assert "theme=carers" in page.url and f"lang={lang}" in page.url


def test_every_file_is_fetched_once_and_none_but_those_one_step_away(
    visit: Visit, app_url: str
) -> None:
    visit.open(f"{app_url}/need_map?lang=en&theme=early_years")
    fetched_ahead(visit, LAST_AHEAD)
    for theme, name in (
        ("Unpaid carers", "carers"),
        ("Physical health", "physical_health"),
        ("Unpaid carers", "carers"),
    ):
        version = the_map(visit.page).get_attribute("data-version")
        choose(visit.page, "Theme", theme)
        map_settled(visit.page, after=version)
        fetched_ahead(visit, f"/{name}.lead.LA.json")
    layers = visit.layers()
    assert all(OF_A_LAYER.search(url) for url in layers)
    assert len(layers) == len(set(layers))
    assert not [url for url in layers if "mental_health.wimd" in url], (
        "two steps away"
    )


def test_an_older_answer_never_takes_the_map_back(
    visit: Visit, app_url: str
) -> None:
    visit.open(f"{app_url}/need_map?lang=en&theme=early_years")
    page = visit.page
    fetched_ahead(visit, "/physical_health.lead.LSOA21.json")
    visit.hold()
    choose(page, "Theme", "Unpaid carers")
    ahead_of_the_server(visit)
    choose(page, "Theme", "Physical health")
    expect(page.locator(".cl-frame canvas")).to_have_attribute(
        "aria-label", re.compile("Physical health")
    )
    seen = page.evaluate_handle(
        """() => {
          const hosts = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')];
          const host = hosts.map((each) => each.shadowRoot?.querySelector('.cl-map')).find(Boolean);
          const said = [];
          new MutationObserver(() => said.push(host.querySelector('canvas').getAttribute('aria-label')))
            .observe(host, { subtree: true, attributes: true, childList: true });
          return said;
        }"""
    )
    visit.release()
    map_settled(page)
    expect(page.locator(".st-key-follows_map_finding")).to_contain_text(
        "Physical health"
    )
    assert not [each for each in seen.json_value() if "carers" in (each or "")]


def test_back_and_a_link_bring_colours_and_words_of_one_choice(
    visit: Visit, app_url: str
) -> None:
    page = visit.page

    def together(theme: str) -> None:
        expect(page.locator(".st-key-follows_map_finding")).to_contain_text(
            theme
        )
        expect(page.locator(".cl-frame canvas")).to_have_attribute(
            "aria-label", re.compile(theme)
        )
        expect(page.locator("[data-awaited]")).to_have_count(0)
        expect(page.get_by_role("combobox", name="Theme")).to_have_value(theme)

    def steps() -> int:
        return int(page.evaluate("history.length"))

    # each act is one step, however often the framework writes the address on the way
    visit.open(f"{app_url}/need_map?theme=carers")
    together("Unpaid carers")
    expect(page).to_have_url(re.compile("lang=en"))
    first = steps()
    assert first == 2, "the blank page and this one"
    fetched_ahead(visit, "/physical_health.lead.LSOA21.json")
    choose(page, "Theme", "Physical health")
    together("Physical health")
    expect(page).to_have_url(re.compile("theme=physical_health"))
    assert steps() == first + 1
    page.get_by_role("link", name="Projects", exact=True).first.click()
    expect(page).to_have_url(re.compile("/projects.*theme=physical_health"))
    assert steps() == first + 2
    page.go_back()
    map_settled(page)
    together("Physical health")
    assert "/need_map?" in page.url and "theme=physical_health" in page.url
    page.go_back()
    together("Unpaid carers")
    map_settled(page)


def test_with_no_file_to_be_had_the_server_paints_alone(
    visit: Visit, app_url: str
) -> None:
    visit.page.route("**/choices.json", lambda route: route.abort())
    visit.open(f"{app_url}/need_map?lang=en&theme=early_years")
    version: Any = the_map(visit.page).get_attribute("data-version")
    choose(visit.page, "Theme", "Unpaid carers")
    map_settled(visit.page, after=version)
    expect(visit.page.locator(".st-key-follows_map_finding")).to_contain_text(
        "Unpaid carers"
    )
    assert visit.awaited() == []
