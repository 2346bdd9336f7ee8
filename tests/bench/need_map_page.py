"""The app's own need map, served from a given data folder: in a browser beside the plain page, or with a full
house.

Started by `clearlink bench` (tests/bench/map_in_browser.py); prints one JSON object as its last line.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "browser"), str(HERE.parents[1])]

BOX = "Theme"
AMONG = 3
CROWDS = (40, 80, 120, 160, 240, 320, 480)
CROWD_STAYS_S = 12
# between the last crowd that was served and the first that was not, one more is tried
NEAREST = 20
LIMIT_MS = 300
IN_POWYS = (0.8, 0.55)


def small_area_themes() -> dict[str, str]:
    """Theme → name of those whose own indicator is drawn on small areas: a change between them is a change of
    all 1,917 values.
    """
    from clearlink.warehouse import reader

    drawn = {
        o["theme_id"]
        for o in reader.need_offer()
        if o["areas"]
        and (o["definition"], o["area_type"]) == ("lead", "LSOA21")
    }
    return {
        theme: row["name_en"]
        for theme, row in reader.themes().items()
        if theme in drawn
    }


def address(app: str) -> str:
    """The map of the first such theme, so that every change that is measured is from small areas to small
    areas.
    """
    return f"{app}/need_map?lang=en&theme={next(iter(small_area_themes()))}"


def in_a_browser(data_folder: Path) -> dict[str, Any]:
    from browser_bench import Subject, compare, served_baseline
    from limit_page import served_limit
    from running import PROJECT, served

    among = dict(list(small_area_themes().items())[:AMONG])
    with (
        served(PROJECT / "app.py", data_folder) as app,
        served_baseline(data_folder) as plain,
        served_limit(data_folder) as limit,
    ):
        ours = Subject(address(app), BOX, list(among.values()))
        return compare(
            ours, Subject(plain), Subject(limit, "", list(among)), changes=2
        )


def view_kept(data_folder: Path) -> dict[str, Any]:
    """Whether zoom and selected area are the same after a change of theme."""
    from running import PROJECT, chromium, served

    with served(PROJECT / "app.py", data_folder) as app, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        return _view_kept(
            page, address(app), list(small_area_themes().values())
        )


def _view_kept(page: Any, url: str, themes: list[str]) -> dict[str, bool]:
    from running import choose, map_settled, the_map

    page.goto(url)
    map_settled(page)
    page.locator(".cl-frame canvas").evaluate(
        "canvas => canvas.scrollIntoView({block: 'center'})"
    )
    frame = page.locator(".cl-frame canvas").bounding_box()
    page.mouse.click(
        frame["x"] + IN_POWYS[0] * frame["width"],
        frame["y"] + IN_POWYS[1] * frame["height"],
    )
    page.locator(".st-key-area_panel").wait_for()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(1500)
    seen = [(the_map(page).get_attribute("data-view"), None)]
    # the map notes its view when it has drawn a change: the first one notes the zoom just made
    for theme in (themes[1], themes[0]):
        version = str(the_map(page).get_attribute("data-version"))
        choose(page, BOX, theme)
        map_settled(page, after=version)
        seen.append(
            (the_map(page).get_attribute("data-view"), picked(page.url))
        )
    whole, zoomed, after = seen
    return {
        "zoom_kept": whole[0] != zoomed[0] == after[0],
        "selection_kept": zoomed[1] is not None and zoomed[1] == after[1],
    }


def picked(url: str) -> list[str] | None:
    return parse_qs(urlsplit(url).query).get("area")


def with_a_crowd(data_folder: Path) -> dict[str, Any]:
    """Reruns of more and more sessions at once on one server, until one in twenty waits longer than the
    limit.
    """
    from running import PROJECT, served

    with served(PROJECT / "app.py", data_folder) as app:
        _crowd_of(
            10, app, stays_s=5
        )  # what is laid out once a build is no part of what a crowd waits for
        return {
            "steps": raised(lambda people: _crowd_of(people, app)),
            "limit_ms": LIMIT_MS,
        }


def raised(crowd_of: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
    """One step for each crowd tried, larger and larger; a crowd that waited too long is tried twice, and the
    better time counts.
    """
    steps: list[dict[str, Any]] = []

    def held(people: int) -> bool:
        found = crowd_of(people)
        if found["p95_ms"] > LIMIT_MS:
            found = min(
                found, crowd_of(people), key=lambda step: float(step["p95_ms"])
            )
        steps.append(found)
        return bool(found["p95_ms"] <= LIMIT_MS)

    most = 0
    for people in CROWDS:
        if not held(people):
            if people - most > NEAREST:
                held((most + people) // 2)
            break
        most = people
    return steps


def _crowd_of(
    people: int, app: str, stays_s: int = CROWD_STAYS_S
) -> dict[str, Any]:
    only = [
        word
        for theme in small_area_themes().values()
        for word in ("--only", theme)
    ]
    command = [
        *(sys.executable, str(HERE / "sessions.py"), f"{app}/need_map"),
        *("--people", str(people), "--for", str(stays_s), "--box", BOX, *only),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            (
                done.stderr.strip().splitlines()
                or ["the sessions failed and said nothing"]
            )[-1]
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


PARTS = {"browser": in_a_browser, "view": view_kept, "crowd": with_a_crowd}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("part", choices=tuple(PARTS))
    words.add_argument("data", type=Path, help="folder with a complete build")
    given = words.parse_args()
    os.environ["CLEARLINK_DATA"] = str(given.data)
    print(json.dumps(PARTS[given.part](given.data)))


if __name__ == "__main__":
    main()
