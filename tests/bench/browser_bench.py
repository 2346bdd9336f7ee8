"""Measures map pages in the same browser, in turn: first visit, second visit, change of indicator, socket
bytes.

One ruler for all: the moment of the last WebGL draw call on a canvas that can be seen (or of its coming into
sight, where it was drawn before), once the page has been quiet for a while. Nothing of any page's own
bookkeeping is used, so a page cannot look fast by saying that it is ready.
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
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from running import chromium, served

QUIET_MS = 1500
PATIENCE_MS = 90_000
# draws that follow each other within this time are one change of the picture
BURST_MS = 100
RULER = """
(() => {
  window.bench = { drawn: 0, acted: 0, draws: [], worded: 0, readable: 0, stood: 0, canvas: null };
  const canBeSeen = (canvas) =>
    canvas.isConnected && canvas.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // drawn out of sight: what counts is when it can be seen
  const comeIntoSight = (canvas) => {
    if (canBeSeen(canvas)) window.bench.drawn = Math.max(window.bench.drawn, performance.now());
    else requestAnimationFrame(() => comeIntoSight(canvas));
  };
  const mark = (canvas) => {
    const now = performance.now();
    if (!window.bench.drawn && !canBeSeen(canvas)) {
      if (window.bench.canvas !== canvas) requestAnimationFrame(() => comeIntoSight(canvas));
      window.bench.canvas = canvas;
      return;
    }
    if (now - window.bench.drawn > 1) window.bench.draws.push(now);
    window.bench.drawn = now;
  };
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    for (const name of ["drawElements", "drawArrays"]) {
      const draw = kind.prototype[name];
      kind.prototype[name] = function (...rest) { mark(this.canvas); return draw.apply(this, rest); };
    }
  }
  // a first picture on a plain canvas counts when it can be seen and is larger than a mark of a legend
  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...rest) {
    const { canvas } = this;
    const seen = () => { if (canBeSeen(canvas)) window.bench.stood ||= performance.now(); };
    if (canvas.width > 300 && !window.bench.stood) requestAnimationFrame(() => setTimeout(seen));
    return fill.apply(this, rest);
  };
  for (const act of ["click", "keydown"]) {
    const begins = () => { window.bench.acted = performance.now(); window.bench.draws = []; };
    window.addEventListener(act, begins, true);
  }
  // the sentences, the panel and the table that go with the map
  new MutationObserver((changes) => {
    const element = (node) => (node.nodeType === 1 ? node : node.parentElement);
    const follows = (node) => element(node)?.closest('[class*="st-key-follows_map_"]');
    // the table is a picture; its text for a screen reader is written when the grid is at rest
    const behind = (node) => element(node)?.closest('[data-testid="data-grid-canvas"]');
    for (const { target } of changes.filter((each) => follows(each.target))) {
      window.bench[behind(target) ? "readable" : "worded"] = performance.now();
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-awaited"],
  });
})();
"""


@dataclass
class Measured:
    """Milliseconds and bytes of one page, one entry for each time it was measured."""

    paint_ms: list[float] = field(default_factory=list)
    paint_again_ms: list[float] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    second_ms: list[float] = field(default_factory=list)
    change_ms: list[float] = field(default_factory=list)
    colours_ms: list[float] = field(default_factory=list)
    words_ms: list[float] = field(default_factory=list)
    readable_ms: list[float] = field(default_factory=list)
    first_socket_bytes: list[int] = field(default_factory=list)
    change_socket_bytes: list[int] = field(default_factory=list)

    def medians(self) -> dict[str, float]:
        return {
            name: round(statistics.median(values), 1)
            for name, values in vars(self).items()
            if values
        }


def last_draw_ms(page: Page, since: str = "0") -> float:
    """Milliseconds since navigation at which the page drew last, once nothing was drawn for a while."""
    page.wait_for_function(
        f"() => bench.drawn > {since} && performance.now() - bench.drawn > {QUIET_MS}"
        " && (!document.getElementById('root')"
        " || document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning')",
        timeout=PATIENCE_MS,
    )
    return float(page.evaluate("() => bench.drawn"))


def painted_ms(page: Page, drawn: float) -> float:
    """When all areas first stood in their colours in sight: a first picture's moment, or that of the last
    draw where there is none.
    """
    return float(page.evaluate("() => bench.stood")) or drawn


@contextlib.contextmanager
def visit(
    context: BrowserContext, url: str, frames: list[int]
) -> Iterator[tuple[Page, float]]:
    page = context.new_page()
    page.add_init_script(RULER)
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: frames.append(len(frame))
        ),
    )
    page.goto(url)
    try:
        yield page, last_draw_ms(page)
    finally:
        page.close()


def choose(page: Page, box: str, turn: int, among: Sequence[str] = ()) -> None:
    """Clicks another option (of those named, where any are): of a select box, or of a row of buttons where
    `box` is empty.
    """
    if not box:
        page.get_by_role(
            "button", name=among[turn % len(among)], exact=True
        ).click()
        return
    page.get_by_role("combobox", name=box).click()
    options = page.get_by_role("option")
    options.first.wait_for()
    option = (
        page.get_by_role("option", name=among[turn % len(among)], exact=True)
        if among
        else options.nth(turn % options.count())
    )
    option.click()


def change(
    page: Page, box: str, turn: int, among: Sequence[str], into: Measured
) -> None:
    """Notes how long after the click on another option the picture first stood, was last drawn, and the
    words last changed: those in sight, and the table's for a screen reader.
    """
    choose(page, box, turn, among)
    drawn = last_draw_ms(page, since="bench.acted")
    acted, draws, worded, readable = page.evaluate(
        "() => [bench.acted, bench.draws, bench.worded, bench.readable]"
    )
    after = [each for each in draws if each >= acted]
    first = next((a for a, b in pairwise(after) if b - a > BURST_MS), after[-1])
    into.change_ms.append(drawn - acted)
    into.colours_ms.append(first - acted)
    if worded > acted:
        into.words_ms.append(worded - acted)
    if readable > acted:
        into.readable_ms.append(readable - acted)


def measure_round(
    browser: Browser,
    url: str,
    box: str,
    changes: int,
    into: Measured,
    among: Sequence[str] = (),
) -> None:
    """One fresh profile: a first visit with its changes, then a second visit with what the browser kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    frames: list[int] = []
    with visit(context, url, frames) as (page, first):
        into.first_ms.append(first)
        into.paint_ms.append(painted_ms(page, first))
        into.first_socket_bytes.append(sum(frames))
        for turn in range(1, changes + 1):
            frames.clear()
            change(page, box, turn, among, into)
            into.change_socket_bytes.append(sum(frames))
    with visit(context, url, []) as (page, second):
        into.second_ms.append(second)
        into.paint_again_ms.append(painted_ms(page, second))
    context.close()


@dataclass(frozen=True)
class Subject:
    """A page to measure. `box` is the label of the select box that changes what the map shows ("": a row of
    buttons); `options` names what to change between, where not every option is alike.
    """

    url: str
    box: str = "Indicator"
    options: Sequence[str] = ()


def compare(
    ours: Subject,
    baseline: Subject,
    limit: Subject,
    *,
    rounds: int = 3,
    changes: int = 4,
) -> dict[str, Any]:
    """Medians of the pages: how many times more the baseline takes of each (`times`), and we than the limit
    (`of_limit`).

    Pages are measured in turn, so a noisy machine is noisy for all.
    """
    subjects = {"ours": ours, "baseline": baseline, "limit": limit}
    found = {name: Measured() for name in subjects}
    with chromium() as browser:
        for _ in range(rounds):
            for name, each in subjects.items():
                measure_round(
                    browser,
                    each.url,
                    each.box,
                    changes,
                    found[name],
                    each.options,
                )
    medians = {name: each.medians() for name, each in found.items()}
    a, b, least = medians["ours"], medians["baseline"], medians["limit"]
    return {
        **medians,
        "times": {name: round(b[name] / a[name], 2) for name in a if name in b},
        "of_limit": {
            name: round(a[name] / least[name], 2)
            for name in (
                "paint_ms",
                "paint_again_ms",
                "first_ms",
                "second_ms",
                "colours_ms",
            )
        },
        "most_change_socket_bytes": max(found["ours"].change_socket_bytes),
    }


@contextlib.contextmanager
def served_baseline(data_folder: Path) -> Iterator[str]:
    """The baseline page with Streamlit's own settings, as a person who starts from the manual would have
    it.
    """
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
            script,
            data_folder,
            health="/_stcore/health",
            folder=Path(elsewhere),
            options=options,
        ) as url:
            yield url


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("ours", help="URL of our map page")
    words.add_argument("baseline", help="URL of the page to compare with")
    words.add_argument("limit", help="URL of the limit page (limit_page.py)")
    words.add_argument(
        "themes", nargs="+", help="themes of the limit page to change between"
    )
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--changes", type=int, default=4)
    given = words.parse_args()
    limit = Subject(given.limit, "", given.themes)
    found = compare(
        Subject(given.ours),
        Subject(given.baseline),
        limit,
        rounds=given.rounds,
        changes=given.changes,
    )
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
