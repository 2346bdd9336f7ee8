"""A moved slider on each what-if, in a browser, over a full country of projects."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from clearlink import folders
from clearlink.bench.figures import Figure

TOOL: Final = folders.ROOT / "tests" / "bench" / "slider_page.py"
NAME: Final = "a moved slider, over 5,000 projects"


def moved(data_folder: Path) -> Iterator[Figure]:
    """Milliseconds from the key press to the page at rest, for the what-if on verdicts, gaps and fairness."""
    found = _measured(data_folder)
    if "missing" in found:
        yield Figure(NAME, None, note=found["missing"])
        return
    for page, milliseconds in found.items():
        yield Figure(
            f"a moved slider repaints: {page}", milliseconds, "ms", at_most=1_000, note="5,000 projects"
        )


def _measured(data_folder: Path) -> dict[str, Any]:
    if not TOOL.is_file():
        return {"missing": f"{TOOL.name} is not here; it is in the project's checkout"}
    environment = os.environ | {"CLEARLINK_DATA": str(data_folder)}
    done = subprocess.run(
        [sys.executable, str(TOOL), str(data_folder)],
        cwd=folders.ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return {"missing": (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
