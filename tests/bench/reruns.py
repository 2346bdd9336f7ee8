"""What a rerun of each page costs the server, in processor time, beside an empty page with as many
widgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench import tool
from tests.bench.figures import Figure

TOOL: Final = tool.FOLDER / "rerun_cost.py"
NAME: Final = "processor time of a rerun"
MAP: Final = "need_map"
MOST_TIMES: Final = 2.5


def costed(data_folder: Path) -> Iterator[Figure]:
    """Milliseconds of processor a rerun, and times the empty page's; changes of theme that one core serves
    in a second.
    """
    found = tool.answered(TOOL, data_folder=data_folder)
    if "missing" in found:
        yield Figure(NAME, None, note=found["missing"])
        return
    for page, cost in found.items():
        note = f"{cost['ms']:.1f} ms; an empty page with {cost['widgets']} widgets {cost['empty_ms']:.1f} ms"
        yield Figure(
            f"a rerun of {page}: times an empty page",
            cost["times"],
            "×",
            at_most=MOST_TIMES if page == MAP else None,
            note=note,
        )
    yield Figure(
        "changes of theme that one core serves", 1000 / found[MAP]["ms"], "/s"
    )
