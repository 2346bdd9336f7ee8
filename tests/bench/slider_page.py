"""Serves a made register of 5,000 projects and moves a slider of each what-if by the keyboard; prints
milliseconds as its last line.

Started by `clearlink bench` (tests/bench/slider.py) with CLEARLINK_DATA naming the folder given.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "browser"), str(HERE.parents[1])]

THEME, REGION = "mental_health", "W92000004"
MOVES = 5
THUMB = "[data-testid=stSlider] input[type=range]"
PATIENCE_MS = 60_000
# a run can be over before anybody looks, so the page itself counts how often it came to rest
COUNT_RESTS = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  window.rests = 0;
  new MutationObserver(() => { if (app.dataset.testScriptState === 'notRunning') window.rests += 1; })
    .observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
}"""
# page, tab, and the sentence that a moved slider writes anew stands in the page's markdown
PAGES = {
    "verdicts": ("projects", "What if"),
    "gaps": ("gaps", "What if"),
    "fairness": ("fairness", "What if"),
}


def at_rest(page: Any) -> None:
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]",
        timeout=PATIENCE_MS,
    )


def milliseconds(page: Any) -> float:
    """The median of a few moves: from the key press to a page that has run and rests again."""
    page.evaluate(COUNT_RESTS)
    thumb = page.locator(THUMB).first
    taken = []
    for move in range(MOVES):
        thumb.focus()
        before = thumb.input_value()
        page.evaluate("move => { window.rests = move; }", move)
        started = time.perf_counter()
        page.keyboard.press("ArrowRight" if move % 2 == 0 else "ArrowLeft")
        page.wait_for_function(
            "move => window.rests > move", arg=move, timeout=PATIENCE_MS
        )
        taken.append(1000 * (time.perf_counter() - started))
        page.wait_for_timeout(400)
        if thumb.input_value() == before:
            raise SystemExit("the slider did not move")
    return statistics.median(taken)


def main() -> None:
    from running import PROJECT, chromium, served

    from tests.bench.recalculation import serve_made_register

    folder = Path(sys.argv[1])
    serve_made_register(folder)
    found = {}
    with served(PROJECT / "app.py", folder) as app, chromium() as browser:
        for name, (path, tab) in PAGES.items():
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(
                f"{app}/{path}?lang=en&theme={THEME}&place={REGION}&gap=money"
                if path != "projects"
                else f"{app}/{path}?lang=en"
            )
            at_rest(page)
            opener = page.get_by_role("tab", name=tab, exact=True)
            (
                opener if opener.count() else page.get_by_text(tab, exact=True)
            ).first.click()
            page.wait_for_selector(THUMB, timeout=PATIENCE_MS)
            page.wait_for_timeout(1500)
            at_rest(page)
            found[name] = milliseconds(page)
            page.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
