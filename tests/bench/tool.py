"""Measuring tools of the project's checkout: a browser and many sessions need development packages and a
process of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from clearlink import folders

FOLDER: Final = folders.ROOT / "tests" / "bench"
# the longest part takes a third of this on the slowest machine it was tried on
PATIENCE_S: Final = 420


def answered(tool: Path, *words: str, data_folder: Path) -> dict[str, Any]:
    """The JSON object that a tool prints as its last line; `missing` says why there is none."""
    if not tool.is_file():
        return {
            "missing": f"{tool.name} is not here; it is in the project's checkout"
        }
    try:
        done = subprocess.run(
            [sys.executable, str(tool), *words, str(data_folder)],
            cwd=folders.ROOT,
            env=os.environ | {"CLEARLINK_DATA": str(data_folder)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        return {
            "missing": f"{tool.name} had not answered after {PATIENCE_S} seconds"
        }
    if done.returncode:
        return {
            "missing": (
                done.stderr.strip().splitlines()
                or [f"ended with {done.returncode}"]
            )[-1]
        }
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found
