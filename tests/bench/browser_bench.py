"""Measures two map pages in the same browser, in turn: first visit, second visit, change of indicator, socket bytes.

One ruler for both: the moment of the last WebGL draw call, once the page has been quiet for a while. Nothing of either
page's own bookkeeping is used, so a page cannot look fast by saying that it is ready.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from running import chromium, served

QUIET_MS = 1500
PATIENCE_MS = 90_000
RULER = """
(() => {
  window.bench = { drawn: 0, acted: 0 };
  const mark = () => { window.bench.drawn = performance.now(); };
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    for (const name of ["drawElements", "drawArrays"]) {
      const draw = kind.prototype[name];
      kind.prototype[name] = function (...rest) { mark(); return draw.apply(this, rest); };
    }
  }
  for (const act of ["click", "keydown"]) {
    window.addEventListener(act, () => { window.bench.acted = performance.now(); }, true);
  }
})();
"""


@dataclass
class Measured:
    """Milliseconds and bytes of one page, one entry for each time it was measured."""

    first_ms: list[float] = field(default_factory=list)
    second_ms: list[float] = field(default_factory=list)
    change_ms: list[float] = field(default_factory=list)
    first_socket_bytes: list[int] = field(default_factory=list)
    change_socket_bytes: list[int] = field(default_factory=list)

    def medians(self) -> dict[str, float]:
        return {name: round(statistics.median(values), 1) for name, values in vars(self).items()}


def last_draw_ms(page: Page, since: str = "0") -> float:
    """Milliseconds since navigation at which the page drew last, once nothing was drawn for a while."""
    page.wait_for_function(
        f"() => bench.drawn > {since} && performance.now() - bench.drawn > {QUIET_MS}"
        " && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
        timeout=PATIENCE_MS,
    )
    return float(page.evaluate("() => bench.drawn"))


@contextlib.contextmanager
def visit(context: BrowserContext, url: str, frames: list[int]) -> Iterator[tuple[Page, float]]:
    page = context.new_page()
    page.add_init_script(RULER)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(len(frame))))
    page.goto(url)
    try:
        yield page, last_draw_ms(page)
    finally:
        page.close()


def change(page: Page, box: str, turn: int, among: Sequence[str] = ()) -> float:
    """Milliseconds from the click on another option (of those named, where any are) to the last draw."""
    page.get_by_role("combobox", name=box).click()
    options = page.get_by_role("option")
    options.first.wait_for()
    option = (
        page.get_by_role("option", name=among[turn % len(among)], exact=True)
        if among
        else options.nth(turn % options.count())
    )
    option.click()
    drawn = last_draw_ms(page, since="bench.acted")
    return drawn - float(page.evaluate("() => bench.acted"))


def measure_round(
    browser: Browser, url: str, box: str, changes: int, into: Measured, among: Sequence[str] = ()
) -> None:
    """One fresh profile: a first visit with its changes, then a second visit with what the browser kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    frames: list[int] = []
    with visit(context, url, frames) as (page, first):
        into.first_ms.append(first)
        into.first_socket_bytes.append(sum(frames))
        for turn in range(1, changes + 1):
            frames.clear()
            into.change_ms.append(change(page, box, turn, among))
            into.change_socket_bytes.append(sum(frames))
    with visit(context, url, []) as (_page, second):
        into.second_ms.append(second)
    context.close()


def compare(
    base_url_ours: str,
    base_url_baseline: str,
    *,
    rounds: int = 3,
    changes: int = 4,
    box_ours: str = "Indicator",
    box_baseline: str = "Indicator",
    options_ours: Sequence[str] = (),
) -> dict[str, Any]:
    """Medians of both pages and how many times more the baseline takes of each (`times`).

    `box_…` is the label of the select box whose options change what the map shows. Pages are measured in turn, so a
    noisy machine is noisy for both. `options_ours` names the options to change between, where not every one is alike.
    """
    ours, baseline = Measured(), Measured()
    with chromium() as browser:
        for _ in range(rounds):
            measure_round(browser, base_url_ours, box_ours, changes, ours, options_ours)
            measure_round(browser, base_url_baseline, box_baseline, changes, baseline)
    a, b = ours.medians(), baseline.medians()
    return {
        "ours": a,
        "baseline": b,
        "times": {name: round(b[name] / a[name], 2) for name in a},
        "most_change_socket_bytes": max(ours.change_socket_bytes),
    }


@contextlib.contextmanager
def served_baseline(data_folder: Path) -> Iterator[str]:
    """The baseline page with Streamlit's own settings, as a person who starts from the manual would have it."""
    with tempfile.TemporaryDirectory() as elsewhere:
        options = (
            "--server.address",
            "127.0.0.1",
            "--server.headless",
            "true",
            "--browser.gatherUsageStats",
            "false",
        )
        script = Path(__file__).parent / "baseline_inline_plotly.py"
        with served(
            script, data_folder, health="/_stcore/health", folder=Path(elsewhere), options=options
        ) as url:
            yield url


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("ours", help="URL of our map page")
    words.add_argument("baseline", help="URL of the page to compare with")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--changes", type=int, default=4)
    given = words.parse_args()
    print(
        json.dumps(compare(given.ours, given.baseline, rounds=given.rounds, changes=given.changes), indent=1)
    )


if __name__ == "__main__":
    main()
