"""A new file beside the served one, and the one atomic step that publishes it.

A reader sees the last complete build or the new complete build. Whatever kills this process, the served file
is whole: the new one is renamed over it only after it is closed and flushed, and its folder is flushed after.
The build before it stays as a second name of the same bytes, for the day the served file is damaged. What a
killed run leaves behind is swept at the next start.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from clearlink.warehouse.file_note import (
    file_hash,
    is_whole,
    previous_file,
    write_note,
)

LITTER: Final = (
    "clearlink.*.part",
    "clearlink.*.part.wal",
    "clearlink.*.part.tmp",
    "geometry/*.part",
)


class BuildInProgress(RuntimeError):
    """Another build holds the lock."""


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Holds the folder for one build; the lock dies with its process, so a killed build never blocks the
    next.

    Raises BuildInProgress, naming the process that holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("a+") as lock:
        try:
            fcntl.flock(
                lock,
                fcntl.LOCK_EX | fcntl.LOCK_NB,
            )
        except OSError:
            lock.seek(0)
            raise BuildInProgress(
                f"{folder}: a build is running (process {lock.read().strip() or 'unknown'})"
            ) from None
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def sweep(folder: Path) -> int:
    """Removes what killed builds left behind; call it under the lock. Answers how many files went."""
    swept = 0
    for pattern in LITTER:
        for path in folder.glob(pattern):
            if path.is_dir():  # the engine spills into a folder
                shutil.rmtree(path)
            else:
                path.unlink()
            swept += 1
    return swept


def part_file(folder: Path) -> Path:
    """The name of the new file of this process."""
    return folder / f"clearlink.{os.getpid()}.part"


def publish(part: Path, served: Path) -> None:
    """Renames a closed, complete file over the served one: file, note and folder reach the disk in that
    order.

    Raises RuntimeError where the engine has not closed the file, and OSError where the disk refuses; the
    served file is whole in every case.
    """
    wal = part.with_name(part.name + ".wal")
    if wal.exists():
        raise RuntimeError(
            f"{part} was not closed cleanly: {wal.name} is still there"
        )
    _flush(part)
    write_note(served, file_hash(part))
    _keep_previous(served)
    part.replace(served)
    _flush(served.parent)


def _keep_previous(served: Path) -> None:
    # a damaged file must not take the place of the last good one
    if not served.exists() or not is_whole(served):
        return
    staged = previous_file(served).with_name(
        previous_file(served).name + ".part"
    )
    # some file systems know no second names; there the previous build is not kept
    with suppress(OSError):
        os.link(served, staged)
        staged.replace(previous_file(served))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
