"""Starts a Streamlit script on loopback and a browser that cannot reach further; used by browser tests and
the bench.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.patience import PATIENCE_MS, PATIENCE_S

PROJECT = Path(__file__).parents[2]
# a list that is open shows its options at once; after this it is taken for closed
OPENS_MS = 5000
CHROMIUM = os.environ.get("CLEARLINK_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # No name but loopback resolves, so a page that asks elsewhere fails here as it would behind a council's
    # filter.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    script: Path,
    data_folder: Path,
    *,
    health: str = "/healthz",
    folder: Path = PROJECT,
    options: tuple[str, ...] = (),
    patience_s: float = PATIENCE_S,
) -> Iterator[str]:
    """The script's URL while it is served; the server is stopped by its own process id.

    Streamlit reads the settings of `folder`: the project's own, unless a plain page is wanted for comparison.
    """
    with served_process(
        script,
        data_folder,
        health=health,
        folder=folder,
        options=options,
        patience_s=patience_s,
    ) as (url, _):
        yield url


@contextmanager
def served_process(
    script: Path,
    data_folder: Path,
    *,
    health: str = "/healthz",
    folder: Path = PROJECT,
    options: tuple[str, ...] = (),
    patience_s: float = PATIENCE_S,
) -> Iterator[tuple[str, int]]:
    """As `served`, with the process id of the server, for those who read what it has used."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        *options,
    ]
    environment = os.environ | {"CLEARLINK_DATA": str(data_folder)}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(url + health, process, patience_s)
        yield url, process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            # a page that a failed test left open holds its socket, and the server waits for it
            process.kill()
            process.wait(timeout=PATIENCE_S)


def wait_until_served(
    url: str, process: subprocess.Popen[bytes], patience_s: float = PATIENCE_S
) -> None:
    """Returns when the process answers at `url`; raises with what it said where it ended instead."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        if process.poll() is not None:
            output = process.stdout.read().decode() if process.stdout else ""
            raise RuntimeError(
                f"the server ended with {process.returncode}: {output}"
            )
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {patience_s} s")


@contextmanager
def chromium(*, flags: tuple[str, ...] = FLAGS) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(flags), timeout=PATIENCE_MS
        )
        browser.on(
            "context", lambda context: context.set_default_timeout(PATIENCE_MS)
        )
        try:
            yield browser
        finally:
            browser.close()


def the_map(page: Page) -> Locator:
    return page.locator(".cl-map")


def map_settled(
    page: Page, after: str | None = None, state: str = "idle"
) -> str:
    """Waits until the map has drawn, and drawn again since version `after`; returns the version drawn."""
    page.wait_for_function(
        """([after, state]) => {
          for (const host of document.querySelectorAll('[data-testid=stBidiComponentIsolated]')) {
            const map = host.shadowRoot?.querySelector('.cl-map');
            if (map) return map.dataset.mapState === state && map.dataset.version !== after;
          }
          return false;
        }""",
        arg=[after, state],
        timeout=PATIENCE_MS,
    )
    return str(the_map(page).get_attribute("data-version"))


def choose(page: Page, box: str, option: str) -> None:
    """Chooses an option of a select box; a list that closed because the page was drawn anew is opened
    again.
    """
    wanted = page.get_by_role("option", name=option, exact=True)
    until = time.monotonic() + PATIENCE_S
    while True:
        page.get_by_role("combobox", name=box).click()
        try:
            wanted.click(timeout=OPENS_MS)
        except PlaywrightTimeout:
            if time.monotonic() > until:
                raise
        else:
            return
