"""Where things live on this machine: the catalogue, the sample, the snapshots, the served build."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
CATALOGUE: Final = ROOT / "data" / "catalogue"
SAMPLE: Final = ROOT / "data" / "sample"


def data_folder() -> Path:
    """The folder of snapshots and builds: `CLEARLINK_DATA`, else `data/` of this project."""
    return _resolved(os.environ.get("CLEARLINK_DATA") or str(ROOT / "data"))


@cache
def _resolved(folder: str) -> Path:
    # asked for at every question of every page; the setting decides, so it is the key
    return Path(folder).resolve()


def built_folder() -> Path:
    """Where complete builds and their map layers are served from."""
    return data_folder() / "built"


def warehouse_file() -> Path:
    """The one file the app reads."""
    return built_folder() / "clearlink.duckdb"


def geometry_folder() -> Path:
    """Map layers, each under a name that holds its hash."""
    return built_folder() / "geometry"


def mirror_folder() -> Path | None:
    """A folder that stands in for the publishers' sites, where one is set."""
    named = os.environ.get("CLEARLINK_MIRROR")
    return Path(named).resolve() if named else None
