"""The app's own need map, served from a given data folder: in a browser beside the plain page, or with a full house.

Started by `clearlink bench` (clearlink/bench/page.py); prints one JSON object as its last line.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "browser"), str(HERE.parents[1])]

BOX = "Theme"
AMONG = 3
AREA_ON_THE_MAP = (0.55, 0.5)


def small_area_themes() -> list[str]:
    """Themes whose own indicator is drawn on small areas: a change between them is a change of all 1,917 values."""
    from clearlink.warehouse import reader

    drawn = {o["theme_id"] for o in reader.need_offer() if o["areas"] and (o["definition"], o["area_type"]) == ("lead", "LSOA21")}
    return [row["name_en"] for theme, row in reader.themes().items() if theme in drawn]


def in_a_browser(data_folder: Path) -> dict[str, Any]:
    from browser_bench import compare, served_baseline
    from running import PROJECT, chromium, served

    # the themes at the head of the list: the box draws only the options in view
    themes = small_area_themes()[:AMONG]
    with served(PROJECT / "app.py", data_folder) as app, served_baseline(data_folder) as plain:
        address = f"{app}/need_map?lang=en"
        found: dict[str, Any] = dict(compare(address, plain, box_ours=BOX, options_ours=themes))
        with chromium() as browser:
            return found | view_kept(browser.new_page(viewport={"width": 1280, "height": 860}), address, themes)


def view_kept(page: Any, address: str, themes: list[str]) -> dict[str, bool]:
    """Whether zoom and selected area are the same after a change of theme."""
    from running import choose, map_settled, the_map

    page.goto(address)
    map_settled(page)
    frame = page.locator(".cl-frame canvas").bounding_box()
    page.mouse.click(frame["x"] + AREA_ON_THE_MAP[0] * frame["width"], frame["y"] + AREA_ON_THE_MAP[1] * frame["height"])
    page.locator(".st-key-area_panel").wait_for()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(1500)
    version = map_settled(page)
    before = (the_map(page).get_attribute("data-view"), picked(page.url))
    choose(page, BOX, themes[1])
    map_settled(page, after=version)
    after = (the_map(page).get_attribute("data-view"), picked(page.url))
    return {"zoom_kept": before[0] == after[0], "selection_kept": before[1] is not None and before[1] == after[1]}


def picked(url: str) -> list[str] | None:
    return parse_qs(urlsplit(url).query).get("area")


def with_a_crowd(data_folder: Path, people: int) -> dict[str, Any]:
    from running import PROJECT, served

    only = [word for theme in small_area_themes() for word in ("--only", theme)]
    with served(PROJECT / "app.py", data_folder) as app:
        command = [sys.executable, str(HERE / "sessions.py"), f"{app}/need_map", "--people", str(people), "--box", BOX, *only]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit((done.stderr.strip().splitlines() or ["the sessions failed and said nothing"])[-1])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("part", choices=("browser", "crowd"))
    words.add_argument("data", type=Path, help="folder with a complete build")
    words.add_argument("--people", type=int, default=80)
    given = words.parse_args()
    os.environ["CLEARLINK_DATA"] = str(given.data)
    print(json.dumps(in_a_browser(given.data) if given.part == "browser" else with_a_crowd(given.data, given.people)))


if __name__ == "__main__":
    main()
