"""The same sample gives the same build whatever the clock of the machine says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from etl.build.builder import served_build

ROOT = Path(__file__).resolve().parents[2]
CLOCKS = (
    "1999-12-31T23:59:59",
    "2028-02-29T23:59:59",
    "2026-03-29T01:30:00",
    "2026-10-25T01:30:00",
    "2099-01-01T00:00:00",
)
BUILD = (
    "import sys, time_machine\n"
    "from clearlink.command import main\n"
    "with time_machine.travel(sys.argv[1] + '+00:00'):\n"
    "    sys.exit(main(['build', '--sample']))\n"
)


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati"])
def test_a_clock_changes_nothing(
    sample_data: Path, tmp_path: Path, clock: str, zone: str
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BUILD, clock],
        cwd=ROOT,
        env={
            "CLEARLINK_DATA": str(tmp_path),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "TZ": zone,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert ended.returncode == 0, ended.stderr[-800:]
    built, usual = (
        served_build(f / "built" / "clearlink.duckdb")
        for f in (tmp_path, sample_data)
    )
    assert built and usual and built["content_hash"] == usual["content_hash"]
