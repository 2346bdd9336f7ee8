"""Where things live on this machine: the catalogue, the sample, the snapshots, the served build."""

from __future__ import annotations

import os
from contextlib import suppress
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


OURS: Final = (
    "built",
    "snapshots",
    "registers",
    "mappings",
    "partnerships",
    "allocations",
)


def keep_private() -> None:
    """From here on every file of this process is its owner's alone (0600 in 0700), and so is what the data
    folder holds.

    Registers and builds may hold what was refused to the public; a machine is often shared. A link is never
    followed.
    """
    os.umask(0o077)
    held = [data_folder() / name for name in OURS]
    held += data_folder().glob("review.sqlite*")
    for path in [
        *held,
        *(
            each
            for folder in held
            if folder.is_dir()
            for each in folder.rglob("*")
        ),
    ]:
        # another person's file, or a folder that may only be read: nothing is ours to change there
        with suppress(OSError):
            _close_to_others(path)


def _close_to_others(path: Path) -> None:
    if not path.is_symlink() and path.exists() and path.stat().st_mode & 0o077:
        path.chmod(0o700 if path.is_dir() else 0o600)


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
