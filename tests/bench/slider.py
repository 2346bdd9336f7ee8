"""A moved slider on each what-if, in a browser, over a full country of projects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench import tool
from tests.bench.figures import Figure

TOOL: Final = tool.FOLDER / "slider_page.py"
NAME: Final = "a moved slider, over 5,000 projects"


def moved(data_folder: Path) -> Iterator[Figure]:
    """Milliseconds from the key press to the page at rest, for the what-if on verdicts, gaps and fairness."""
    found = tool.answered(TOOL, data_folder=data_folder)
    if "missing" in found:
        yield Figure(NAME, None, note=found["missing"])
        return
    for page, milliseconds in found.items():
        yield Figure(
            f"a moved slider repaints: {page}",
            milliseconds,
            "ms",
            at_most=1_000,
            note="5,000 projects",
        )
