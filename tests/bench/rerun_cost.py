"""Processor time of one rerun of every page, beside that of an empty page with as many widgets on a server of
its own.

The time is the server's, read from the system's account of its process (Linux: /proc): other programs at work
on the machine lengthen what a person waits and leave these figures. Started by `clearlink bench`
(tests/bench/map_in_browser.py); prints one JSON object as its last line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import websockets

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "browser"), str(HERE.parents[1])]

WARM, RERUNS = 8, 40
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def processor_ms(pid: int) -> float:
    """Processor time that a process has used since it started, in milliseconds, of all its threads."""
    after_name = (
        Path(f"/proc/{pid}/stat")
        .read_text(encoding="ascii")
        .rpartition(")")[2]
        .split()
    )
    return 1000 * (int(after_name[11]) + int(after_name[12])) / TICKS_A_SECOND


async def cost(
    url: str, pid: int, box: str, only: Sequence[str], reruns: int
) -> dict[str, float]:
    """Milliseconds of processor a rerun, and how many widgets the page has."""
    from sessions import LARGEST_MESSAGE_BYTES, Session

    host = urlsplit(url).netloc
    async with websockets.connect(
        f"ws://{host}/_stcore/stream",
        origin=f"http://{host}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=LARGEST_MESSAGE_BYTES,
    ) as socket:
        session = Session(socket, url, box, tuple(only))
        await session.visit()
        for turn in range(WARM):
            await session.change(turn)
        before = processor_ms(pid)
        for turn in range(reruns):
            await session.change(WARM + turn)
        return {
            "ms": round((processor_ms(pid) - before) / reruns, 1),
            "widgets": len(session.widgets),
        }


def costs(
    data_folder: Path, reruns: int, pages: Sequence[str] = ()
) -> dict[str, dict[str, float]]:
    """Page → milliseconds a rerun, its widgets, the empty page's milliseconds, and the ratio of the two."""
    from running import PROJECT, served_process

    from clearlink.review.store import review_store
    from clearlink.warehouse import reader
    from tests.page_visits import THEMES_CHANGED, small_area_themes, visits

    names = reader.themes()
    themes = [
        names[theme]["name_en"]
        for theme in small_area_themes()[:THEMES_CHANGED]
    ]
    found: dict[str, dict[str, float]] = {}
    with served_process(PROJECT / "app.py", data_folder) as (app, pid):
        for name, visit in visits(review_store()).items():
            if pages and name not in pages:
                continue
            url = (
                f"{app}/{visit.page}?{urlencode({'lang': 'en', **visit.query})}"
            )
            box = "Theme" if visit.changes_theme else ""
            found[name] = asyncio.run(
                cost(url, pid, box, themes if box else (), reruns)
            )
    empty = HERE / "empty_page.py"
    with served_process(empty, data_folder, health="/_stcore/health") as (
        plain,
        pid,
    ):
        for measured in found.values():
            url = f"{plain}/?widgets={measured['widgets']}"
            least = asyncio.run(cost(url, pid, "Theme", (), reruns))["ms"]
            measured |= {
                "empty_ms": least,
                "times": round(measured["ms"] / least, 2),
            }
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("data", type=Path, help="folder with a complete build")
    words.add_argument("--reruns", type=int, default=RERUNS)
    words.add_argument(
        "--page",
        action="append",
        default=[],
        help="only this one; may be said again",
    )
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="clearlink-rerun-cost-") as scratch:
        os.environ["CLEARLINK_DATA"] = str(given.data)
        os.environ["CLEARLINK_REVIEW_URL"] = (
            f"sqlite:///{scratch}/review.sqlite"
        )
        print(json.dumps(costs(given.data, given.reruns, given.page)))


if __name__ == "__main__":
    main()
