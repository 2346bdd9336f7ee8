"""What a rerun of each page costs the server, in processor time, beside an empty page with as many widgets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from clearlink import folders
from clearlink.bench.figures import Figure

TOOL: Final = folders.ROOT / "tests" / "bench" / "rerun_cost.py"
NAME: Final = "processor time of a rerun"
MAP: Final = "need_map"
MOST_TIMES: Final = 2.5


def costed(data_folder: Path) -> Iterator[Figure]:
    """Milliseconds of processor a rerun, and times the empty page's; changes of theme that one core serves in a second."""
    found = _measured(data_folder)
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
    yield Figure("changes of theme that one core serves", 1000 / found[MAP]["ms"], "/s")


def _measured(data_folder: Path) -> dict[str, Any]:
    if not TOOL.is_file():
        return {"missing": f"{TOOL.name} is not here; it is in the project's checkout"}
    done = subprocess.run(
        [sys.executable, str(TOOL), str(data_folder)], cwd=folders.ROOT, capture_output=True, text=True
    )
    if done.returncode:
        return {"missing": (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
