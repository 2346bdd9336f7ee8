"""Folders for what somebody uploaded, while it is read: nobody else's to open, gone afterwards, and swept
where a kill left one.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"clearlink-scratch-(\d+)-\w+")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of this process (mode 700), gone at the end whatever happens but a kill."""
    with tempfile.TemporaryDirectory(
        prefix=f"clearlink-scratch-{os.getpid()}-"
    ) as name:
        yield Path(name)


def sweep_scratch() -> int:
    """Removes the folders that killed processes of this person left behind. Answers how many went."""
    swept = 0
    for path in Path(tempfile.gettempdir()).glob("clearlink-scratch-*"):
        named = _NAME.fullmatch(path.name)
        if (
            named is None
            or _runs(int(named[1]))
            or path.is_symlink()
            or path.stat().st_uid != os.getuid()
        ):
            continue
        shutil.rmtree(path, ignore_errors=True)
        swept += not path.exists()
    return swept


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
