"""The need map in a browser against the usual way to draw it, and with many people on it at once.

The browser and the sessions are tools of the project's checkout (tests/bench, development packages): they run
in a process of their own, and where they are missing the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.bench import tool
from tests.bench.figures import Figure

TOOL: Final = tool.FOLDER / "need_map_page.py"
NAME: Final = "need map in a browser, against a plain inline map"
VIEW: Final = "need map, zoom and selection kept at a change"
CROWD: Final = "sessions served, each with a change every 5 s"


def compared(data_folder: Path) -> Iterator[Figure]:
    """First and second visit, change of theme, bytes, view kept; then a full house."""
    yield from _browser(tool.answered(TOOL, "browser", data_folder=data_folder))
    yield from _view(tool.answered(TOOL, "view", data_folder=data_folder))
    yield from _crowd(tool.answered(TOOL, "crowd", data_folder=data_folder))


def _browser(found: dict[str, Any]) -> Iterator[Figure]:
    if "missing" in found:
        yield Figure(NAME, None, note=found["missing"])
        return
    ours, plain, times = found["ours"], found["baseline"], found["times"]
    for name, words, least in (
        ("first_ms", "first visit", 1.3),
        ("second_ms", "second visit", 1.5),
        ("change_ms", "change of theme", 4),
    ):
        yield Figure(f"need map, {words}", ours[name], "ms")
        yield Figure(f"plain inline map, {words}", plain[name], "ms")
        yield Figure(f"{words}: times faster", times[name], "×", at_least=least)
    yield from _beside_the_limit(ours, found["limit"], found["of_limit"])
    yield Figure(
        "need map, socket at a change of theme",
        ours["change_socket_bytes"] / 1000,
        "kB",
        at_most=60,
    )
    yield Figure(
        "need map, most at any change",
        found["most_change_socket_bytes"] / 1000,
        "kB",
        at_most=60,
    )
    yield Figure(
        "plain inline map, socket at a change",
        plain["change_socket_bytes"] / 1000,
        "kB",
    )


def _beside_the_limit(
    ours: dict[str, float], limit: dict[str, float], of_limit: dict[str, float]
) -> Iterator[Figure]:
    """MapLibre alone on a static page with the same outlines is the limit: what we take of it, in the same
    browser and run.
    """
    for name, words, most in (
        ("paint_ms", "first visit, areas in their colours", 1.6),
        ("paint_again_ms", "second visit, areas in their colours", 1.3),
        ("first_ms", "first visit, last draw (projects' marks)", None),
        ("second_ms", "second visit, last draw (projects' marks)", None),
        ("colours_ms", "change of theme, colours", 3),
    ):
        yield Figure(f"need map, {words}", ours[name], "ms")
        yield Figure(f"the limit, {words}", limit[name], "ms")
        yield Figure(
            f"{words}: of the limit", of_limit[name], "×", at_most=most
        )
    change = "need map, change of theme"
    yield Figure(
        f"{change}, sentence, panel and table in sight",
        ours["words_ms"],
        "ms",
        at_most=600,
    )
    yield Figure(
        f"{change}, the table's text for a screen reader",
        ours["readable_ms"],
        "ms",
    )


def _view(found: dict[str, Any]) -> Iterator[Figure]:
    if "missing" in found:
        yield Figure(VIEW, None, note=found["missing"])
        return
    for name in ("zoom", "selection"):
        yield Figure(
            f"need map, {name} kept at a change (1: yes)",
            float(found[f"{name}_kept"]),
            "",
            at_least=1,
        )


def _crowd(found: dict[str, Any]) -> Iterator[Figure]:
    if "missing" in found:
        yield Figure(CROWD, None, note=found["missing"])
        return
    steps, limit = found["steps"], found["limit_ms"]
    held = [step["sessions"] for step in steps if step["p95_ms"] <= limit]
    passed = [step["sessions"] for step in steps if step["p95_ms"] > limit]
    tried = "; ".join(
        f"{s['sessions']}: {s['p50_ms']:.0f} / {s['p95_ms']:.0f} ms"
        for s in steps
    )
    ended = f"over it at {min(passed)}" if passed else "the most that was tried"
    yield Figure(
        CROWD,
        max(held, default=0),
        at_least=80,
        note=f"95th percentile within {limit} ms, {ended}; the sessions on the same machine; 50th / 95th of "
        f"{tried}",
    )
