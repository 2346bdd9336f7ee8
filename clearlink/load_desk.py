"""The steward's desk: a register tried, reported on and published, each in a child process under limits.

The app itself never parses what a person uploads. The bytes go to a child with bounded memory, time and files; they
are deleted when it ends, and the engine never opens them.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from clearlink import places
from clearlink.exit_codes import Exit
from clearlink.review.roles import Act, NotPermitted, Viewer

MEMORY_BYTES: Final = 2 * 1024**3
CPU_SECONDS: Final = 60
BUILD_SECONDS: Final = 300
LARGEST_BYTES: Final = 10 * 1024**2


@dataclass(frozen=True, slots=True)
class Tried:
    """What reading a register gave. `problems` are rows as the served table of problems holds them; `to_mend` is the
    refused rows as CSV, each with what to mend; `trouble` is set where the child itself failed."""

    accepted: int
    refused: int
    problems: list[dict[str, Any]]
    to_mend: bytes
    trouble: str | None = None


def try_register(data: bytes, file_name: str, viewer: Viewer) -> Tried:
    """Reads a register without keeping it: counts, every problem, and the rows to mend. Raises NotPermitted."""
    _require(viewer)
    if len(data) > LARGEST_BYTES:
        return Tried(0, 0, [], b"", "too_large")
    with tempfile.TemporaryDirectory(prefix="clearlink-desk-") as folder:
        given, report = _written(Path(folder), data, file_name), Path(folder) / "to-mend.csv"
        ended = _child(["import", str(given), "--dry-run", "--json", "--report", str(report)], CPU_SECONDS)
        if ended is None:
            return Tried(0, 0, [], b"", "stopped")
        try:
            said = json.loads(ended.stdout)
        except ValueError:
            return Tried(0, 0, [], b"", "failed")
        return Tried(said["accepted"], said["refused"], said["problems"], report.read_bytes() if report.exists() else b"")


def publish_register(data: bytes, file_name: str, viewer: Viewer) -> str | None:
    """Keeps the register and builds anew. None when it is published, else a word for what stopped it; the last
    complete build keeps serving. Raises NotPermitted."""
    _require(viewer)
    with tempfile.TemporaryDirectory(prefix="clearlink-desk-") as folder:
        given = _written(Path(folder), data, file_name)
        kept = _child(["import", str(given), "--json"], CPU_SECONDS)
        if kept is None or kept.returncode not in (Exit.DONE, Exit.INPUT_REFUSED):
            return "failed"
    built = _child(["build"], BUILD_SECONDS)
    if built is None:
        return "stopped"
    return None if built.returncode == Exit.DONE else "checks" if built.returncode == Exit.CHECKS_FAILED else "failed"


def _require(viewer: Viewer) -> None:
    # a register holds rows of every place, so the role alone is asked
    if not viewer.may(Act.LOAD_REGISTER):
        raise NotPermitted(viewer, Act.LOAD_REGISTER, None)


def _written(folder: Path, data: bytes, file_name: str) -> Path:
    # the name is a label: only its ending says anything, and only a known one
    ending = Path(file_name).suffix.lower()
    path = folder / f"register{ending if ending in ('.csv', '.xlsx', '.ods', '.json') else '.csv'}"
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def _child(arguments: list[str], seconds: int) -> subprocess.CompletedProcess[bytes] | None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if arguments[0] == "import":
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    try:
        return subprocess.run(
            [sys.executable, "-m", "clearlink", *arguments],
            cwd=places.ROOT,
            env=os.environ | {"CLEARLINK_DATA": str(places.data_folder())},
            capture_output=True,
            timeout=2 * seconds,
            preexec_fn=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
